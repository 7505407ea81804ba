import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about pictures in what members write. */
export const imageText = {
  noPicture: {
    en: 'Only pictures can be uploaded here: PNG, JPEG, GIF or WebP. SVG cannot. Nothing was kept; save the drawing as PNG and try again.',
    'zh-CN': '这里只能上传图片：PNG、JPEG、GIF 或 WebP，不支持 SVG。没有保存任何内容，请另存为 PNG 后重试。',
  },
  unreadable: {
    en: 'This picture cannot be read, or it has more than 50 megapixels. Nothing was kept; save it again, smaller if it is large, and try once more.',
    'zh-CN': '无法读取这张图片，或其像素超过 5000 万。没有保存任何内容，请另存为较小的图片后重试。',
  },
  noRoom: (megabytes: number) => ({
    en: `Your pictures take up ${megabytes} MiB together, which is all there is for you at your level. Nothing was kept. Link to a picture elsewhere, or take part a while: members with more trust have more room.`,
    'zh-CN': `您上传的图片总共已达 ${megabytes} MiB，这是当前等级的上限，本次没有保存。您可以改用外部图片链接；随着参与增多，等级提高后空间也会增大。`,
  }),
  upload: { en: 'Upload a picture', 'zh-CN': '上传图片' },
  uploadLead: {
    en: 'Choose a picture; you get the line that shows it in an article, a question or an answer.',
    'zh-CN': '选择图片上传，即可得到在文章、问题或回答中显示它的一行代码。',
  },
  picture: { en: 'Picture', 'zh-CN': '图片' },
  kept: {
    en: 'The picture is kept. Put this line where it should stand:',
    'zh-CN': '图片已保存。把下面这一行放到需要的位置：',
  },
} satisfies Texts;
