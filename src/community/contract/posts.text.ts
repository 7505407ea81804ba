import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about posts of every kind. */
export const postText = {
  noSuchPost: {
    en: 'There is no such post, or it is not public. Look for it with the search.',
    'zh-CN': '没有这篇内容，或者它并未公开。请用搜索查找。',
  },
  tagReserved: (name: string) => ({
    en: `The tag ${name} is for the people who look after this community. Nothing was saved; leave it out.`,
    'zh-CN': `标签 ${name} 仅供社区管理人员使用。没有保存任何内容，请去掉该标签。`,
  }),
  tagUnknown: (name: string, reputation: number) => ({
    en: `There is no tag ${name} yet, and new tags take a reputation of ${reputation}. Nothing was saved; choose one that exists.`,
    'zh-CN': `标签 ${name} 尚不存在，新建标签需要 ${reputation} 点声望。没有保存任何内容，请选择已有的标签。`,
  }),
} satisfies Texts;
