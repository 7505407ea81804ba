import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { Strength, Wish, WishState } from './wishes.ts';

/** Refusals around wishes. */
export const wishText = {
  noSuchWish: {
    en: 'There is no such wish. Look for it on the wish wall.',
    'zh-CN': '没有这条愿望。请在许愿墙上查找。',
  },
  noSuchVendor: (slug: string) => ({
    en: `There is no verified organisation ${slug}. Nothing was saved; choose one from the list of organisations.`,
    'zh-CN': `没有已认证的机构 ${slug}。没有保存任何内容，请从机构列表中选择。`,
  }),
  noVoteLeft: (budget: number) => ({
    en: `All your ${budget} votes are on wishes that are still open. Take one back, or wait until one of them is closed.`,
    'zh-CN': `您的 ${budget} 票都投在了尚未结束的愿望上。请收回一票，或等其中一条结束。`,
  }),
  isClosed: {
    en: 'This wish is closed. Nothing was changed.',
    'zh-CN': '这条愿望已经结束。没有做任何改动。',
  },
  customerVoted: (customer: string) => ({
    en: `A vote of ${customer} was recorded before. Nothing was changed.`,
    'zh-CN': `此前已经代 ${customer} 投过票。没有做任何改动。`,
  }),
  notFromHere: {
    en: 'A wish does not go there from where it stands. Nothing was changed.',
    'zh-CN': '这条愿望不能从当前状态转到那里。没有做任何改动。',
  },
  notIntoItself: {
    en: 'A wish is not a duplicate of itself. Name another one.',
    'zh-CN': '一条愿望不能与自己重复。请填写另一条。',
  },
  takesNoComment: {
    en: 'This wish takes no comments: it waits for a look, or is part of another one. Nothing was said.',
    'zh-CN': '这条愿望暂不接受评论：正在等待审核，或已并入另一条愿望。评论未发布。',
  },
  isDuplicate: {
    en: 'One of them is a duplicate already. Name the wish that it is a duplicate of.',
    'zh-CN': '其中一条已经是重复的愿望。请填写它所重复的那一条。',
  },
  notAcrossPrivacy: {
    en: 'A private wish and a public one are not merged: somebody would learn what is not theirs. Nothing was changed.',
    'zh-CN': '私密愿望与公开愿望不能合并，否则会泄露内容。没有做任何改动。',
  },
  dayIsPast: {
    en: 'The day must be one to come. Nothing was saved.',
    'zh-CN': '日期必须在今天之后。没有保存任何内容。',
  },
  isClaimed: {
    en: 'Your organisation gave its word on this wish before, and a day once given stands. Nothing was changed.',
    'zh-CN': '贵机构此前已经认领过这条愿望，承诺的日期不能更改。没有做任何改动。',
  },
  noSuchClaim: {
    en: 'Your organisation has not claimed this wish, or no longer.',
    'zh-CN': '贵机构没有认领这条愿望，或已不再认领。',
  },
  notYoursToDeliver: {
    en: 'Only an organisation that claimed the wish, or those who look after wishes, say what delivers it. Nothing was changed.',
    'zh-CN': '只有认领了这条愿望的机构或愿望管理员可以登记交付物。没有做任何改动。',
  },
  testIsPublic: {
    en: 'A private wish carries no test: what runs is shown to everybody. Nothing was saved; leave the test out, or make the wish public.',
    'zh-CN': '私密愿望不能附带测试，因为测试及结果对所有人公开。没有保存任何内容，请去掉测试或公开愿望。',
  },
  notYoursToTest: {
    en: 'Only its author, or those who look after wishes, change the test of a wish. Nothing was changed.',
    'zh-CN': '只有作者或愿望管理员可以修改愿望的测试。没有做任何改动。',
  },
  notToPraise: {
    en: 'Only a public wish that is on the wall is found excellent. Nothing was changed.',
    'zh-CN': '只有已上墙的公开愿望可以评为优秀。没有做任何改动。',
  },
  ownPraise: {
    en: 'Nobody finds their own wish excellent. Nothing was changed; ask somebody else who looks after wishes.',
    'zh-CN': '不能将自己的愿望评为优秀。没有做任何改动，请由其他愿望管理员评定。',
  },
} satisfies Texts;

