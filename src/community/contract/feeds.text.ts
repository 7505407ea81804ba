import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import { faqPageText } from './faq.text.ts';
import type { WholeFeed } from './feeds.ts';
import { resolutionPageText } from './resolutions.text.ts';
import { siteText } from './site.text.ts';

/** Words of feeds, and of the page that lists them. */
export const feedText = {
  title: { en: 'Feeds', 'zh-CN': '订阅源' },
  lead: {
    en: 'Read the community in your own reader: whole texts, no account, nothing that watches you.',
    'zh-CN': '用您自己的阅读器订阅社区：全文输出，无需账号，不做跟踪。',
  },
  everyOther: {
    en: 'Every tag, member, organisation, chapter, series and meeting has feeds of its own, and so have the articles of an industry or for a role, the decisions of a committee, the versions of a product and the FAQ of each version of PostgreSQL; readers find them by the address of the page.',
    'zh-CN':
      '每个标签、成员、机构、分会、系列和会议都有自己的订阅源；按行业或读者角色筛选的文章、各委员会的决议、各产品的版本以及 PostgreSQL 各版本的常见问题也都有；把页面地址交给阅读器即可自动发现。',
  },
  calendar: { en: 'Plan and meetings, as a calendar', 'zh-CN': '计划与会议（日历）' },
  released: (organisation: string, product: string, version: string) => ({
    en: `${organisation} released ${product} ${version}.`,
    'zh-CN': `${organisation}发布了 ${product} ${version}。`,
  }),
  newMajor: (major: number, endsOn: string) => ({
    en: `PostgreSQL ${major} is out; it is looked after until ${endsOn}.`,
    'zh-CN': `PostgreSQL ${major} 已发布，维护期至 ${endsOn}。`,
  }),
  meetingBegins: (at: string) => ({ en: `Begins on ${at} (UTC).`, 'zh-CN': `开始时间：${at}（UTC）。` }),
  about: (name: string) => ({ en: `${name} · Elepherd Community`, 'zh-CN': `${name} · 象群社区` }),
  noSuch: {
    en: 'There is no such feed: what it would follow is not public. Look at the page of feeds.',
    'zh-CN': '没有这个订阅源：它所订阅的内容未公开。请查看订阅源页面。',
  },
} satisfies Texts;

/** What the feeds of the whole community are called. */
export const wholeFeedText = {
  all: { en: 'Everything', 'zh-CN': '全部内容' },
  questions: siteText.questions,
  articles: siteText.articles,
  wishes: siteText.wishes,
  faq: faqPageText.title,
  decisions: resolutionPageText.title,
  releases: { en: 'New versions', 'zh-CN': '新版本' },
} satisfies Record<WholeFeed, Text>;
