import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the command line says about backups. */
export const cliBackupText = {
  repositoryList: { en: 'List places for backups', 'zh-CN': '列出备份仓库' },
  repositoryShow: { en: 'Show a place for backups', 'zh-CN': '显示备份仓库' },
  repositoryCreate: { en: 'Add a place for backups', 'zh-CN': '添加备份仓库' },
  repositoryCreateDetail: {
    en: 'A folder that all hosts of a cluster see (--path), an S3 bucket (--s3), or a folder on an SSH server (--sftp). Everything there is encrypted with a passphrase that Elepherd makes: keep a copy with `elepherd repository key`. Secrets are read from files, so that no process list shows them.',
    'zh-CN':
      '可以是集群各主机都能看到的目录（--path）、S3 存储桶（--s3）或 SSH 服务器上的目录（--sftp）。其中内容一律用 Elepherd 生成的口令加密，请用 `elepherd repository key` 查看并另行保存。密钥从文件读取，不会出现在进程列表中。',
  },
  repositoryKey: {
    en: 'Print the passphrase that encrypts a place for backups',
    'zh-CN': '输出备份仓库的加密口令',
  },
  repositoryRemove: {
    en: 'Forget a place for backups; what lies there stays',
    'zh-CN': '移除备份仓库（存储中的内容保留）',
  },
  policyList: { en: 'List backup policies', 'zh-CN': '列出备份策略' },
  policyCreate: { en: 'Add a backup policy', 'zh-CN': '创建备份策略' },
  policyUpdate: {
    en: 'Change a backup policy, and the clusters under it',
    'zh-CN': '修改备份策略及其下的集群',
  },
  policyDelete: { en: 'Delete a backup policy that no cluster follows', 'zh-CN': '删除未使用的备份策略' },
  plans: { en: 'List how clusters are backed up', 'zh-CN': '列出各集群的备份情况' },
  list: { en: 'List the backups of a cluster', 'zh-CN': '列出集群的备份' },
  enable: {
    en: 'Archive and back up a cluster by a policy, or by another one than before',
    'zh-CN': '按策略为集群启用归档和备份，或更换策略、仓库',
  },
  disable: {
    en: 'End archiving and scheduled backups of a cluster; its backups stay',
    'zh-CN': '停用集群的归档和定时备份（已有备份保留）',
  },
  run: { en: 'Back a cluster up now', 'zh-CN': '立即备份集群' },

  repository: { en: 'Name or id of the repository', 'zh-CN': '备份仓库名称或 ID' },
  policy: { en: 'Name or id of the policy', 'zh-CN': '备份策略名称或 ID' },
  newName: { en: 'Its name', 'zh-CN': '名称' },
  optionPath: { en: 'A folder, as in /mnt/backup/pg.', 'zh-CN': '目录，例如 /mnt/backup/pg。' },
  optionS3: {
    en: 'An S3 bucket, as in s3.example.com:9000/bucket/folder.',
    'zh-CN': 'S3 存储桶，例如 s3.example.com:9000/bucket/folder。',
  },
  optionRegion: { en: 'Region of the bucket.', 'zh-CN': '存储桶区域。' },
  optionHostStyle: {
    en: "The bucket's name stands in front of the host's, as Amazon has it.",
    'zh-CN': '存储桶名放在域名前（亚马逊风格）。',
  },
  optionAuthority: {
    en: 'File with the certificate of the authority that signed for the store.',
    'zh-CN': '签发存储服务证书的 CA 证书文件。',
  },
  optionSecret: {
    en: 'File with the access key in its first line and the secret in its second.',
    'zh-CN': '密钥文件：第一行访问密钥 ID，第二行密钥。',
  },
  optionSftp: {
    en: 'A folder on an SSH server, as in backup@nas.example.com:22/srv/pg.',
    'zh-CN': 'SSH 服务器上的目录，例如 backup@nas.example.com:22/srv/pg。',
  },
  optionFingerprint: {
    en: "SHA-256 of the SSH server's host key, in hex.",
    'zh-CN': 'SSH 服务器主机密钥的 SHA-256（十六进制）。',
  },
  optionPrivateKey: { en: 'File with the private key for SSH.', 'zh-CN': 'SSH 私钥文件。' },
  optionPassphrase: {
    en: 'File with the passphrase of storage that is encrypted already.',
    'zh-CN': '已有加密存储的口令文件。',
  },
  optionFull: {
    en: 'When full backups are taken: minute, hour, day, month, day of week; otherwise Sunday 01:00.',
    'zh-CN': '全量备份时间（分 时 日 月 周），默认周日 01:00。',
  },
  optionDiff: {
    en: 'When differential ones are taken, or none.',
    'zh-CN': '差异备份时间，none 表示不做。',
  },
  optionIncr: {
    en: 'When incremental ones are taken, or none.',
    'zh-CN': '增量备份时间，none 表示不做。',
  },
  optionZone: { en: 'Time zone of these, as in Asia/Shanghai.', 'zh-CN': '时区，例如 Asia/Shanghai。' },
  optionDays: {
    en: 'Days of which every second can be recovered.',
    'zh-CN': '可恢复到任意时刻的天数。',
  },
  optionWeeks: { en: 'Weeks of which one full backup stays.', 'zh-CN': '每周保留一份全量备份的周数。' },
  optionMonths: { en: 'Months of which one full backup stays.', 'zh-CN': '每月保留一份全量备份的月数。' },
  optionProcesses: { en: 'Processes that copy at once.', 'zh-CN': '并行进程数。' },
  optionCompression: { en: 'How files are compressed.', 'zh-CN': '压缩方式。' },
  optionGentle: {
    en: 'Backups and drills yield to everything else on the host.',
    'zh-CN': '备份和恢复演练让出主机资源。',
  },
  optionArchive: { en: 'Archive WAL at least this often, in seconds.', 'zh-CN': 'WAL 归档最长间隔（秒）。' },
  optionPolicy: { en: 'The policy.', 'zh-CN': '备份策略。' },
  optionRepository: { en: 'A repository; give it twice for two.', 'zh-CN': '备份仓库，可指定两次。' },
  optionInto: { en: 'Only into this repository.', 'zh-CN': '仅备份到该仓库。' },
  optionType: { en: 'Which type; otherwise full.', 'zh-CN': '备份类型，默认全量。' },

  onePlace: {
    en: 'Give one of --path, --s3 and --sftp.',
    'zh-CN': '请指定 --path、--s3、--sftp 之一。',
  },
  notS3: (given: string) => ({
    en: `"${given}" does not look like s3.example.com:9000/bucket/folder.`,
    'zh-CN': `“${given}” 不符合 s3.example.com:9000/bucket/folder 的形式。`,
  }),
  notSftp: (given: string) => ({
    en: `"${given}" does not look like backup@nas.example.com:22/srv/pg.`,
    'zh-CN': `“${given}” 不符合 backup@nas.example.com:22/srv/pg 的形式。`,
  }),
  noFile: (path: string) => ({
    en: `The file ${path} cannot be read.`,
    'zh-CN': `无法读取文件 ${path}。`,
  }),
  needsPolicy: { en: 'Give --policy and --repository.', 'zh-CN': '请指定 --policy 和 --repository。' },
  nothingToChange: { en: 'Nothing to change: give an option.', 'zh-CN': '没有要修改的内容，请指定选项。' },

  noRepositories: {
    en: 'No repositories. Add one: elepherd repository create',
    'zh-CN': '没有备份仓库。添加：elepherd repository create',
  },
  noPolicies: {
    en: 'No policies. Add one: elepherd policy create',
    'zh-CN': '没有备份策略。创建：elepherd policy create',
  },
  noPlans: {
    en: 'No cluster is backed up. Begin: elepherd backup enable',
    'zh-CN': '没有集群启用备份。启用：elepherd backup enable',
  },
  noBackups: { en: 'No backups yet.', 'zh-CN': '还没有备份。' },

  name: { en: 'Name', 'zh-CN': '名称' },
  address: { en: 'Place', 'zh-CN': '位置' },
  clusters: { en: 'Clusters', 'zh-CN': '集群' },
  cluster: { en: 'Cluster', 'zh-CN': '集群' },
  keyFingerprint: { en: 'Key', 'zh-CN': '密钥指纹' },
  keyShown: { en: 'Key last shown', 'zh-CN': '密钥上次查看' },
  created: { en: 'Created', 'zh-CN': '创建时间' },
  full: { en: 'Full', 'zh-CN': '全量' },
  diff: { en: 'Differential', 'zh-CN': '差异' },
  incr: { en: 'Incremental', 'zh-CN': '增量' },
  zone: { en: 'Zone', 'zh-CN': '时区' },
  keeps: { en: 'Keeps', 'zh-CN': '保留' },
  keepsValue: (days: number, weeks: number, months: number) => ({
    en: `${days} d, ${weeks} w, ${months} m`,
    'zh-CN': `${days} 天、${weeks} 周、${months} 月`,
  }),
  state: { en: 'State', 'zh-CN': '状态' },
  stateEnabling: { en: 'being enabled', 'zh-CN': '启用中' },
  stateOn: { en: 'on', 'zh-CN': '已启用' },
  stateDisabling: { en: 'being disabled', 'zh-CN': '停用中' },
  stateOff: { en: 'off', 'zh-CN': '已停用' },
  policyColumn: { en: 'Policy', 'zh-CN': '策略' },
  repositoryColumn: { en: 'Repository', 'zh-CN': '仓库' },
  lastBackup: { en: 'Last backup', 'zh-CN': '上次备份' },
  archive: { en: 'Archiving', 'zh-CN': '归档' },
  archiveWell: { en: 'well', 'zh-CN': '正常' },
  archiveFails: (files: number) => ({
    en: `fails, ${files} files wait`,
    'zh-CN': `失败，${files} 个文件待归档`,
  }),
  label: { en: 'Backup', 'zh-CN': '备份' },
  type: { en: 'Type', 'zh-CN': '类型' },
  ended: { en: 'Ended', 'zh-CN': '完成时间' },
  size: { en: 'Database', 'zh-CN': '数据库大小' },
  stored: { en: 'Stored', 'zh-CN': '占用' },

  repositoryCreated: (name: string) => ({
    en: `Repository ${name} is kept. Keep its key where Elepherd is not: elepherd repository key ${name}`,
    'zh-CN': `已添加备份仓库 ${name}。请查看并在别处保存其密钥：elepherd repository key ${name}`,
  }),
  repositoryRemoved: (name: string) => ({
    en: `Repository ${name} is forgotten.`,
    'zh-CN': `已移除备份仓库 ${name}。`,
  }),
  willRemove: (name: string) => ({
    en: `Elepherd forgets repository ${name}, its keys and what it saw there.`,
    'zh-CN': `将移除备份仓库 ${name} 及其密钥和登记内容。`,
  }),
  policyKept: (name: string) => ({ en: `Policy ${name} is kept.`, 'zh-CN': `已保存备份策略 ${name}。` }),
  policyDeleted: (name: string) => ({
    en: `Policy ${name} is deleted.`,
    'zh-CN': `已删除备份策略 ${name}。`,
  }),
  enabling: (cluster: string) => ({
    en: `Backups of ${cluster} are being enabled.`,
    'zh-CN': `正在为 ${cluster} 启用备份。`,
  }),
  isEnabled: (cluster: string) => ({
    en: `Backups of ${cluster} are enabled. See: elepherd backup list ${cluster}`,
    'zh-CN': `已为 ${cluster} 启用备份。查看：elepherd backup list ${cluster}`,
  }),
  willDisable: (cluster: string) => ({
    en: `WAL of ${cluster} is not archived any more: it can be recovered to no moment from now on.`,
    'zh-CN': `${cluster} 将不再归档 WAL：此后的任何时刻都无法恢复。`,
  }),
  disabling: (cluster: string) => ({
    en: `Backups of ${cluster} are being disabled.`,
    'zh-CN': `正在停用 ${cluster} 的备份。`,
  }),
  isDisabled: (cluster: string) => ({
    en: `Backups of ${cluster} are disabled.`,
    'zh-CN': `已停用 ${cluster} 的备份。`,
  }),
  running: (cluster: string) => ({
    en: `${cluster} is being backed up.`,
    'zh-CN': `正在备份 ${cluster}。`,
  }),
  isBackedUp: (cluster: string) => ({
    en: `${cluster} is backed up.`,
    'zh-CN': `${cluster} 备份完成。`,
  }),
} satisfies Texts;
