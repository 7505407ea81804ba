import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about what is being written and not sent yet. */
export const draftText = {
  drafts: { en: 'My drafts', 'zh-CN': '我的草稿' },
  lead: {
    en: 'What you began and have not sent. Nobody else can see it.',
    'zh-CN': '您开始写但尚未提交的内容，只有您自己能看到。',
  },
  none: { en: 'You have no drafts.', 'zh-CN': '没有草稿。' },
  untitled: { en: 'Without a title', 'zh-CN': '无标题' },
  newArticle: { en: 'New article', 'zh-CN': '新文章' },
  newQuestion: { en: 'New question', 'zh-CN': '新问题' },
  answer: { en: 'Answer', 'zh-CN': '回答' },
  change: { en: 'Change', 'zh-CN': '修改' },
  goOn: { en: 'Go on writing', 'zh-CN': '继续写' },
  drop: { en: 'Throw away', 'zh-CN': '丢弃' },
  save: { en: 'Save draft', 'zh-CN': '保存草稿' },
  saved: { en: 'Your draft is saved.', 'zh-CN': '草稿已保存。' },
  wentOn: (when: string) => ({
    en: `You are going on with your draft of ${when}.`,
    'zh-CN': `正在继续您 ${when} 保存的草稿。`,
  }),
  tooLong: (characters: number) => ({
    en: `A draft may have at most ${characters} characters. What was kept before is still there; shorten the text or send it in two parts.`,
    'zh-CN': `草稿最多 ${characters} 个字符。此前保存的内容仍在，请缩短内容或分成两篇。`,
  }),
  tooMany: (count: number) => ({
    en: `You have ${count} drafts. This one was not kept; finish or throw away some of them first.`,
    'zh-CN': `您已有 ${count} 份草稿，本次没有保存。请先完成或丢弃一些草稿。`,
  }),
} satisfies Texts;
