import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the page that shows how the community is governed. */
export const transparencyText = {
  title: { en: 'Transparency', 'zh-CN': '公开透明' },
  lead: {
    en: 'Who governs, what was decided, who answers for what, and how much time people gave. Every figure leads to its rows.',
    'zh-CN': '谁在管理、决定了什么、谁负责什么、大家投入了多少时间。每个数字都能查到明细。',
  },
  seats: { en: 'Seats held', 'zh-CN': '在任席位' },
  vacant: { en: 'Committees without a chair', 'zh-CN': '没有主任的委员会' },
  decisions: { en: 'Decisions', 'zh-CN': '决议' },
  open: { en: 'Decisions not yet done', 'zh-CN': '未完成的决议' },
  areas: { en: 'Areas answered for', 'zh-CN': '有人负责的职责' },
  unowned: { en: 'Areas nobody answers for', 'zh-CN': '无人负责的职责' },
  hours: { en: 'Hours given this year', 'zh-CN': '本年度志愿工时' },
  reached: { en: 'Goals reached', 'zh-CN': '已达成的目标' },
  hoursByArea: { en: 'Hours by area', 'zh-CN': '各职责工时' },
  area: { en: 'Area', 'zh-CN': '职责' },
  hourCount: { en: 'Hours', 'zh-CN': '小时' },
  noHours: { en: 'No hours were confirmed this year.', 'zh-CN': '本年度还没有已确认的工时。' },
  latest: { en: 'Latest decisions', 'zh-CN': '最近的决议' },
  noDecisions: { en: 'Nothing was decided yet.', 'zh-CN': '还没有决议。' },
  board: { en: 'Who governs', 'zh-CN': '谁在管理' },
} satisfies Texts;
