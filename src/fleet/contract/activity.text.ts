import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { ErrorClass } from './activity.ts';

/** Words for who waits for whom, and for what a server logs. */
export const activityText = {
  tab: { en: 'Locks and log', 'zh-CN': '锁与日志' },
  locks: { en: 'Who waits for whom', 'zh-CN': '锁等待树' },
  locksLead: {
    en: 'Sessions at the left hold others up; below each are those that wait for it. Values are taken out of the statements.',
    'zh-CN': '最左侧的会话阻塞了其他会话，其下是等待它的会话。语句中的具体值已去除。',
  },
  noLocks: { en: 'Nobody waits for a lock.', 'zh-CN': '当前没有会话在等待锁。' },
  log: { en: 'Log of PostgreSQL', 'zh-CN': 'PostgreSQL 日志' },
  onlyErrors: { en: 'Errors only', 'zh-CN': '仅看错误' },
  allLines: { en: 'All lines', 'zh-CN': '全部日志' },
  noLines: { en: 'The log holds no such line.', 'zh-CN': '没有符合条件的日志。' },
  ofMember: (member: string) => ({ en: `Read from ${member} just now`, 'zh-CN': `刚从 ${member} 读取` }),
  again: { en: 'Look again', 'zh-CN': '刷新' },
  session: { en: 'Session', 'zh-CN': '会话' },
  prepared: { en: 'prepared transaction', 'zh-CN': '预备事务' },
  who: { en: 'Who', 'zh-CN': '用户与来源' },
  state: { en: 'State', 'zh-CN': '状态' },
  waits: { en: 'Waits for', 'zh-CN': '等待' },
  since: { en: 'Since', 'zh-CN': '已持续' },
  transaction: { en: 'Transaction', 'zh-CN': '事务时长' },
  holdsUp: { en: 'Holds up', 'zh-CN': '阻塞会话数' },
  statement: { en: 'Statement', 'zh-CN': '语句' },
  errorClass: { en: 'Class', 'zh-CN': '错误类别' },
  line: { en: 'Line', 'zh-CN': '日志' },
  noMember: { en: 'The cluster has no such member.', 'zh-CN': '集群中没有该成员。' },
  cliLocks: { en: 'Show who waits for whom in a cluster', 'zh-CN': '查看集群的锁等待树' },
  cliLog: { en: 'Show the newest lines of a server’s log', 'zh-CN': '查看数据库最新日志' },
  optionMember: { en: 'Another member than the primary', 'zh-CN': '指定成员（默认主库）' },
  optionLines: { en: 'How many lines', 'zh-CN': '行数' },
  optionErrors: { en: 'Only lines that report an error', 'zh-CN': '仅显示错误' },
} satisfies Texts;

/** What a class of errors means. */
export const errorClassWords: Record<ErrorClass, Text> = {
  connection: { en: 'connection lost', 'zh-CN': '连接中断' },
  'sign-in': { en: 'sign-in refused', 'zh-CN': '登录被拒' },
  data: { en: 'value refused', 'zh-CN': '数据不合法' },
  constraint: { en: 'constraint', 'zh-CN': '违反约束' },
  permission: { en: 'permission', 'zh-CN': '权限不足' },
  statement: { en: 'faulty statement', 'zh-CN': '语句错误' },
  conflict: { en: 'conflict of transactions', 'zh-CN': '事务冲突' },
  resources: { en: 'out of resources', 'zh-CN': '资源不足' },
  cancelled: { en: 'cancelled or shut down', 'zh-CN': '取消或停机' },
  system: { en: 'system', 'zh-CN': '系统错误' },
  corruption: { en: 'damaged data', 'zh-CN': '数据损坏' },
  unknown: { en: 'other', 'zh-CN': '其他' },
};
