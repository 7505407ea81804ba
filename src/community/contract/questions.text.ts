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
  noSuchComment: {
    en: 'There is no such comment, or it is not yours. Load the page again.',
    'zh-CN': '没有这条评论，或者它不是您写的。请刷新页面。',
  },
  noSuchCapsule: {
    en: 'This question has no capsule, or it is not yours to take away. Load the page again.',
    'zh-CN': '该问题没有附带环境快照，或者不是您可以移除的。请刷新页面。',
  },
  changedMeanwhile: {
    en: 'Somebody else has changed this meanwhile. Nothing was saved; copy your words, load the page again and put them in.',
    'zh-CN': '在您编辑期间，他人已修改了此内容。没有保存任何内容；请复制您的文字，刷新页面后重新填入。',
  },
  alreadyClosed: {
    en: 'This question is closed already. Nothing was changed.',
    'zh-CN': '该问题已经关闭。未作任何更改。',
  },
  notClosed: {
    en: 'This question is open already. Nothing was changed.',
    'zh-CN': '该问题本来就是开放的。未作任何更改。',
  },
  duplicateOfItself: {
    en: 'A question cannot be a duplicate of itself. Nothing was changed; give the number of the other question.',
    'zh-CN': '问题不能是自身的重复。未作任何更改，请填写另一个问题的编号。',
  },
  noSuchOther: {
    en: 'There is no public question with that number. Nothing was changed; look at its address.',
    'zh-CN': '没有该编号的公开问题。未作任何更改，请核对其网址中的编号。',
  },
  noSuchMember: {
    en: 'There is no such member to invite. Nothing was changed; check the name after the @.',
    'zh-CN': '没有可邀请的这位成员。未作任何更改，请核对 @ 后的用户名。',
  },
  enoughInvited: (atMost: number) => ({
    en: `${atMost} members have been invited to this question, which is enough. Nothing was changed.`,
    'zh-CN': `该问题已邀请了 ${atMost} 位成员，人数已足够。未作任何更改。`,
  }),
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
  active: { en: 'active', 'zh-CN': '活跃于' },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  suggestEdit: { en: 'Suggest an edit', 'zh-CN': '建议修改' },
  suggestLead: {
    en: 'Your change waits until reviewers have looked at it.',
    'zh-CN': '您的修改将在审阅通过后生效。',
  },
  noteField: { en: 'What you changed', 'zh-CN': '修改说明' },
  save: { en: 'Save', 'zh-CN': '保存' },
  curate: { en: 'Take into the FAQ', 'zh-CN': '收入常见问题' },
  similar: { en: 'Does one of these answer it?', 'zh-CN': '下面的问题是否已有您要的答案？' },
  bounty: { en: 'Bounty', 'zh-CN': '悬赏' },
  bountyWon: { en: 'Bounty won', 'zh-CN': '获得悬赏' },
  until: { en: 'until', 'zh-CN': '截止' },
  offerBounty: { en: 'Offer a bounty', 'zh-CN': '设立悬赏' },
  bountyAmount: { en: 'Reputation set aside', 'zh-CN': '悬赏声望' },
  bountyHint: {
    en: 'It is taken from you now. After seven days it goes to the best answer, or back to you.',
    'zh-CN': '声望会立即扣除；七天后归最佳回答所有，若无合适回答则退还给您。',
  },
  payBounty: (amount: string) => ({ en: `Give the bounty of ${amount}`, 'zh-CN': `授予悬赏 ${amount}` }),
  invited: { en: 'Invited to answer', 'zh-CN': '受邀回答' },
  invite: { en: 'Invite an expert', 'zh-CN': '邀请专家回答' },
  inviteField: { en: 'User name', 'zh-CN': '用户名' },
  notYet: { en: 'has not answered yet', 'zh-CN': '尚未回答' },
  answeredAfter: (duration: string) => ({ en: `answered after ${duration}`, 'zh-CN': `${duration}后回答` }),
  tools: { en: 'What you can do', 'zh-CN': '您可以' },
  close: { en: 'Close the question', 'zh-CN': '关闭问题' },
  closeReason: { en: 'Reason', 'zh-CN': '原因' },
  duplicateField: { en: 'The question it repeats', 'zh-CN': '重复的原问题' },
  duplicateHint: {
    en: 'Its number, for a duplicate only.',
    'zh-CN': '仅在原因为“重复”时填写其编号。',
  },
  reopen: { en: 'Open it again', 'zh-CN': '重新开放' },
  capsule: { en: 'Capsule', 'zh-CN': '环境快照' },
  openCapsule: { en: 'Schema, settings and plan', 'zh-CN': '表结构、参数与执行计划' },
  attachCapsule: { en: 'Attach schema, settings and plan', 'zh-CN': '附上表结构、参数与执行计划' },
  capsuleLead: {
    en: 'Paste them as they are: every value, comment and name of yours is taken out before anything is stored. Look at what would be kept first.',
    'zh-CN': '请直接粘贴：保存之前会去除所有数值、注释以及您自己的名称。可先预览将要保存的内容。',
  },
  capsuleSchema: { en: 'Table definitions', 'zh-CN': '表结构' },
  capsuleSettings: { en: 'Settings', 'zh-CN': '参数设置' },
  capsulePlan: { en: 'Plan (EXPLAIN)', 'zh-CN': '执行计划（EXPLAIN）' },
  capsuleKept: { en: 'What would be kept', 'zh-CN': '将要保存的内容' },
  capsulePreview: { en: 'Show what would be kept', 'zh-CN': '预览' },
  capsuleAttach: { en: 'Attach', 'zh-CN': '附加' },
  capsuleRemove: { en: 'Remove', 'zh-CN': '移除' },
  back: { en: 'Back to the question', 'zh-CN': '返回问题' },
  board: { en: 'First answers', 'zh-CN': '首次回答用时' },
  boardWaiting: { en: 'wait longer than a day', 'zh-CN': '等待超过一天' },
  boardWeek: { en: 'Week of', 'zh-CN': '周' },
  boardAnswered: { en: 'Answered', 'zh-CN': '已回答' },
  boardMedian: { en: 'Median', 'zh-CN': '中位数' },
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

/** Why a question is closed. */
export const closeReasonText = {
  duplicate: { en: 'It repeats another question.', 'zh-CN': '与其他问题重复。' },
  'off-topic': { en: 'It is not about PostgreSQL.', 'zh-CN': '与 PostgreSQL 无关。' },
  unclear: { en: 'It is not clear what is asked.', 'zh-CN': '问题不清楚。' },
  spam: { en: 'It is an advertisement.', 'zh-CN': '属于广告。' },
  resolved: { en: 'It has been resolved otherwise.', 'zh-CN': '已通过其他方式解决。' },
} satisfies Texts;
