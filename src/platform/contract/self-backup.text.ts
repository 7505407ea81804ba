import type { Texts } from './i18n.ts';

/** What is said about backups of Elepherd itself. */
export const selfBackupText = {
  notABackup: {
    en: 'This file is no backup of Elepherd. Nothing was changed.',
    'zh-CN': '该文件不是 Elepherd 的备份文件，未做任何改动。',
  },
  wrongKey: {
    en: 'This key does not open this backup. Nothing was changed. Use the key that “elepherd self-backup --show-key” printed on the machine that made it.',
    'zh-CN':
      '该密钥无法打开此备份，未做任何改动。请使用原机器上 “elepherd self-backup --show-key” 显示的密钥。',
  },
  damaged: {
    en: 'This backup is damaged or cut short. Nothing was changed. Take another one.',
    'zh-CN': '该备份已损坏或不完整，未做任何改动。请换用另一份备份。',
  },
  isNewer: (names: string) => ({
    en: `This backup was made by a newer Elepherd: it has ${names}. Nothing was changed. Restore it with that version.`,
    'zh-CN': `该备份由更新版本的 Elepherd 创建（包含 ${names}），未做任何改动。请用相应版本恢复。`,
  }),
  homeNotEmpty: (home: string) => ({
    en: `${home} already holds an Elepherd. Nothing was changed. Name an empty folder with ELEPHERD_HOME, or move this one away first.`,
    'zh-CN': `${home} 中已有 Elepherd，未做任何改动。请用 ELEPHERD_HOME 指定空目录，或先移走现有目录。`,
  }),
  databaseNotEmpty: {
    en: 'The database that DATABASE_URL names already holds an Elepherd. Nothing was changed. Name an empty database.',
    'zh-CN': 'DATABASE_URL 指向的数据库中已有 Elepherd 的数据，未做任何改动。请指定一个空库。',
  },
  mayNotReplay: {
    en: 'The database user may not load rows as they were. Nothing was changed. Let it, by “grant set on parameter session_replication_role to <user>”, or name a superuser.',
    'zh-CN':
      '数据库用户没有按原样写入数据的权限，未做任何改动。请执行 “grant set on parameter session_replication_role to <用户>” 授权，或使用超级用户。',
  },
  noHome: (home: string) => ({
    en: `There is no Elepherd in ${home}: set ELEPHERD_HOME to the one that is meant.`,
    'zh-CN': `${home} 中没有 Elepherd：请将 ELEPHERD_HOME 设为正确的目录。`,
  }),
  made: (file: string, size: string, rows: number) => ({
    en: `Elepherd's backup is ${file} (${size}, ${rows} rows). It is encrypted: keep the key that “elepherd self-backup --show-key” prints in another place.`,
    'zh-CN': `Elepherd 备份已写入 ${file}（${size}，${rows} 行）。备份已加密：请将 “elepherd self-backup --show-key” 显示的密钥另行妥善保存。`,
  }),
  theKey: (key: string) => ({
    en: `${key}\nWithout this key no backup of this Elepherd can be opened. Keep it where this machine is not.`,
    'zh-CN': `${key}\n没有此密钥将无法打开本 Elepherd 的任何备份。请将其保存在本机以外的地方。`,
  }),
  askKey: { en: 'Key of the backup: ', 'zh-CN': '备份密钥：' },
  restored: (home: string, madeAt: string, rows: number) => ({
    en: `Elepherd of ${madeAt} is back in ${home} (${rows} rows). Start it with npm start under the address that the hosts know; their agents go on by themselves.`,
    'zh-CN': `${madeAt} 的 Elepherd 已恢复到 ${home}（${rows} 行）。请在各主机已知的地址上执行 npm start，代理会自动重新连接。`,
  }),
  failed: (why: string) => ({
    en: `The backup of Elepherd itself failed: ${why}`,
    'zh-CN': `Elepherd 自身备份失败：${why}`,
  }),
  restoreFailed: (why: string) => ({
    en: `Elepherd was not restored, and nothing is left half-made: ${why}`,
    'zh-CN': `Elepherd 未能恢复，未留下任何半成品：${why}`,
  }),
  notDone: { en: 'It was not done; why stands above.', 'zh-CN': '操作未完成，原因见上。' },
  summary: {
    en: "Back up Elepherd's own database and keys, on this machine",
    'zh-CN': '在本机备份 Elepherd 自身的数据库和密钥',
  },
  summaryDetail: {
    en: 'Runs where Elepherd runs and needs no sign-in. The worker does the same every night, into SELF_BACKUP_FOLDER.',
    'zh-CN': '在 Elepherd 所在的机器上执行，无需登录。工作进程每晚也会备份到 SELF_BACKUP_FOLDER。',
  },
  toOption: {
    en: 'Folder for the file; otherwise SELF_BACKUP_FOLDER.',
    'zh-CN': '备份目录；默认为 SELF_BACKUP_FOLDER。',
  },
  showKeyOption: {
    en: 'Print the key that opens the backups, and make none.',
    'zh-CN': '仅显示打开备份所需的密钥，不执行备份。',
  },
  restoreSummary: {
    en: 'Rebuild Elepherd from a backup of itself, in an empty home',
    'zh-CN': '在空目录中从备份重建 Elepherd',
  },
  restoreFile: { en: 'The backup.', 'zh-CN': '备份文件。' },
  keyFileOption: {
    en: 'File with the key; otherwise it is asked for, or read from standard input.',
    'zh-CN': '包含密钥的文件；否则会询问，或从标准输入读取。',
  },
} satisfies Texts;
