import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about tags. */
export const tagText = {
  tags: { en: 'Tags', 'zh-CN': '标签' },
  lead: {
    en: 'Subjects of questions and articles. Other names of a subject lead to the same page.',
    'zh-CN': '问题与文章的主题。同一主题的不同叫法会指向同一页面。',
  },
  find: { en: 'Find a tag', 'zh-CN': '查找标签' },
  popular: { en: 'Most used', 'zh-CN': '最常用' },
  byName: { en: 'By name', 'zh-CN': '按名称' },
  all: { en: 'All', 'zh-CN': '全部' },
  articles: { en: 'Articles', 'zh-CN': '文章' },
  questions: { en: 'Questions', 'zh-CN': '问题' },
  none: { en: 'No tag has such a name.', 'zh-CN': '没有这样的标签。' },
  noPosts: { en: 'Nothing carries this tag yet.', 'zh-CN': '还没有使用该标签的内容。' },
  alsoCalled: (names: string) => ({ en: `Also called: ${names}`, 'zh-CN': `又称：${names}` }),
  related: { en: 'Related tags', 'zh-CN': '相关标签' },
  reserved: { en: 'For staff only', 'zh-CN': '仅限管理人员' },
  manage: { en: 'Look after this tag', 'zh-CN': '管理该标签' },
  about: { en: 'About', 'zh-CN': '说明' },
  isReserved: { en: 'Only staff may use it', 'zh-CN': '仅管理人员可使用' },
  save: { en: 'Save', 'zh-CN': '保存' },
  synonym: { en: 'Another name for it', 'zh-CN': '添加同义名' },
  synonymHint: {
    en: 'A tag that has this name is merged into this one.',
    'zh-CN': '若已有同名标签，将并入当前标签。',
  },
  addSynonym: { en: 'Add', 'zh-CN': '添加' },
  dropSynonym: (name: string) => ({ en: `Remove ${name}`, 'zh-CN': `移除 ${name}` }),
  noSuchTag: { en: 'There is no such tag.', 'zh-CN': '没有这个标签。' },
  ownName: (name: string) => ({
    en: `${name} is the name of this tag itself. Nothing was changed.`,
    'zh-CN': `${name} 就是该标签的名称，未作任何更改。`,
  }),
  otherSynonym: (name: string, tag: string) => ({
    en: `${name} leads to the tag ${tag} already. Nothing was changed; remove it there first.`,
    'zh-CN': `${name} 已指向标签 ${tag}，未作任何更改。请先在该标签处移除。`,
  }),
} satisfies Texts;
