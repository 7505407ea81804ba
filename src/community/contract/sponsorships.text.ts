import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused about payments of sponsors. */
export const sponsorshipText = {
  noSuch: {
    en: 'There is no such payment of this organisation. Nothing was changed; load the page again.',
    'zh-CN': '没有找到该机构的这笔赞助。未作任何更改，请刷新页面。',
  },
  reversedAlready: {
    en: 'This payment was reversed before, or is a reversal itself. Nothing was changed; enter a new one instead.',
    'zh-CN': '该笔赞助已被冲销，或本身就是冲销。未作任何更改，请另记一笔。',
  },
  needsRate: (currency: string) => ({
    en: `Levels are counted in ${currency}. Nothing was saved; say what the payment was worth in ${currency} on its day.`,
    'zh-CN': `等级按 ${currency} 计算。没有保存任何内容，请填写付款当日折合的 ${currency} 金额。`,
  }),
  sameCurrency: (currency: string) => ({
    en: `A payment in ${currency} counts as what it is. Nothing was saved; leave its worth empty.`,
    'zh-CN': `以 ${currency} 支付的金额按原值计算。没有保存任何内容，请将折合金额留空。`,
  }),
} satisfies Texts;

/** Words of the page of a sponsor. */
export const sponsorPageText = {
  tab: { en: 'Sponsorship', 'zh-CN': '赞助' },
  lead: {
    en: 'The level follows from what was paid in the latest unbroken run of years. A year without a payment begins anew.',
    'zh-CN': '等级按最近连续赞助年份的总额确定；中断一年后重新累计。',
  },
  level: { en: 'Level', 'zh-CN': '等级' },
  noLevel: { en: 'No level yet', 'zh-CN': '暂无等级' },
  years: (from: number, until: number) => ({
    en: from === until ? `Sponsor in ${from}` : `Sponsor ${from}–${until}`,
    'zh-CN': from === until ? `${from} 年赞助` : `${from}–${until} 年连续赞助`,
  }),
  noRun: {
    en: 'No payment for this year or the last: a new run begins with the next payment.',
    'zh-CN': '今年和去年均无赞助，下一笔赞助将重新开始累计。',
  },
  total: { en: 'Counted', 'zh-CN': '累计' },
  missing: { en: 'Missing to the next level', 'zh-CN': '距下一等级' },
  atLeast: { en: 'From', 'zh-CN': '起' },
  payments: { en: 'Payments', 'zh-CN': '赞助记录' },
  none: { en: 'No payments yet', 'zh-CN': '还没有赞助记录' },
  enter: { en: 'Enter a payment', 'zh-CN': '登记赞助' },
  year: { en: 'For the year', 'zh-CN': '所属年份' },
  amount: { en: 'Amount', 'zh-CN': '金额' },
  currency: { en: 'Currency', 'zh-CN': '币种' },
  worth: (currency: string) => ({
    en: `Worth in ${currency} on that day`,
    'zh-CN': `当日折合 ${currency}`,
  }),
  worthHint: { en: 'Only for another currency.', 'zh-CN': '仅其他币种需要填写。' },
  paidOn: { en: 'Paid on', 'zh-CN': '付款日期' },
  note: { en: 'Note', 'zh-CN': '备注' },
  reverse: { en: 'Reverse', 'zh-CN': '冲销' },
} satisfies Texts;
