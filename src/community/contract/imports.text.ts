import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about imports. */
export const importText = {
  noSuchRun: {
    en: 'There is no such import. Begin one first.',
    'zh-CN': '没有这次导入，请先开始一次导入。',
  },
  noSuchAuthor: (handle: string) => ({
    en: `There is no member ${handle}. Nothing was imported; give the handle of one.`,
    'zh-CN': `没有成员 ${handle}。没有导入任何内容，请填写已有成员的用户名。`,
  }),
  noTitle: {
    en: 'No title was found: neither in front matter nor as the first heading.',
    'zh-CN': '没有找到标题：既不在文件头，也不是第一个标题。',
  },
  noText: { en: 'There is nothing below the heading.', 'zh-CN': '标题之下没有正文。' },
  brokenHead: (why: string) => ({
    en: `The front matter is not valid YAML: ${why}`,
    'zh-CN': `文件头不是有效的 YAML：${why}`,
  }),
  notJson: { en: 'The topic is not valid JSON of this forum.', 'zh-CN': '该主题不是此论坛的有效 JSON。' },
  tooLong: { en: 'The text is longer than a post may be.', 'zh-CN': '正文超过了允许的长度。' },
  notKept: {
    en: 'Something in it cannot be kept, such as a character that is none. Nothing of it was imported.',
    'zh-CN': '其中有无法保存的内容，例如无效字符。该条未导入任何内容。',
  },
  linkMissing: (target: string) => ({
    en: `The link to ${target} leads to nothing that was imported yet. Import again once it is there.`,
    'zh-CN': `链接 ${target} 指向的内容尚未导入。待其导入后再运行一次即可。`,
  }),
  pictureMissing: (target: string) => ({
    en: `The picture ${target} was not brought along.`,
    'zh-CN': `图片 ${target} 没有一并导入。`,
  }),
  onlyTries: {
    en: 'A dry run keeps no pictures. Nothing was kept; send them with the import itself.',
    'zh-CN': '试运行不会保存图片。没有保存任何内容，请在正式导入时发送。',
  },
  tagDropped: (name: string) => ({
    en: `${name} cannot be a tag and was left out.`,
    'zh-CN': `${name} 不能作为标签，已略去。`,
  }),
  dateUnread: (text: string) => ({
    en: `The date ${text} could not be read; today stands in its place.`,
    'zh-CN': `无法识别日期 ${text}，改用今天。`,
  }),
  // Headings by which files in the form of a heading block name what stands below them.
  headingAuthor: { en: 'author', 'zh-CN': '作者' },
  headingDate: { en: 'date', 'zh-CN': '日期' },
  headingTags: { en: 'tags', 'zh-CN': '标签' },
} satisfies Texts;
