import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the frame around the community's pages, and of its home. */
export const siteText = {
  community: { en: 'Community', 'zh-CN': '社区' },
} satisfies Texts;
