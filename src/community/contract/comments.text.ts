import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words around comments, on every page that has them. */
export const commentText = {
  comments: { en: 'Comments', 'zh-CN': '评论' },
  add: { en: 'Add a comment', 'zh-CN': '添加评论' },
  send: { en: 'Comment', 'zh-CN': '评论' },
  reply: { en: 'Reply', 'zh-CN': '回复' },
  replyTo: (name: string) => ({ en: `Reply to ${name}`, 'zh-CN': `回复 ${name}` }),
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  editTitle: { en: 'Edit your comment', 'zh-CN': '编辑评论' },
  save: { en: 'Save', 'zh-CN': '保存' },
  remove: { en: 'Remove', 'zh-CN': '删除' },
  edited: { en: 'edited', 'zh-CN': '编辑于' },
  waits: { en: 'waits for a reviewer', 'zh-CN': '等待审核' },
  words: { en: 'Your comment', 'zh-CN': '评论内容' },
  hint: {
    en: 'Markdown. A name after @ is told of it.',
    'zh-CN': '支持 Markdown，用 @用户名 提醒对方。',
  },
  none: { en: 'Nobody has said anything yet.', 'zh-CN': '还没有人发表评论。' },
  signIn: { en: 'Sign in to comment', 'zh-CN': '登录后评论' },
  from: (reputation: string) => ({
    en: `Comments on others’ articles take a reputation of ${reputation}. Good answers and articles raise it.`,
    'zh-CN': `声望达到 ${reputation} 后可以评论他人的文章。好的回答和文章都会提高声望。`,
  }),
  fromOnWish: (reputation: string) => ({
    en: `Vote for the wish to comment on it, or reach a reputation of ${reputation}. Good answers and articles raise it.`,
    'zh-CN': `为这条愿望投票即可评论；声望达到 ${reputation} 后可以评论任何愿望。好的回答和文章都会提高声望。`,
  }),
  back: { en: 'Back', 'zh-CN': '返回' },
} satisfies Texts;
