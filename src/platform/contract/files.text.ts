import type { Texts } from './i18n.ts';

/** What is said about uploads. */
export const filesText = {
  noSuchFile: {
    en: 'There is no such file here. It may have been removed.',
    'zh-CN': '文件不存在，可能已被删除。',
  },
  wrongType: {
    en: 'This kind of file is not taken. Nothing was kept. Send a PNG, JPEG, GIF or WebP picture, a PDF, a ZIP or gzip archive, or plain UTF-8 text.',
    'zh-CN':
      '不支持该类型的文件，没有保存任何内容。请上传 PNG、JPEG、GIF、WebP 图片，PDF，ZIP 或 gzip 压缩包，或 UTF-8 纯文本。',
  },
  empty: { en: 'The file is empty. Nothing was kept.', 'zh-CN': '文件为空，没有保存任何内容。' },
  tooLarge: (mebibytes: number) => ({
    en: `The file is larger than ${mebibytes} MiB. Nothing was kept. Send a smaller one.`,
    'zh-CN': `文件超过 ${mebibytes} MiB，没有保存任何内容。请上传更小的文件。`,
  }),
  storeAway: {
    en: 'The place where files are kept does not answer. Nothing was kept. Try again in a minute.',
    'zh-CN': '文件存储没有响应，没有保存任何内容。请稍后重试。',
  },
} satisfies Texts;
