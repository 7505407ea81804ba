import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about votes that look arranged. */
export const votePatternText = {
  title: { en: 'Vote patterns', 'zh-CN': '异常投票' },
  lead: {
    en: 'Votes of the last ninety days that look arranged. Agreed, what they brought is taken back; the votes stay.',
    'zh-CN': '近九十天内疑似互刷的投票。确认后撤回所得积分，投票本身保留。',
  },
  ring: { en: 'Each votes for the other', 'zh-CN': '互相投票' },
  'one-sided': { en: 'Most votes go to one', 'zh-CN': '集中投给一人' },
  'same-place': { en: 'Signed in from the same place', 'zh-CN': '登录来源相同' },
  circle: { en: 'Votes go round in a circle', 'zh-CN': '循环互投' },
  chain: {
    en: 'Signed in from places that lead from one to the other',
    'zh-CN': '登录来源经由他人相连',
  },
  circleOf: (count: number) => ({
    en: `one of a circle of ${count}`,
    'zh-CN': `属于 ${count} 人的投票圈`,
  }),
  figures: (given: number, all: number, returned: number) => ({
    en: `${given} of ${all} up-votes, ${returned} in return`,
    'zh-CN': `${all} 次赞同中有 ${given} 次，对方回赞 ${returned} 次`,
  }),
  points: (points: string) => ({ en: `${points} reputation by them`, 'zh-CN': `由此获得 ${points} 声望` }),
  agree: { en: 'Take points back', 'zh-CN': '撤回积分' },
  decline: { en: 'Nothing wrong', 'zh-CN': '无异常' },
  none: { en: 'Nothing looks arranged', 'zh-CN': '没有异常投票' },
  noSuch: {
    en: 'This was decided by somebody else, or is gone. Nothing was changed; load the page again.',
    'zh-CN': '该条已由他人处理或不存在。未作任何更改，请刷新页面。',
  },
  ownPattern: {
    en: 'It is about your own votes. Nothing was changed; somebody else decides.',
    'zh-CN': '该条涉及您本人的投票。未作任何更改，请由他人处理。',
  },
} satisfies Texts;
