// Over 300 lines: the words of every panel in both languages.
import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { PanelName } from './metrics-panels.ts';

/** Words of the monitoring pages. */
export const metricsPageText = {
  title: { en: 'Monitoring', 'zh-CN': '监控' },
  lead: {
    en: 'The whole fleet over time. Drag across a chart to look closer.',
    'zh-CN': '全部主机与集群的运行曲线。在图上拖选可放大查看。',
  },
  tabMetrics: { en: 'Monitoring', 'zh-CN': '监控' },
  tabStatements: { en: 'Statements', 'zh-CN': 'SQL 统计' },
  hostMetrics: { en: 'Monitoring', 'zh-CN': '监控' },
  hostLead: { en: 'What this machine did over time.', 'zh-CN': '这台主机的运行曲线。' },
  range: { en: 'Time range', 'zh-CN': '时间范围' },
  last1h: { en: '1 hour', 'zh-CN': '1 小时' },
  last6h: { en: '6 hours', 'zh-CN': '6 小时' },
  last24h: { en: '24 hours', 'zh-CN': '24 小时' },
  last7d: { en: '7 days', 'zh-CN': '7 天' },
  last30d: { en: '30 days', 'zh-CN': '30 天' },
  compareWeek: { en: 'Compare with last week', 'zh-CN': '与上周同期对比' },
  weekEarlier: { en: 'a week earlier', 'zh-CN': '上周同期' },
  earlier: { en: 'Earlier', 'zh-CN': '更早' },
  later: { en: 'Later', 'zh-CN': '更晚' },
  zoomIn: { en: 'Zoom in', 'zh-CN': '放大' },
  zoomOut: { en: 'Zoom out', 'zh-CN': '缩小' },
  backToNow: { en: 'Back to now', 'zh-CN': '回到当前' },
  fromTo: (from: string, to: string) => ({ en: `${from} to ${to}`, 'zh-CN': `${from} 至 ${to}` }),
  events: { en: 'In this time', 'zh-CN': '期间事件' },
  noEvents: { en: 'No operation, failover or incident.', 'zh-CN': '没有操作、主备切换或异常。' },
  operation: { en: 'Operation', 'zh-CN': '操作' },
  failover: { en: 'Failover', 'zh-CN': '主备切换' },
  incident: { en: 'Incident', 'zh-CN': '异常' },
  noData: { en: 'No data in this time.', 'zh-CN': '该时间段内没有数据。' },
  noDataHint: {
    en: 'A new member or host shows its first figures within a minute.',
    'zh-CN': '新加入的成员或主机会在一分钟内出现首批指标。',
  },
  failed: { en: 'This panel cannot be drawn now.', 'zh-CN': '暂时无法绘制该面板。' },
  again: { en: 'Try again', 'zh-CN': '重试' },
  notKept: { en: 'No monitoring here yet', 'zh-CN': '尚未启用监控' },
  chartOf: (title: string, series: number) => ({
    en: `Chart: ${title}, ${series} series. Latest values are listed below it.`,
    'zh-CN': `图表：${title}，共 ${series} 条曲线，最新数值列于下方。`,
  }),
  latest: { en: 'latest', 'zh-CN': '最新' },
  more: (count: number) => ({ en: `and ${count} more`, 'zh-CN': `另有 ${count} 条` }),
  sectionWork: { en: 'Work', 'zh-CN': '负载' },
  sectionSessions: { en: 'Sessions and locks', 'zh-CN': '会话与锁' },
  sectionReplication: { en: 'Replication and WAL', 'zh-CN': '流复制与 WAL' },
  sectionStorage: { en: 'Storage', 'zh-CN': '存储' },
  sectionMachines: { en: 'Machines', 'zh-CN': '主机资源' },
  statementsTitle: { en: 'Statements by time', 'zh-CN': '按耗时排序的 SQL' },
  statementsLead: {
    en: 'Where the time of this cluster went. Values are taken out of the texts before they leave the host.',
    'zh-CN': '集群的时间花在了哪里。SQL 文本在离开主机前已去除具体值。',
  },
  columnStatement: { en: 'Statement', 'zh-CN': 'SQL' },
  columnDatabase: { en: 'Database', 'zh-CN': '数据库' },
  columnUser: { en: 'Role', 'zh-CN': '角色' },
  columnShare: { en: 'Share', 'zh-CN': '占比' },
  columnTime: { en: 'Time', 'zh-CN': '总耗时' },
  columnCalls: { en: 'Calls', 'zh-CN': '调用次数' },
  columnMean: { en: 'Mean', 'zh-CN': '平均耗时' },
  columnRows: { en: 'Rows a call', 'zh-CN': '每次行数' },
  columnHits: { en: 'From memory', 'zh-CN': '缓存命中' },
  allOthers: { en: 'All other statements', 'zh-CN': '其余全部 SQL' },
  noText: { en: 'Its text is not known yet', 'zh-CN': '尚未获得文本' },
  noStatements: { en: 'No statement was measured in this time.', 'zh-CN': '该时间段内没有 SQL 统计。' },
  noStatementsHint: {
    en: 'Figures come each minute from pg_stat_statements, which new clusters have from the start.',
    'zh-CN': '统计每分钟来自 pg_stat_statements，新建集群默认启用。',
  },
  tablesTitle: { en: 'Tables', 'zh-CN': '表' },
  tablesLead: {
    en: 'Sizes with indexes and TOAST, as VACUUM and ANALYZE noted them last. Bloat is an estimate from statistics.',
    'zh-CN': '大小含索引与 TOAST，取自最近一次 VACUUM 或 ANALYZE 的记录；膨胀为根据统计信息的估算值。',
  },
  tablesOrder: { en: 'Tables shown', 'zh-CN': '显示哪些表' },
  tablesBySize: { en: 'Largest', 'zh-CN': '按大小' },
  tablesByBloat: { en: 'Most bloated', 'zh-CN': '按膨胀' },
  columnTable: { en: 'Table', 'zh-CN': '表' },
  columnSize: { en: 'Size', 'zh-CN': '大小' },
  columnGrown: { en: 'In this time', 'zh-CN': '期间变化' },
  columnBloat: { en: 'Bloat', 'zh-CN': '膨胀' },
  columnDeadRows: { en: 'Dead rows', 'zh-CN': '死元组' },
  columnVacuum: { en: 'Last vacuum', 'zh-CN': '上次 VACUUM' },
  ofRows: (some: string, all: string) => ({ en: `${some} of ${all}`, 'zh-CN': `${some} / ${all}` }),
  neverVacuumed: { en: 'not since statistics began', 'zh-CN': '统计以来未执行' },
  noTables: { en: 'No table was measured in this time.', 'zh-CN': '该时间段内没有表的统计。' },
  noBloat: { en: 'No table with bloat was measured in this time.', 'zh-CN': '该时间段内没有膨胀的表。' },
  noTablesHint: {
    en: 'Sizes come every ten minutes, of the 300 largest tables of each database.',
    'zh-CN': '表大小每 10 分钟采集一次，每个数据库取最大的 300 张表。',
  },
} satisfies Texts;

