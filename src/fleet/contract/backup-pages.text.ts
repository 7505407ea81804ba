// Over 300 lines: the words of the pages of backups, restores and drills, one file so that they read alike.
import type { Text, Texts } from '#src/platform/contract/i18n.ts';

const list = (names: readonly string[]) => names.join(', ');
const zhList = (names: readonly string[]) => names.join('、');
const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** The words of the pages of backups: protection of the fleet, repositories, policies, one cluster, restore, drills. */
export const backupPageText = {
  title: { en: 'Backups', 'zh-CN': '备份' },
  lead: {
    en: 'What each database could lose, how far back it can go, and how long it would be down: seen, not hoped.',
    'zh-CN': '每个数据库最多会丢多少、能回到多早、要停多久，都有据可查。',
  },
  tabProtection: { en: 'Protection', 'zh-CN': '保护状况' },
  tabRepositories: { en: 'Repositories', 'zh-CN': '备份仓库' },
  tabPolicies: { en: 'Policies', 'zh-CN': '备份策略' },
  pagesLabel: { en: 'Pages of backups', 'zh-CN': '备份相关页面' },

  // The fleet at one look.
  sumProtected: { en: 'Protected clusters', 'zh-CN': '已受保护的集群' },
  sumOf: (some: number, all: number) => ({ en: `${some} of ${all}`, 'zh-CN': `${some} / ${all}` }),
  sumLoss: { en: 'Most that any could lose', 'zh-CN': '最多可能丢失' },
  sumRecovery: { en: 'Longest measured recovery', 'zh-CN': '实测最长恢复用时' },
  sumWrong: { en: 'Need a look', 'zh-CN': '需要处理' },
  clustersLabel: { en: 'Clusters and their protection', 'zh-CN': '各集群的保护状况' },
  stateGood: { en: 'Protected', 'zh-CN': '已保护' },
  stateWarn: { en: 'Look at it', 'zh-CN': '需要关注' },
  stateBad: { en: 'In danger', 'zh-CN': '有风险' },
  stateNone: { en: 'Not protected', 'zh-CN': '未保护' },
  stateEnabling: { en: 'Being set up', 'zh-CN': '正在启用' },
  stateDisabling: { en: 'Being switched off', 'zh-CN': '正在停用' },
  couldLose: { en: 'Could lose', 'zh-CN': '最多丢失' },
  couldLoseAtMost: (time: string) => ({ en: `at most ${time}`, 'zh-CN': `不超过${time}` }),
  couldLoseAll: { en: 'everything', 'zh-CN': '全部数据' },
  couldLoseUnknown: { en: 'unknown', 'zh-CN': '未知' },
  couldLoseHint: {
    en: 'if all its hosts were gone now',
    'zh-CN': '假设此刻全部主机损毁',
  },
  goBack: { en: 'Can go back', 'zh-CN': '最早可恢复到' },
  goBackNowhere: { en: 'nowhere', 'zh-CN': '无法恢复' },
  goBackGaps: (count: number) => ({
    en: `with ${plural(count, 'gap', 'gaps')}`,
    'zh-CN': `其中有 ${count} 处断档`,
  }),
  goBackSince: { en: 'to any second since then', 'zh-CN': '此后精确到秒' },
  goBackDays: (days: number) => ({
    en: `to any second of the last ${plural(days, 'day', 'days')}`,
    'zh-CN': `近 ${days} 天内精确到秒`,
  }),
  lastBackup: { en: 'Last backup', 'zh-CN': '最近备份' },
  nextBackup: (type: Text, when: string) => ({
    en: `next: ${type.en}, ${when}`,
    'zh-CN': `下次：${type['zh-CN']}，${when}`,
  }),
  noNext: { en: 'none is scheduled', 'zh-CN': '没有计划' },
  lastDrill: { en: 'Last drill', 'zh-CN': '最近演练' },
  drillNever: { en: 'never', 'zh-CN': '从未演练' },
  drillNeverHint: { en: 'not proved yet', 'zh-CN': '尚未验证' },
  drillBack: (time: string) => ({ en: `back in ${time}`, 'zh-CN': `${time}恢复` }),
  never: { en: 'never', 'zh-CN': '从未' },
  protect: { en: 'Protect', 'zh-CN': '启用备份' },
  protectAction: (name: string) => ({ en: `Protect ${name}`, 'zh-CN': `为 ${name} 启用备份` }),
  restoreOpen: { en: 'Restore…', 'zh-CN': '恢复…' },
  restoreOf: (name: string) => ({ en: `Restore ${name}`, 'zh-CN': `恢复 ${name}` }),
  unprotectedWords: {
    en: 'Nothing of it is kept anywhere else. If its disks go, everything goes.',
    'zh-CN': '数据没有任何异地副本，磁盘一旦损坏，全部丢失。',
  },
  unprotectedCluster: {
    en: 'Nothing of it is kept anywhere else. Its replicas do not help against a wrong DELETE: they repeat it at once.',
    'zh-CN': '数据没有任何异地副本。备库防不住误删：DELETE 会立即同步到备库。',
  },
  stoppedWords: {
    en: 'Backups are switched off. What was backed up stays, and grows older.',
    'zh-CN': '备份已停用。已有备份仍保留，但不再更新。',
  },
  noClusters: { en: 'No cluster to protect yet', 'zh-CN': '还没有可保护的集群' },
  noClustersHint: {
    en: 'Build a cluster first; protecting it takes a minute.',
    'zh-CN': '请先创建集群，随后一分钟即可启用备份。',
  },
  toClusters: { en: 'To the clusters', 'zh-CN': '前往集群' },

  // What is wrong, in plain words.
  wrongNoBackup: {
    en: 'There is no backup yet, so nothing can be restored. The first one runs as soon as backups are set up.',
    'zh-CN': '还没有任何备份，无法恢复。启用完成后会立即执行首次备份。',
  },
  wrongArchive: (why: Text) => ({
    en: `Changes are not being copied away: ${why.en}`,
    'zh-CN': `变更未能归档：${why['zh-CN']}`,
  }),
  wrongRepository: (name: string, why: Text) => ({
    en: `The repository ${name} complains: ${why.en}`,
    'zh-CN': `备份仓库 ${name} 报错：${why['zh-CN']}`,
  }),
  wrongStale: {
    en: 'The last backup is older than the policy wants. A restore still works, but replays more changes and takes longer.',
    'zh-CN': '最近一次备份已超过策略要求的间隔。仍可恢复，但要回放更多 WAL，耗时更长。',
  },
  wrongArchiveUnseen: {
    en: 'No host has said yet how archiving stands. That clears up within a minute while the hosts are online.',
    'zh-CN': '主机尚未上报归档状态，主机在线时一分钟内会更新。',
  },
  wrongGaps: (count: number) => ({
    en: `${plural(count, 'stretch of time', 'stretches of time')} cannot be restored to: changes are missing in the archive.`,
    'zh-CN': `有 ${count} 段时间无法恢复：归档中缺少 WAL。`,
  }),
  wrongDrillNever: {
    en: 'No backup of it was ever restored to try. A drill proves that it works and measures how long it takes.',
    'zh-CN': '备份从未实际恢复验证过。恢复演练可以证明备份可用，并测出恢复用时。',
  },
  wrongDrillBad: {
    en: 'The last drill could not bring the data back whole. Take a new full backup, then run a drill again.',
    'zh-CN': '最近一次演练未能完整恢复数据。请重新做一次全量备份，然后再次演练。',
  },
  wrongDrillInfrastructure: {
    en: 'The last drill could not be carried out. That says nothing about the backup; run it again.',
    'zh-CN': '最近一次演练未能执行，与备份好坏无关，请重新演练。',
  },
  wrongDrillOld: {
    en: 'The last drill that passed is more than a month old.',
    'zh-CN': '最近一次通过的演练已超过一个月。',
  },
  wrongKey: (name: string) => ({
    en: `Nobody has kept the passphrase of ${name}: should Elepherd be lost, its backups could not be read.`,
    'zh-CN': `还没有人保存 ${name} 的密钥：一旦 Elepherd 丢失，其中的备份将无法读取。`,
  }),
  keepKey: { en: 'Keep it', 'zh-CN': '去保存' },

  // Types of backups.
  full: { en: 'full', 'zh-CN': '全量' },
  diff: { en: 'differential', 'zh-CN': '差异' },
  incr: { en: 'incremental', 'zh-CN': '增量' },
  fullWords: { en: 'Everything, standing on its own.', 'zh-CN': '完整备份，不依赖其他备份。' },
  diffWords: { en: 'What changed since the last full one.', 'zh-CN': '自上次全量以来的变化。' },
  incrWords: { en: 'What changed since the last of any type.', 'zh-CN': '自上次任意备份以来的变化。' },

  // Repositories.
  repositoriesLead: {
    en: 'Where backups are kept. Everything in them is encrypted before it leaves the host.',
    'zh-CN': '存放备份的位置，数据在离开主机之前就已加密。',
  },
  newRepository: { en: 'New repository', 'zh-CN': '新建备份仓库' },
  newRepositoryLead: {
    en: 'Choose storage that does not go down with the database: another building is best, another machine is the least.',
    'zh-CN': '请选择不会与数据库同时损坏的存储：最好在异地，至少在另一台机器上。',
  },
  noRepository: { en: 'No repository yet', 'zh-CN': '还没有备份仓库' },
  noRepositoryHint: {
    en: 'A repository is a place for backups: a mounted folder, an S3 bucket or an SFTP server.',
    'zh-CN': '备份仓库可以是挂载的目录、S3 存储桶或 SFTP 服务器。',
  },
  columnName: { en: 'Name', 'zh-CN': '名称' },
  columnPlace: { en: 'Place', 'zh-CN': '位置' },
  columnClusters: { en: 'Clusters', 'zh-CN': '集群' },
  columnKey: { en: 'Passphrase', 'zh-CN': '密钥' },
  columnActions: { en: 'Actions', 'zh-CN': '操作' },
  noneUses: { en: 'none', 'zh-CN': '无' },
  keyKept: (when: string) => ({ en: `shown ${when}`, 'zh-CN': `${when}查看过` }),
  keyNotKept: { en: 'nobody has it', 'zh-CN': '无人保存' },
  showKey: { en: 'Show passphrase', 'zh-CN': '查看密钥' },
  keyTitle: (name: string) => ({ en: `Passphrase of ${name}`, 'zh-CN': `${name} 的密钥` }),
  keyAsk: {
    en: 'With this passphrase anybody who reaches the storage can read the backups. Showing it is written to the audit log, with your name.',
    'zh-CN': '拥有此密钥且能访问存储的人都可以读取备份。查看操作会连同您的姓名记入审计日志。',
  },
  keyWhy: {
    en: 'Without it the backups cannot be read by anybody, should Elepherd be lost. Keep it in a safe or a password manager, away from this system.',
    'zh-CN':
      '如果 Elepherd 丢失而没有此密钥，任何人都无法读取备份。请保存到保险柜或密码管理器中，不要与本系统放在一起。',
  },
  keyFingerprint: { en: 'Fingerprint', 'zh-CN': '指纹' },
  keyKeptIt: { en: 'I have kept it', 'zh-CN': '我已保存' },
  removeRepository: { en: 'Forget repository', 'zh-CN': '移除仓库' },
  removeRepositoryTitle: (name: string) => ({ en: `Forget repository ${name}`, 'zh-CN': `移除仓库 ${name}` }),
  removeRepositorySays: {
    en: 'Elepherd forgets the place and its keys. What lies in the storage stays there, encrypted: keep the passphrase if you may ever want it.',
    'zh-CN':
      'Elepherd 将删除该位置及其密钥的记录。存储中的内容仍在，且保持加密；如果以后可能用到，请先保存密钥。',
  },
  created: { en: 'The repository is there', 'zh-CN': '备份仓库已创建' },

  kind: { en: 'Kind of storage', 'zh-CN': '存储类型' },
  kindPath: { en: 'Folder on the hosts', 'zh-CN': '主机上的目录' },
  kindPathWords: {
    en: 'NFS or another share, mounted at the same place on every host of the cluster.',
    'zh-CN': 'NFS 等共享存储，在集群每台主机上挂载到同一路径。',
  },
  kindPathWarn: {
    en: 'A plain local disk protects one server from a mistake, not from the loss of that disk.',
    'zh-CN': '若只是本地磁盘，只能防误操作，防不了这块磁盘损坏。',
  },
  kindS3: { en: 'S3 storage', 'zh-CN': 'S3 对象存储' },
  kindS3Words: {
    en: 'MinIO, Ceph, Amazon or any store that speaks S3 over HTTPS. Alibaba OSS, Tencent COS and Huawei OBS do.',
    'zh-CN': 'MinIO、Ceph、阿里云 OSS、腾讯云 COS、华为云 OBS、亚马逊等支持 S3 协议（HTTPS）的存储。',
  },
  kindSftp: { en: 'SFTP server', 'zh-CN': 'SFTP 服务器' },
  kindSftpWords: {
    en: 'Any machine with SSH and room. The hosts need pgBackRest 2.46, as Debian 13 has it.',
    'zh-CN': '任意有 SSH 和空间的机器。主机需要 pgBackRest 2.46 及以上（Debian 13 自带）。',
  },
  name: { en: 'Name', 'zh-CN': '名称' },
  nameHint: { en: 'Lower-case letters, digits and dashes.', 'zh-CN': '小写字母、数字和连字符。' },
  nameWrong: {
    en: '3 to 40 lower-case letters, digits or dashes; a letter first.',
    'zh-CN': '3 到 40 个小写字母、数字或连字符，以字母开头。',
  },
  path: { en: 'Folder', 'zh-CN': '目录' },
  pathHint: (roots: readonly string[]) => ({
    en: `Below ${list(roots)}.`,
    'zh-CN': `须位于 ${zhList(roots)} 之下。`,
  }),
  endpoint: { en: 'Address of the store', 'zh-CN': '存储地址' },
  endpointHint: {
    en: 'Without https://, such as minio.example.com:9000.',
    'zh-CN': '不含 https://，例如 minio.example.com:9000。',
  },
  bucket: { en: 'Bucket', 'zh-CN': '存储桶' },
  bucketHint: {
    en: 'It must exist. A name without dots keeps certificates valid.',
    'zh-CN': '须已存在；名称中不要有点号，否则证书校验可能失败。',
  },
  region: { en: 'Region', 'zh-CN': '区域' },
  folder: { en: 'Folder in the bucket', 'zh-CN': '桶内目录' },
  uriStyle: { en: 'Address style', 'zh-CN': '寻址方式' },
  uriPath: { en: 'Bucket in the path', 'zh-CN': '路径方式' },
  uriHost: { en: 'Bucket in the host name', 'zh-CN': '域名方式' },
  uriHint: {
    en: 'Self-hosted stores mostly use the path; the clouds use the host name.',
    'zh-CN': '自建存储多用路径方式，公有云多用域名方式。',
  },
  accessKeyId: { en: 'Access key', 'zh-CN': 'Access Key' },
  secretAccessKey: { en: 'Secret key', 'zh-CN': 'Secret Key' },
  secretHint: {
    en: 'Sealed at once; it is never shown again.',
    'zh-CN': '立即加密保存，之后不再显示。',
  },
  authority: { en: 'Certificate authority of the store (PEM)', 'zh-CN': '存储的 CA 证书（PEM）' },
  authorityHint: {
    en: 'Only when the hosts do not know it already: self-signed stores.',
    'zh-CN': '仅当主机不信任该证书时填写，例如自签名证书。',
  },
  sftpHost: { en: 'Server', 'zh-CN': '服务器' },
  port: { en: 'Port', 'zh-CN': '端口' },
  username: { en: 'User', 'zh-CN': '用户名' },
  privateKey: { en: 'Private key (PEM)', 'zh-CN': '私钥（PEM）' },
  privateKeyHint: {
    en: 'Made for this only, without a passphrase of its own: ssh-keygen -t rsa -b 4096 -m PEM -N "" -f backup',
    'zh-CN': '请专门生成，且不设口令：ssh-keygen -t rsa -b 4096 -m PEM -N "" -f backup',
  },
  hostFingerprint: {
    en: 'Fingerprint of the server (SHA-256, hex)',
    'zh-CN': '服务器指纹（SHA-256，十六进制）',
  },
  hostFingerprintHint: {
    en: "On the server: awk '{print $2}' /etc/ssh/ssh_host_ed25519_key.pub | base64 -d | sha256sum",
    'zh-CN': "在服务器上执行：awk '{print $2}' /etc/ssh/ssh_host_ed25519_key.pub | base64 -d | sha256sum",
  },
  holdsBackups: { en: 'It holds encrypted backups already', 'zh-CN': '其中已有加密的备份' },
  passphrase: { en: 'Its passphrase', 'zh-CN': '已有的密钥' },
  passphraseHint: {
    en: 'The one you kept. Without it a new one is made, which cannot read what is there.',
    'zh-CN': '您保存的密钥。不填则生成新密钥，无法读取已有备份。',
  },
  create: { en: 'Create', 'zh-CN': '创建' },
  save: { en: 'Save', 'zh-CN': '保存' },
  close: { en: 'Close', 'zh-CN': '关闭' },
  required: { en: 'Needed.', 'zh-CN': '必填。' },

  // Policies.
  policiesLead: {
    en: 'When backups are taken and how long they stay. Many clusters can follow one policy.',
    'zh-CN': '规定何时备份、保留多久，一个策略可供多个集群使用。',
  },
  newPolicy: { en: 'New policy', 'zh-CN': '新建备份策略' },
  editPolicy: (name: string) => ({ en: `Change ${name}`, 'zh-CN': `修改 ${name}` }),
  edit: { en: 'Change', 'zh-CN': '修改' },
  noPolicy: { en: 'No policy yet', 'zh-CN': '还没有备份策略' },
  noPolicyHint: {
    en: 'The suggested one suits most: a full backup a week, a differential one each other night, any second of two weeks.',
    'zh-CN': '默认策略适合多数场景：每周一次全量，其余每晚差异，两周内可恢复到任意一秒。',
  },
  columnSchedule: { en: 'Schedule', 'zh-CN': '计划' },
  columnKept: { en: 'Kept', 'zh-CN': '保留' },
  columnLoss: { en: 'Archived every', 'zh-CN': '归档间隔' },
  kept: (days: number, weeks: number, months: number) => ({
    en: `any second of ${plural(days, 'day', 'days')}${weeks > 0 ? `, ${weeks} weekly` : ''}${months > 0 ? `, ${months} monthly` : ''}`,
    'zh-CN': `${days} 天内任意一秒${weeks > 0 ? `，周备 ${weeks} 份` : ''}${months > 0 ? `，月备 ${months} 份` : ''}`,
  }),
  scheduleOf: (type: Text, when: Text) => ({
    en: `${type.en} ${when.en}`,
    'zh-CN': `${when['zh-CN']}${type['zh-CN']}`,
  }),
  everyDay: (time: string) => ({ en: `daily at ${time}`, 'zh-CN': `每天 ${time} ` }),
  everyWeekday: (days: Text, time: string) => ({
    en: `${days.en} at ${time}`,
    'zh-CN': `每${days['zh-CN']} ${time} `,
  }),
  everyMonthDay: (days: string, time: string) => ({
    en: `on day ${days} of the month at ${time}`,
    'zh-CN': `每月 ${days} 日 ${time} `,
  }),
  sunday: { en: 'Sunday', 'zh-CN': '周日' },
  monday: { en: 'Monday', 'zh-CN': '周一' },
  tuesday: { en: 'Tuesday', 'zh-CN': '周二' },
  wednesday: { en: 'Wednesday', 'zh-CN': '周三' },
  thursday: { en: 'Thursday', 'zh-CN': '周四' },
  friday: { en: 'Friday', 'zh-CN': '周五' },
  saturday: { en: 'Saturday', 'zh-CN': '周六' },
  daysFromTo: (first: Text, last: Text) => ({
    en: `${first.en} to ${last.en}`,
    'zh-CN': `${first['zh-CN']}至${last['zh-CN']}`,
  }),
  daysListed: (days: readonly Text[]) => ({
    en: list(days.map((day) => day.en)),
    'zh-CN': zhList(days.map((day) => day['zh-CN'])),
  }),
  everyHours: (hours: number) => ({
    en: hours === 1 ? 'every hour' : `every ${hours} hours`,
    'zh-CN': hours === 1 ? '每小时' : `每 ${hours} 小时`,
  }),
  cronAsIs: (cron: string) => ({ en: `by cron ${cron}`, 'zh-CN': `按 cron ${cron} ` }),
  fullSchedule: { en: 'Full backup', 'zh-CN': '全量备份' },
  diffSchedule: { en: 'Differential backup', 'zh-CN': '差异备份' },
  incrSchedule: { en: 'Incremental backup', 'zh-CN': '增量备份' },
  cronHint: {
    en: 'Minute, hour, day of month, month, day of week (0 is Sunday).',
    'zh-CN': '分 时 日 月 周（0 表示周日）。',
  },
  cronOptional: { en: 'Leave empty for none.', 'zh-CN': '留空表示不做。' },
  cronWrong: { en: 'Five parts with blanks between them.', 'zh-CN': '须为空格分隔的五段。' },
  timeZone: { en: 'Time zone', 'zh-CN': '时区' },
  keepDays: { en: 'Days with any second', 'zh-CN': '可恢复到任意一秒的天数' },
  keepWeeks: { en: 'Weekly full backups after that', 'zh-CN': '之后保留的周备份数' },
  keepMonths: { en: 'Monthly full backups after that', 'zh-CN': '之后保留的月备份数' },
  archiveTimeout: { en: 'Archive at least every (seconds)', 'zh-CN': '最长归档间隔（秒）' },
  archiveTimeoutHint: {
    en: 'The most that can be lost with the whole cluster. Shorter costs a little more storage.',
    'zh-CN': '即整个集群损毁时最多丢失的时长，越短占用存储略多。',
  },
  processMax: { en: 'Processes at once', 'zh-CN': '并行进程数' },
  compression: { en: 'Compression', 'zh-CN': '压缩' },
  compressionNone: { en: 'none', 'zh-CN': '不压缩' },
  gentle: { en: 'Yield to the database', 'zh-CN': '优先让位给数据库' },
  gentleHint: {
    en: 'Backups and drills use CPU and disk only when nothing else wants them; they take longer.',
    'zh-CN': '备份和恢复演练只使用空闲的 CPU 和磁盘，用时会更长。',
  },
  removePolicy: { en: 'Forget policy', 'zh-CN': '删除策略' },
  removePolicyTitle: (name: string) => ({ en: `Forget policy ${name}`, 'zh-CN': `删除策略 ${name}` }),
  removePolicySays: {
    en: 'No cluster follows it, so nothing changes for any backup.',
    'zh-CN': '没有集群使用该策略，删除不影响任何备份。',
  },
  policyFollows: (count: number) => ({
    en:
      count === 0
        ? 'No cluster follows it.'
        : `${plural(count, 'cluster follows', 'clusters follow')} the change.`,
    'zh-CN': count === 0 ? '没有集群使用该策略。' : `${count} 个集群会随之改变。`,
  }),

  // One cluster.
  tab: { en: 'Backups', 'zh-CN': '备份' },
  restoreTab: { en: 'Restore', 'zh-CN': '恢复' },
  clusterPagesLabel: { en: 'Backups of this cluster', 'zh-CN': '该集群的备份页面' },
  drillsTab: { en: 'Drills', 'zh-CN': '演练' },
  clusterTitle: (name: string) => ({ en: `Backups of ${name}`, 'zh-CN': `${name} 的备份` }),
  planTitle: { en: 'Protection', 'zh-CN': '保护状况' },
  planPolicy: { en: 'Policy', 'zh-CN': '策略' },
  planArchive: { en: 'Archive', 'zh-CN': '归档' },
  archiveWell: { en: 'keeps up', 'zh-CN': '正常' },
  archiveBehind: (files: number, time: string) => ({
    en: `${plural(files, 'file waits', 'files wait')}, the oldest for ${time}`,
    'zh-CN': `${files} 个文件待归档，最早已等待${time}`,
  }),
  archiveFails: { en: 'fails', 'zh-CN': '失败' },
  archiveUnseen: { en: 'not seen yet', 'zh-CN': '尚未上报' },
  repositoryPosition: (position: number) => ({
    en: position === 1 ? 'first repository' : 'second repository',
    'zh-CN': position === 1 ? '主仓库' : '第二仓库',
  }),
  repositorySum: (count: number, size: string) => ({
    en: `${plural(count, 'backup', 'backups')}, ${size}`,
    'zh-CN': `${count} 个备份，共 ${size}`,
  }),
  lookAgain: { en: 'Ask the repositories', 'zh-CN': '重新查询仓库' },
  seen: (when: string) => ({ en: `asked ${when}`, 'zh-CN': `${when}查询` }),
  neverSeen: { en: 'not asked yet', 'zh-CN': '尚未查询' },
  runNow: { en: 'Back up now', 'zh-CN': '立即备份' },
  runTitle: { en: 'Back up now', 'zh-CN': '立即备份' },
  runSays: {
    en: 'It runs beside the database, on the member that carries the least; nobody is cut off.',
    'zh-CN': '备份在负载最轻的成员上进行，不会中断任何连接。',
  },
  runType: { en: 'Type', 'zh-CN': '类型' },
  runWhere: { en: 'Into', 'zh-CN': '备份到' },
  runAll: { en: 'All repositories of the plan', 'zh-CN': '计划内的全部仓库' },
  changePlan: { en: 'Change', 'zh-CN': '更改' },
  disable: { en: 'Switch off…', 'zh-CN': '停用…' },
  disableTitle: { en: 'Switch backups off', 'zh-CN': '停用备份' },
  disableSays: {
    en: 'Archiving and scheduled backups end. From then on nothing new can be restored to; what was backed up stays.',
    'zh-CN': '停止归档和计划备份。此后的变化将无法恢复，已有备份保留。',
  },
  disableNow: { en: 'Switch off', 'zh-CN': '停用备份' },
  enableTitle: (name: string) => ({ en: `Protect ${name}`, 'zh-CN': `为 ${name} 启用备份` }),
  changeTitle: (name: string) => ({
    en: `Change how ${name} is protected`,
    'zh-CN': `更改 ${name} 的备份方式`,
  }),
  enableSays: {
    en: 'Elepherd installs pgBackRest on the members, begins to archive every change and takes a first full backup. The database stays in use meanwhile.',
    'zh-CN': 'Elepherd 会在成员上安装 pgBackRest，开始持续归档，并执行首次全量备份，期间数据库照常使用。',
  },
  enableNow: { en: 'Protect', 'zh-CN': '启用备份' },
  policy: { en: 'Policy', 'zh-CN': '备份策略' },
  policySuggestedName: { en: 'Suggested policy (new)', 'zh-CN': '推荐策略（新建）' },
  firstRepository: { en: 'Repository', 'zh-CN': '备份仓库' },
  secondRepository: { en: 'Second repository', 'zh-CN': '第二备份仓库' },
  secondHint: {
    en: 'Better elsewhere: it saves the day when the first is lost with the building.',
    'zh-CN': '最好在异地：第一个仓库随机房一起损毁时仍可恢复。',
  },
  noSecond: { en: 'None', 'zh-CN': '不使用' },
  needRepository: {
    en: 'A place for the backups is needed first.',
    'zh-CN': '需要先创建一个存放备份的仓库。',
  },
  emptyTitle: (name: string) => ({ en: `${name} is not protected`, 'zh-CN': `${name} 尚未受备份保护` }),
  emptyHint: {
    en: 'Continuous backups let you go back to any second, also to the one before a mistake.',
    'zh-CN': '持续备份让您可以回到任意一秒，包括误操作之前的那一秒。',
  },
  backupsTitle: { en: 'Backups', 'zh-CN': '备份列表' },
  backupsEmpty: { en: 'No backup yet', 'zh-CN': '还没有备份' },
  backupsEmptyHint: {
    en: 'The first full one begins as soon as the archive takes files.',
    'zh-CN': '归档就绪后会立即开始首次全量备份。',
  },
  columnBackup: { en: 'Ended', 'zh-CN': '完成时间' },
  columnType: { en: 'Type', 'zh-CN': '类型' },
  columnTook: { en: 'Took', 'zh-CN': '用时' },
  columnDatabase: { en: 'Database', 'zh-CN': '数据库大小' },
  columnStored: { en: 'Stored', 'zh-CN': '占用存储' },
  columnRepository: { en: 'Repository', 'zh-CN': '仓库' },
  columnUse: { en: 'Restore', 'zh-CN': '恢复' },
  restoreEnd: { en: 'To its end', 'zh-CN': '恢复到此备份' },
  backupBroken: { en: 'pages with wrong checksums', 'zh-CN': '存在校验和错误的页' },
  moreBackups: (count: number) => ({ en: `Show all ${count}`, 'zh-CN': `显示全部 ${count} 个` }),

  // The slider.
  momentTitle: { en: 'Go back in time', 'zh-CN': '回到过去' },
  slider: { en: 'Moment to restore to', 'zh-CN': '恢复到的时间' },
  sliderHelp: {
    en: 'Arrow keys move by a small step, page keys by a large one. Home is the earliest moment, End the newest. Plus and minus zoom.',
    'zh-CN': '方向键微调，翻页键大步移动；Home 为最早时间，End 为最新时间；加减号缩放。',
  },
  keys: {
    en: '← → move · PgUp PgDn leap · Home End ends · + − zoom',
    'zh-CN': '← → 移动 · PgUp PgDn 跳跃 · Home End 两端 · + − 缩放',
  },
  zoom: { en: 'Visible stretch', 'zh-CN': '显示范围' },
  zoomAll: { en: 'All', 'zh-CN': '全部' },
  zoomMonth: { en: '30 d', 'zh-CN': '30 天' },
  zoomWeek: { en: '7 d', 'zh-CN': '7 天' },
  zoomDay: { en: '24 h', 'zh-CN': '24 小时' },
  zoomHour: { en: '1 h', 'zh-CN': '1 小时' },
  earlier: { en: 'Earlier', 'zh-CN': '更早' },
  later: { en: 'Later', 'zh-CN': '更晚' },
  previousBackup: { en: 'Backup before', 'zh-CN': '上一个备份' },
  nextBackupMark: { en: 'Backup after', 'zh-CN': '下一个备份' },
  exactTime: { en: 'Exact time', 'zh-CN': '精确时间' },
  exactZone: { en: 'in time zone', 'zh-CN': '时区' },
  zoneYours: (zone: string) => ({ en: `${zone} (yours)`, 'zh-CN': `${zone}（您所在时区）` }),
  zonePolicy: (zone: string) => ({ en: `${zone} (of the policy)`, 'zh-CN': `${zone}（策略时区）` }),
  newest: { en: 'Newest there is', 'zh-CN': '最新数据' },
  endOfBackup: (label: string) => ({
    en: `end of backup ${label}`,
    'zh-CN': `备份 ${label} 结束时`,
  }),
  reachable: { en: 'This moment can be restored.', 'zh-CN': '该时间可以恢复。' },
  newestSure: {
    en: 'Restores everything that reached the archive.',
    'zh-CN': '将恢复已到达归档的全部数据。',
  },
  inGap: {
    en: 'Nothing leads to this moment: changes are missing in the archive. The nearest moments that can be restored:',
    'zh-CN': '无法恢复到该时间：归档中缺少 WAL。最近的可恢复时间：',
  },
  betweenBackups: {
    en: 'So far back only whole backups are kept. The nearest of them:',
    'zh-CN': '该时间已超出连续恢复的保留期，仅保留整份备份。最近的备份：',
  },
  beforeAll: {
    en: 'This is before the first backup. The earliest moment that can be restored:',
    'zh-CN': '早于首个备份，最早可恢复到：',
  },
  afterAll: {
    en: 'This has not reached the archive yet. The newest moment that can be restored:',
    'zh-CN': '该时间的数据尚未归档，最新可恢复到：',
  },
  timeWrong: { en: 'Not a time.', 'zh-CN': '时间格式不正确。' },
  gapsTitle: (count: number) => ({
    en: plural(count, 'gap', 'gaps'),
    'zh-CN': `${count} 处断档`,
  }),
  gapLine: (from: string, to: string, time: string) => ({
    en: `${from} to ${to} (${time})`,
    'zh-CN': `${from} 至 ${to}（${time}）`,
  }),
  gapWal: (from: string, to: string) => ({
    en: from === to ? `WAL ${from} is missing` : `WAL ${from} to ${to} is missing`,
    'zh-CN': from === to ? `缺少 WAL ${from}` : `缺少 WAL ${from} 至 ${to}`,
  }),
  gap: { en: 'gap', 'zh-CN': '断档' },
  legendRange: { en: 'can be restored', 'zh-CN': '可恢复' },
  legendGap: { en: 'gap', 'zh-CN': '断档' },
  legendFull: { en: 'full backup', 'zh-CN': '全量备份' },
  legendPart: { en: 'differential, incremental', 'zh-CN': '差异、增量备份' },
  markOf: (type: Text, when: string) => ({
    en: `${type.en} backup, ended ${when}`,
    'zh-CN': `${type['zh-CN']}备份，完成于 ${when}`,
  }),
  restoreTo: { en: 'Restore to this moment…', 'zh-CN': '恢复到该时间…' },
  nothingYet: { en: 'Nothing can be restored yet', 'zh-CN': '目前还无法恢复' },
  nothingYetHint: {
    en: 'The band appears with the first finished backup.',
    'zh-CN': '首次备份完成后即可选择时间。',
  },

  // Restore.
  restoreTitle: (name: string) => ({ en: `Restore ${name}`, 'zh-CN': `恢复 ${name}` }),
  stepMoment: { en: 'The moment', 'zh-CN': '恢复时间' },
  stepPlace: { en: 'The place', 'zh-CN': '恢复目标' },
  backupOnly: {
    en: 'The state at the end of this backup, without any change after it.',
    'zh-CN': '恢复到该备份结束时的状态，不回放之后的 WAL。',
  },
  chooseMoment: { en: 'Choose a moment instead', 'zh-CN': '改为选择时间' },
  placeLabel: { en: 'Where to', 'zh-CN': '恢复到哪里' },
  placeScratch: { en: 'Scratch server', 'zh-CN': '临时服务器' },
  placeScratchWords: {
    en: 'Look first: a server of its own on one host, to take a table or a row from. It removes itself.',
    'zh-CN': '先看一眼：在一台主机上单独启动，可从中取回某张表或几行数据，到期自动删除。',
  },
  placeNew: { en: 'New cluster', 'zh-CN': '新集群' },
  placeNewWords: {
    en: 'Beside the one that runs. Compare, then let the applications move over.',
    'zh-CN': '与现有集群并存，核对无误后再切换应用。',
  },
  placeHere: { en: 'In place', 'zh-CN': '原地恢复' },
  placeHereWords: {
    en: 'The cluster itself goes back. It is down meanwhile; what it holds now is kept aside until you confirm.',
    'zh-CN': '集群本身回到过去，期间不可用；当前数据会保留，直到您确认删除。',
  },
  safest: { en: 'safest', 'zh-CN': '最稳妥' },
  scratchHost: { en: 'Host', 'zh-CN': '主机' },
  scratchHours: { en: 'Keep it for', 'zh-CN': '保留时长' },
  hours: (hours: number) => ({
    en: hours % 24 === 0 ? plural(hours / 24, 'day', 'days') : plural(hours, 'hour', 'hours'),
    'zh-CN': hours % 24 === 0 ? `${hours / 24} 天` : `${hours} 小时`,
  }),
  newName: { en: 'Name of the new cluster', 'zh-CN': '新集群名称' },
  newMembers: { en: 'Members', 'zh-CN': '成员数' },
  newMembersHint: {
    en: 'Protection and networks are as in the original; both can be changed afterwards.',
    'zh-CN': '数据保护方式与允许访问的网段沿用原集群，之后可以修改。',
  },
  newHosts: { en: 'Hosts', 'zh-CN': '主机' },
  newHostsAuto: { en: 'Elepherd chooses', 'zh-CN': '自动选择' },
  hereMember: { en: 'Restored first on', 'zh-CN': '首先恢复的成员' },
  hereAuto: { en: 'The primary', 'zh-CN': '主库' },
  preview: { en: 'What will happen', 'zh-CN': '将会发生' },
  previewLabel: { en: 'Preview', 'zh-CN': '预览' },
  previewFresh: { en: 'up to date', 'zh-CN': '已是最新' },
  previewAsking: { en: 'working it out…', 'zh-CN': '计算中…' },
  previewMoment: { en: 'Moment', 'zh-CN': '恢复到' },
  previewNewest: { en: 'the newest there is', 'zh-CN': '最新数据' },
  previewBackup: { en: 'Begins with', 'zh-CN': '起始备份' },
  previewBackupEnded: (when: string, repository: string) => ({
    en: `ended ${when}, from ${repository}`,
    'zh-CN': `完成于 ${when}，来自 ${repository}`,
  }),
  previewWal: { en: 'Then replays', 'zh-CN': '随后回放' },
  previewWalCount: (count: number, size: string) => ({
    en: `${plural(count, 'WAL file', 'WAL files')}, ${size}`,
    'zh-CN': `${count} 个 WAL 文件，${size}`,
  }),
  previewTimeline: { en: 'Timeline', 'zh-CN': '时间线' },
  previewNewestTimeline: { en: 'the newest', 'zh-CN': '最新时间线' },
  previewTime: { en: 'Takes about', 'zh-CN': '预计用时' },
  previewMeasured: { en: 'from measured restores', 'zh-CN': '按实测速度估算' },
  previewGuess: { en: 'a cautious guess', 'zh-CN': '保守估计' },
  previewSpace: { en: 'Needs room', 'zh-CN': '所需空间' },
  previewHosts: { en: 'Hosts', 'zh-CN': '涉及主机' },
  previewFree: (size: string) => ({ en: `${size} free`, 'zh-CN': `剩余 ${size}` }),
  previewWarnings: { en: 'Good to know', 'zh-CN': '请注意' },
  previewRefused: { en: 'Not possible', 'zh-CN': '无法恢复' },
  takeNearest: (when: string) => ({ en: `Take ${when}`, 'zh-CN': `改为 ${when}` }),
  previewUntouched: {
    en: 'Until you start, nothing is touched.',
    'zh-CN': '开始之前不会有任何改动。',
  },
  readyWords: { en: 'Ready to start.', 'zh-CN': '可以开始。' },
  notReadyWords: { en: 'This cannot be started.', 'zh-CN': '暂时无法开始。' },
  start: { en: 'Start restore', 'zh-CN': '开始恢复' },
  startHere: { en: 'Restore in place…', 'zh-CN': '原地恢复…' },
  confirmTitle: (name: string) => ({ en: `Take ${name} back in time`, 'zh-CN': `将 ${name} 恢复到过去` }),
  confirmSays: (when: string) => ({
    en: `All its databases go back to ${when}. Connections are cut, and nothing can be read or written until it is through.`,
    'zh-CN': `所有数据库都将回到 ${when}。连接会断开，完成之前不可读写。`,
  }),
  confirmKept: {
    en: 'What it holds now is kept aside on its hosts until you confirm that it may go.',
    'zh-CN': '当前数据会保留在各主机上，直到您确认删除。',
  },
  confirmNow: { en: 'Restore in place', 'zh-CN': '原地恢复' },
  noPlanTitle: { en: 'There is nothing to restore from', 'zh-CN': '没有可用于恢复的备份' },
  mayNotRestore: {
    en: 'Your role shows what a restore would do, but does not start one.',
    'zh-CN': '您的角色可以预览恢复，但不能执行。',
  },

  restoresTitle: { en: 'Restores', 'zh-CN': '恢复记录' },
  restoreNew: { en: 'To a new cluster', 'zh-CN': '恢复到新集群' },
  restoreScratch: { en: 'Scratch server', 'zh-CN': '临时服务器' },
  restoreHere: { en: 'In place', 'zh-CN': '原地恢复' },
  columnWhat: { en: 'What', 'zh-CN': '类型' },
  columnState: { en: 'State', 'zh-CN': '状态' },
  columnTo: { en: 'To', 'zh-CN': '恢复到' },
  columnStarted: { en: 'Started', 'zh-CN': '开始' },
  columnBy: { en: 'By', 'zh-CN': '操作人' },
  restoreRunning: { en: 'Under way', 'zh-CN': '进行中' },
  restoreDone: { en: 'Done', 'zh-CN': '已完成' },
  restoreFailed: { en: 'Stopped', 'zh-CN': '失败' },
  restoreCancelled: { en: 'Cancelled', 'zh-CN': '已取消' },
  restoreRemoved: { en: 'Removed', 'zh-CN': '已清理' },
  progress: { en: 'Progress', 'zh-CN': '进度' },
  asideTitle: (name: string) => ({
    en: `${name} was taken back in time. The data of before is kept.`,
    'zh-CN': `${name} 已恢复到过去，恢复前的数据仍保留。`,
  }),
  asideUntil: (when: string) => ({
    en: `It stays on the hosts until ${when}. Check the restored data, then let the old go to free the space.`,
    'zh-CN': `将在各主机上保留到 ${when}。请核对恢复后的数据，无误后删除旧数据以释放空间。`,
  }),
  asideRemove: { en: 'The restore is right: remove the old data', 'zh-CN': '恢复无误，删除旧数据' },
  asideRemoveTitle: { en: 'Remove the data of before', 'zh-CN': '删除恢复前的数据' },
  asideRemoveSays: {
    en: 'The copy of before the restore is deleted on all hosts. There is no way back to it after that.',
    'zh-CN': '将删除各主机上恢复前的数据，删除后无法找回。',
  },
  asideRemoveNow: { en: 'Remove', 'zh-CN': '删除' },
  scratchTitle: (host: string) => ({
    en: `A scratch server runs on ${host}`,
    'zh-CN': `${host} 上正在运行临时服务器`,
  }),
  scratchUntil: (when: string) => ({
    en: `It goes by itself at ${when}. On that host:`,
    'zh-CN': `将于 ${when} 自动删除。在该主机上连接：`,
  }),
  scratchCommand: { en: 'Command to connect', 'zh-CN': '连接命令' },
  take: { en: 'Take a table or database…', 'zh-CN': '取出表或数据库…' },
  takeElsewhere: (primary: string) => ({
    en: `A table or database can be taken over from a scratch server on the host of the primary, ${primary}.`,
    'zh-CN': `如需将表或数据库直接取回集群，请在主库所在主机 ${primary} 上恢复临时服务器。`,
  }),
  takeSays: {
    en: 'It is copied into a new database of the cluster. Nothing that is there now is overwritten.',
    'zh-CN': '将复制到集群的一个新数据库中，现有数据不会被覆盖。',
  },
  takeWhat: { en: 'What is taken', 'zh-CN': '取出内容' },
  takeTable: { en: 'One table', 'zh-CN': '单张表' },
  takeDatabase: { en: 'A whole database', 'zh-CN': '整个数据库' },
  takeFrom: { en: 'Database of the scratch server', 'zh-CN': '临时服务器上的数据库' },
  takeTableName: { en: 'Table', 'zh-CN': '表' },
  takeTableHint: {
    en: 'orders, or sales.orders outside of public.',
    'zh-CN': '如 orders；不在 public 中时写作 sales.orders。',
  },
  takeInto: { en: 'Into the new database', 'zh-CN': '放入新数据库' },
  takeIntoHint: {
    en: 'It must not exist yet. Named after the first one when left empty.',
    'zh-CN': '该数据库必须尚不存在；留空则按原库名自动命名。',
  },
  takeNameWrong: {
    en: 'Letters, digits, _ and -; a letter first.',
    'zh-CN': '只能使用字母、数字、_ 和 -，以字母开头。',
  },
  takeNow: { en: 'Take', 'zh-CN': '取出' },
  scratchRemove: { en: 'Remove it now', 'zh-CN': '立即删除' },
  scratchRemoveSays: {
    en: 'The server is stopped and its data deleted. The cluster and its backups are not touched.',
    'zh-CN': '将停止该服务器并删除其数据，集群和备份不受影响。',
  },

  // Drills.
  drillsTitle: (name: string) => ({ en: `Drills of ${name}`, 'zh-CN': `${name} 的恢复演练` }),
  drillsLead: {
    en: 'A drill restores a random moment, starts the server, checks every page and counts the rows. Then it cleans up.',
    'zh-CN': '演练会恢复到一个随机时间，启动服务器，检查每一页并核对行数，完成后自动清理。',
  },
  trend: { en: 'Measured', 'zh-CN': '实测趋势' },
  trendRecovery: { en: 'Recovery time', 'zh-CN': '恢复用时' },
  trendLoss: { en: 'Loss', 'zh-CN': '数据丢失' },
  trendRecoveryWords: (last: string) => ({
    en: `${last} from nothing to a server that answers`,
    'zh-CN': `从零到可用 ${last}`,
  }),
  trendLossWords: (last: string) => ({
    en: `${last} would have been lost`,
    'zh-CN': `会丢失 ${last}`,
  }),
  trendLabel: (what: Text, count: number, first: string, last: string) => ({
    en: `${what.en} in ${plural(count, 'drill', 'drills')}: first ${first}, last ${last}.`,
    'zh-CN': `${count} 次演练的${what['zh-CN']}：首次 ${first}，最近 ${last}。`,
  }),
  trendFew: {
    en: 'A curve appears after the second drill that passed.',
    'zh-CN': '两次演练通过后显示趋势曲线。',
  },
  drillNone: { en: 'Never proved', 'zh-CN': '从未验证' },
  drillNoneHint: {
    en: 'A backup that was never restored is a hope. Run the first drill: it touches nothing that runs.',
    'zh-CN': '没有恢复过的备份只是希望。请执行首次演练，不影响正在运行的数据库。',
  },
  drillNow: { en: 'Run a drill now', 'zh-CN': '立即演练' },
  drillNowSays: {
    en: 'It restores to a random moment beside the running servers and removes the copy afterwards.',
    'zh-CN': '在运行中的服务器旁恢复到一个随机时间，结束后删除副本。',
  },
  drillHost: { en: 'On host', 'zh-CN': '演练主机' },
  drillHostAny: { en: 'A host with room', 'zh-CN': '空间充足的主机' },
  drillPlanOff: { en: 'No drills are scheduled.', 'zh-CN': '未安排定期演练。' },
  drillPlanOn: (every: Text, next: string) => ({
    en: `${every.en}, next ${next}`,
    'zh-CN': `${every['zh-CN']}，下次 ${next}`,
  }),
  drillEvery: (hours: number) => ({
    en:
      hours === 24
        ? 'every day'
        : hours === 168
          ? 'every week'
          : hours % 24 === 0
            ? `every ${hours / 24} days`
            : `every ${hours} hours`,
    'zh-CN':
      hours === 24
        ? '每天'
        : hours === 168
          ? '每周'
          : hours % 24 === 0
            ? `每 ${hours / 24} 天`
            : `每 ${hours} 小时`,
  }),
  drillPlanChange: { en: 'Change schedule', 'zh-CN': '修改计划' },
  drillPlanTitle: { en: 'When drills run', 'zh-CN': '定期演练' },
  drillPlanEvery: { en: 'Run a drill', 'zh-CN': '演练频率' },
  drillPlanNone: { en: 'never by itself', 'zh-CN': '不自动演练' },
  drillListCaption: { en: 'Drills, the newest first', 'zh-CN': '演练记录，最新在前' },
  drillRunning: { en: 'Under way', 'zh-CN': '进行中' },
  drillPassed: { en: 'Passed', 'zh-CN': '通过' },
  drillBad: { en: 'Backup bad', 'zh-CN': '备份有问题' },
  drillInfrastructure: { en: 'Not carried out', 'zh-CN': '未能执行' },
  drillCancelled: { en: 'Cancelled', 'zh-CN': '已取消' },
  drillInfrastructureWords: {
    en: 'No judgement on the backup: the drill itself could not run.',
    'zh-CN': '未对备份作出判断：演练本身未能执行。',
  },
  columnDrill: { en: 'Drill', 'zh-CN': '演练' },
  columnMoment: { en: 'Restored to', 'zh-CN': '恢复到' },
  columnRecovery: { en: 'Recovery', 'zh-CN': '恢复用时' },
  columnLost: { en: 'Loss', 'zh-CN': '丢失' },
  columnEvidence: { en: 'Evidence', 'zh-CN': '证明' },
  drillPlanned: { en: 'scheduled', 'zh-CN': '定期' },
  drillByHand: (name: string) => ({ en: `by ${name}`, 'zh-CN': `由 ${name} 发起` }),
  evidence: { en: 'Evidence sheet', 'zh-CN': '演练证明' },
  pdf: { en: 'PDF', 'zh-CN': 'PDF' },
  recoveryCard: { en: 'Recovery card', 'zh-CN': '应急恢复卡' },
  recoveryCardHint: {
    en: 'One page to print: how to bring this database back by hand, should Elepherd be gone.',
    'zh-CN': '一页纸，打印备用：即使 Elepherd 不在了，也能照着手工恢复这个数据库。',
  },
} satisfies Texts;
