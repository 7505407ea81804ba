import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the report of a year. */
export const annualReportText = {
  title: (year: string) => ({ en: `Annual report ${year}`, 'zh-CN': `${year} 年度报告` }),
  lead: {
    en: 'What the community did in the year. Every figure is counted from the rows; nobody types one.',
    'zh-CN': '社区全年的工作成果。每个数字都由明细实时统计，无人工填写。',
  },
  running: {
    en: 'The year is not over: these figures still grow.',
    'zh-CN': '本年度尚未结束，数字仍会变化。',
  },
  years: { en: 'Years', 'zh-CN': '年份' },
  activity: { en: 'What was done', 'zh-CN': '全年成果' },
  hours: { en: 'Volunteer hours', 'zh-CN': '志愿工时' },
  hourCount: { en: 'Hours', 'zh-CN': '小时' },
  volunteers: { en: 'Volunteers', 'zh-CN': '志愿者' },
  area: { en: 'Area', 'zh-CN': '职责' },
  committee: { en: 'Committee', 'zh-CN': '委员会' },
  noHours: { en: 'No hours of this year were confirmed.', 'zh-CN': '该年度没有已确认的工时。' },
  goals: { en: 'Goals', 'zh-CN': '年度目标' },
  noGoals: { en: 'No goals were set for this year.', 'zh-CN': '该年度没有设定目标。' },
  goal: { en: 'Goal', 'zh-CN': '目标' },
  reached: { en: 'Reached', 'zh-CN': '完成情况' },
  of: (value: string, target: string) => ({ en: `${value} of ${target}`, 'zh-CN': `${value} / ${target}` }),
  government: { en: 'How it was governed', 'zh-CN': '管理' },
  decisions: { en: 'Decisions', 'zh-CN': '决议' },
  elections: { en: 'Elections counted', 'zh-CN': '已计票选举' },
  meetings: { en: 'Meetings held', 'zh-CN': '已举行会议' },
  planned: { en: 'Entries of the plan', 'zh-CN': '计划事项' },
  done: { en: 'Of these done', 'zh-CN': '其中已完成' },
  onTime: { en: 'Done on their day', 'zh-CN': '按期完成' },
  measured: { en: 'Months of areas measured', 'zh-CN': '职责考核月数' },
  met: { en: 'Months that met the target', 'zh-CN': '达标月数' },
  income: { en: 'Income by source', 'zh-CN': '收入来源' },
  transparency: { en: 'Transparency', 'zh-CN': '公开透明' },
} satisfies Texts;
