import type { Texts } from '#src/platform/contract/i18n.ts';

/** Names that the first start gives. */
export const firstAdminText = {
  name: { en: 'Administrator', 'zh-CN': '管理员' },
  organisation: { en: 'My organisation', 'zh-CN': '我的组织' },
} satisfies Texts;
