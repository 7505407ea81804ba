import type { Texts } from '#src/platform/contract/i18n.ts';

const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);

/** Why each derived setting has its value. */
export const settingsText = {
  sharedBuffers: (memory: number) => ({
    en: `A quarter of the ${mib(memory)} MiB this server may count on.`,
    'zh-CN': `该服务器可用内存 ${mib(memory)} MiB 的四分之一。`,
  }),
  cacheSize: {
    en: 'What PostgreSQL and the system’s file cache together will likely hold: three quarters of the memory. It takes nothing; it only guides plans.',
    'zh-CN': 'PostgreSQL 与系统文件缓存合计可能容纳的量：内存的四分之三。不占用内存，仅供优化器参考。',
  },
  workMem: (connections: number) => ({
    en: `So that ${connections} connections sorting at once stay within a quarter of the memory.`,
    'zh-CN': `保证 ${connections} 个连接同时排序时不超过内存的四分之一。`,
  }),
  maintenanceWorkMem: {
    en: 'A sixteenth of the memory, at most 1 GiB: speeds up CREATE INDEX and VACUUM.',
    'zh-CN': '内存的十六分之一，最多 1 GiB：加快建索引和 VACUUM。',
  },
  maxConnections: (cores: number) => ({
    en: `For ${cores} cores; more clients than that are PgBouncer’s work.`,
    'zh-CN': `按 ${cores} 个 CPU 核心设定；更多客户端由 PgBouncer 承接。`,
  }),
  workers: (cores: number) => ({
    en: `As many background workers as the host has cores (${cores}), and not fewer than PostgreSQL’s default of 8.`,
    'zh-CN': `后台工作进程数与 CPU 核心数（${cores}）相同，且不低于默认值 8。`,
  }),
  parallel: (cores: number) => ({
    en: `Half of ${cores} cores for one query, so that one report does not take them all.`,
    'zh-CN': `单个查询最多使用 ${cores} 个核心的一半，避免一个报表占满 CPU。`,
  }),
  maxWal: (bytes: number) => ({
    en: `Room for fewer, longer checkpoints: a tenth of the ${mib(bytes)} MiB free on the data disk, between 1 and 16 GiB.`,
    'zh-CN': `减少检查点次数：数据盘剩余空间 ${mib(bytes)} MiB 的十分之一，限制在 1 至 16 GiB。`,
  }),
  slotKeep: (bytes: number) => ({
    en: `A replica that has been away too long is rebuilt rather than allowed to fill the disk: a quarter of the ${mib(bytes)} MiB free.`,
    'zh-CN': `长时间离线的备库将被重建，而不是让 WAL 撑满磁盘：剩余空间 ${mib(bytes)} MiB 的四分之一。`,
  }),
  randomPageCost: {
    en: 'Today’s disks and caches read a random page nearly as cheaply as the next one.',
    'zh-CN': '如今的磁盘和缓存，随机读与顺序读的代价已很接近。',
  },
  checkpointTimeout: {
    en: 'Fewer full-page writes; recovery after a crash still takes well under a minute on such a host.',
    'zh-CN': '减少整页写入；在这类主机上崩溃恢复仍远低于一分钟。',
  },
  walCompression: {
    en: 'Less WAL to write, send and keep for little CPU.',
    'zh-CN': '以少量 CPU 换取更少的 WAL 写入、传输和保留。',
  },
  hintBits: {
    en: 'Lets a former primary rejoin by pg_rewind instead of a full copy.',
    'zh-CN': '原主库可通过 pg_rewind 重新加入，无需全量复制。',
  },
  logSlow: {
    en: 'Statements slower than a second are worth a look.',
    'zh-CN': '执行超过一秒的语句值得关注。',
  },
  logWaits: {
    en: 'Who waits for whose lock is the first question in an incident.',
    'zh-CN': '锁等待是排查故障时首先要看的信息。',
  },
  logTemp: { en: 'Shows queries that outgrow work_mem.', 'zh-CN': '显示超出 work_mem 的查询。' },
  logPrefix: {
    en: 'Each line says when, which process, the class of an error (SQLSTATE), whose session and which database.',
    'zh-CN': '每行日志注明时间、进程、错误类别（SQLSTATE）、用户与数据库。',
  },
  statements: {
    en: 'Statistics of every kind of query, for finding the expensive ones.',
    'zh-CN': '统计各类查询，便于找出开销大的语句。',
  },
  autovacuumCost: {
    en: 'The default dates from slow disks; vacuum falls behind with it.',
    'zh-CN': '默认值针对旧式慢盘，会使清理跟不上。',
  },
  idleTransaction: {
    en: 'A transaction left open for an hour stops vacuum everywhere; it is ended.',
    'zh-CN': '空闲超过一小时的事务会阻碍清理，将被终止。',
  },
  password: { en: 'Passwords are kept as SCRAM verifiers only.', 'zh-CN': '密码仅以 SCRAM 校验值保存。' },
} satisfies Texts;