/** A panel's title and what it tells. */
export const panelWords: Record<PanelName, { title: Text; hint: Text }> = {
  'hosts-heard': {
    title: { en: 'Hosts heard', 'zh-CN': '在线主机' },
    hint: { en: 'Hosts whose agent answers, of all', 'zh-CN': '代理有响应的主机数与总数' },
  },
  'fleet-transactions': {
    title: { en: 'Transactions', 'zh-CN': '事务吞吐' },
    hint: { en: 'A second, by cluster', 'zh-CN': '每秒，按集群' },
  },
  'fleet-cpu': {
    title: { en: 'Processors', 'zh-CN': 'CPU 使用率' },
    hint: { en: 'Busy share, by host', 'zh-CN': '按主机' },
  },
  'fleet-memory': {
    title: { en: 'Memory', 'zh-CN': '内存使用率' },
    hint: { en: 'Share that cannot be given away, by host', 'zh-CN': '不可回收部分，按主机' },
  },
  'fleet-disk': {
    title: { en: 'Fullest disk', 'zh-CN': '磁盘使用率' },
    hint: { en: 'Share used, by host', 'zh-CN': '每台主机最满的文件系统' },
  },
  'fleet-lag': {
    title: { en: 'Replication lag', 'zh-CN': '复制延迟' },
    hint: { en: 'Slowest replica, by cluster', 'zh-CN': '每个集群最慢的备库' },
  },
  'fleet-sessions': {
    title: { en: 'Sessions', 'zh-CN': '会话数' },
    hint: { en: 'Open, by cluster', 'zh-CN': '已打开，按集群' },
  },
  'fleet-wal': {
    title: { en: 'WAL written', 'zh-CN': 'WAL 写入量' },
    hint: { en: 'By cluster', 'zh-CN': '按集群' },
  },
  transactions: {
    title: { en: 'Transactions', 'zh-CN': '事务吞吐' },
    hint: { en: 'A second', 'zh-CN': '每秒' },
  },
  sessions: {
    title: { en: 'Sessions', 'zh-CN': '会话' },
    hint: { en: 'By what they do, under the limit', 'zh-CN': '按状态，含连接上限' },
  },
  waits: {
    title: { en: 'What work waits for', 'zh-CN': '等待事件' },
    hint: { en: 'Active sessions by wait; CPU: not waiting', 'zh-CN': '活动会话按等待类型；CPU 表示未等待' },
  },
  rows: {
    title: { en: 'Rows', 'zh-CN': '行操作' },
    hint: { en: 'A second', 'zh-CN': '每秒' },
  },
  'replication-bytes': {
    title: { en: 'Bytes behind', 'zh-CN': '复制落后字节' },
    hint: { en: 'By replica and logical slot', 'zh-CN': '按备库与逻辑复制槽' },
  },
  'replication-seconds': {
    title: { en: 'Seconds behind', 'zh-CN': '复制延迟' },
    hint: { en: 'By replica', 'zh-CN': '按备库' },
  },
  'longest-transaction': {
    title: { en: 'Longest transaction', 'zh-CN': '最长事务' },
    hint: { en: 'Its age, by member', 'zh-CN': '持续时间，按成员' },
  },
  'lock-waits': {
    title: { en: 'Waiting for locks', 'zh-CN': '锁等待' },
    hint: { en: 'Sessions that wait, and deadlocks', 'zh-CN': '等待中的会话与死锁次数' },
  },
  'log-errors': {
    title: { en: 'Errors in the log', 'zh-CN': '日志错误' },
    hint: { en: 'An hour, by class', 'zh-CN': '每小时，按类别' },
  },
  'cache-hits': {
    title: { en: 'Read from memory', 'zh-CN': '缓存命中率' },
    hint: { en: 'Share of blocks, by member', 'zh-CN': '数据块占比，按成员' },
  },
  'temp-files': {
    title: { en: 'Temporary files', 'zh-CN': '临时文件' },
    hint: { en: 'Written because work_mem was too small', 'zh-CN': '因 work_mem 不足而写出' },
  },
  wal: {
    title: { en: 'WAL written', 'zh-CN': 'WAL 写入量' },
    hint: { en: 'On the primary', 'zh-CN': '主库' },
  },
  checkpoints: {
    title: { en: 'Checkpoints', 'zh-CN': '检查点' },
    hint: {
      en: 'An hour; requested ones mean max_wal_size is small',
      'zh-CN': '每小时；请求型偏多说明 max_wal_size 偏小',
    },
  },
  archiving: {
    title: { en: 'Archiving', 'zh-CN': 'WAL 归档' },
    hint: { en: 'Segments that wait, and failures', 'zh-CN': '待归档段数与失败次数' },
  },
  'database-sizes': {
    title: { en: 'Database sizes', 'zh-CN': '数据库大小' },
    hint: { en: 'The largest', 'zh-CN': '最大的几个' },
  },
  pooler: {
    title: { en: 'PgBouncer', 'zh-CN': 'PgBouncer 连接池' },
    hint: { en: 'Clients and server connections', 'zh-CN': '客户端与服务端连接' },
  },
  'member-cpu': {
    title: { en: 'Processors', 'zh-CN': 'CPU 使用率' },
    hint: { en: 'Of the hosts of the members', 'zh-CN': '成员所在主机' },
  },
  'member-disk': {
    title: { en: 'Fullest disk', 'zh-CN': '磁盘使用率' },
    hint: { en: 'Of the hosts of the members', 'zh-CN': '成员所在主机最满的文件系统' },
  },
  wraparound: {
    title: { en: 'Transaction age', 'zh-CN': '事务 ID 年龄' },
    hint: { en: 'Freezing must come before 2 billion', 'zh-CN': '须在 20 亿之前完成冻结' },
  },
  cpu: {
    title: { en: 'Processors', 'zh-CN': 'CPU' },
    hint: { en: 'Busy share, by what for', 'zh-CN': '使用率，按类型' },
  },
  load: {
    title: { en: 'Load', 'zh-CN': '系统负载' },
    hint: { en: 'Against the number of cores', 'zh-CN': '对照 CPU 核数' },
  },
  memory: {
    title: { en: 'Memory', 'zh-CN': '内存' },
    hint: { en: 'Used, file cache and total', 'zh-CN': '已用、文件缓存与总量' },
  },
  pressure: {
    title: { en: 'Pressure', 'zh-CN': '资源压力（PSI）' },
    hint: { en: 'Share of time in which somebody waited', 'zh-CN': '有任务等待的时间占比' },
  },
  'disk-throughput': {
    title: { en: 'Disk throughput', 'zh-CN': '磁盘吞吐' },
    hint: { en: 'Read and written, by disk', 'zh-CN': '读写，按磁盘' },
  },
  'disk-busy': {
    title: { en: 'Disk busy', 'zh-CN': '磁盘繁忙度' },
    hint: { en: 'Share of time, by disk', 'zh-CN': '时间占比，按磁盘' },
  },
  'disk-space': {
    title: { en: 'Disk space', 'zh-CN': '磁盘空间' },
    hint: { en: 'Share used, by mount', 'zh-CN': '使用率，按挂载点' },
  },
  network: {
    title: { en: 'Network', 'zh-CN': '网络' },
    hint: { en: 'Received and sent, by interface', 'zh-CN': '收发，按网卡' },
  },
  swap: {
    title: { en: 'Swapping', 'zh-CN': '换页' },
    hint: { en: 'Pages a second', 'zh-CN': '每秒页数' },
  },
  'statement-time': {
    title: { en: 'Time by statement', 'zh-CN': 'SQL 耗时' },
    hint: {
      en: 'Sessions kept busy; 1 is one session all the time',
      'zh-CN': '平均占用的会话数，1 表示一个会话满负荷',
    },
  },
  'statement-calls': {
    title: { en: 'Calls by statement', 'zh-CN': 'SQL 调用' },
    hint: { en: 'A second', 'zh-CN': '每秒' },
  },
};

