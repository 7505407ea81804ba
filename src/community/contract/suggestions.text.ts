import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about answers that a language model suggests. */
export const suggestionText = {
  off: {
    en: 'No language model is set up here. Write the answer yourself.',
    'zh-CN': '此处未配置语言模型，请自行撰写回答。',
  },
  noSources: {
    en: 'The FAQ and accepted answers say nothing on this, so nothing can be suggested. Write the answer yourself.',
    'zh-CN': '常见问题与已采纳回答中没有相关内容，无法给出建议。请自行撰写回答。',
  },
  citesNothing: {
    en: 'What the model wrote cites nothing that it was given, so it is not shown. Try again, or write the answer yourself.',
    'zh-CN': '模型给出的内容没有引用所提供的资料，因此不予显示。请重试，或自行撰写回答。',
  },
  noAnswer: {
    en: 'The language model gave no usable answer. Nothing was saved. Try again later, or write the answer yourself.',
    'zh-CN': '语言模型没有给出可用的回答，未保存任何内容。请稍后重试，或自行撰写回答。',
  },
  refused: {
    en: 'The server of the language model refused our key. Nothing was saved. An administrator can set AI_KEY anew.',
    'zh-CN': '语言模型服务器拒绝了密钥，未保存任何内容。管理员可重新设置 AI_KEY。',
  },
  title: { en: 'Suggested answer', 'zh-CN': '回答建议' },
  lead: {
    en: 'A language model drafts an answer from the FAQ and accepted answers. Only you see it. Nothing is published before you have looked it through and published it as yours; then it says that a model helped.',
    'zh-CN':
      '语言模型根据常见问题与已采纳回答起草，仅您可见。只有您核对并以自己的名义发布后才会公开，且会注明有模型协助。',
  },
  ask: { en: 'Ask for a suggestion', 'zh-CN': '获取建议' },
  askAgain: { en: 'Ask for another one', 'zh-CN': '重新获取' },
  sent: {
    en: 'The question and what was found go to the server that the administrator set.',
    'zh-CN': '问题及检索到的内容会发送到管理员配置的服务器。',
  },
  madeBy: (model: string) => ({
    en: `By ${model}, not looked through yet`,
    'zh-CN': `由 ${model} 生成，尚未核对`,
  }),
  entry: { en: 'FAQ', 'zh-CN': '常见问题' },
  answer: { en: 'Answer', 'zh-CN': '回答' },
  sources: { en: 'What it cites', 'zh-CN': '引用的资料' },
  dropped: (count: string) => ({
    en: `${count} citations of what it was not given were taken out. Be wary.`,
    'zh-CN': `已移除 ${count} 处不存在的引用，请谨慎对待。`,
  }),
  edit: { en: 'Look it through and change what is wrong', 'zh-CN': '核对并修改' },
  publish: { en: 'Publish as my answer', 'zh-CN': '作为我的回答发布' },
  assisted: {
    en: 'Written with a suggestion by a language model, looked through by the author',
    'zh-CN': '在语言模型建议的协助下撰写，经作者核对',
  },
} satisfies Texts;
