import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the editor. */
export const editorText = {
  toolbar: { en: 'Formatting', 'zh-CN': '格式' },
  heading: { en: 'Heading', 'zh-CN': '标题' },
  bold: { en: 'Bold', 'zh-CN': '加粗' },
  italic: { en: 'Italic', 'zh-CN': '斜体' },
  code: { en: 'Code', 'zh-CN': '代码' },
  quote: { en: 'Quote', 'zh-CN': '引用' },
  bullets: { en: 'Bulleted list', 'zh-CN': '无序列表' },
  numbers: { en: 'Numbered list', 'zh-CN': '有序列表' },
  table: { en: 'Table', 'zh-CN': '表格' },
  link: { en: 'Link', 'zh-CN': '链接' },
  image: { en: 'Picture', 'zh-CN': '图片' },
  preview: { en: 'Preview', 'zh-CN': '预览' },
  placeholder: { en: 'words', 'zh-CN': '文字' },
  linkText: { en: 'text of the link', 'zh-CN': '链接文字' },
  column: { en: 'Column', 'zh-CN': '列' },
  uploading: { en: 'uploading', 'zh-CN': '正在上传' },
  uploadFailed: {
    en: 'The picture did not arrive. Your words are safe; try again.',
    'zh-CN': '图片上传失败，已写内容不受影响，请重试。',
  },
  typing: { en: 'Not saved yet …', 'zh-CN': '尚未保存…' },
  saving: { en: 'Saving the draft …', 'zh-CN': '正在保存草稿…' },
  saved: { en: 'Draft saved at', 'zh-CN': '草稿已保存于' },
  notSaved: {
    en: 'The draft could not be saved. Your words are still here; it will be tried again.',
    'zh-CN': '草稿暂时无法保存，内容仍在页面中，稍后会自动重试。',
  },
  empty: { en: 'Nothing to show yet.', 'zh-CN': '还没有内容。' },
  previewFailed: {
    en: 'The preview is not available right now. Your words are safe.',
    'zh-CN': '暂时无法预览，已写内容不受影响。',
  },
  syntax: {
    en: 'Markdown: **bold**, `code`, ```sql for code blocks, ```sql run for SQL that readers can run, $formula$, tables, pictures by paste or drop.',
    'zh-CN':
      '支持 Markdown：**加粗**、`代码`、```sql 代码块、```sql run 可运行的 SQL、$公式$、表格，图片可直接粘贴或拖入。',
  },
  uploadPage: { en: 'Upload a picture', 'zh-CN': '上传图片' },
} satisfies Texts;
