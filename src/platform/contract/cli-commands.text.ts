import type { Texts } from './i18n.ts';

/** What the commands of the floor say: operations, signing in, the server, completion. */
export const cliCommandText = {
  operationList: { en: 'List operations, newest first', 'zh-CN': '列出操作，最新的在前' },
  operationShow: { en: 'Show an operation and its steps', 'zh-CN': '显示操作及其步骤' },
  operationWatch: { en: 'Watch an operation until it ends', 'zh-CN': '观看操作直到结束' },
  operationLog: { en: "Print an operation's log", 'zh-CN': '输出操作日志' },
  operationCancel: {
    en: 'Ask an operation to undo what it began',
    'zh-CN': '请求取消操作并撤销已执行的部分',
  },
  operationRetry: { en: 'Run the failed step of an operation again', 'zh-CN': '重试操作中失败的步骤' },
  operationId: { en: 'Id of the operation', 'zh-CN': '操作 ID' },
  notOperation: (typed: string) => ({
    en: `"${typed}" is no id of an operation. See: elepherd operation list`,
    'zh-CN': `“${typed}” 不是操作 ID。请查看：elepherd operation list`,
  }),
  onlySubject: {
    en: 'Only of this cluster, host or other thing, by its id.',
    'zh-CN': '仅显示某个集群、主机等对象（ID）的操作。',
  },
  noOperations: { en: 'No operations yet.', 'zh-CN': '还没有操作。' },
  afterLine: { en: 'Only lines after the one with this number.', 'zh-CN': '仅输出该编号之后的日志行。' },
  cancelling: (title: string) => ({
    en: `Cancelling was asked for: ${title}`,
    'zh-CN': `已请求取消：${title}`,
  }),
  retrying: (title: string) => ({ en: `Running again: ${title}`, 'zh-CN': `正在重试：${title}` }),
  succeeded: (title: string) => ({ en: `${title}: done.`, 'zh-CN': `${title}：完成。` }),

  id: { en: 'ID', 'zh-CN': 'ID' },
  what: { en: 'What', 'zh-CN': '内容' },
  state: { en: 'State', 'zh-CN': '状态' },
  step: { en: 'Step', 'zh-CN': '步骤' },
  begun: { en: 'Begun', 'zh-CN': '开始时间' },
  took: { en: 'Took', 'zh-CN': '用时' },
  by: { en: 'By', 'zh-CN': '发起人' },
  reason: { en: 'Reason', 'zh-CN': '原因' },
  ended: { en: 'Ended', 'zh-CN': '结束时间' },
  deadline: { en: 'Should end by', 'zh-CN': '预期完成于' },
  steps: { en: 'Steps', 'zh-CN': '步骤' },
  running: { en: 'running', 'zh-CN': '执行中' },
  stateCancelling: { en: 'cancelling', 'zh-CN': '取消中' },
  stateSucceeded: { en: 'done', 'zh-CN': '成功' },
  stateFailed: { en: 'failed', 'zh-CN': '失败' },
  stateCancelled: { en: 'cancelled', 'zh-CN': '已取消' },

  login: {
    en: 'Sign in to an Elepherd elsewhere, and stay signed in',
    'zh-CN': '登录到其他机器上的 Elepherd 并保持登录',
  },
  loginDetail: {
    en: 'Asks for an API key, or reads it from standard input when that is not a terminal. Make one under "Organisation" on the pages, or with "elepherd key create".',
    'zh-CN':
      '提示输入 API 密钥；标准输入不是终端时从中读取。密钥可在页面的“组织”中创建，或用 “elepherd key create” 创建。',
  },
  askKey: (url: string) => ({
    en: `API key for ${url} (not shown):`,
    'zh-CN': `${url} 的 API 密钥（不回显）：`,
  }),
  keyEmpty: {
    en: 'That is not an API key: it is one word without spaces. You are not logged in.',
    'zh-CN': '这不是有效的 API 密钥（应为不含空格的一个词），未能登录。',
  },
  urlMissing: {
    en: 'Say where: elepherd login --url https://elepherd.example.com',
    'zh-CN': '请指定地址：elepherd login --url https://elepherd.example.com',
  },
  plainHttp: (url: string) => ({
    en: `${url} is not encrypted: whoever is on the way can read the key. Use https where others share the network.`,
    'zh-CN': `${url} 未加密，途经者可以读取密钥。在共享网络中请使用 https。`,
  }),
  loggedIn: (name: string, url: string, file: string) => ({
    en: `Logged in to ${url} as ${name}. The key is in ${file}.`,
    'zh-CN': `已以 ${name} 的身份登录 ${url}。密钥保存在 ${file}。`,
  }),
  logout: {
    en: 'Forget the address and key of "elepherd login"',
    'zh-CN': '清除 “elepherd login” 保存的地址和密钥',
  },
  loggedOut: {
    en: 'Logged out. The key itself still works: revoke it with "elepherd key revoke" if nobody else uses it.',
    'zh-CN': '已退出登录。密钥本身仍然有效；若不再使用，请用 “elepherd key revoke” 吊销。',
  },
  wasNotLoggedIn: { en: 'You were not logged in.', 'zh-CN': '您并未登录。' },
  whoami: { en: 'Show who you are here, and how you are signed in', 'zh-CN': '显示当前身份及登录方式' },
  nobody: { en: 'nobody (not signed in)', 'zh-CN': '未登录' },
  who: { en: 'You are', 'zh-CN': '身份' },
  organisation: { en: 'Organisation', 'zh-CN': '组织' },
  address: { en: 'Address', 'zh-CN': '地址' },
  signedInBy: { en: 'Signed in by', 'zh-CN': '登录方式' },
  byEnvironment: { en: 'ELEPHERD_API_KEY in the environment', 'zh-CN': '环境变量 ELEPHERD_API_KEY' },
  byLogin: (file: string) => ({ en: `elepherd login (${file})`, 'zh-CN': `elepherd login（${file}）` }),
  byMachine: { en: "this machine's own admin-token", 'zh-CN': '本机的 admin-token' },
  permissions: { en: 'May', 'zh-CN': '权限' },
  key: { en: 'an API key', 'zh-CN': 'API 密钥' },

  serverStatus: { en: 'Show whether Elepherd itself is well', 'zh-CN': '显示 Elepherd 自身的运行状况' },
  part: { en: 'Part', 'zh-CN': '组成部分' },
  partDatabase: { en: 'Its own database', 'zh-CN': '自用数据库' },
  partMigrations: { en: 'The form of that database', 'zh-CN': '数据库结构版本' },
  partWorker: { en: 'A worker', 'zh-CN': '后台工作进程' },
  well: { en: 'well', 'zh-CN': '正常' },
  unwell: { en: 'not well', 'zh-CN': '异常' },
  notReady: {
    en: 'Elepherd answers but is not ready. The parts above say why; its log says more.',
    'zh-CN': 'Elepherd 有应答但尚未就绪。原因见上表，详情见其日志。',
  },

  auditList: { en: 'List who did what, newest first', 'zh-CN': '列出审计日志，最新的在前' },
  auditVerify: {
    en: 'Recompute the chain of hashes over the whole audit log',
    'zh-CN': '重新计算整个审计日志的哈希链并校验',
  },
  optionActor: {
    en: 'Only by this person, key or host: id or part of the name.',
    'zh-CN': '仅显示某人、密钥或主机的操作（ID 或名称的一部分）。',
  },
  optionAction: {
    en: 'Only actions that begin so, as fleet.cluster.',
    'zh-CN': '仅显示以此开头的动作，如 fleet.cluster。',
  },
  optionFrom: {
    en: 'Only from this moment on, as 2026-11-22 or 2026-11-22T09:00:00Z.',
    'zh-CN': '仅显示此时刻及以后，如 2026-11-22 或 2026-11-22T09:00:00Z。',
  },
  optionTo: { en: 'Only before this moment.', 'zh-CN': '仅显示此时刻以前。' },
  notMoment: (typed: string, given: string) => ({
    en: `${typed} takes a moment such as 2026-11-22 or 2026-11-22T09:00:00Z, and "${given}" is none.`,
    'zh-CN': `${typed} 需要一个时刻，如 2026-11-22 或 2026-11-22T09:00:00Z，“${given}” 不是。`,
  }),
  noEntries: { en: 'No entries fit.', 'zh-CN': '没有符合条件的记录。' },
  when: { en: 'When', 'zh-CN': '时间' },
  actor: { en: 'Who', 'zh-CN': '操作者' },
  action: { en: 'Action', 'zh-CN': '动作' },
  subject: { en: 'Subject', 'zh-CN': '对象' },
  details: { en: 'Details', 'zh-CN': '详情' },
  chainWhole: (rows: number) => ({
    en: `The audit log is whole: ${rows} entries, each with the hash of the one before.`,
    'zh-CN': `审计日志完整：共 ${rows} 条，哈希链连续。`,
  }),
  chainBroken: (at: number, rows: number) => ({
    en: `The audit log was changed from outside: of ${rows} entries, entry ${at} is the first that does not fit the chain. Compare it with a backup of Elepherd's database.`,
    'zh-CN': `审计日志曾被外部改动：共 ${rows} 条，从第 ${at} 条起与哈希链不符。请与 Elepherd 数据库的备份比对。`,
  }),

  signInLink: {
    en: 'Print a one-time link that signs in the first administrator',
    'zh-CN': '输出首个管理员的一次性登录链接',
  },
  signInLinkDetail: {
    en: 'Works only on the machine that runs Elepherd, for the user who may read its home. Whoever opens the link first is the administrator.',
    'zh-CN': '仅在运行 Elepherd 的机器上、由有权读取其主目录的用户使用。谁先打开链接，谁就是管理员。',
  },
  signInLinkFailed: {
    en: 'No link was made; the reason stands above. It needs the machine and the user that run Elepherd.',
    'zh-CN': '未能生成链接，原因见上。请在运行 Elepherd 的机器上、以其运行用户执行。',
  },
  completion: { en: 'Print a completion script for a shell', 'zh-CN': '输出命令补全脚本' },
  shell: { en: 'bash, zsh or fish', 'zh-CN': 'bash、zsh 或 fish' },
  unknownShell: (typed: string) => ({
    en: `There is no completion for "${typed}": take bash, zsh or fish.`,
    'zh-CN': `没有 “${typed}” 的补全脚本：可选 bash、zsh 或 fish。`,
  }),
} satisfies Texts;
