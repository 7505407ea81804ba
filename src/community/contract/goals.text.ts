import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about goals. */
export const goalText = {
  noSuch: {
    en: 'There is no such goal, or it was dropped. Nothing was changed.',
    'zh-CN': '没有这个目标，或已取消。未作任何更改。',
  },
} satisfies Texts;

/** Words of the page of goals. */
export const goalPageText = {
  title: (year: string) => ({ en: `Goals of ${year}`, 'zh-CN': `${year} 年度目标` }),
  lead: {
    en: 'Each figure is counted from the rows when this page is opened. Nobody types one.',
    'zh-CN': '每个数字都在打开页面时由数据实时统计，没有人工填写。',
  },
  none: { en: 'No goal is set for this year.', 'zh-CN': '该年度还没有目标。' },
  noneHint: { en: 'Committees set them.', 'zh-CN': '由各委员会设定。' },
  of: (value: string, target: string) => ({ en: `${value} of ${target}`, 'zh-CN': `${value} / ${target}` }),
  ahead: { en: 'on its way', 'zh-CN': '进展正常' },
  behind: { en: 'behind', 'zh-CN': '落后' },
  reached: { en: 'reached', 'zh-CN': '已达成' },
  years: { en: 'Years', 'zh-CN': '年份' },
  year: (year: string) => ({ en: year, 'zh-CN': `${year} 年` }),
  set: { en: 'Set a goal', 'zh-CN': '设定目标' },
  what: { en: 'Goal', 'zh-CN': '目标' },
  measure: { en: 'Measure', 'zh-CN': '指标' },
  target: { en: 'Target', 'zh-CN': '目标值' },
  yearField: { en: 'Year', 'zh-CN': '年份' },
  owner: { en: 'Sees to it (handle)', 'zh-CN': '负责人（用户名）' },
  drop: { en: 'Drop', 'zh-CN': '取消' },
} satisfies Texts;