/** Sentences of notices, by the state that a wish entered. */
export const wishNoticeText = {
  pending: { en: 'A wish waits for a look', 'zh-CN': '一条愿望正在等待审核' },
  open: { en: 'A wish of yours is open', 'zh-CN': '您关注的愿望已开放' },
  planned: { en: 'A wish of yours is planned', 'zh-CN': '您关注的愿望已列入计划' },
  started: { en: 'A wish of yours is under way', 'zh-CN': '您关注的愿望已开始实现' },
  delivered: { en: 'A wish of yours came true', 'zh-CN': '您关注的愿望已经实现' },
  declined: { en: 'A wish of yours was declined', 'zh-CN': '您关注的愿望未被采纳' },
  duplicate: {
    en: 'A wish of yours was merged with another; your vote went along',
    'zh-CN': '您关注的愿望已与另一条合并，您的票一并转移',
  },
  addressed: { en: 'Somebody wishes something from your organisation', 'zh-CN': '有人向贵机构许愿' },
  excellent: { en: 'A wish of yours was found excellent', 'zh-CN': '您的愿望被评为优秀' },
  trueOn: (major: number) => ({
    en: `A wish of yours is true on PostgreSQL ${major}: its test passes`,
    'zh-CN': `您关注的愿望在 PostgreSQL ${major} 上已经成真：测试通过`,
  }),
} satisfies Record<WishState | 'addressed' | 'excellent', Text> & Texts;

export const wishStateText = {
  pending: { en: 'Waiting for a look', 'zh-CN': '待审核' },
  open: { en: 'Open', 'zh-CN': '征集中' },
  planned: { en: 'Planned', 'zh-CN': '已计划' },
  started: { en: 'Under way', 'zh-CN': '进行中' },
  delivered: { en: 'Delivered', 'zh-CN': '已实现' },
  declined: { en: 'Declined', 'zh-CN': '未采纳' },
  duplicate: { en: 'Duplicate', 'zh-CN': '重复' },
} satisfies Record<WishState, Text>;

export const strengthText = {
  must: { en: 'Must have: used as soon as it is there', 'zh-CN': '必须：有就一定用' },
  nice: { en: 'Nice to have: done without', 'zh-CN': '最好：没有也能将就' },
} satisfies Record<Strength, Text>;

export const claimOutcomeText = {
  open: { en: 'Promised', 'zh-CN': '已承诺' },
  kept: { en: 'Kept', 'zh-CN': '如期兑现' },
  late: { en: 'Came late', 'zh-CN': '逾期兑现' },
  missed: { en: 'Missed', 'zh-CN': '未兑现' },
  withdrawn: { en: 'Withdrawn in time', 'zh-CN': '已提前撤回' },
} satisfies Record<Wish['claims'][number]['outcome'], Text>;

