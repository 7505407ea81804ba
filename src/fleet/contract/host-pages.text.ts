import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the pages about hosts. */
export const hostPageText = {
  title: { en: 'Hosts', 'zh-CN': '主机' },
  lead: {
    en: 'The machines your databases run on. Each has an agent that dials this server; nothing dials the host.',
    'zh-CN': '数据库所在的机器。每台主机上有一个代理主动连接本服务器，主机无需开放任何入站端口。',
  },
  add: { en: 'Add a host', 'zh-CN': '添加主机' },
  none: { en: 'No host yet', 'zh-CN': '还没有主机' },
  noneHint: {
    en: 'Bring in the first machine with one command pasted into its root shell. Debian 12 and 13 are known to work.',
    'zh-CN': '在目标机器的 root shell 中粘贴一条命令即可接入。已在 Debian 12 和 13 上验证。',
  },
  listCaption: { en: 'Hosts of this organisation', 'zh-CN': '本组织的主机' },
  pages: { en: 'Pages', 'zh-CN': '分页' },
  firstPage: { en: 'First page', 'zh-CN': '第一页' },
  nextPage: { en: 'Next page', 'zh-CN': '下一页' },
  columnName: { en: 'Host', 'zh-CN': '主机' },
  columnState: { en: 'State', 'zh-CN': '状态' },
  columnSystem: { en: 'System', 'zh-CN': '操作系统' },
  columnSize: { en: 'Size', 'zh-CN': '规格' },
  columnDomain: { en: 'Failure domain', 'zh-CN': '故障域' },
  columnServers: { en: 'PostgreSQL', 'zh-CN': 'PostgreSQL' },
  columnSeen: { en: 'Last heard', 'zh-CN': '最近心跳' },
  online: { en: 'Online', 'zh-CN': '在线' },
  offline: { en: 'Offline', 'zh-CN': '离线' },
  draining: { en: 'Draining', 'zh-CN': '腾空中' },
  removed: { en: 'Removed', 'zh-CN': '已移除' },
  awaited: { en: 'Not heard yet', 'zh-CN': '尚未上线' },
  size: (cores: number, memory: string) => ({
    en: `${cores} ${cores === 1 ? 'core' : 'cores'} · ${memory}`,
    'zh-CN': `${cores} 核 · ${memory}`,
  }),
  serverCount: (managed: number, others: number) => ({
    en:
      managed + others === 0
        ? 'none'
        : [managed > 0 && `${managed} managed`, others > 0 && `${others} found`].filter(Boolean).join(' · '),
    'zh-CN':
      managed + others === 0
        ? '无'
        : [managed > 0 && `托管 ${managed} 个`, others > 0 && `发现 ${others} 个`]
            .filter(Boolean)
            .join(' · '),
  }),
  domainUnknown: { en: 'unknown', 'zh-CN': '未知' },

  newTitle: { en: 'Add a host', 'zh-CN': '添加主机' },
  newLead: {
    en: 'Paste one line into a root shell of the new machine. It fetches the agent from this server, checks it, and enrols the machine; nothing else on it is changed.',
    'zh-CN': '在新机器的 root shell 中粘贴一行命令：从本服务器下载代理、校验后接入，不改动机器上的其他内容。',
  },
  readmitTitle: (name: string) => ({ en: `Let ${name} in again`, 'zh-CN': `重新接入 ${name}` }),
  readmitLead: {
    en: 'A new command for a host that is known already. It keeps its clusters; its old certificate stops to work once the command is used.',
    'zh-CN': '为已有主机生成新命令。主机保留其集群，命令使用后旧证书即失效。',
  },
  nameLabel: { en: 'Name (optional)', 'zh-CN': '名称（可选）' },
  nameHint: {
    en: 'Without one the host is called as the machine calls itself.',
    'zh-CN': '留空则使用机器自身的主机名。',
  },
  addressLabel: { en: 'How the new host reaches this server', 'zh-CN': '新主机访问本服务器的地址' },
  addressHint: {
    en: 'Choose the address the new machine can dial. Set AGENT_URL to have the right one first.',
    'zh-CN': '请选择新机器能够访问的地址。设置 AGENT_URL 可将正确地址置于首位。',
  },
  addressLoopback: {
    en: 'Only this very machine reaches this address.',
    'zh-CN': '该地址仅本机可访问。',
  },
  make: { en: 'Make the command', 'zh-CN': '生成命令' },
  commandTitle: { en: 'Paste this into a root shell', 'zh-CN': '在 root shell 中粘贴' },
  commandLabel: { en: 'Command for the new host', 'zh-CN': '新主机上执行的命令' },
  commandNote: (until: string) => ({
    en: `It works once, until ${until}, and is shown only now. It needs curl on the machine, and Linux on x86-64.`,
    'zh-CN': `该命令仅可使用一次，有效期至 ${until}，且只显示这一次。目标机器需为 x86-64 Linux 并装有 curl。`,
  }),
  waiting: { en: 'Waiting for the host to appear …', 'zh-CN': '等待主机出现……' },
  waitingHint: {
    en: 'You may leave this page; the host appears in the list all the same.',
    'zh-CN': '可以离开本页，主机接入后会出现在列表中。',
  },
  enrolled: { en: 'It enrolled; waiting for its first heartbeat …', 'zh-CN': '已接入，等待首次心跳……' },
  here: (name: string) => ({ en: `${name} is online`, 'zh-CN': `${name} 已上线` }),
  expired: {
    en: 'The command has expired. Make a new one.',
    'zh-CN': '命令已过期，请重新生成。',
  },
  openHost: { en: 'Open the host', 'zh-CN': '查看主机' },
  another: { en: 'Add another', 'zh-CN': '继续添加' },

  connectionLost: {
    en: 'The connection to this server is interrupted; what you see may be old. It is tried again by itself.',
    'zh-CN': '与服务器的连接中断，显示的内容可能不是最新，正在自动重试。',
  },
  offlineTitle: { en: 'This host is offline', 'zh-CN': '该主机离线' },
  offlineHint: {
    en: 'What is shown is what it last said. Its databases run on without us. Check its power, its network and the service elepherd-agent.',
    'zh-CN':
      '以下为主机最后上报的信息，其上的数据库不受影响继续运行。请检查主机电源、网络以及 elepherd-agent 服务。',
  },
  drainingHint: {
    en: 'No new servers are placed here. Those that are here stay until you move or remove them.',
    'zh-CN': '不会在此放置新的数据库；现有数据库保持不变，直到您迁移或移除。',
  },
  actions: { en: 'Actions', 'zh-CN': '操作' },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  editTitle: { en: 'Edit the host', 'zh-CN': '编辑主机' },
  editName: { en: 'Name', 'zh-CN': '名称' },
  editAddress: { en: 'Address', 'zh-CN': '地址' },
  editAddressHint: {
    en: 'How other hosts and clients reach it. New clusters use it; those that run keep what they have.',
    'zh-CN': '其他主机和客户端访问它的地址。新集群使用此地址，现有集群保持不变。',
  },
  editDomain: { en: 'Failure domain', 'zh-CN': '故障域' },
  editDomainHint: {
    en: 'What fails together with it: a rack, a room, a power feed. Members of a cluster are spread over them.',
    'zh-CN': '会与它同时失效的范围：机柜、机房、供电回路。集群成员会分散到不同故障域。',
  },
  save: { en: 'Save', 'zh-CN': '保存' },
  drain: { en: 'Drain', 'zh-CN': '腾空' },
  undrain: { en: 'Use again', 'zh-CN': '恢复使用' },
  readmit: { en: 'Let in again', 'zh-CN': '重新接入' },
  revoke: { en: 'Revoke certificate', 'zh-CN': '吊销证书' },
  revokeTitle: (name: string) => ({
    en: `Revoke the certificate of ${name}`,
    'zh-CN': `吊销 ${name} 的证书`,
  }),
  revokeMeans: {
    en: 'Its agent is locked out at once: nothing is learned from this host and nothing can be done on it until it is let in again with a new command. Its databases run on.',
    'zh-CN': '代理将立即被拒绝连接：在用新命令重新接入之前，无法获知或操作该主机。其上的数据库继续运行。',
  },
  remove: { en: 'Remove host', 'zh-CN': '移除主机' },
  removeTitle: (name: string) => ({ en: `Remove ${name}`, 'zh-CN': `移除 ${name}` }),
  removeMeans: {
    en: 'Its agent stops and its certificate opens nothing any more. What runs on the machine stays as it is. It is refused while clusters have members here.',
    'zh-CN': '代理将停止，证书失效；机器上运行的内容保持不变。如有集群成员在该主机上，将被拒绝。',
  },

  machine: { en: 'Machine', 'zh-CN': '机器' },
  system: { en: 'System', 'zh-CN': '操作系统' },
  kernel: { en: 'Kernel', 'zh-CN': '内核' },
  libraries: { en: 'glibc · ICU', 'zh-CN': 'glibc · ICU' },
  processor: { en: 'Processor', 'zh-CN': '处理器' },
  memory: { en: 'Memory', 'zh-CN': '内存' },
  memoryFree: (free: string, total: string) => ({
    en: `${total}, ${free} available`,
    'zh-CN': `${total}，可用 ${free}`,
  }),
  addresses: { en: 'Addresses', 'zh-CN': '地址' },
  clock: { en: 'Clock', 'zh-CN': '时钟' },
  clockRight: { en: 'right', 'zh-CN': '准确' },
  clockAhead: (by: string) => ({ en: `${by} ahead of this server`, 'zh-CN': `比服务器快 ${by}` }),
  clockBehind: (by: string) => ({ en: `${by} behind this server`, 'zh-CN': `比服务器慢 ${by}` }),
  keeper: { en: 'Services kept by', 'zh-CN': '服务守护' },
  keeperSystemd: { en: 'systemd', 'zh-CN': 'systemd' },
  keeperAgent: { en: 'the agent (no systemd here)', 'zh-CN': '代理（无 systemd）' },
  upgrades: { en: 'Unattended upgrades', 'zh-CN': '自动更新' },
  upgradesOn: { en: 'on: may restart databases at night', 'zh-CN': '已启用：可能在夜间重启数据库' },
  upgradesOff: { en: 'off', 'zh-CN': '未启用' },
  disks: { en: 'Disks', 'zh-CN': '磁盘' },
  disksCaption: { en: 'Disks of this host', 'zh-CN': '该主机的磁盘' },
  diskMount: { en: 'Mounted at', 'zh-CN': '挂载点' },
  diskType: { en: 'File system', 'zh-CN': '文件系统' },
  diskSize: { en: 'Size', 'zh-CN': '容量' },
  diskFree: { en: 'Free', 'zh-CN': '剩余' },
  diskUsed: { en: 'Used', 'zh-CN': '已用' },
  noDisks: { en: 'The agent saw no disks.', 'zh-CN': '代理未发现磁盘。' },
  clusters: { en: 'Clusters on this host', 'zh-CN': '该主机上的集群' },
  clustersCaption: { en: 'Members of clusters on this host', 'zh-CN': '该主机上的集群成员' },
  noClusters: { en: 'No cluster has a member here.', 'zh-CN': '没有集群成员在该主机上。' },
  columnCluster: { en: 'Cluster', 'zh-CN': '集群' },
  columnRole: { en: 'Role', 'zh-CN': '角色' },
  columnPort: { en: 'Port', 'zh-CN': '端口' },
  found: { en: 'PostgreSQL found running', 'zh-CN': '发现正在运行的 PostgreSQL' },
  foundCaption: {
    en: 'PostgreSQL processes that no cluster of ours manages',
    'zh-CN': '未被托管的 PostgreSQL 进程',
  },
  foundHint: {
    en: 'These run here but are not managed by Elepherd. They are only looked at.',
    'zh-CN': '以下实例在该主机上运行，但未被 Elepherd 托管，仅作观察。',
  },
  columnVersion: { en: 'Version', 'zh-CN': '版本' },
  columnDirectory: { en: 'Data directory', 'zh-CN': '数据目录' },
  software: { en: 'Software', 'zh-CN': '软件' },
  softwareCaption: { en: 'Packages a cluster needs', 'zh-CN': '集群所需的软件包' },
  columnPackage: { en: 'Package', 'zh-CN': '软件包' },
  columnInstalled: { en: 'Installed', 'zh-CN': '已安装' },
  columnOffered: { en: 'Offered', 'zh-CN': '可安装' },
  agent: { en: 'Agent', 'zh-CN': '代理' },
  agentVersion: { en: 'Version', 'zh-CN': '版本' },
  agentCurrent: (version: string) => ({ en: `${version}, current`, 'zh-CN': `${version}，最新` }),
  agentUpdates: (version: string) => ({
    en: `${version}, being brought up to date`,
    'zh-CN': `${version}，正在更新`,
  }),
  agentSource: { en: 'from the sources', 'zh-CN': '源码运行' },
  certificate: { en: 'Certificate until', 'zh-CN': '证书有效期至' },
  noCertificate: { en: 'revoked or none', 'zh-CN': '已吊销或无' },
  certificateHint: {
    en: 'It is renewed by itself a month before it ends.',
    'zh-CN': '到期前一个月自动更新。',
  },
  seen: { en: 'Last heard', 'zh-CN': '最近心跳' },
  never: { en: 'never', 'zh-CN': '从未' },
  added: { en: 'Added', 'zh-CN': '添加时间' },
  noFacts: {
    en: 'The agent has not described this machine yet. This takes a few seconds after it came online.',
    'zh-CN': '代理尚未上报机器信息，通常在上线后数秒内完成。',
  },
} satisfies Texts;
