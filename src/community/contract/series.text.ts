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
  readOf: (read: number, count: number) => ({
    en: `${read} of ${count} read`,
    'zh-CN': `已读 ${read} / ${count} 篇`,
  }),
  markRead: { en: 'I have read this', 'zh-CN': '我已读完本篇' },
  markReadAndGoOn: { en: 'Read, on to the next part', 'zh-CN': '已读完，继续下一篇' },
  markUnread: { en: 'Mark as not read', 'zh-CN': '标为未读' },
  isRead: { en: 'Read', 'zh-CN': '已读' },
  onlyYou: { en: 'Only you see what you have read.', 'zh-CN': '阅读进度只有您自己可见。' },
  begin: { en: 'Begin with', 'zh-CN': '从这里开始：' },
  goOn: { en: 'Go on with', 'zh-CN': '继续阅读：' },
  goOnReading: { en: 'Go on reading', 'zh-CN': '继续学习' },
  allRead: { en: 'You have read all of it.', 'zh-CN': '您已读完全部文章。' },
  noPart: {
    en: 'This is no public article of a series, so there is no progress to keep. Nothing was changed.',
    'zh-CN': '这不是专栏中已公开的文章，没有可记录的进度，未做任何修改。',
  },
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
