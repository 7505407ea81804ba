import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about areas and hours. */
export const areaText = {
  noSuch: {
    en: 'There is no such area, or it has ended. Nothing was changed.',
    'zh-CN': '没有这项职责，或已终止。未作任何更改。',
  },
  coversNothing: {
    en: 'A chapter or a part of the manual is measured by what belongs to it. Nothing was saved; name its chapter, tag, series or language.',
    'zh-CN': '分会或手册章节的指标只统计属于它的内容。没有保存，请指定分会、标签、专栏或语言。',
  },
  notNarrowed: {
    en: 'This measure cannot be counted for that part of the community alone. Nothing was saved; choose another measure, or cover less by it.',
    'zh-CN': '该指标无法只按所选范围统计。没有保存，请换一个指标或调整范围。',
  },
  noSuchChapter: {
    en: 'There is no approved chapter of this name. Nothing was saved.',
    'zh-CN': '没有这个已批准的分会。没有保存。',
  },
  noSuchTag: {
    en: 'There is no such tag. Nothing was saved; a tag begins with the first post about it.',
    'zh-CN': '没有这个标签。没有保存；标签随第一篇相关内容产生。',
  },
  noSuchSeries: {
    en: 'There is no such series with an article that everybody reads. Nothing was saved; its number stands in its address.',
    'zh-CN': '没有这个已公开的专栏。没有保存，编号见专栏网址。',
  },
  dayToCome: {
    en: 'This day is still to come. Nothing was saved; log what was done.',
    'zh-CN': '该日期尚未到来。没有保存，请记录已完成的工作。',
  },
  dayFull: {
    en: 'More than a day has no hours: this one would be longer than 24. Nothing was saved.',
    'zh-CN': '一天不能超过 24 小时。没有保存。',
  },
  noSuchHours: {
    en: 'There are no such hours that wait for you. Nothing was confirmed; nobody confirms their own.',
    'zh-CN': '没有等待您确认的工时。未确认任何记录，不能确认自己的工时。',
  },
  noSuchMonth: {
    en: 'In this month the area was not measured, or missed its target. Nothing was changed.',
    'zh-CN': '该职责在这个月没有统计，或未达标。未作任何更改。',
  },
  creditStands: {
    en: 'The points of this month are as you wish already. Nothing was changed.',
    'zh-CN': '这个月的积分已经是您要的状态。未作任何更改。',
  },
} satisfies Texts;

/** Words of the page of areas. */
export const areaPageText = {
  title: { en: 'Responsibilities', 'zh-CN': '责任制' },
  lead: {
    en: 'Each area has one who answers for it, and a measure that is counted. Those without anybody come first.',
    'zh-CN': '每项职责由一人负责，指标自动统计。无人负责的排在最前。',
  },
  none: { en: 'No area is defined yet.', 'zh-CN': '还没有设定职责。' },
  noneHint: { en: 'Committees define them.', 'zh-CN': '由各委员会设定。' },
  unowned: { en: 'Nobody answers for these', 'zh-CN': '无人负责' },
  owned: { en: 'Answered for', 'zh-CN': '有人负责' },
  'site-section': { en: 'Section of the site', 'zh-CN': '网站栏目' },
  chapter: { en: 'Chapter', 'zh-CN': '分会' },
  'manual-part': { en: 'Part of the manual', 'zh-CN': '手册章节' },
  other: { en: 'Other', 'zh-CN': '其他' },
  since: (day: string) => ({ en: `since ${day}`, 'zh-CN': `自 ${day}` }),
  month: (measure: string, value: string, target: string) => ({
    en: `${measure} this month: ${value} of ${target}`,
    'zh-CN': `本月${measure}：${value} / ${target}`,
  }),
  notMeasured: {
    en: 'Not measured: what it covers is not said yet.',
    'zh-CN': '尚未统计：没有指定范围。',
  },
  covers: { en: 'Counts only', 'zh-CN': '仅统计' },
  coversHint: {
    en: 'The measure counts only what all of these hold for. Empty: the whole community.',
    'zh-CN': '指标只统计同时符合以下各项的内容。留空表示整个社区。',
  },
  coveredChapter: { en: 'Chapter', 'zh-CN': '分会' },
  coveredTag: { en: 'Tag', 'zh-CN': '标签' },
  coveredSeries: { en: 'Series (number)', 'zh-CN': '专栏（编号）' },
  coveredLocale: { en: 'Language', 'zh-CN': '语言' },
  coversAll: { en: 'All', 'zh-CN': '全部' },
  setMeasure: { en: 'Change what is counted', 'zh-CN': '更改统计内容' },
  save: { en: 'Save', 'zh-CN': '保存' },
  met: (month: string) => ({ en: `${month} ✓`, 'zh-CN': `${month} ✓` }),
  missed: (month: string) => ({ en: `${month} ✗`, 'zh-CN': `${month} ✗` }),
  credit: { en: 'Points for months that were met', 'zh-CN': '达标月份的积分' },
  takeBack: (month: string) => ({ en: `Take back ${month}`, 'zh-CN': `撤回 ${month}` }),
  giveAgain: (month: string) => ({ en: `Give ${month} again`, 'zh-CN': `重新发放 ${month}` }),
  hours: (hours: string) => ({ en: `${hours} hours this year`, 'zh-CN': `本年度 ${hours} 小时` }),
  assign: { en: 'Assign', 'zh-CN': '指派' },
  assignHint: { en: 'Empty: nobody answers for it.', 'zh-CN': '留空表示无人负责。' },
  handle: { en: 'Handle', 'zh-CN': '用户名' },
  define: { en: 'Define an area', 'zh-CN': '设定职责' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  name: { en: 'Name', 'zh-CN': '名称' },
  about: { en: 'What it takes', 'zh-CN': '说明' },
  measure: { en: 'Measure', 'zh-CN': '指标' },
  noMeasure: { en: 'None', 'zh-CN': '无' },
  monthlyTarget: { en: 'Each month at least', 'zh-CN': '每月不少于' },
  log: { en: 'Log hours', 'zh-CN': '记录工时' },
  day: { en: 'Day', 'zh-CN': '日期' },
  minutes: { en: 'Minutes', 'zh-CN': '分钟' },
  what: { en: 'What you did', 'zh-CN': '做了什么' },
  waiting: { en: 'Hours that wait', 'zh-CN': '待确认的工时' },
  confirm: { en: 'Confirm', 'zh-CN': '确认' },
  minutesOf: (minutes: string) => ({ en: `${minutes} minutes`, 'zh-CN': `${minutes} 分钟` }),
} satisfies Texts;
