import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words that every part of the community says. */
export const communityText = {
  personOnly: {
    en: 'Only a person who is signed in can do this, not an API key. Sign in with your own account.',
    'zh-CN': '此操作只能由已登录的个人完成，不能使用 API 密钥。请用您自己的账号登录。',
  },
  suspended: (until: string, reason: string) => ({
    en: `Your account may not write until ${until}. Reason: ${reason} You can go on reading, and you can appeal on your profile page.`,
    'zh-CN': `您的账号在 ${until} 之前不能发言。原因：${reason} 您仍可阅读，并可在个人主页提出申诉。`,
  }),
  addressNotProved: {
    en: 'Your e-mail address is not confirmed yet, so nothing was saved. Confirm it at /confirm-address; you can go on reading.',
    'zh-CN': '您的邮箱尚未确认，因此没有保存任何内容。请在 /confirm-address 完成确认，期间您可以继续阅读。',
  },
  notStaff: {
    en: 'Only the people who look after this community can do this. Nothing was changed.',
    'zh-CN': '只有社区的管理人员可以执行此操作。未作任何更改。',
  },
  erasedMember: { en: 'Deleted user', 'zh-CN': '已注销用户' },
} satisfies Texts;
