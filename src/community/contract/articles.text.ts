import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about articles, for readers and authors. */
export const articleText = {
  articles: { en: 'Articles', 'zh-CN': '文章' },
  lead: {
    en: 'Experience, explained by the people who had it.',
    'zh-CN': '亲历者写下的经验与思考。',
  },
  write: { en: 'Write an article', 'zh-CN': '写文章' },
  edit: { en: 'Edit article', 'zh-CN': '编辑文章' },
  newest: { en: 'Newest', 'zh-CN': '最新' },
  top: { en: 'Most valued', 'zh-CN': '最受好评' },
  featured: { en: 'Featured', 'zh-CN': '精选' },
  none: { en: 'Nothing has been published here yet.', 'zh-CN': '这里还没有文章。' },

  title: { en: 'Title', 'zh-CN': '标题' },
  titleHint: {
    en: 'What the reader will know afterwards, in one line.',
    'zh-CN': '用一句话说明读者能从中得到什么。',
  },
  body: { en: 'Article', 'zh-CN': '正文' },
  tags: { en: 'Tags', 'zh-CN': '标签' },
  tagsHint: { en: 'Up to six, separated by blanks or commas.', 'zh-CN': '最多六个，用空格或逗号分隔。' },
  language: { en: 'Language of the article', 'zh-CN': '文章语言' },
  origin: { en: 'Origin', 'zh-CN': '来源' },
  original: { en: 'Original', 'zh-CN': '原创' },
  reposted: { en: 'Reposted', 'zh-CN': '转载' },
  translated: { en: 'Translated', 'zh-CN': '翻译' },
  sourceUrl: { en: 'Address of the source', 'zh-CN': '原文地址' },
  sourceUrlHint: {
    en: 'Needed for everything that is not original.',
    'zh-CN': '非原创内容必须填写。',
  },
  sourceAuthor: { en: 'Author of the source', 'zh-CN': '原作者' },
  licence: { en: 'Licence', 'zh-CN': '许可协议' },
  allRightsReserved: { en: 'All rights reserved', 'zh-CN': '保留所有权利' },
  note: { en: 'What changed', 'zh-CN': '修改说明' },
  publishAt: { en: 'Publish at', 'zh-CN': '定时发布' },
  publishAtHint: (zone: string) => ({
    en: `Empty: at once. Time zone ${zone}.`,
    'zh-CN': `留空则立即发布。时区 ${zone}。`,
  }),
  aboutSource: { en: 'Source of a repost or translation', 'zh-CN': '转载或翻译的原文信息' },
  publish: { en: 'Publish', 'zh-CN': '发布' },
  save: { en: 'Save changes', 'zh-CN': '保存修改' },

  sourceOf: (author: string) => ({ en: `Source: ${author}`, 'zh-CN': `原文：${author}` }),
  source: { en: 'Source', 'zh-CN': '原文' },
  edited: { en: 'Edited', 'zh-CN': '编辑于' },
  waitsUntil: (when: string) => ({
    en: `Only you can see this article. It will be published ${when}.`,
    'zh-CN': `目前只有您能看到这篇文章，将于 ${when} 发布。`,
  }),
  waitsForReview: {
    en: 'This article waits for a moderator. Until then only you can see it.',
    'zh-CN': '这篇文章正在等待审核，在此之前只有您能看到。',
  },
  isHidden: {
    en: 'This article is hidden from readers. You can still edit it.',
    'zh-CN': '这篇文章已对读者隐藏，您仍可编辑。',
  },

  worth: { en: 'worth reading', 'zh-CN': '值得一读' },
  feature: { en: 'Feature', 'zh-CN': '设为精选' },
  unfeature: { en: 'No longer feature', 'zh-CN': '取消精选' },
  notYourOwn: {
    en: 'Nobody features what they wrote themselves or what was written where they work. Nothing was changed; ask another editor.',
    'zh-CN': '不能将自己或所在机构的文章设为精选，未作任何更改。请由其他编辑处理。',
  },
  timeHasPassed: {
    en: 'That time has passed. Nothing was published; choose a later one, or none to publish now.',
    'zh-CN': '所选时间已过，尚未发布。请选择更晚的时间，或留空立即发布。',
  },
  changedMeanwhile: {
    en: 'Somebody changed this article while you were writing. Nothing was saved, and your words are still in the form. Open the article in another tab, take over what is new, and save again.',
    'zh-CN':
      '您编辑期间，这篇文章已被他人修改。本次没有保存，您写的内容仍在表单中。请在新标签页打开文章，合并新内容后再保存。',
  },
} satisfies Texts;
