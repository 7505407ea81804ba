import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the command line says about hosts. */
export const cliHostText = {
  list: { en: 'List hosts', 'zh-CN': '列出主机' },
  show: { en: 'Show a host: what it is and what runs on it', 'zh-CN': '显示主机信息及其上运行的服务' },
  add: { en: 'Print the command that lets a new host in', 'zh-CN': '生成接入新主机的命令' },
  addDetail: {
    en: 'Paste what is printed into a root shell on the new host. It works once, for a short time.',
    'zh-CN': '将输出的命令粘贴到新主机的 root 终端执行。该命令只能使用一次，且很快过期。',
  },
  update: { en: "Change a host's name, address or failure domain", 'zh-CN': '修改主机的名称、地址或故障域' },
  drain: { en: 'Put no new members on a host', 'zh-CN': '停止在主机上放置新成员（腾空）' },
  undrain: { en: 'Let a drained host take members again', 'zh-CN': '恢复腾空的主机，允许放置成员' },
  remove: { en: 'Remove a host on which no cluster has a member', 'zh-CN': '移除已没有集群成员的主机' },

  host: { en: 'Name or id of the host', 'zh-CN': '主机名称或 ID' },
  nameOption: { en: 'Name for the host; otherwise its own.', 'zh-CN': '主机名称；默认使用其自身名称。' },
  againOption: {
    en: 'A host whose certificate was lost or revoked, to be let in again as itself.',
    'zh-CN': '证书丢失或被吊销的主机，以原身份重新接入。',
  },
  serverUrlOption: {
    en: "How the host reaches this server's agent port, as https://name:port, when the server's own guess is wrong.",
    'zh-CN': '主机访问本服务器代理端口的地址（https://名称:端口），仅在自动推测不正确时需要。',
  },
  revoke: {
    en: "Lock a host's agent out until it is let in again",
    'zh-CN': '吊销主机代理的证书，直到重新接入',
  },
  willRevoke: (name: string) => ({
    en: `The agent on ${name} is refused from now on; its databases run on, untended.`,
    'zh-CN': `主机 ${name} 上的代理将立即被拒绝；其上的数据库继续运行，但不再受管理。`,
  }),
  revoked: (name: string) => ({
    en: `The certificate of ${name} is revoked. Let it in again: elepherd host add --again ${name}`,
    'zh-CN': `主机 ${name} 的证书已吊销。重新接入：elepherd host add --again ${name}`,
  }),
  newName: { en: 'New name.', 'zh-CN': '新名称。' },
  addressOption: { en: 'Address by which other hosts reach it.', 'zh-CN': '其他主机访问它的地址。' },
  domainOption: {
    en: 'What fails together with it (rack, room); empty to forget it.',
    'zh-CN': '故障域，即会同时故障的范围（机柜、机房）；留空则清除。',
  },
  nothingToChange: {
    en: 'Say what to change: --name, --address or --failure-domain.',
    'zh-CN': '请指定要修改的内容：--name、--address 或 --failure-domain。',
  },
  none: {
    en: 'No hosts yet. Add one: elepherd host add',
    'zh-CN': '还没有主机。添加主机：elepherd host add',
  },
  noSuchHost: (name: string) => ({
    en: `There is no host named "${name}". See: elepherd host list`,
    'zh-CN': `没有名为“${name}”的主机。请查看：elepherd host list`,
  }),
  pasteUntil: (moment: string) => ({
    en: `Paste this into a root shell on the new host before ${moment}:`,
    'zh-CN': `请在 ${moment} 之前，将以下命令粘贴到新主机的 root 终端执行：`,
  }),
  changed: (name: string) => ({ en: `Host ${name} is changed.`, 'zh-CN': `主机 ${name} 已修改。` }),
  drained: (name: string) => ({
    en: `Host ${name} takes no new members. Those on it stay until you remove them.`,
    'zh-CN': `主机 ${name} 不再放置新成员，现有成员保留，直到您移除。`,
  }),
  undrained: (name: string) => ({
    en: `Host ${name} takes members again.`,
    'zh-CN': `主机 ${name} 已恢复，可放置成员。`,
  }),
  willRemove: (name: string) => ({
    en: `Host ${name} leaves Elepherd: its agent stops and its certificate is revoked.`,
    'zh-CN': `主机 ${name} 将从 Elepherd 移除：代理停止，证书吊销。`,
  }),
  removed: (name: string) => ({ en: `Host ${name} is removed.`, 'zh-CN': `主机 ${name} 已移除。` }),

  name: { en: 'Name', 'zh-CN': '名称' },
  id: { en: 'ID', 'zh-CN': 'ID' },
  state: { en: 'State', 'zh-CN': '状态' },
  address: { en: 'Address', 'zh-CN': '地址' },
  failureDomain: { en: 'Failure domain', 'zh-CN': '故障域' },
  system: { en: 'System', 'zh-CN': '操作系统' },
  cores: { en: 'Cores', 'zh-CN': '核数' },
  processor: { en: 'Processor', 'zh-CN': '处理器' },
  memory: { en: 'Memory', 'zh-CN': '内存' },
  disks: { en: 'Disks', 'zh-CN': '磁盘' },
  servers: { en: 'Servers', 'zh-CN': '服务器' },
  offered: { en: 'PostgreSQL offered', 'zh-CN': '可安装的 PostgreSQL' },
  installed: { en: 'PostgreSQL installed', 'zh-CN': '已安装的 PostgreSQL' },
  libraries: { en: 'libc, ICU', 'zh-CN': 'libc、ICU' },
  clock: { en: 'Clock is off by', 'zh-CN': '时钟偏差' },
  agent: { en: 'Agent', 'zh-CN': '代理版本' },
  certificateEnds: { en: 'Certificate ends', 'zh-CN': '证书到期' },
  lastSeen: { en: 'Last seen', 'zh-CN': '最近在线' },
  online: { en: 'online', 'zh-CN': '在线' },
  offline: { en: 'offline', 'zh-CN': '离线' },
  draining: { en: 'draining', 'zh-CN': '腾空中' },
  wasRemoved: { en: 'removed', 'zh-CN': '已移除' },
  disk: (mount: string, free: string, size: string) => ({
    en: `${mount}: ${free} of ${size} free`,
    'zh-CN': `${mount}：剩余 ${free}，共 ${size}`,
  }),
} satisfies Texts;
