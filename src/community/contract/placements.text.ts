import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about the swap ledger of media partners. */
export const placementText = {
  noSuch: {
    en: 'There is no such entry in this ledger. Nothing was changed; load the page again.',
    'zh-CN': '账目中没有这一条。未作任何更改，请刷新页面。',
  },
  notMedia: {
    en: 'Only media partners have a swap ledger. Nothing was saved; change the kind of the organisation first.',
    'zh-CN': '只有合作媒体才有资源互换账目。没有保存任何内容，请先更改机构类型。',
  },
  reversedAlready: {
    en: 'This entry was reversed before, or is a reversal itself. Nothing was changed; enter a new one instead.',
    'zh-CN': '该条已被冲销，或本身就是冲销。未作任何更改，请另记一条。',
  },
} satisfies Texts;

/** Words of the page of the swap ledger. */
export const placementPageText = {
  lead: {
    en: 'What one published for the other, at its value. Nothing is changed, only reversed.',
    'zh-CN': '双方为对方发布的内容及其价值。只冲销，不修改。',
  },
  given: { en: 'Given', 'zh-CN': '给出' },
  received: { en: 'Received', 'zh-CN': '收到' },
  balance: { en: 'Balance', 'zh-CN': '差额' },
  theyOwe: { en: 'the partner owes', 'zh-CN': '对方欠' },
  weOwe: { en: 'the community owes', 'zh-CN': '社区欠' },
  even: { en: 'even', 'zh-CN': '两清' },
  what: { en: 'What', 'zh-CN': '内容' },
  direction: { en: 'Direction', 'zh-CN': '方向' },
  value: { en: 'Value', 'zh-CN': '价值' },
  currency: { en: 'Currency', 'zh-CN': '币种' },
  day: { en: 'Day', 'zh-CN': '日期' },
  address: { en: 'Address', 'zh-CN': '链接' },
  enter: { en: 'Enter', 'zh-CN': '记一条' },
  reverse: { en: 'Reverse', 'zh-CN': '冲销' },
  reversed: { en: 'Reversed', 'zh-CN': '已冲销' },
  reversal: (id: number) => ({ en: `Reverses ${id}`, 'zh-CN': `冲销第 ${id} 条` }),
} satisfies Texts;
