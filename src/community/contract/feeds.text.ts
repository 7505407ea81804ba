import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of feeds, and of the page that lists them. */
export const feedText = {
  title: { en: 'Feeds', 'zh-CN': '订阅源' },
  lead: {
    en: 'Read the community in your own reader: whole texts, no account, nothing that watches you.',
    'zh-CN': '用您自己的阅读器订阅社区：全文输出，无需账号，不做跟踪。',
  },
  all: { en: 'Everything', 'zh-CN': '全部内容' },
  everyOther: {
    en: 'Every tag, member and organisation has feeds of its own; readers find them by the address of the page.',
    'zh-CN': '每个标签、成员和机构都有自己的订阅源，把页面地址交给阅读器即可自动发现。',
  },
  about: (name: string) => ({ en: `${name} · Elepherd Community`, 'zh-CN': `${name} · 象群社区` }),
  noSuch: {
    en: 'There is no such feed: its tag, member or organisation is not public. Look at the page of feeds.',
    'zh-CN': '没有这个订阅源：对应的标签、成员或机构未公开。请查看订阅源页面。',
  },
} satisfies Texts;
