import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about the newsletter and its editions. */
export const newsletterText = {
  title: { en: 'Newsletter', 'zh-CN': '社区周报' },
  lead: {
    en: 'What members found most useful, week by week. An edition that was sent is never changed; what was wrong in it is put right below it, with the date.',
    'zh-CN': '每周成员认为最有价值的内容。已发出的周报不再改动；如有错误，更正会附在其后并注明日期。',
  },
  edition: (day: string) => ({ en: `Newsletter of ${day}`, 'zh-CN': `${day} 社区周报` }),
  sent: { en: 'Sent', 'zh-CN': '发出于' },
  count: (count: number) => ({
    en: count === 1 ? '1 post' : `${count} posts`,
    'zh-CN': `${count} 篇内容`,
  }),
  correctionCount: (count: number) => ({
    en: count === 1 ? '1 correction' : `${count} corrections`,
    'zh-CN': `${count} 处更正`,
  }),
  corrections: { en: 'Corrections', 'zh-CN': '更正' },
  correct: { en: 'Add a correction', 'zh-CN': '添加更正' },
  correction: { en: 'What is put right', 'zh-CN': '更正内容' },
  correctionHint: {
    en: 'It stands below the edition for good, with your name and the date, and comes with the next mail. It cannot be changed or taken back.',
    'zh-CN': '更正将永久附在本期之后，注明您的姓名与日期，并随下一期邮件发出；提交后不可修改或撤回。',
  },
  noLonger: { en: 'No longer public.', 'zh-CN': '该内容已不再公开。' },
  none: { en: 'No edition was sent yet.', 'zh-CN': '尚未发出任何一期。' },
  noneHint: {
    en: 'The first comes on the Monday after a week in which something was published.',
    'zh-CN': '有新内容发布后的下一个周一会发出第一期。',
  },
  subscribe: { en: 'Get it by mail', 'zh-CN': '邮件订阅' },
  all: { en: 'All editions', 'zh-CN': '历期周报' },
  bothLanguages: { en: 'All languages', 'zh-CN': '所有语言' },
  noSuch: {
    en: 'There is no such edition of the newsletter. Look at the list of all editions.',
    'zh-CN': '没有这一期周报，请查看历期列表。',
  },
  whole: (link: string) => ({ en: `The whole edition: ${link}`, 'zh-CN': `查看本期全文：${link}` }),
  corrected: (day: string, link: string) => ({
    en: `A correction of the newsletter of ${day} (${link}):`,
    'zh-CN': `对 ${day} 社区周报的更正（${link}）：`,
  }),
  limits: { en: 'Limit the newsletter to', 'zh-CN': '仅接收以下周报内容' },
  limitsIndustries: { en: 'Industries', 'zh-CN': '行业' },
  limitsRoles: { en: 'Readers', 'zh-CN': '读者角色' },
  limitsHint: {
    en: 'None: all of them. What is for everybody comes too.',
    'zh-CN': '不选表示不限；面向所有人的内容也会包含在内。',
  },
} satisfies Texts;
