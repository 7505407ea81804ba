import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the search. */
export const searchText = {
  title: { en: 'Search', 'zh-CN': '搜索' },
  titleOf: (asked: string) => ({ en: `${asked}: search`, 'zh-CN': `搜索“${asked}”` }),
  label: { en: 'What are you looking for?', 'zh-CN': '您想找什么？' },
  submit: { en: 'Search', 'zh-CN': '搜索' },
  hint: {
    en: 'All words must be there, by their own name or one in the other language. “Quoted words” stay together; -word leaves out.',
    'zh-CN': '所有词都须出现，中英文同义词也算。“引号”内的词须相连；-词 表示排除。',
  },
  found: (count: string, isMore: boolean) => ({
    en: isMore ? `The best ${count} of more` : `${count} found`,
    'zh-CN': isMore ? `结果很多，列出最相关的 ${count} 条` : `找到 ${count} 条`,
  }),
  nothing: (asked: string) => ({ en: `Nothing fits “${asked}”.`, 'zh-CN': `没有与“${asked}”相符的内容。` }),
  nothingHint: {
    en: 'Try fewer or other words. If nobody has asked it yet, you could be the first.',
    'zh-CN': '试试更少或不同的词。如果还没有人问过，不妨由您来提问。',
  },
  ask: { en: 'Ask a question', 'zh-CN': '提问' },
  didYouMean: { en: 'Did you mean', 'zh-CN': '您要找的是不是' },
  kinds: { en: 'Kinds', 'zh-CN': '类型' },
  all: { en: 'Everything', 'zh-CN': '全部' },
  article: { en: 'Articles', 'zh-CN': '文章' },
  question: { en: 'Questions', 'zh-CN': '问题' },
  answer: { en: 'Answers', 'zh-CN': '回答' },
  faq: { en: 'FAQ', 'zh-CN': '常见问题' },
  member: { en: 'Members', 'zh-CN': '成员' },
  organisation: { en: 'Organisations', 'zh-CN': '机构' },
  wish: { en: 'Wishes', 'zh-CN': '愿望' },
  series: { en: 'Series', 'zh-CN': '专栏' },
  expert: { en: 'Experts', 'zh-CN': '专家' },
  product: { en: 'Products', 'zh-CN': '产品' },
  service: { en: 'Services', 'zh-CN': '服务' },
  chapter: { en: 'Chapters', 'zh-CN': '分会' },
  kindOf: {
    en: 'Kind',
    'zh-CN': '类型',
  },
  withTag: { en: 'With the tag', 'zh-CN': '标签' },
  withoutTag: (tag: string) => ({ en: `Not only ${tag}`, 'zh-CN': `不限于 ${tag}` }),
  accepted: { en: 'Accepted answer', 'zh-CN': '已采纳' },
  answers: (count: string) => ({ en: `${count} answers`, 'zh-CN': `${count} 个回答` }),
  suggestions: { en: 'Suggestions', 'zh-CN': '搜索建议' },
} satisfies Texts;
