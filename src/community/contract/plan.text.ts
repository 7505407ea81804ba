import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about the plan. */
export const planText = {
  noSuch: {
    en: 'There is no such entry in the plan. Nothing was changed.',
    'zh-CN': '计划中没有这一项。未作任何更改。',
  },
  isClosed: {
    en: 'This entry is done or cancelled already. Nothing was changed; enter a new one.',
    'zh-CN': '这一项已完成或已取消。未作任何更改，请新增一项。',
  },
} satisfies Texts;

/** Words of the page of the plan. */
export const planPageText = {
  title: (year: string) => ({ en: `Plan of ${year}`, 'zh-CN': `${year} 年度运营计划` }),
  name: { en: 'Plan', 'zh-CN': '年度计划' },
  calendarOf: (committee: string) => ({ en: `Calendar: ${committee}`, 'zh-CN': `${committee}日历` }),
  lead: {
    en: 'Events, campaigns and releases. What was first planned stays beside what became of it.',
    'zh-CN': '活动、宣传与发布。最初的计划与实际情况始终并列可见。',
  },
  subscribe: { en: 'Subscribe (iCal)', 'zh-CN': '订阅日历' },
  years: { en: 'Years', 'zh-CN': '年份' },
  year: (year: string) => ({ en: year, 'zh-CN': `${year} 年` }),
  none: { en: 'Nothing is planned yet.', 'zh-CN': '还没有计划。' },
  noneHint: { en: 'Committees enter what they plan.', 'zh-CN': '由各委员会填写。' },
  event: { en: 'Event', 'zh-CN': '活动' },
  campaign: { en: 'Campaign', 'zh-CN': '宣传' },
  release: { en: 'Release', 'zh-CN': '发布' },
  training: { en: 'Training', 'zh-CN': '培训' },
  meeting: { en: 'Meeting', 'zh-CN': '会议' },
  other: { en: 'Other', 'zh-CN': '其他' },
  days: (from: string, until: string) => ({ en: `${from} to ${until}`, 'zh-CN': `${from} 至 ${until}` }),
  planned: (days: string) => ({ en: `first planned ${days}`, 'zh-CN': `原计划 ${days}` }),
  late: (days: string) => ({ en: `${days} days late`, 'zh-CN': `延期 ${days} 天` }),
  early: (days: string) => ({ en: `${days} days early`, 'zh-CN': `提前 ${days} 天` }),
  onTime: { en: 'on time', 'zh-CN': '按期' },
  done: { en: 'Done', 'zh-CN': '完成' },
  cancelled: { en: 'Cancelled', 'zh-CN': '已取消' },
  cancel: { en: 'Cancel it', 'zh-CN': '取消' },
  owner: { en: 'Sees to it (handle)', 'zh-CN': '负责人（用户名）' },
  change: { en: 'Change', 'zh-CN': '调整' },
  move: { en: 'Move', 'zh-CN': '改期' },
  reason: { en: 'Why', 'zh-CN': '原因' },
  first: { en: 'First day', 'zh-CN': '开始日期' },
  last: { en: 'Last day', 'zh-CN': '结束日期' },
  enter: { en: 'Enter something', 'zh-CN': '新增计划' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  what: { en: 'What', 'zh-CN': '标题' },
  place: { en: 'Where', 'zh-CN': '地点' },
  note: { en: 'Details', 'zh-CN': '说明' },
  save: { en: 'Save', 'zh-CN': '保存' },
  moved: (days: string, reason: string) => ({
    en: `moved from ${days}: ${reason}`,
    'zh-CN': `由 ${days} 改期：${reason}`,
  }),
} satisfies Texts;
