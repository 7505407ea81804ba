import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the audit page. */
export const auditPageText = {
  title: { en: 'Audit log', 'zh-CN': '审计日志' },
  lead: {
    en: 'Who did what. Entries are never changed, and each carries the hash of the one before.',
    'zh-CN': '谁在何时做了什么。记录不可修改，每条都带有前一条的哈希。',
  },
  verify: { en: 'Verify the chain', 'zh-CN': '校验完整性' },
  whole: (rows: string) => ({
    en: `The chain of ${rows} entries holds: none was changed or removed.`,
    'zh-CN': `${rows} 条记录的哈希链完整，没有被修改或删除。`,
  }),
  broken: (id: string) => ({
    en: `The chain breaks at entry ${id}: it or the one before was changed or removed. Compare with a backup.`,
    'zh-CN': `哈希链在第 ${id} 条处断裂：该条或前一条曾被修改或删除。请与备份比对。`,
  }),
  who: { en: 'Who', 'zh-CN': '操作者' },
  whoHint: { en: 'Name or id', 'zh-CN': '姓名或 ID' },
  action: { en: 'Action', 'zh-CN': '动作' },
  subject: { en: 'Subject', 'zh-CN': '对象' },
  subjectHint: { en: 'Its id', 'zh-CN': '对象 ID' },
  from: { en: 'From', 'zh-CN': '起始日期' },
  to: { en: 'To', 'zh-CN': '截止日期' },
  filter: { en: 'Filter', 'zh-CN': '筛选' },
  clear: { en: 'Clear', 'zh-CN': '清除' },
  when: { en: 'When', 'zh-CN': '时间' },
  details: { en: 'Details', 'zh-CN': '详情' },
  nothing: { en: 'No entries fit', 'zh-CN': '没有符合条件的记录' },
  older: { en: 'Older entries', 'zh-CN': '更早的记录' },
  newest: { en: 'Newest entries', 'zh-CN': '最新的记录' },
  user: { en: 'Person', 'zh-CN': '用户' },
  apiKey: { en: 'API key', 'zh-CN': 'API 密钥' },
  agent: { en: 'Host agent', 'zh-CN': '主机代理' },
  system: { en: 'Elepherd', 'zh-CN': '系统' },
  anonymous: { en: 'Nobody signed in', 'zh-CN': '未登录' },
} satisfies Texts;
