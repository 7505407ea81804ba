import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about edits that members suggest for others' posts. */
export const editText = {
  ownPost: {
    en: 'This is your own post: you can change it yourself. Nothing was saved.',
    'zh-CN': '这是您自己的内容，可以直接编辑。没有保存任何内容。',
  },
  postChanged: {
    en: 'The post was changed meanwhile, so this edit no longer fits. Nothing was changed; look at the post again.',
    'zh-CN': '原文在此期间已被修改，该编辑不再适用。未作任何更改，请重新查看原文。',
  },
  nothingChanged: {
    en: 'The suggestion says the same as the post. Change something first.',
    'zh-CN': '建议的内容与原文相同。请先修改。',
  },
  alreadySuggested: {
    en: 'Your last suggestion for this post still waits for review. Nothing was saved; withdraw it first to suggest something else.',
    'zh-CN': '您对这篇内容的上一条编辑建议仍在等待审核。没有保存任何内容；如需另提建议，请先撤回。',
  },
  noSuchEdit: {
    en: 'There is no suggestion of yours that waits. It may have been decided already.',
    'zh-CN': '没有您等待审核的编辑建议，可能已有结果。',
  },
} satisfies Texts;