/** What a series is, by its kind; where there are several the name follows. */
export const seriesWords: Record<string, Text> = {
  heard: { en: 'heard', 'zh-CN': '在线' },
  expected: { en: 'all', 'zh-CN': '总数' },
  commits: { en: 'committed', 'zh-CN': '提交' },
  rollbacks: { en: 'rolled back', 'zh-CN': '回滚' },
  limit: { en: 'max_connections', 'zh-CN': '连接上限' },
  fetched: { en: 'fetched', 'zh-CN': '读取' },
  inserted: { en: 'inserted', 'zh-CN': '插入' },
  updated: { en: 'updated', 'zh-CN': '更新' },
  deleted: { en: 'deleted', 'zh-CN': '删除' },
  slot: { en: 'slot', 'zh-CN': '复制槽' },
  waiting: { en: 'waiting', 'zh-CN': '等待' },
  deadlocks: { en: 'deadlocks', 'zh-CN': '死锁' },
  written: { en: 'written', 'zh-CN': '写入' },
  read: { en: 'read', 'zh-CN': '读取' },
  timed: { en: 'by time', 'zh-CN': '定时' },
  requested: { en: 'requested', 'zh-CN': '请求' },
  ready: { en: 'waiting', 'zh-CN': '待归档' },
  failed: { en: 'failed', 'zh-CN': '失败' },
  'clients-active': { en: 'clients served', 'zh-CN': '活动客户端' },
  'clients-waiting': { en: 'clients waiting', 'zh-CN': '等待客户端' },
  'servers-active': { en: 'connections in use', 'zh-CN': '活动连接' },
  'servers-idle': { en: 'connections idle', 'zh-CN': '空闲连接' },
  load1: { en: '1 minute', 'zh-CN': '1 分钟' },
  load15: { en: '15 minutes', 'zh-CN': '15 分钟' },
  cores: { en: 'cores', 'zh-CN': '核数' },
  used: { en: 'used', 'zh-CN': '已用' },
  cached: { en: 'file cache', 'zh-CN': '文件缓存' },
  total: { en: 'total', 'zh-CN': '总量' },
  'pressure-cpu': { en: 'processors', 'zh-CN': 'CPU' },
  'pressure-io': { en: 'disks', 'zh-CN': 'IO' },
  'pressure-memory': { en: 'memory', 'zh-CN': '内存' },
  received: { en: 'received', 'zh-CN': '接收' },
  sent: { en: 'sent', 'zh-CN': '发送' },
  'swapped-in': { en: 'in', 'zh-CN': '换入' },
  'swapped-out': { en: 'out', 'zh-CN': '换出' },
  'major-faults': { en: 'major faults', 'zh-CN': '主缺页' },
  rest: { en: 'all others', 'zh-CN': '其余' },
  busy: { en: 'busy', 'zh-CN': '繁忙' },
};
