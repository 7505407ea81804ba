import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about series of articles. */
export const seriesText = {
  series: { en: 'Series', 'zh-CN': '专栏' },
  hint: {
    en: 'The title of one of your series, or of a new one. Empty: in none.',
    'zh-CN': '填写您已有专栏的名称，或新专栏的名称；留空则不加入专栏。',
  },
  part: (number: number, count: number) => ({
    en: `Part ${number} of ${count}`,
    'zh-CN': `第 ${number} 篇，共 ${count} 篇`,
  }),
  previous: { en: 'Previous', 'zh-CN': '上一篇' },
  next: { en: 'Next', 'zh-CN': '下一篇' },
  edit: { en: 'Change the series', 'zh-CN': '编辑专栏' },
  title: { en: 'Title', 'zh-CN': '名称' },
  about: { en: 'About', 'zh-CN': '简介' },
  position: (title: string) => ({ en: `Place of "${title}"`, 'zh-CN': `“${title}”的顺序` }),
  save: { en: 'Save', 'zh-CN': '保存' },
  empty: { en: 'Nothing is in this series yet.', 'zh-CN': '专栏中还没有文章。' },
  noSuchSeries: {
    en: 'There is no such series, or nothing of it is public yet.',
    'zh-CN': '没有这个专栏，或其中还没有公开的文章。',
  },
  changedMeanwhile: {
    en: 'The series has other articles by now. Nothing was changed; load the page anew and put them in order again.',
    'zh-CN': '专栏中的文章已有变化，本次没有修改。请刷新页面后重新排序。',
  },
} satisfies Texts;
