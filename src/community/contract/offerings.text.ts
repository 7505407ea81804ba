import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about products and services. */
export const offeringText = {
  noSuch: {
    en: 'There is no such product or service, or it is not public. Look for it in the lists.',
    'zh-CN': '没有这个产品或服务，或者它尚未公开。请在列表中查找。',
  },
  decidedMeanwhile: {
    en: 'This revision was decided or replaced meanwhile. Nothing was changed; load the page again and read the newest.',
    'zh-CN': '该版本已有结果或已被新版本取代。未作任何更改，请刷新页面阅读最新版本。',
  },
  tooMany: (count: number) => ({
    en: `An organisation lists at most ${count} products and services. Nothing was saved; withdraw one first.`,
    'zh-CN': `一个组织最多列出 ${count} 个产品和服务。没有保存任何内容，请先撤下一个。`,
  }),
  otherKind: {
    en: 'This is of the other kind: a product is no service. Nothing was saved; load the page again.',
    'zh-CN': '类型不符：产品不是服务。没有保存任何内容，请刷新页面。',
  },
} satisfies Texts;
