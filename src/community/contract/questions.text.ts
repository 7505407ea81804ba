import type { Texts } from '#src/platform/contract/i18n.ts';

/** Refusals around questions, answers and votes. */
export const questionText = {
  noSuchQuestion: {
    en: 'There is no such question, or it is not public. Look for it with the search.',
    'zh-CN': '没有这个问题，或者它并未公开。请用搜索查找。',
  },
  noSuchAnswer: {
    en: 'There is no such answer to this question. Load the page again.',
    'zh-CN': '这个问题下没有这条回答。请刷新页面。',
  },
  isClosed: {
    en: 'This question is closed and takes no new answers. Nothing was saved; you can still comment.',
    'zh-CN': '该问题已关闭，不再接受新回答。没有保存任何内容，您仍可以评论。',
  },
  askerAccepts: {
    en: 'Only the person who asked accepts an answer. Nothing was changed.',
    'zh-CN': '只有提问者可以采纳回答。未作任何更改。',
  },
  acceptLater: (days: number) => ({
    en: `For the first ${days} days only the person who asked accepts an answer. Nothing was changed; come back then.`,
    'zh-CN': `提问后 ${days} 天内只有提问者可以采纳回答。未作任何更改，请届时再来。`,
  }),
  alreadyAccepted: {
    en: 'The person who asked has accepted an answer already. Nothing was changed.',
    'zh-CN': '提问者已经采纳了一条回答。未作任何更改。',
  },
  notOwnAnswer: {
    en: 'Only the person who asked may accept an answer of yours. Nothing was changed.',
    'zh-CN': '您自己的回答只能由提问者采纳。未作任何更改。',
  },
  notOwnPost: {
    en: 'You cannot vote on what you wrote yourself. Nothing was changed.',
    'zh-CN': '不能给自己的内容投票。未作任何更改。',
  },
  needsReputation: (needed: number, has: number) => ({
    en: `This takes a reputation of ${needed}; you have ${has}. Nothing was changed. Good answers and questions raise it.`,
    'zh-CN': `此操作需要 ${needed} 点声望，您现有 ${has} 点。未作任何更改。好的回答和提问都会提高声望。`,
  }),
} satisfies Texts;

/** Words of the pages of questions. */
export const questionPageText = {
  title: { en: 'Questions', 'zh-CN': '问答' },
  ask: { en: 'Ask a question', 'zh-CN': '提问' },
  askLead: {
    en: 'Say what you want to achieve, what you tried, and what PostgreSQL answered. Versions, table definitions and plans help most.',
    'zh-CN': '请说明您想做什么、试过什么、PostgreSQL 返回了什么。版本、表结构和执行计划最有帮助。',
  },
  titleField: { en: 'Your question in one sentence', 'zh-CN': '用一句话概括问题' },
  bodyField: { en: 'Details', 'zh-CN': '详细描述' },
  bodyHint: {
    en: 'Markdown: code between ``` marks, **bold**, lists, links.',
    'zh-CN': '支持 Markdown：用 ``` 包围代码，**加粗**、列表、链接均可。',
  },
  tagsField: { en: 'Tags', 'zh-CN': '标签' },
  tagsHint: { en: 'Up to six, separated by blanks or commas.', 'zh-CN': '最多六个，用空格或逗号分隔。' },
  askNow: { en: 'Publish the question', 'zh-CN': '发布问题' },
  yourAnswer: { en: 'Your answer', 'zh-CN': '您的回答' },
  answerNow: { en: 'Publish the answer', 'zh-CN': '发布回答' },
  signInToAnswer: { en: 'Sign in to answer', 'zh-CN': '登录后回答' },
  closedNote: {
    en: 'This question is closed and takes no new answers.',
    'zh-CN': '该问题已关闭，不再接受新回答。',
  },
  isPending: {
    en: 'Only you and the moderators see this until it has been looked at.',
    'zh-CN': '审核通过之前，只有您和版主能看到此内容。',
  },
  none: { en: 'No questions here yet.', 'zh-CN': '这里还没有问题。' },
  noneLead: {
    en: 'Be the one who asks first: whoever finds it later will be glad.',
    'zh-CN': '来提第一个问题吧，后来的人会因此受益。',
  },
  orders: { en: 'Order of questions', 'zh-CN': '问题排序' },
  answerPages: { en: 'Pages of answers', 'zh-CN': '回答分页' },
  earlierAnswers: { en: 'Answers before', 'zh-CN': '上一页回答' },
  furtherAnswers: { en: 'Further answers', 'zh-CN': '下一页回答' },
  byTag: (tag: string) => ({ en: `Questions about ${tag}`, 'zh-CN': `关于“${tag}”的问题` }),
  answers: (count: string, n: number) => ({
    en: n === 1 ? '1 answer' : `${count} answers`,
    'zh-CN': `${count} 个回答`,
  }),
  votes: (count: string, n: number) => ({
    en: Math.abs(n) === 1 ? `${count} vote` : `${count} votes`,
    'zh-CN': `${count} 票`,
  }),
  asked: { en: 'asked', 'zh-CN': '提问于' },
  answered: { en: 'answered', 'zh-CN': '回答于' },
  edited: { en: 'edited', 'zh-CN': '编辑于' },
  accepted: { en: 'Accepted answer', 'zh-CN': '已采纳的回答' },
  accept: { en: 'Accept this answer', 'zh-CN': '采纳此回答' },
  unaccept: { en: 'Accept no longer', 'zh-CN': '取消采纳' },
  voteUp: { en: 'This is useful', 'zh-CN': '有用' },
  voteDown: { en: 'This is not useful', 'zh-CN': '没有用' },
} satisfies Texts;

/** Names of the orders in which questions are listed. */
export const questionOrderText = {
  newest: { en: 'Newest', 'zh-CN': '最新' },
  active: { en: 'Active', 'zh-CN': '活跃' },
  unanswered: { en: 'Unanswered', 'zh-CN': '待回答' },
  votes: { en: 'Most voted', 'zh-CN': '票数最多' },
} satisfies Texts;
