import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the pasted command says on the new host. No apostrophes are needed here: the shell quotes these itself. */
export const installText = {
  needsRoot: {
    en: 'Elepherd: this must be run as root. Nothing was changed. Open a root shell (sudo -i) and paste the command again.',
    'zh-CN': 'Elepherd：需要 root 权限，没有任何改动。请用 sudo -i 进入 root shell 后重新粘贴命令。',
  },
  needsLinux: {
    en: 'Elepherd: the agent runs on Linux with an x86-64 processor, and this is another machine. Nothing was changed.',
    'zh-CN': 'Elepherd：代理仅支持 x86-64 处理器的 Linux，当前机器不符，没有任何改动。',
  },
  needsProgram: {
    en: 'Elepherd: a program it needs is missing here; install it and paste the command again. Nothing was changed. Missing:',
    'zh-CN': 'Elepherd：缺少所需程序，请安装后重新粘贴命令，没有任何改动。缺少：',
  },
  needsToken: {
    en: 'Elepherd: the command is not whole: ELEPHERD_TOKEN is missing. Nothing was changed. Copy the whole line again.',
    'zh-CN': 'Elepherd：命令不完整，缺少 ELEPHERD_TOKEN，没有任何改动。请重新复制整行命令。',
  },
  needsSpace: {
    en: 'Elepherd: less than 400 MB are free for the agent. Nothing was changed. Free some space and paste the command again. Folder:',
    'zh-CN': 'Elepherd：可用空间不足 400 MB，没有任何改动。请释放空间后重新粘贴命令。目录：',
  },
  fetching: {
    en: 'Elepherd: fetching the agent (about 50 MB) …',
    'zh-CN': 'Elepherd：正在下载代理程序（约 50 MB）…',
  },
  notFetched: {
    en: 'Elepherd: the server did not hand out the agent: the command was used already or has expired, or the connection broke. Nothing was changed. Make a new command on the page “Add a host”.',
    'zh-CN':
      'Elepherd：未能从服务器取得代理程序：命令已使用或已过期，或连接中断。没有任何改动。请在“添加主机”页面重新生成命令。',
  },
  damaged: {
    en: 'Elepherd: what arrived is not what the server sent. Nothing was changed. Paste the command again.',
    'zh-CN': 'Elepherd：下载内容校验不符，没有任何改动。请重新粘贴命令。',
  },
  alreadyHost: (name: string, url: string) => ({
    en: `Elepherd: this machine is host ${name} of ${url} already, and its agent runs. Nothing was changed.`,
    'zh-CN': `Elepherd：本机已是 ${url} 的主机 ${name}，代理正在运行，没有任何改动。`,
  }),
  otherServer: (url: string, home: string) => ({
    en: `Elepherd: this machine is a host of another Elepherd, ${url}. Nothing was changed. Remove it there first; then delete ${home} and paste the command again.`,
    'zh-CN': `Elepherd：本机已是另一个 Elepherd（${url}）的主机，没有任何改动。请先在那里移除，再删除 ${home} 并重新粘贴命令。`,
  }),
  wrongServer: {
    en: 'Elepherd: the server at this address does not hold the key that the command names. Nothing was changed. Check the address, or make a new command.',
    'zh-CN': 'Elepherd：该地址上的服务器密钥与命令中的不符，没有任何改动。请检查地址，或重新生成命令。',
  },
  noConnection: (url: string, why: string) => ({
    en: `Elepherd: ${url} cannot be reached from here (${why}). Check the address, the network and the firewall, and paste the command again.`,
    'zh-CN': `Elepherd：无法从本机访问 ${url}（${why}）。请检查地址、网络和防火墙后重新粘贴命令。`,
  }),
  refused: (why: string) => ({
    en: `Elepherd: the server refused this machine: ${why}`,
    'zh-CN': `Elepherd：服务器拒绝了本机：${why}`,
  }),
  enrolled: (name: string, url: string) => ({
    en: `Elepherd: done. This machine is host ${name} of ${url}.`,
    'zh-CN': `Elepherd：完成。本机已成为 ${url} 的主机 ${name}。`,
  }),
  noSystemd: (home: string) => ({
    en: `Elepherd: systemd does not run here, so nothing starts the agent after a reboot. Start it then with: ${home}/launch --forever`,
    'zh-CN': `Elepherd：本机没有运行 systemd，重启后代理不会自动启动。届时请执行：${home}/launch --forever`,
  }),
  notHeard: (log: string) => ({
    en: `Elepherd: the agent was installed, but the server has not heard it within 30 s. Look at its log: ${log}`,
    'zh-CN': `Elepherd：代理已安装，但服务器在 30 秒内没有收到心跳。请查看日志：${log}`,
  }),
} satisfies Texts;
