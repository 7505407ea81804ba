import type { Texts } from '#src/platform/contract/i18n.ts';

/** What an agent says of its work. */
export const agentText = {
  unexpected: (what: string) => ({
    en: `Something unforeseen happened on the host: ${what} Look at the log of elepherd-agent there, then retry.`,
    'zh-CN': `主机上发生未预料的错误：${what} 请查看该主机 elepherd-agent 的日志后重试。`,
  }),
  unknownKind: (kind: string) => ({
    en: `The agent on this host does not know the task ${kind}; it is older than the server and is being brought up to date. Retry in a minute.`,
    'zh-CN': `该主机的代理不认识任务 ${kind}：代理版本低于服务器，正在更新。请一分钟后重试。`,
  }),
  notRoot: {
    en: 'The agent on this host does not run as root, so it cannot install or start anything. Nothing was changed. Install the agent as root.',
    'zh-CN': '该主机的代理不是以 root 运行，无法安装或启动任何服务，没有任何改动。请以 root 安装代理。',
  },
  cancelled: {
    en: 'It was stopped because the operation was cancelled.',
    'zh-CN': '操作已取消，任务已停止。',
  },
  noSuchUser: (user: string) => ({
    en: `The system user ${user} does not exist on the host; the package that brings it is not installed. Install the packages, then retry.`,
    'zh-CN': `主机上没有系统用户 ${user}，对应的软件包尚未安装。请安装软件包后重试。`,
  }),
  noSuchProgram: (path: string) => ({
    en: `${path} is not on the host; the package that brings it is not installed. Install the packages, then retry.`,
    'zh-CN': `主机上没有 ${path}，对应的软件包尚未安装。请安装软件包后重试。`,
  }),
  isLink: (path: string) => ({
    en: `${path} is a symbolic link or not a directory, so nothing is placed there. Nothing was changed. Remove it, then retry.`,
    'zh-CN': `${path} 是符号链接或不是目录，拒绝写入，没有任何改动。请移除后重试。`,
  }),
  noSuchService: (name: string) => ({
    en: `The service ${name} is not on this host. Nothing was changed.`,
    'zh-CN': `该主机上没有服务 ${name}，没有任何改动。`,
  }),
  doesNotRun: (title: string, words: string) => ({
    en: `${title} ends right after its start. Its last words: ${words}`,
    'zh-CN': `${title} 启动后立即退出，最后的输出：${words}`,
  }),
  doesNotStop: (name: string) => ({
    en: `The service ${name} does not stop. Look at it on the host, then retry.`,
    'zh-CN': `服务 ${name} 无法停止。请在主机上检查后重试。`,
  }),
  systemctl: (action: string, words: string) => ({
    en: `systemctl ${action} failed: ${words}`,
    'zh-CN': `systemctl ${action} 执行失败：${words}`,
  }),
  dataInUse: (directory: string, pid: number) => ({
    en: `Process ${pid} works in ${directory}, so nothing was removed. Stop it, then retry.`,
    'zh-CN': `进程 ${pid} 正在使用 ${directory}，未删除任何内容。请停止后重试。`,
  }),
  dataStays: (directory: string, words: string) => ({
    en: `${directory} could not be removed: ${words}`,
    'zh-CN': `无法删除 ${directory}：${words}`,
  }),
  installing: (packages: string) => ({ en: `Installing ${packages}.`, 'zh-CN': `正在安装 ${packages}。` }),
  noApt: {
    en: 'This host has no apt-get, and Elepherd installs from Debian or Ubuntu packages only. Nothing was changed.',
    'zh-CN': '该主机没有 apt-get，Elepherd 仅支持通过 Debian 或 Ubuntu 软件包安装，没有任何改动。',
  },
  installFailed: (words: string) => ({
    en: `The packages could not be installed: ${words} Nothing that ran before was touched. Correct it on the host, then retry.`,
    'zh-CN': `软件包安装失败：${words} 原有服务不受影响。请在主机上处理后重试。`,
  }),
  installCutOff: {
    en: 'The installation was cut off, perhaps by a restart of the host. Retry: what is installed already is kept.',
    'zh-CN': '安装被中断（可能由于主机重启）。请重试，已安装的部分会保留。',
  },
  noAnswer: (who: string, why: string) => ({
    en: `${who} on the host does not answer: ${why}. Look whether it runs, then retry.`,
    'zh-CN': `主机上的 ${who} 没有应答：${why}。请检查其是否运行后重试。`,
  }),
  etcdSilent: (name: string, why: string, words: string) => ({
    en: `etcd ${name} on the host does not answer: ${why}. Its last words: ${words || 'none'}. Look whether it runs, then retry.`,
    'zh-CN': `主机上的 etcd ${name} 没有应答：${why}。最后的输出：${words || '无'}。请检查其是否运行后重试。`,
  }),
  notAsWished: (seconds: number, seen: string) => ({
    en: `What was waited for did not come within ${seconds} s. Patroni said last: ${seen}. Look at its log, then retry.`,
    'zh-CN': `等待 ${seconds} 秒后仍未达到预期状态。Patroni 最后的状态：${seen}。请查看其日志后重试。`,
  }),
  sqlFailed: (words: string) => ({
    en: `PostgreSQL refused: ${words} What the script did before is rolled back unless it commits by itself.`,
    'zh-CN': `PostgreSQL 拒绝执行：${words} 除已自行提交的部分外，脚本之前的改动均已回滚。`,
  }),
  sqlTooLong: (seconds: number) => ({
    en: `The script did not end within ${seconds} s and was stopped.`,
    'zh-CN': `脚本在 ${seconds} 秒内未完成，已停止。`,
  }),
  etcdFailed: (words: string) => ({ en: `etcd refused: ${words}`, 'zh-CN': `etcd 拒绝执行：${words}` }),
  noServerBinary: (path: string) => ({
    en: `${path} is not on the host, so this PostgreSQL version is not installed.`,
    'zh-CN': `主机上没有 ${path}，尚未安装该版本的 PostgreSQL。`,
  }),
} satisfies Texts;
