import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about bounties. */
export const bountyText = {
  noSuchBounty: {
    en: 'There is no such bounty of yours. Nothing was changed; load the page again.',
    'zh-CN': '没有找到您设立的这笔悬赏。未作任何更改，请刷新页面。',
  },
  isOver: {
    en: 'This bounty is over. Nothing was changed.',
    'zh-CN': '这笔悬赏已经结束。未作任何更改。',
  },
  hasOne: {
    en: 'This question has a bounty already. Nothing was changed; offer yours when that one is over.',
    'zh-CN': '该问题已有悬赏。未作任何更改，请在其结束后再设立。',
  },
  notEnough: (has: number) => ({
    en: `You have a reputation of ${has}, which is less than this bounty. Nothing was changed; offer less.`,
    'zh-CN': `您现有 ${has} 点声望，不足以设立这笔悬赏。未作任何更改，请减少金额。`,
  }),
  outOfRange: (atLeast: number, atMost: number) => ({
    en: `A bounty is between ${atLeast} and ${atMost}. Nothing was changed.`,
    'zh-CN': `悬赏须在 ${atLeast} 到 ${atMost} 点之间。未作任何更改。`,
  }),
  notToOneself: {
    en: 'A bounty cannot go to an answer of your own. Nothing was changed.',
    'zh-CN': '悬赏不能给自己的回答。未作任何更改。',
  },
} satisfies Texts;
