import type { Text } from '#src/platform/contract/i18n.ts';

/** One term, in the words of each language. */
type FieldWords = Text;

/** Terms of the field in both languages: words that a general dictionary would cut in pieces, and synonyms of one another. */
export const fieldTermText = {
  highAvailability: { en: 'high availability', 'zh-CN': '高可用' },
  cloudNative: { en: 'cloud native', 'zh-CN': '云原生' },
  logicalReplication: { en: 'logical replication', 'zh-CN': '逻辑复制' },
  physicalReplication: { en: 'physical replication', 'zh-CN': '物理复制' },
  streamingReplication: { en: 'streaming replication', 'zh-CN': '流复制' },
  logicalDecoding: { en: 'logical decoding', 'zh-CN': '逻辑解码' },
  replicationSlot: { en: 'replication slot', 'zh-CN': '复制槽' },
  writeAheadLog: { en: 'write-ahead log', 'zh-CN': '预写日志' },
  checkpoint: { en: 'checkpoint', 'zh-CN': '检查点' },
  fullTextSearch: { en: 'full-text search', 'zh-CN': '全文检索' },
  partitionedTable: { en: 'partitioned table', 'zh-CN': '分区表' },
  executionPlan: { en: 'execution plan', 'zh-CN': '执行计划' },
  connectionPool: { en: 'connection pool', 'zh-CN': '连接池' },
  transactionIsolation: { en: 'transaction isolation', 'zh-CN': '事务隔离' },
  deadlock: { en: 'deadlock', 'zh-CN': '死锁' },
  index: { en: 'index', 'zh-CN': '索引' },
  coveringIndex: { en: 'covering index', 'zh-CN': '覆盖索引' },
  tableBloat: { en: 'table bloat', 'zh-CN': '表膨胀' },
  transactionIdWraparound: { en: 'transaction id wraparound', 'zh-CN': '事务回卷' },
  statistics: { en: 'statistics', 'zh-CN': '统计信息' },
  slowQuery: { en: 'slow query', 'zh-CN': '慢查询' },
  pointInTimeRecovery: { en: 'point-in-time recovery', 'zh-CN': '时间点恢复' },
  incrementalBackup: { en: 'incremental backup', 'zh-CN': '增量备份' },
  fullBackup: { en: 'full backup', 'zh-CN': '全量备份' },
  standby: { en: 'standby', 'zh-CN': '备库' },
  primary: { en: 'primary', 'zh-CN': '主库' },
  readWriteSplitting: { en: 'read/write splitting', 'zh-CN': '读写分离' },
  vectorSearch: { en: 'vector search', 'zh-CN': '向量检索' },
  storedProcedure: { en: 'stored procedure', 'zh-CN': '存储过程' },
  trigger: { en: 'trigger', 'zh-CN': '触发器' },
  materializedView: { en: 'materialized view', 'zh-CN': '物化视图' },
  foreignTable: { en: 'foreign table', 'zh-CN': '外部表' },
  columnStore: { en: 'column store', 'zh-CN': '列存' },
  rowStore: { en: 'row store', 'zh-CN': '行存' },
} satisfies Record<string, FieldWords>;
