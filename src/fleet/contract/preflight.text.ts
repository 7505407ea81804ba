import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is found on a host before anything is touched, and what to do about it. */
export const preflightText = {
  fine: { en: 'Nothing stands in the way.', 'zh-CN': '检查通过，没有发现问题。' },
  notRoot: {
    en: 'The agent does not run as root, so it can neither install nor start anything. Install it again from a root shell.',
    'zh-CN': '代理不是以 root 运行，无法安装或启动服务。请在 root shell 中重新安装代理。',
  },
  portTaken: (port: number, purpose: string) => ({
    en: `Port ${port}, wanted for ${purpose}, is taken by another program. Find it with "ss -ltnp", stop or move it, then retry.`,
    'zh-CN': `${purpose} 所需端口 ${port} 已被占用。请用 “ss -ltnp” 找到占用程序，停止或更换端口后重试。`,
  }),
  notADirectory: (path: string) => ({
    en: `${path} exists and is not a directory. Move it away, then retry.`,
    'zh-CN': `${path} 已存在但不是目录。请移走后重试。`,
  }),
  directoryFull: (path: string) => ({
    en: `${path} is not empty; it may hold somebody's data, so it is not touched. Move its contents away, then retry.`,
    'zh-CN': `${path} 不为空，可能存有数据，不会改动。请移走其中内容后重试。`,
  }),
  diskFull: (path: string, freeGib: string, neededGib: string) => ({
    en: `The disk of ${path} has ${freeGib} GiB free, and ${neededGib} GiB are needed. Free some space or choose another host.`,
    'zh-CN': `${path} 所在磁盘仅剩 ${freeGib} GiB，需要 ${neededGib} GiB。请释放空间或选择其他主机。`,
  }),
  inodesFull: (path: string) => ({
    en: `The file system of ${path} has almost no inodes left. Remove files that are not needed, then retry.`,
    'zh-CN': `${path} 所在文件系统的 inode 即将用尽。请删除不需要的文件后重试。`,
  }),
  memoryLow: (availableMib: number, neededMib: number) => ({
    en: `Only ${availableMib} MiB of memory are available, and at least ${neededMib} MiB are needed. Stop other programs or choose another host.`,
    'zh-CN': `可用内存仅 ${availableMib} MiB，至少需要 ${neededMib} MiB。请停止其他程序或选择其他主机。`,
  }),
  memorySmall: (totalMib: number) => ({
    en: `The host has ${totalMib} MiB of memory: enough to try things out, little for work.`,
    'zh-CN': `主机内存为 ${totalMib} MiB，适合试用，难以承载生产负载。`,
  }),
  noLocale: {
    en: 'The locale C.UTF-8 is missing. Install the package libc-bin of your release (or run "locale-gen C.UTF-8"), then retry.',
    'zh-CN': '缺少 C.UTF-8 区域设置。请安装 libc-bin 软件包（或执行 “locale-gen C.UTF-8”）后重试。',
  },
  clockUnkept: {
    en: 'Nothing keeps this host\'s clock right. Install chrony ("apt-get install chrony"): clocks that drift apart confuse failovers and logs.',
    'zh-CN':
      '该主机没有运行时间同步服务。请安装 chrony（apt-get install chrony）：时钟漂移会干扰故障切换和日志分析。',
  },
  unattendedUpgrades: {
    en: 'Unattended upgrades are on: they may restart PostgreSQL at night. Exclude the packages postgresql*, patroni and etcd* in /etc/apt/apt.conf.d, or switch them off.',
    'zh-CN':
      '已启用自动更新（unattended-upgrades），可能在夜间重启 PostgreSQL。请在 /etc/apt/apt.conf.d 中排除 postgresql*、patroni 和 etcd*，或关闭自动更新。',
  },
  noSystemd: {
    en: 'systemd does not run here: the agent itself keeps the database running, and after a reboot somebody has to start the agent. Good for trying out, not for work.',
    'zh-CN': '该主机未运行 systemd：数据库由代理直接守护，重启后需手动启动代理。适合试用，不适合生产。',
  },
  packagesAbsent: (names: string) => ({
    en: `The package sources of this host do not offer: ${names}. Run "apt-get update", or add a source that has them, then retry.`,
    'zh-CN': `该主机的软件源中没有：${names}。请执行 “apt-get update”，或添加提供这些软件包的源后重试。`,
  }),
  patroniOld: (found: string, wanted: string) => ({
    en: `Patroni ${found} is too old for a cluster of several members: before ${wanted} a primary that was cut off and comes back can take the lead again without an election, and rows already acknowledged by the new primary are lost. Use hosts with Patroni ${wanted} or newer (Debian 13), or make a cluster of one member.`,
    'zh-CN': `Patroni ${found} 版本过低，不能用于多成员集群：在 ${wanted} 之前，网络中断后恢复的旧主库可能不经选举重新成为主库，导致新主库已确认的数据丢失。请使用 Patroni ${wanted} 或更高版本的主机（Debian 13），或创建单成员集群。`,
  }),
} satisfies Texts;
