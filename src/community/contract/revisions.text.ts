import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about what was changed in a post. */
export const revisionText = {
  history: { en: 'History', 'zh-CN': '修订历史' },
  revision: (number: number) => ({ en: `Revision ${number}`, 'zh-CN': `第 ${number} 版` }),
  compared: (number: number) => ({
    en: `compared with revision ${number}`,
    'zh-CN': `与第 ${number} 版比较`,
  }),
  first: { en: 'The first words', 'zh-CN': '最初的内容' },
  added: { en: 'added', 'zh-CN': '新增' },
  removed: { en: 'removed', 'zh-CN': '删除' },
  gap: { en: 'unchanged', 'zh-CN': '未修改的内容' },
  noSuchRevision: { en: 'There is no such revision.', 'zh-CN': '没有这个版本。' },
} satisfies Texts;
