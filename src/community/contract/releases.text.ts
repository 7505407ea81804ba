import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about versions of products, and about what comes with them. */
export const releaseText = {
  title: { en: 'Versions', 'zh-CN': '版本' },
  none: { en: 'No version was announced yet.', 'zh-CN': '尚未公布任何版本。' },
  versionField: { en: 'Version', 'zh-CN': '版本号' },
  dayField: { en: 'Out on', 'zh-CN': '发布日期' },
  urlField: { en: 'What is new in it', 'zh-CN': '更新说明网址' },
  hint: {
    en: 'A day to come can be changed until it is there. Wishes that come with the version are delivered on that day, by themselves.',
    'zh-CN': '日期到来之前可以更改。与该版本关联的愿望会在当天自动标记为已实现。',
  },
  enter: { en: 'Announce a version', 'zh-CN': '公布版本' },
  outOn: (day: string) => ({ en: `out on ${day}`, 'zh-CN': `${day} 发布` }),
  outSince: (day: string) => ({ en: `out since ${day}`, 'zh-CN': `已于 ${day} 发布` }),
  noDay: { en: 'day not announced yet', 'zh-CN': '尚未公布发布日期' },
  notes: { en: 'What is new', 'zh-CN': '更新说明' },
  productField: { en: 'Product in our list', 'zh-CN': '产品列表中的产品' },
  productNumber: {
    en: 'Number of the product, from its address (optional)',
    'zh-CN': '产品编号，见其网址（选填）',
  },
  noProduct: { en: 'None of these', 'zh-CN': '不在其中' },
  versionHint: {
    en: 'Empty when it is there already. Otherwise the wish is delivered on the day on which this version is out.',
    'zh-CN': '已经实现的请留空；否则在该版本发布当天自动标记为已实现。',
  },
  isOut: {
    en: 'This version is out already: its day stands. Nothing was changed.',
    'zh-CN': '该版本已经发布，日期不能更改。没有做任何改动。',
  },
  onlyProducts: {
    en: 'A service has no versions. Nothing was saved.',
    'zh-CN': '服务没有版本。没有保存任何内容。',
  },
  tooMany: {
    en: 'A product has at most 500 versions here. Nothing was saved.',
    'zh-CN': '每个产品最多记录 500 个版本。没有保存任何内容。',
  },
  noSuchProduct: {
    en: 'There is no such product in our list, or it is not public. Nothing was saved; look for it among the products.',
    'zh-CN': '产品列表中没有这个产品，或者它尚未公开。没有保存任何内容，请在产品列表中查找。',
  },
  notTheirs: {
    en: 'This product is of another organisation. Nothing was saved.',
    'zh-CN': '该产品属于另一家机构。没有保存任何内容。',
  },
} satisfies Texts;