/** Words of the pages of the wish wall. */
export const wishPageText = {
  title: { en: 'Wish wall', 'zh-CN': '许愿墙' },
  lead: {
    en: 'What PostgreSQL and the products around it should do, by those who need it. Vendors say by when.',
    'zh-CN': '希望 PostgreSQL 及其周边产品做到的事，由真正需要的人提出，由厂商承诺交付日期。',
  },
  make: { en: 'Make a wish', 'zh-CN': '我要许愿' },
  makeLead: {
    en: 'Say what you need and which problem it solves: the more clearly, the sooner somebody builds it.',
    'zh-CN': '说清楚需要什么、解决什么问题，越具体越容易被实现。',
  },
  none: { en: 'No wish fits.', 'zh-CN': '没有符合条件的愿望。' },
  noneHint: { en: 'Ask for less, or be the first to make one.', 'zh-CN': '请放宽条件，或者第一个许愿。' },
  living: { en: 'Open', 'zh-CN': '进行中' },
  delivered: { en: 'Delivered', 'zh-CN': '已实现' },
  all: { en: 'All', 'zh-CN': '全部' },
  mine: { en: 'Mine', 'zh-CN': '我的' },
  addressed: { en: 'To my organisations', 'zh-CN': '给我机构的' },
  scopes: { en: 'Which wishes', 'zh-CN': '查看哪些愿望' },
  findField: { en: 'Words', 'zh-CN': '关键词' },
  sortField: { en: 'Order', 'zh-CN': '排序' },
  byVotes: { en: 'Most votes', 'zh-CN': '票数最多' },
  byWeight: { en: 'Most weight', 'zh-CN': '权重最高' },
  byAge: { en: 'Newest', 'zh-CN': '最新' },
  find: { en: 'Find', 'zh-CN': '查找' },
  roadmap: { en: 'Roadmap', 'zh-CN': '路线图' },
  changelog: { en: 'What came true', 'zh-CN': '已实现的愿望' },
  votes: (count: number, shown: string) => ({
    en: count === 1 ? '1 vote' : `${shown} votes`,
    'zh-CN': `${shown} 票`,
  }),
  mustVotes: (shown: string) => ({ en: `${shown} must have it`, 'zh-CN': `其中 ${shown} 票为必须` }),
  weight: (shown: string) => ({ en: `weight ${shown}`, 'zh-CN': `权重 ${shown}` }),
  due: (day: string) => ({ en: `promised for ${day}`, 'zh-CN': `承诺 ${day} 交付` }),
  private: { en: 'Private', 'zh-CN': '私密' },
  excellent: { en: 'Excellent wish', 'zh-CN': '优秀愿望' },
  titleField: { en: 'The wish in one sentence', 'zh-CN': '用一句话说明愿望' },
  similar: {
    en: 'Others wish something like it: vote there instead',
    'zh-CN': '已有相近的愿望，可以直接投票：',
  },
  capabilityField: { en: 'What should it do?', 'zh-CN': '期望的功能' },
  problemField: { en: 'Which problem does it solve?', 'zh-CN': '解决什么问题' },
  strengthField: { en: 'How much does it matter?', 'zh-CN': '期望程度' },
  detailsTitle: { en: 'Where you come from (optional)', 'zh-CN': '背景（选填）' },
  companyField: { en: 'Company', 'zh-CN': '企业名称' },
  sizeField: { en: 'Size of the database', 'zh-CN': '数据库规模' },
  logicField: { en: 'Business logic', 'zh-CN': '业务逻辑' },
  businessPainsField: { en: 'Pains of the business', 'zh-CN': '业务痛点' },
  databasePainsField: { en: 'Pains with the database', 'zh-CN': '数据库痛点' },
  seenTitle: { en: 'Who sees it', 'zh-CN': '谁能看到' },
  vendorsField: { en: 'Vendors it is addressed to', 'zh-CN': '指定的厂商' },
  vendorsHint: {
    en: 'Their names in addresses, such as example-cloud, with spaces between. They are told.',
    'zh-CN': '填写机构网址中的名称，例如 example-cloud，用空格分隔；会通知对方。',
  },
  privateField: {
    en: 'Private: only I, these vendors and those who look after wishes see it',
    'zh-CN': '私密：仅本人、指定厂商和愿望管理员可见',
  },
  hideField: {
    en: 'Public, but the background is seen only by those',
    'zh-CN': '公开，但背景信息仅上述人员可见',
  },
  send: { en: 'Put it on the wall', 'zh-CN': '贴上许愿墙' },
  hidden: {
    en: 'The author shows the background only to the vendors named.',
    'zh-CN': '作者仅向指定厂商公开背景信息。',
  },
  voteTitle: { en: 'Do you need it too?', 'zh-CN': '您也需要吗？' },
  voteMust: { en: 'I must have it', 'zh-CN': '必须有' },
  voteNice: { en: 'Nice to have', 'zh-CN': '最好有' },
  takeBack: { en: 'Take my vote back', 'zh-CN': '收回我的票' },
  votesLeft: (count: number) => ({
    en: count === 1 ? 'One vote left.' : `${count} votes left.`,
    'zh-CN': `还剩 ${count} 票。`,
  }),
  votesReturn: {
    en: 'Votes return when a wish is closed.',
    'zh-CN': '愿望结束后，票会自动退回。',
  },
  signInToVote: { en: 'Sign in to vote', 'zh-CN': '登录后投票' },
  formulaTitle: { en: 'What a vote weighs', 'zh-CN': '票的权重如何计算' },
  level: (level: string) => ({ en: `Level ${level}`, 'zh-CN': `${level} 级` }),
  customerVotes: { en: 'Votes for customers', 'zh-CN': '代客户投的票' },
  recordedBy: { en: 'recorded by', 'zh-CN': '登记人' },
  history: { en: 'History', 'zh-CN': '进展' },
  claims: { en: 'Who delivers it', 'zh-CN': '谁来实现' },
  noClaims: { en: 'Nobody has claimed it yet.', 'zh-CN': '尚无厂商认领。' },
  byDay: (day: string) => ({ en: `by ${day}`, 'zh-CN': `${day} 前` }),
  keepRate: (kept: number, due: number) => ({
    en: due === 0 ? 'first promise' : `kept ${kept} of ${due}`,
    'zh-CN': due === 0 ? '首次承诺' : `${due} 次承诺兑现 ${kept} 次`,
  }),
  claim: { en: 'Claim it', 'zh-CN': '认领' },
  claimFor: { en: 'For', 'zh-CN': '代表机构' },
  dueField: { en: 'Delivered by', 'zh-CN': '交付日期' },
  claimHint: {
    en: 'The day is public and cannot be moved; how many you keep is shown beside it.',
    'zh-CN': '日期会公开且不能更改，兑现率会显示在旁边。',
  },
  noteField: { en: 'Note', 'zh-CN': '说明' },
  withdraw: { en: 'Take our word back', 'zh-CN': '撤回承诺' },
  deliveredBy: { en: 'Delivered by', 'zh-CN': '由此实现' },
  comesWith: { en: 'Comes with', 'zh-CN': '将随此实现' },
  duplicateOf: { en: 'The same wish:', 'zh-CN': '相同的愿望：' },
  manage: { en: 'Look after this wish', 'zh-CN': '管理这条愿望' },
  stateField: { en: 'State', 'zh-CN': '状态' },
  move: { en: 'Move', 'zh-CN': '更改状态' },
  mergeField: { en: 'Number of the same wish', 'zh-CN': '相同愿望的编号' },
  merge: { en: 'Merge', 'zh-CN': '合并' },
  customerField: { en: 'Customer', 'zh-CN': '客户' },
  evidenceField: { en: 'What shows it', 'zh-CN': '依据' },
  recordVote: { en: 'Record the vote', 'zh-CN': '登记这一票' },
  testTitle: { en: 'Test', 'zh-CN': '测试' },
  testField: { en: 'A SQL test that fails today (optional)', 'zh-CN': '目前不能通过的 SQL 测试（选填）' },
  testHint: {
    en: 'It runs by itself on each new version of PostgreSQL. It passes when nothing is refused and the last statement does not give false.',
    'zh-CN': '每当 PostgreSQL 有新版本时自动运行。没有报错且最后一条语句的结果不为 false 即为通过。',
  },
  trueOn: (major: number) => ({ en: `true on ${major}`, 'zh-CN': `在 ${major} 上已成真` }),
  notYetTrue: { en: 'Not true on any version yet.', 'zh-CN': '尚未在任何版本上成真。' },
  testWaits: {
    en: 'It has not run yet: it waits for a server, or for somebody who looks after wishes to admit it.',
    'zh-CN': '尚未运行：正在等待服务器，或等待愿望管理员准许。',
  },
  passesOn: (version: string) => ({ en: `passes on ${version}`, 'zh-CN': `在 ${version} 上通过` }),
  failsOn: (version: string) => ({ en: `fails on ${version}`, 'zh-CN': `在 ${version} 上未通过` }),
  changeTest: { en: 'Change the test', 'zh-CN': '修改测试' },
  saveTest: { en: 'Save and run', 'zh-CN': '保存并运行' },
  praise: { en: 'Find it excellent', 'zh-CN': '评为优秀' },
  praiseBack: { en: 'Not excellent after all', 'zh-CN': '撤销优秀' },
  deliverTitle: { en: 'What delivers it', 'zh-CN': '登记交付物' },
  kindField: { en: 'Kind', 'zh-CN': '类别' },
  kindPostgresql: { en: 'PostgreSQL', 'zh-CN': 'PostgreSQL' },
  kindProduct: { en: 'A product', 'zh-CN': '产品' },
  kindExtension: { en: 'An extension', 'zh-CN': '扩展' },
  nameField: { en: 'Name', 'zh-CN': '名称' },
  urlField: { en: 'Address', 'zh-CN': '网址' },
  majorField: { en: 'PostgreSQL version', 'zh-CN': 'PostgreSQL 版本' },
  organisationField: { en: 'Organisation', 'zh-CN': '机构' },
  deliver: { en: 'Link it', 'zh-CN': '登记' },
  roadmapLead: {
    en: 'What is planned, what is under way, and what came true.',
    'zh-CN': '已计划、进行中和已实现的愿望。',
  },
  median: (days: string, state: string) => ({
    en: `${days} days is the median in “${state}”`,
    'zh-CN': `“${state}”的中位时长为 ${days} 天`,
  }),
  nothingHere: { en: 'Nothing at the moment.', 'zh-CN': '暂无。' },
} satisfies Texts;
