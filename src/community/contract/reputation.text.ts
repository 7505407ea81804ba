import type { Texts } from '#src/platform/contract/i18n.ts';

/** What reputation was given or taken for, by the names of the causes. */
export const reputationText = {
  'up-vote': { en: 'Somebody voted for it', 'zh-CN': '获得赞同' },
  'down-vote': { en: 'Somebody voted against it', 'zh-CN': '被反对' },
  'down-voting': { en: 'Voted against an answer', 'zh-CN': '投出反对票' },
  accepted: { en: 'Answer accepted', 'zh-CN': '回答被采纳' },
  accepting: { en: 'Accepted an answer', 'zh-CN': '采纳了回答' },
  'bounty-offered': { en: 'Offered a bounty', 'zh-CN': '设置悬赏' },
  'bounty-won': { en: 'Won a bounty', 'zh-CN': '获得悬赏' },
  'bounty-returned': { en: 'Bounty came back', 'zh-CN': '悬赏退回' },
  'suggested-edit': { en: 'Suggested edit approved', 'zh-CN': '编辑建议被采纳' },
} satisfies Texts;
