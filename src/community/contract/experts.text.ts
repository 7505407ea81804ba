import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about experts. */
export const expertText = {
  noSuch: {
    en: 'There is no such expert. Look for one in the list of experts.',
    'zh-CN': '没有这位专家。请在专家名录中查找。',
  },
  notOwnPost: (id: number) => ({
    en: `Post ${id} is not yours, or not public. Nothing was saved; give posts that you wrote yourself.`,
    'zh-CN': `内容 ${id} 不是您发布的，或者尚未公开。没有保存任何内容，请填写您自己发布的内容。`,
  }),
  notYourself: {
    en: 'Nobody decides about themselves. Nothing was changed; somebody else of the committee has to.',
    'zh-CN': '不能审批自己的申请。未作任何更改，应由专家委员会的其他成员决定。',
  },
  notApproved: {
    en: 'You are not in the list of experts. Nothing was changed; apply first.',
    'zh-CN': '您不在专家名录中。未作任何更改，请先提交申请。',
  },
} satisfies Texts;
