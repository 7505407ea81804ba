import type { Text, Texts } from './i18n.ts';

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
  notWritable: (home: string, code: string) => ({
    en: `${home} cannot be written to (${code}): choose another folder with --home, or give this user the right to write there; nothing was made.`,
    'zh-CN': `无法写入 ${home}（${code}）：请用 --home 指定其他目录，或授予当前用户写权限；未创建任何内容。`,
  }),
  diskTooFull: (home: string, megabytes: number) => ({
    en: `The disk that holds ${home} has only ${megabytes} MB free and Elepherd needs 1 GB: make room, or choose another folder with --home; nothing was made.`,
    'zh-CN': `${home} 所在磁盘仅剩 ${megabytes} MB，而 Elepherd 至少需要 1 GB：请清理空间，或用 --home 指定其他目录；未创建任何内容。`,
  }),
  portTaken: (port: number, option: string, by: string | undefined) => ({
    en: `Port ${port} is taken${by === undefined ? '' : ` by ${by}`}: stop that program, or choose another port with ${option}; nothing was started.`,
    'zh-CN': `端口 ${port} 已被占用${by === undefined ? '' : `（${by}）`}：请停止该程序，或用 ${option} 指定其他端口；未启动任何服务。`,
  }),
  portRefused: (port: number, host: string, option: string, code: string) => ({
    en: `This user cannot listen on ${host}:${port} (${code}): choose another address or port (${option}); nothing was started.`,
    'zh-CN': `当前用户无法监听 ${host}:${port}（${code}）：请换用其他地址或端口（${option}）；未启动任何服务。`,
  }),
  withoutCertificates: {
    en: 'without it, HTTPS to mail, sign-in and storage services is refused',
    'zh-CN': '缺少它将无法通过 HTTPS 访问邮件、登录和存储服务',
  },
  withoutIproute: {
    en: 'without it, Elepherd cannot tell who holds a port or which addresses this host has',
    'zh-CN': '缺少它将无法得知端口被谁占用以及本机有哪些地址',
  },
  withoutSshServer: {
    en: 'backups over SFTP are not tested',
    'zh-CN': '不测试通过 SFTP 的备份',
  },
  withoutDriver: (language: string) => ({
    en: `the connection sample for ${language} is not tested`,
    'zh-CN': `不测试 ${language} 的连接示例`,
  }),
  withoutVictoriaMetrics: {
    en: 'without it, there is no monitoring unless METRICS_URL names another VictoriaMetrics; everything else works',
    'zh-CN': '缺少它且未用 METRICS_URL 指定其他 VictoriaMetrics 时没有监控；其他功能不受影响',
  },
  metricsHere: (folder: string, months: number) => ({
    en: `Metrics are kept for ${months} months in ${folder}.`,
    'zh-CN': `监控指标保留 ${months} 个月，存放于 ${folder}。`,
  }),
  withoutChromium: {
    en: 'without it, the browser journeys are skipped',
    'zh-CN': '缺少它将跳过浏览器测试',
  },
  withoutChineseFont: {
    en: 'without it, Chinese pages show boxes in screenshots',
    'zh-CN': '缺少它时截图中的中文会显示为方块',
  },
  installingPackages: (names: string) => ({
    en: `Installing Debian packages: ${names}.`,
    'zh-CN': `正在安装 Debian 软件包：${names}。`,
  }),
  packagesFailed: (names: string, why: string) => ({
    en: `apt-get could not install ${names}: ${why}`,
    'zh-CN': `apt-get 无法安装 ${names}：${why}`,
  }),
  packageMissing: (name: string, without: Text) => ({
    en: `The Debian package ${name} is missing; ${without.en}. Install it with: apt-get install ${name}`,
    'zh-CN': `缺少 Debian 软件包 ${name}；${without['zh-CN']}。安装命令：apt-get install ${name}`,
  }),
  buildingWeb: {
    en: 'Building the web pages, once for each version.',
    'zh-CN': '正在构建网页，每个版本只需一次。',
  },
  builtWeb: (seconds: number) => ({
    en: `The web pages are built (${seconds} s).`,
    'zh-CN': `网页构建完成（${seconds} 秒）。`,
  }),
  webBuildFailed: (why: string) => ({
    en: `The web pages could not be built; nothing was started. The builder said:\n${why}`,
    'zh-CN': `网页构建失败，未启动任何服务。构建程序的输出：\n${why}`,
  }),
  programSays: (program: string, line: string) => ({
    en: `[${program}] ${line}`,
    'zh-CN': `[${program}] ${line}`,
  }),
  programEnded: (program: string, why: string, seconds: number) => ({
    en: `The ${program} ended (${why}); it starts again in ${seconds} s.`,
    'zh-CN': `${program} 进程已退出（${why}），${seconds} 秒后重新启动。`,
  }),
  usage: {
    en: `npm start -- [options]
  --demo        fill Elepherd with believable sample data
  --lab N       also boot N lab hosts on this machine and enrol them (root); 0 removes them
  --home DIR    folder that holds all state (ELEPHERD_HOME)
  --port N      port of the web pages and the API (PORT, 7433)
  --help        this text
Every other setting comes from the environment: src/platform/server/config.ts lists them.`,
    'zh-CN': `npm start -- [选项]
  --demo        载入示例数据
  --lab N       另外在本机启动 N 台实验主机并纳管（需要 root）；0 表示移除
  --home DIR    存放全部状态的目录（ELEPHERD_HOME）
  --port N      网页和 API 的端口（PORT，默认 7433）
  --help        显示本帮助
其他设置均来自环境变量，清单见 src/platform/server/config.ts。`,
  },
  badOption: (why: string) => ({
    en: `${why} See: npm start -- --help`,
    'zh-CN': `${why} 用法见：npm start -- --help`,
  }),
  badLab: {
    en: '--lab takes the number of lab hosts, from 0 to 9; nothing was started.',
    'zh-CN': '--lab 需要给出实验主机数量（0 到 9）；未启动任何服务。',
  },
  labNeedsRoot: {
    en: 'Lab hosts need root, to make network namespaces and boot them: start as root, or without --lab; nothing was started.',
    'zh-CN':
      '启动实验主机需要 root（要创建网络命名空间并引导系统）：请以 root 启动，或去掉 --lab；未启动任何服务。',
  },
  labBoots: (count: number) => ({
    en: `Booting ${count} lab hosts on this machine (the first time their system is made, about two minutes).`,
    'zh-CN': `正在本机启动 ${count} 台实验主机（首次需制作系统镜像，约两分钟）。`,
  }),
  labHostOnline: (name: string) => ({
    en: `The lab host ${name} is enrolled and online.`,
    'zh-CN': `实验主机 ${name} 已纳管并在线。`,
  }),
  labReady: (names: string) => ({
    en: `The lab is ready: ${names}. Its hosts stay when Elepherd stops, as real ones would; npm start -- --lab 0 removes them.`,
    'zh-CN': `实验环境已就绪：${names}。与真实主机一样，Elepherd 停止后它们继续运行；用 npm start -- --lab 0 移除。`,
  }),
  labGone: { en: 'The lab hosts were removed.', 'zh-CN': '实验主机已移除。' },
  labFailed: (why: string) => ({
    en: `The lab hosts are not there; Elepherd runs without them. ${why}`,
    'zh-CN': `实验主机未能启动；Elepherd 在没有它们的情况下继续运行。${why}`,
  }),
  demoWithClusters: (names: string) => ({
    en: `The sample data is in: an organisation, its people and keys, and the clusters ${names}, which are being built now.`,
    'zh-CN': `示例数据已载入：组织、成员、密钥，以及正在创建的集群 ${names}。`,
  }),
  demoWithoutClusters: {
    en: 'The sample data is in: an organisation, its people and keys. With three hosts (npm start -- --demo --lab 3) it has clusters too.',
    'zh-CN':
      '示例数据已载入：组织、成员和密钥。若有三台主机（npm start -- --demo --lab 3），还会创建示例集群。',
  },
  demoFailed: (why: string) => ({
    en: `The sample data is not complete; Elepherd runs nevertheless. ${why}`,
    'zh-CN': `示例数据未能全部载入，Elepherd 仍在运行。${why}`,
  }),
  alreadyRuns: (url: string, pid: number) => ({
    en: `Elepherd already runs at ${url} (pid ${pid}). A fresh sign-in link: npx elepherd sign-in-link`,
    'zh-CN': `Elepherd 已在 ${url} 运行（pid ${pid}）。获取新的登录链接：npx elepherd sign-in-link`,
  }),
  home: (home: string) => ({
    en: `Elepherd keeps everything in ${home}.`,
    'zh-CN': `Elepherd 的全部数据保存在 ${home}。`,
  }),
  postgresRuns: (wasThere: boolean) =>
    wasThere
      ? {
          en: 'The embedded PostgreSQL was still running and is used again.',
          'zh-CN': '内置的 PostgreSQL 仍在运行，继续使用。',
        }
      : { en: 'The embedded PostgreSQL runs.', 'zh-CN': '内置的 PostgreSQL 已启动。' },
  foreignDatabase: {
    en: 'Using the database that DATABASE_URL names.',
    'zh-CN': '使用 DATABASE_URL 指定的数据库。',
  },
  databaseUnreachable: (why: string) => ({
    en: `Elepherd's database does not answer: ${why}. Correct DATABASE_URL and start again; nothing was changed.`,
    'zh-CN': `Elepherd 的数据库没有响应：${why}。请修正 DATABASE_URL 后重新启动；未做任何改动。`,
  }),
  migrated: (count: number) => ({
    en:
      count === 0
        ? 'The database is up to date.'
        : `The database is up to date (${count} migrations applied).`,
    'zh-CN': count === 0 ? '数据库已是最新。' : `数据库已是最新（本次应用了 ${count} 个迁移）。`,
  }),
  withoutRoot: {
    en: 'Not root: this machine cannot be enrolled as a host by itself and lab hosts are not available; everything else works.',
    'zh-CN': '当前不是 root：无法自动纳管本机，也不能启动实验主机；其他功能均可用。',
  },
  startingPrograms: (names: string) => ({
    en: `Starting ${names}; their logs are in the log folder of the home.`,
    'zh-CN': `正在启动 ${names}；日志位于主目录的 log 子目录。`,
  }),
  notReady: (logFolder: string, last: string | undefined) => ({
    en: `Elepherd did not become ready${last === undefined ? '' : ` (${last})`}: everything was stopped again; see ${logFolder}.`,
    'zh-CN': `Elepherd 未能就绪${last === undefined ? '' : `（${last}）`}：已全部停止；请查看 ${logFolder}。`,
  }),
  ready: (url: string) => ({
    en: `Elepherd runs at ${url}`,
    'zh-CN': `Elepherd 已运行：${url}`,
  }),
  signInLink: (link: string) => ({
    en: `Sign in once, as the first administrator, with: ${link}`,
    'zh-CN': `首位管理员的一次性登录链接：${link}`,
  }),
  noSignInLink: (why: string) => ({
    en: `The sign-in link could not be made (${why}); try: npx elepherd sign-in-link`,
    'zh-CN': `未能生成登录链接（${why}）；请稍后执行：npx elepherd sign-in-link`,
  }),
  signInAgain: {
    en: 'Lost your password? npx elepherd sign-in-link prints a one-time sign-in link.',
    'zh-CN': '忘记密码时，可用 npx elepherd sign-in-link 获取一次性登录链接。',
  },
  hostHere: (name: string) => ({
    en: `This machine is a host, ${name}, and ready for databases.`,
    'zh-CN': `本机已作为主机 ${name} 上线，可以承载数据库。`,
  }),
  hostLater: {
    en: 'This machine is not online as a host yet; npx elepherd host list tells when it is.',
    'zh-CN': '本机尚未作为主机上线；可用 npx elepherd host list 查看。',
  },
  howToStop: {
    en: 'Ctrl-C stops it.',
    'zh-CN': '按 Ctrl-C 停止。',
  },
  stopping: { en: 'Stopping.', 'zh-CN': '正在停止。' },
  stopped: { en: 'Elepherd has stopped.', 'zh-CN': 'Elepherd 已停止。' },
  failedWithStack: (message: string) => ({
    en: `Elepherd could not start: ${message}`,
    'zh-CN': `Elepherd 无法启动：${message}`,
  }),
} satisfies Texts;
