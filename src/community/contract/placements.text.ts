import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about the swap ledger of media partners. */
export const placementText = {
  noSuch: {
    en: 'There is no such entry in this ledger. Nothing was changed; load the page again.',
    'zh-CN': '账目中没有这一条。未作任何更改，请刷新页面。',
  },
  notMedia: {
    en: 'Only media partners have a swap ledger. Nothing was saved; change the kind of the organisation first.',
    'zh-CN': '只有合作媒体才有资源互换账目。没有保存任何内容，请先更改组织类型。',
  },
  reversedAlready: {
    en: 'This entry was reversed before, or is a reversal itself. Nothing was changed; enter a new one instead.',
    'zh-CN': '该条已被冲销，或本身就是冲销。未作任何更改，请另记一条。',
  },
} satisfies Texts;
