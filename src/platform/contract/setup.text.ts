import type { Texts } from './i18n.ts';

/** What `npm start` and the tests say while they set up. */
export const setupText = {
  noSystemUser: (name: string, why: string) => ({
    en: `The system user ${name}, which PostgreSQL needs because it refuses to run as root, could not be made (${why}): run "useradd --system --user-group ${name}" and start again.`,
    'zh-CN': `PostgreSQL 不允许以 root 运行，需要系统用户 ${name}，但创建失败（${why}）：请执行 “useradd --system --user-group ${name}” 后重新启动。`,
  }),
  unreachable: (folder: string, closed: string, user: string) => ({
    en: `PostgreSQL runs as the user ${user} and cannot reach ${folder}, because ${closed} is closed to other users: set ELEPHERD_HOME to a folder such as /var/lib/elepherd.`,
    'zh-CN': `PostgreSQL 以用户 ${user} 运行，但 ${closed} 不允许其他用户进入，无法访问 ${folder}：请把 ELEPHERD_HOME 设为 /var/lib/elepherd 之类的目录。`,
  }),
  noEmbeddedPostgres: (platform: string, arch: string) => ({
    en: `Elepherd brings its own PostgreSQL for Linux x64 only, and this is ${platform} ${arch}: set DATABASE_URL to an empty database on a PostgreSQL of yours.`,
    'zh-CN': `Elepherd 自带的 PostgreSQL 仅支持 Linux x64，当前平台为 ${platform} ${arch}：请将 DATABASE_URL 指向您自己的 PostgreSQL 中的一个空库。`,
  }),
  otherMajor: (data: string, found: string, wanted: string) => ({
    en: `${data} was made by PostgreSQL ${found} and this Elepherd brings ${wanted}: nothing was changed; start the Elepherd that made it, or upgrade the folder with pg_upgrade.`,
    'zh-CN': `${data} 由 PostgreSQL ${found} 创建，而当前 Elepherd 自带 ${wanted}：未做任何改动；请使用原版本启动，或用 pg_upgrade 升级该目录。`,
  }),
  makingDatabase: (data: string) => ({
    en: `Making Elepherd's own database in ${data}.`,
    'zh-CN': `正在 ${data} 中创建 Elepherd 自用的数据库。`,
  }),
  noInitdb: (why: string) => ({
    en: `Elepherd's own database could not be made: ${why}. Nothing was left behind.`,
    'zh-CN': `无法创建 Elepherd 自用的数据库：${why}。未留下任何残余文件。`,
  }),
  diskFull: (folder: string) => ({
    en: `The disk that holds ${folder} is full: free at least 1 GB and start again; nothing was left half-made.`,
    'zh-CN': `${folder} 所在磁盘已满：请至少腾出 1 GB 后重新启动；未留下任何半成品。`,
  }),
  postgresEnded: (file: string, line: string) => ({
    en: `Elepherd's own PostgreSQL ended while it started; its last words in ${file}: ${line}`,
    'zh-CN': `Elepherd 自用的 PostgreSQL 启动时退出；${file} 中的最后一行：${line}`,
  }),
  postgresRecovers: (line: string) => ({
    en: `PostgreSQL is not ready yet, perhaps it recovers after a crash: ${line}`,
    'zh-CN': `PostgreSQL 尚未就绪，可能正在做崩溃恢复：${line}`,
  }),
  shortSocketFolder: (folder: string) => ({
    en: `The home folder's path is too long for a Unix socket; PostgreSQL's socket goes to ${folder}.`,
    'zh-CN': `主目录路径过长，无法放置 Unix 套接字；PostgreSQL 的套接字改放在 ${folder}。`,
  }),
  foreignFolder: (folder: string) => ({
    en: `${folder} belongs to somebody else, so PostgreSQL's socket cannot be put there: remove it or choose a shorter ELEPHERD_HOME.`,
    'zh-CN': `${folder} 属于其他用户，不能用来放置 PostgreSQL 的套接字：请删除该目录，或换用更短的 ELEPHERD_HOME。`,
  }),
} satisfies Texts;
