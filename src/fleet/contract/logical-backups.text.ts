import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words for databases that Elepherd does not control, and their logical backups. */
export const logicalBackupText = {
  title: { en: 'Logical backup of an external database', 'zh-CN': '外部数据库逻辑备份' },
  tab: { en: 'External databases', 'zh-CN': '外部数据库' },
  lead: {
    en: 'Databases that Elepherd does not control: with an address and an account their databases, roles and tablespaces are dumped on a schedule.',
    'zh-CN': '未由本系统管理的数据库：只需地址和账号，即可按计划导出全部数据库、角色与表空间。',
  },
  add: { en: 'Add a database', 'zh-CN': '添加数据库' },
  none: { en: 'No external database yet', 'zh-CN': '尚无外部数据库' },
  noneHint: {
    en: 'Give the URL of a PostgreSQL that runs elsewhere, and a host that shall keep its dumps.',
    'zh-CN': '填写其他地方运行的 PostgreSQL 的连接 URL，并选择保存备份的主机。',
  },
  name: { en: 'Name', 'zh-CN': '名称' },
  dsn: { en: 'URL', 'zh-CN': '连接 URL' },
  dsnHint: {
    en: 'postgresql://user:password@host:5432/postgres?sslmode=require. A superuser can keep the passwords of roles, too.',
    'zh-CN': 'postgresql://用户:密码@主机:5432/postgres?sslmode=require。使用超级用户可同时备份角色密码。',
  },
  host: { en: 'Host that keeps the dumps', 'zh-CN': '保存备份的主机' },
  folder: { en: 'Folder', 'zh-CN': '目录' },
  databases: { en: 'Databases', 'zh-CN': '数据库' },
  databasesHint: {
    en: 'Names, separated by commas; all when empty',
    'zh-CN': '以逗号分隔；留空表示全部',
  },
  all: { en: 'all', 'zh-CN': '全部' },
  schedule: { en: 'Schedule', 'zh-CN': '计划' },
  timeZone: { en: 'Time zone', 'zh-CN': '时区' },
  keep: { en: 'Backups kept', 'zh-CN': '保留份数' },
  keepOf: (count: number) => ({ en: `${count} are kept`, 'zh-CN': `保留 ${count} 份` }),
  server: { en: 'Server', 'zh-CN': '服务器' },
  last: { en: 'Last whole one', 'zh-CN': '最近成功' },
  next: { en: 'Next', 'zh-CN': '下次' },
  never: { en: 'never', 'zh-CN': '从未' },
  runNow: { en: 'Back up now', 'zh-CN': '立即备份' },
  runNowOf: (name: string) => ({ en: `Back up now: ${name}`, 'zh-CN': `立即备份：${name}` }),
  remove: { en: 'Remove', 'zh-CN': '移除' },
  removeTitle: (name: string) => ({ en: `Remove ${name}`, 'zh-CN': `移除 ${name}` }),
  removeSays: {
    en: 'Elepherd forgets this database, its account and the passphrase. The dumps stay in their folder, encrypted.',
    'zh-CN': '系统将忘记该数据库、其账号和密钥；已有备份仍加密保留在目录中。',
  },
  actions: { en: 'Actions', 'zh-CN': '操作' },
  backupsOf: (name: string) => ({ en: `Backups of ${name}`, 'zh-CN': `${name} 的备份` }),
  label: { en: 'Backup', 'zh-CN': '备份' },
  size: { en: 'Size', 'zh-CN': '大小' },
  took: { en: 'Took', 'zh-CN': '耗时' },
  state: { en: 'State', 'zh-CN': '状态' },
  running: { en: 'running', 'zh-CN': '进行中' },
  done: { en: 'whole', 'zh-CN': '完整' },
  failed: { en: 'failed', 'zh-CN': '失败' },
  passwords: { en: 'Passwords of roles', 'zh-CN': '角色密码' },
  yes: { en: 'kept', 'zh-CN': '已包含' },
  no: { en: 'not kept', 'zh-CN': '未包含' },
  howTo: (path: string) => ({
    en: `To restore, follow ${path}/RESTORE.txt: it needs psql, pg_restore, openssl and the passphrase, and no Elepherd.`,
    'zh-CN': `恢复时按 ${path}/RESTORE.txt 操作：只需 psql、pg_restore、openssl 和密钥，不依赖本系统。`,
  }),

  encrypted: { en: 'Encrypted', 'zh-CN': '加密' },
  keyFingerprint: { en: 'Passphrase', 'zh-CN': '密钥指纹' },
  notEncrypted: { en: 'no, made before dumps were', 'zh-CN': '否（早于加密功能）' },
  showKeyOf: (name: string) => ({ en: `Show passphrase of ${name}`, 'zh-CN': `查看密钥：${name}` }),
  keyNotKept: {
    en: 'Nobody has kept the passphrase of its dumps: without it they could never be read. Show it and keep it, then remove the database.',
    'zh-CN': '尚无人保存其备份密钥，移除后备份将无法读取。请先查看并保存密钥，再移除。',
  },
  keyUnkept: {
    en: 'Nobody has kept its passphrase yet: without it the dumps cannot be read.',
    'zh-CN': '密钥尚未保存，没有密钥将无法读取备份。',
  },
  noOpenssl: {
    en: 'This host has no openssl, which encrypts the dumps. Nothing was dumped. Install openssl there, then try again.',
    'zh-CN': '该主机缺少用于加密备份的 openssl，未执行导出。请安装 openssl 后重试。',
  },

  stepDump: { en: 'Dump databases, roles and tablespaces', 'zh-CN': '导出数据库、角色与表空间' },
  stepPrune: { en: 'Remove what is not kept', 'zh-CN': '清理过期备份' },
  stepStopped: { en: 'Note that it was cancelled', 'zh-CN': '记录取消' },
  dumping: (host: string) => ({ en: `${host} is dumping.`, 'zh-CN': `${host} 正在导出。` }),
  dumped: (databases: number, bytes: string) => ({
    en: `${databases} databases were dumped, ${bytes} in all.`,
    'zh-CN': `已导出 ${databases} 个数据库，共 ${bytes}。`,
  }),
  noPasswords: {
    en: 'The account may not read the passwords of roles: they must be set again after a restore.',
    'zh-CN': '该账号无权读取角色密码：恢复后需重新设置。',
  },
  notRemoved: (why: { en: string; 'zh-CN': string }) => ({
    en: `Old dumps could not be removed: ${why.en}`,
    'zh-CN': `旧备份未能清理：${why['zh-CN']}`,
  }),
  cancelled: { en: 'It was cancelled.', 'zh-CN': '已取消。' },
  busy: { en: 'A backup of this database is running already.', 'zh-CN': '该数据库的备份正在进行。' },
  noSuch: { en: 'There is no such external database.', 'zh-CN': '没有该外部数据库。' },
  nameTaken: (name: string) => ({
    en: `An external database is called ${name} already. Choose another name.`,
    'zh-CN': `名称 ${name} 已被使用，请换一个。`,
  }),
  badDsn: {
    en: 'The URL must name a user, a host and a password: postgresql://user:password@host:5432/postgres.',
    'zh-CN': 'URL 必须包含用户、主机和密码：postgresql://用户:密码@主机:5432/postgres。',
  },
  badSchedule: { en: 'This schedule never comes.', 'zh-CN': '该计划永远不会触发。' },
  hostUnfit: (host: string) => ({
    en: `${host} is not there: choose a host that is online.`,
    'zh-CN': `主机 ${host} 不在线，请选择在线主机。`,
  }),
  noSuchHost: { en: 'There is no such host.', 'zh-CN': '没有该主机。' },

  unreachable: (address: string, why: string) => ({
    en: `${address} cannot be asked: ${why}`,
    'zh-CN': `无法连接 ${address}：${why}`,
  }),
  noTools: (major: number) => ({
    en: `This host has no pg_dump of version ${major} or newer. Install postgresql-client-${major} there.`,
    'zh-CN': `该主机没有 ${major} 或更高版本的 pg_dump，请安装 postgresql-client-${major}。`,
  }),
  noFolder: (folder: string, why: string) => ({
    en: `${folder} cannot be written on this host: ${why}`,
    'zh-CN': `该主机无法写入 ${folder}：${why}`,
  }),
  noSuchDatabase: (name: string) => ({
    en: `The server has no database called ${name}.`,
    'zh-CN': `服务器上没有数据库 ${name}。`,
  }),
  dumpFailed: (why: string) => ({ en: `The dump failed: ${why}`, 'zh-CN': `导出失败：${why}` }),
  cutOff: {
    en: 'The dump was cut off, by a restart of the host or out of memory. Nothing of it counts; start it again.',
    'zh-CN': '导出被中断（主机重启或内存不足）。该次备份无效，请重新开始。',
  },

  cliList: { en: 'List external databases', 'zh-CN': '列出外部数据库' },
  cliAdd: { en: 'Add a database that Elepherd does not control', 'zh-CN': '添加外部数据库' },
  cliShow: { en: 'Show an external database and its backups', 'zh-CN': '查看外部数据库及其备份' },
  cliBackup: { en: 'Dump an external database now', 'zh-CN': '立即备份外部数据库' },
  cliKey: {
    en: 'Show the passphrase of its dumps; asking is written to the audit',
    'zh-CN': '查看备份密钥（将记入审计日志）',
  },
  cliRemove: { en: 'Forget an external database; its dumps stay', 'zh-CN': '移除外部数据库，保留已有备份' },
  optionDsnFile: { en: 'File that holds the URL with the password', 'zh-CN': '包含连接 URL 与密码的文件' },
  optionHost: { en: 'Host whose agent dumps it', 'zh-CN': '执行备份的主机' },
  needsAll: {
    en: 'Give --dsn-file, --on and --folder.',
    'zh-CN': '请提供 --dsn-file、--on 与 --folder。',
  },
  noFile: (path: string) => ({ en: `${path} cannot be read.`, 'zh-CN': `无法读取 ${path}。` }),
  added: (name: string) => ({
    en: `${name} is backed up on its schedule from now on.`,
    'zh-CN': `${name} 将按计划备份。`,
  }),
  begun: (name: string) => ({ en: `A backup of ${name} has begun.`, 'zh-CN': `${name} 的备份已开始。` }),
  isBackedUp: (name: string) => ({ en: `${name} is backed up.`, 'zh-CN': `${name} 备份完成。` }),
  removed: (name: string) => ({ en: `${name} is forgotten.`, 'zh-CN': `${name} 已移除。` }),
} satisfies Texts;
