import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the command line says about sandboxes. */
export const cliSandboxText = {
  list: { en: 'List sandboxes that live', 'zh-CN': '列出现有沙箱' },
  show: { en: 'Show a sandbox, its limits, and how they are kept', 'zh-CN': '显示沙箱及其限制的执行方式' },
  create: {
    en: 'Make a disposable PostgreSQL, and print how to get in',
    'zh-CN': '创建一次性的 PostgreSQL 沙箱并输出连接方式',
  },
  createDetail: {
    en: 'It has its own data, port and password, and is gone when its time is over. What it may use is limited; SQL in it reaches neither files nor the network.',
    'zh-CN': '沙箱拥有独立的数据目录、端口和密码，到期自动销毁。资源受限，其中的 SQL 无法访问文件和网络。',
  },
  reset: { en: 'Make everything in a sandbox as it was at first', 'zh-CN': '将沙箱恢复到初始状态' },
  extend: { en: 'Let a sandbox live longer', 'zh-CN': '延长沙箱有效期' },
  delete: { en: 'Destroy a sandbox', 'zh-CN': '销毁沙箱' },

  sandbox: { en: 'Id of the sandbox', 'zh-CN': '沙箱 ID' },
  minutesArgument: { en: 'Minutes from now', 'zh-CN': '从现在起的分钟数' },
  optionMinutes: { en: 'Minutes it lives; otherwise 60.', 'zh-CN': '有效分钟数，默认 60。' },
  optionVersion: {
    en: 'Major version of PostgreSQL; otherwise the newest.',
    'zh-CN': 'PostgreSQL 大版本，默认最新。',
  },
  optionTemplate: {
    en: 'Name of the template it begins as; otherwise empty.',
    'zh-CN': '模板名称，默认空库。',
  },
  optionMemory: {
    en: 'Keep its data in memory: faster, and counted as memory.',
    'zh-CN': '数据放在内存中：更快，占用内存额度。',
  },
  optionHostOnly: { en: 'Only programs on its host get in.', 'zh-CN': '仅允许其所在主机上的程序连接。' },
  optionPurpose: { en: 'What it is for, to find it again.', 'zh-CN': '用途，便于查找。' },
  optionHost: {
    en: 'The host that carries it; otherwise chosen.',
    'zh-CN': '承载沙箱的主机，默认自动选择。',
  },
  notMinutes: (given: string) => ({
    en: `"${given}" is no number of minutes.`,
    'zh-CN': `“${given}” 不是有效的分钟数。`,
  }),

  notSandbox: (typed: string) => ({
    en: `"${typed}" is no id of a sandbox. See: elepherd sandbox list`,
    'zh-CN': `“${typed}” 不是沙箱 ID。请查看：elepherd sandbox list`,
  }),
  none: {
    en: 'No sandboxes. Make one: elepherd sandbox create',
    'zh-CN': '没有沙箱。创建沙箱：elepherd sandbox create',
  },
  making: {
    en: 'The sandbox is being made; the first one of a version takes longer.',
    'zh-CN': '正在创建沙箱；某个版本的首个沙箱耗时较长。',
  },
  made: (id: string, moment: string) => ({
    en: `Sandbox ${id} lives until ${moment}. The password in this URL is told only now:`,
    'zh-CN': `沙箱 ${id} 有效期至 ${moment}。以下 URL 含密码，仅显示一次：`,
  }),
  isReady: (id: string) => ({ en: `Sandbox ${id} is ready.`, 'zh-CN': `沙箱 ${id} 已就绪。` }),
  isReset: (id: string) => ({
    en: `Sandbox ${id} is as it was at first.`,
    'zh-CN': `沙箱 ${id} 已恢复到初始状态。`,
  }),
  extended: (id: string, moment: string) => ({
    en: `Sandbox ${id} lives until ${moment}.`,
    'zh-CN': `沙箱 ${id} 有效期至 ${moment}。`,
  }),
  willReset: (id: string) => ({
    en: `Everything done in sandbox ${id} will be gone.`,
    'zh-CN': `沙箱 ${id} 中的所有改动将丢失。`,
  }),
  willDelete: (id: string) => ({
    en: `Sandbox ${id} and its data will be gone.`,
    'zh-CN': `沙箱 ${id} 及其数据将被删除。`,
  }),
  deleted: (id: string) => ({ en: `Sandbox ${id} is destroyed.`, 'zh-CN': `沙箱 ${id} 已销毁。` }),

  id: { en: 'ID', 'zh-CN': 'ID' },
  state: { en: 'State', 'zh-CN': '状态' },
  version: { en: 'Version', 'zh-CN': '版本' },
  template: { en: 'Template', 'zh-CN': '模板' },
  host: { en: 'Host', 'zh-CN': '主机' },
  address: { en: 'Address', 'zh-CN': '地址' },
  purpose: { en: 'Purpose', 'zh-CN': '用途' },
  expires: { en: 'Lives until', 'zh-CN': '有效期至' },
  by: { en: 'By', 'zh-CN': '创建人' },
  storage: { en: 'Storage', 'zh-CN': '存储方式' },
  ready: { en: 'Ready after', 'zh-CN': '就绪用时' },
  reason: { en: 'Reason', 'zh-CN': '原因' },
  limit: { en: 'Limit', 'zh-CN': '限制' },
  value: { en: 'Value', 'zh-CN': '值' },
  keptBy: { en: 'Kept by', 'zh-CN': '执行方式' },
  memory: { en: 'Memory', 'zh-CN': '内存' },
  cpu: { en: 'Cores', 'zh-CN': 'CPU 核数' },
  disk: { en: 'Disk', 'zh-CN': '磁盘' },
  connections: { en: 'Connections', 'zh-CN': '连接数' },
  statements: { en: 'Time of a statement', 'zh-CN': '语句时长' },
  network: { en: 'Way to the network', 'zh-CN': '网络访问' },
  files: { en: "Way to the host's files", 'zh-CN': '主机文件访问' },
  closed: { en: 'none', 'zh-CN': '禁止' },
  byKernel: { en: 'the kernel', 'zh-CN': '内核强制' },
  byPostgres: { en: 'PostgreSQL', 'zh-CN': 'PostgreSQL 拒绝' },
  byWatch: { en: 'watching', 'zh-CN': '监视并停止' },
  byNobody: { en: 'nobody on this host', 'zh-CN': '本主机无法执行' },
  stateMaking: { en: 'being made', 'zh-CN': '创建中' },
  stateReady: { en: 'ready', 'zh-CN': '就绪' },
  stateFailed: { en: 'failed', 'zh-CN': '失败' },
  stateExpired: { en: 'expired', 'zh-CN': '已过期' },
  stateDestroyed: { en: 'destroyed', 'zh-CN': '已销毁' },
} satisfies Texts;
