import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about edits that members suggest for others' posts. */
export const editText = {
  ownPost: {
    en: 'This is your own post: you can change it yourself. Nothing was saved.',
    'zh-CN': '这是您自己的内容，可以直接编辑。没有保存任何内容。',
  },
  postChanged: {
    en: 'The post was changed meanwhile, so this edit no longer fits. Nothing was changed; look at the post again.',
    'zh-CN': '原文在此期间已被修改，该编辑不再适用。未作任何更改，请重新查看原文。',
  },
  nothingChanged: {
    en: 'The suggestion says the same as the post. Change something first.',
    'zh-CN': '建议的内容与原文相同。请先修改。',
  },
  alreadySuggested: {
    en: 'Your last suggestion for this post still waits for review. Nothing was saved; withdraw it first to suggest something else.',
    'zh-CN': '您对这篇内容的上一条编辑建议仍在等待审核。没有保存任何内容；如需另提建议，请先撤回。',
  },
  noSuchEdit: {
    en: 'There is no suggestion of yours that waits. It may have been decided already.',
    'zh-CN': '没有您等待审核的编辑建议，可能已有结果。',
  },
  noSuchPage: {
    en: 'There is no such suggestion, or it is not yours to see. Nothing was changed.',
    'zh-CN': '没有这条编辑建议，或者您无权查看。未作任何更改。',
  },

  title: { en: 'Suggested edit', 'zh-CN': '编辑建议' },
  pending: { en: 'waits for review', 'zh-CN': '等待审核' },
  approved: { en: 'taken over', 'zh-CN': '已采用' },
  declined: { en: 'declined', 'zh-CN': '未采用' },
  withdrawn: { en: 'taken back', 'zh-CN': '已撤回' },
  thanks: {
    en: 'Thank you. Reviewers look at it, and you are told what became of it.',
    'zh-CN': '感谢您的建议。审核后会通知您结果。',
  },
  stale: {
    en: 'The post has been changed since, so this suggestion cannot be taken over any more.',
    'zh-CN': '原文此后已被修改，这条建议已无法采用。',
  },
  approvals: (count: number, needed: number) => ({
    en: `${count} of ${needed} reviewers agree`,
    'zh-CN': `${needed} 位审核人中已有 ${count} 位同意`,
  }),
  waitsForSecond: {
    en: 'Noted. Another reviewer has to agree before it is taken over.',
    'zh-CN': '已记录。还需另一位审核人同意后才会采用。',
  },
  take: { en: 'Take over', 'zh-CN': '采用' },
  decline: { en: 'Decline', 'zh-CN': '不采用' },
  reason: { en: 'Reason, which its editor reads', 'zh-CN': '理由（建议人可见）' },
  withdraw: { en: 'Take back', 'zh-CN': '撤回建议' },
  open: { en: 'Open the post', 'zh-CN': '查看原文' },
  waitsAlready: {
    en: 'A suggestion of yours for this post still waits. Take it back to suggest something else.',
    'zh-CN': '您对这篇内容的上一条建议仍在等待审核。如需另提建议，请先撤回。',
  },
  showWaiting: { en: 'Show it', 'zh-CN': '查看该建议' },
} satisfies Texts;
