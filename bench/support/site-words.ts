/** What sentences of the made-up community are made of: a word that stands early is used much more often than one that stands late. */
export const chineseTerms = [
  '索引', '查询', '数据库', '主库', '备库', '事务', '参数', '日志', '备份', '连接', '分区表', '逻辑复制', '执行计划', '统计信息',
  '连接池', '流复制', '检查点', '死锁', '表膨胀', '高可用', '慢查询', '内存', '磁盘', '全文检索', '时间点恢复', '复制槽', '物化视图', '触发器',
  '存储过程', '向量检索', '外部表', '隔离级别', '共享缓冲区', '预写日志', '自动清理', '序列', '约束', '分片', '字符集', '时区', '权限',
  '扩展', '升级', '迁移', '监控', '告警', '压测', '容灾', '云原生', '信创',
];
export const chineseFrames = [
  '在生产环境中，{a}的问题往往和{b}有关，需要先看{c}。',
  '我们把{a}调整之后，{b}的延迟从 {n} 毫秒降到了个位数。',
  '如果{a}没有命中，优化器会退回到{b}，这时{c}就很重要。',
  '升级到 {v} 之后，{a}的行为有变化，建议先在测试库上验证{b}。',
  '这里给出一个最小的例子，说明{a}和{b}是怎样互相影响的。',
  '排查的顺序是：先看{a}，再看{b}，最后才怀疑{c}。',
  '社区里讨论最多的是{a}，但真正影响{b}的其实是{c}。',
  '对于 {n} GB 的表，{a}比{b}快得多，代价是多占一些{c}。',
];
export const englishTerms = [
  'index', 'query', 'vacuum', 'replication', 'transaction', 'planner', 'statistics', 'backup', 'lock', 'partition', 'checkpoint', 'extension',
  'connection pool', 'buffer', 'timeline', 'sequence', 'constraint', 'trigger', 'logical decoding', 'materialized view', 'deadlock', 'bloat',
  'wraparound', 'failover', 'standby', 'hot update', 'full-text search', 'toast', 'tablespace', 'collation', 'privilege', 'migration', 'upgrade',
  'benchmark', 'latency', 'throughput', 'archive', 'slot', 'snapshot', 'isolation level',
];
export const englishFrames = [
  'In production the {a} usually depends on the {b}, so look at the {c} first.',
  'After we changed the {a}, the {b} went from {n} ms to a few.',
  'Without a good {a} the planner falls back to the {b}, and then the {c} matters.',
  'Since version {v} the {a} behaves differently: try the {b} on a copy first.',
  'Here is a small example of how the {a} and the {b} influence one another.',
  'For a table of {n} GB the {a} is much faster than the {b} and costs some {c}.',
];
export const familyNames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
export const givenNames = [...'伟芳娜敏静强磊洋勇艳杰涛明超兰霞平刚桂英'];
/** What people look for: common and rare, short and long, in one language and in both. */
export const searches = [
  '索引', '备份', '高可用', 'PG索引', '逻辑复制 延迟', '连接池', '慢查询 索引', '全文检索', '表膨胀', '事务回卷', '主库 备库', '时间点恢复', '死锁',
  '执行计划 统计信息', '复制槽', '向量检索', '物化视图', '分区表 索引', '云原生', '信创', 'vacuum', 'index bloat', 'replication slot', 'deadlock',
  'logical decoding', 'materialized view', '"isolation level"', 'wraparound', 'planner statistics', 'failover standby', 'checkpoint', 'toast',
  'collation', 'partition 分区表', 'postgresql 升级', 'upgrade 17', 'lock -deadlock', 'hot update', 'throughput latency', 'pg ha',
];
