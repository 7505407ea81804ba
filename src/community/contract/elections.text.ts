import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about elections. */
export const electionText = {
  noSuch: {
    en: 'There is no such election. Look for one in the list of elections.',
    'zh-CN': '没有这次选举，请在选举列表中查找。',
  },
  inPast: {
    en: 'An election opens later than now. Nothing was saved; choose a moment to come.',
    'zh-CN': '选举的开始时间必须在此刻之后。没有保存，请选择将来的时间。',
  },
  nominationsOver: {
    en: 'The list of candidates is closed: voting has begun. Nothing was changed.',
    'zh-CN': '投票已经开始，候选人名单已确定。未作任何更改。',
  },
  notEligible: {
    en: 'You are not on the list of voters, which was written when the election was called. Nothing was changed.',
    'zh-CN': '您不在选民名单中，名单在发布选举时已确定。未作任何更改。',
  },
  notOpen: {
    en: 'This election is not open for voting now. No ballot was cast; look at its times.',
    'zh-CN': '这次选举目前不在投票期间。没有投出选票，请查看投票时间。',
  },
  hasVoted: {
    en: 'You have voted already, and your ballot is in the box. No second one was cast.',
    'zh-CN': '您已经投票，选票已在票箱中。没有再次投票。',
  },
  badBallot: {
    en: 'This ballot cannot be counted: it names somebody twice, or somebody who does not stand, or a figure too high. No ballot was cast; mark it again.',
    'zh-CN': '这张选票无法计票：同一候选人出现两次、候选人不存在，或分数超出范围。没有投出选票，请重新填写。',
  },
  isOver: {
    en: 'This election is counted or cancelled already. Nothing was changed.',
    'zh-CN': '这次选举已计票或已取消。未作任何更改。',
  },
  notCounted: {
    en: 'This election is not counted yet: nothing of its ballots is known before. Come back after its end.',
    'zh-CN': '这次选举尚未计票，计票前任何结果都不可见。请在投票结束后查看。',
  },
  fillsNothing: {
    en: 'This election fills no seats, or has filled them already. Nothing was changed.',
    'zh-CN': '这次选举不对应席位，或席位已就任。未作任何更改。',
  },
} satisfies Texts;

/** Words of the pages of elections. */
export const electionPageText = {
  title: { en: 'Elections', 'zh-CN': '选举' },
  lead: {
    en: 'Secret ballots, a receipt for each voter, and a file from which anybody can count again.',
    'zh-CN': '无记名投票，每位选民都有回执，任何人都可以用公开文件重新计票。',
  },
  none: { en: 'No election was called yet.', 'zh-CN': '还没有举行过选举。' },
  noneHint: { en: 'The board calls elections.', 'zh-CN': '选举由主席团发布。' },
  call: { en: 'Call an election', 'zh-CN': '发布选举' },
  callLead: {
    en: 'The list of voters is written now and never changed. Until it opens, those on the list may stand.',
    'zh-CN': '选民名单此刻生成，之后不再变更。投票开始前，名单中的成员可以参选。',
  },
  nominations: { en: 'Candidates wanted', 'zh-CN': '候选人报名' },
  open: { en: 'Open', 'zh-CN': '投票中' },
  closed: { en: 'Being counted', 'zh-CN': '计票中' },
  counted: { en: 'Counted', 'zh-CN': '已计票' },
  cancelled: { en: 'Cancelled', 'zh-CN': '已取消' },
  approval: { en: 'Approval', 'zh-CN': '赞成投票' },
  score: { en: 'Score', 'zh-CN': '评分投票' },
  stv: { en: 'Single transferable vote', 'zh-CN': '单记可让渡投票' },
  approvalHint: { en: 'Tick everybody you approve of.', 'zh-CN': '勾选所有您赞成的候选人。' },
  scoreHint: (most: string) => ({
    en: `Give each candidate 0 to ${most} points.`,
    'zh-CN': `给每位候选人打 0 至 ${most} 分。`,
  }),
  stvHint: {
    en: 'Write 1 beside your first choice, 2 beside the second, and so on as far as you like.',
    'zh-CN': '在第一选择旁填 1，第二选择旁填 2，依此类推，可以只填一部分。',
  },
  seats: (count: string) => ({ en: `${count} seats`, 'zh-CN': `${count} 个席位` }),
  times: (opens: string, closes: string) => ({
    en: `${opens} to ${closes}`,
    'zh-CN': `${opens} 至 ${closes}`,
  }),
  turnout: (voted: string, eligible: string) => ({
    en: `${voted} of ${eligible} have voted`,
    'zh-CN': `${eligible} 名选民中 ${voted} 人已投票`,
  }),
  whoVotes: (days: string, reputation: string) => ({
    en: `Members for at least ${days} days with a reputation of at least ${reputation}, when it was called.`,
    'zh-CN': `发布选举时加入满 ${days} 天、声望不低于 ${reputation} 的成员。`,
  }),
  voters: { en: 'Who votes', 'zh-CN': '选民资格' },
  candidates: { en: 'Candidates', 'zh-CN': '候选人' },
  noCandidates: { en: 'Nobody stands yet.', 'zh-CN': '还没有候选人。' },
  stand: { en: 'Stand', 'zh-CN': '参选' },
  statement: { en: 'What you stand for', 'zh-CN': '竞选宣言' },
  stepBack: { en: 'Stand no longer', 'zh-CN': '退出竞选' },
  ballot: { en: 'Your ballot', 'zh-CN': '您的选票' },
  cast: { en: 'Cast the ballot', 'zh-CN': '投票' },
  castOnce: {
    en: 'A ballot cannot be taken back. Nobody sees it before the end, and nobody ever sees whose it was.',
    'zh-CN': '投出后不能撤回。投票结束前没有人能看到内容，任何时候都没有人知道这是谁的选票。',
  },
  hasVoted: { en: 'You have voted.', 'zh-CN': '您已投票。' },
  notEligible: { en: 'You are not on the list of voters.', 'zh-CN': '您不在选民名单中。' },
  receipt: { en: 'Your receipt', 'zh-CN': '您的回执' },
  receiptHint: {
    en: 'Write it down; it is shown this once and kept nowhere. After the count you find your ballot under it.',
    'zh-CN': '请记下回执号，只显示这一次，系统不保存。计票后可以凭它找到您的选票。',
  },
  find: { en: 'Find my ballot', 'zh-CN': '查找我的选票' },
  found: (marks: string) => ({ en: `Counted as: ${marks}`, 'zh-CN': `计为：${marks}` }),
  notFound: { en: 'No ballot was counted under this receipt.', 'zh-CN': '没有以此回执计票的选票。' },
  result: { en: 'Result', 'zh-CN': '结果' },
  elected: { en: 'Elected', 'zh-CN': '当选' },
  quota: (quota: string) => ({ en: `Quota: ${quota}`, 'zh-CN': `当选票数：${quota}` }),
  tied: (names: string) => ({
    en: `Level: ${names}. The lot decided, drawn from all receipts; the file lets anybody draw it again.`,
    'zh-CN': `票数相同：${names}。由全部回执号产生的抽签决定，任何人都可以用公开文件重新验证。`,
  }),
  stage: { en: 'Stage', 'zh-CN': '轮次' },
  first: { en: 'First preferences', 'zh-CN': '第一选择' },
  surplus: (name: string) => ({ en: `Surplus of ${name}`, 'zh-CN': `${name} 的余票` }),
  exclusion: (name: string) => ({ en: `${name} excluded`, 'zh-CN': `淘汰 ${name}` }),
  nonTransferable: { en: 'Not transferable', 'zh-CN': '不可让渡' },
  file: { en: 'Ballots as a file', 'zh-CN': '下载选票文件' },
  recountHint: {
    en: 'Count again: elepherd community recount FILE',
    'zh-CN': '重新计票：elepherd community recount 文件',
  },
  recounted: { en: 'Counted again just now: the same.', 'zh-CN': '刚刚重新计票，结果一致。' },
  recountDiffers: (what: string) => ({
    en: `Counted again just now: not the same (${what}).`,
    'zh-CN': `刚刚重新计票，结果不一致（${what}）。`,
  }),
  unfinished: (count: string) => ({
    en: `${count} voters began and did not finish; their ballots are not here.`,
    'zh-CN': `${count} 名选民未完成投票，其选票不计入。`,
  }),
  seat: { en: 'Seat the winners', 'zh-CN': '当选者就任' },
  seated: { en: 'The winners hold their seats.', 'zh-CN': '当选者已就任。' },
  cancel: { en: 'Cancel the election', 'zh-CN': '取消选举' },
  name: { en: 'Title', 'zh-CN': '标题' },
  about: { en: 'What it is about', 'zh-CN': '说明' },
  method: { en: 'Method', 'zh-CN': '计票方法' },
  seatCount: { en: 'Seats', 'zh-CN': '席位数' },
  maxScore: { en: 'Most points (score)', 'zh-CN': '最高分（评分投票）' },
  fills: { en: 'Fills seats of', 'zh-CN': '对应委员会' },
  fillsNothing: { en: 'No committee', 'zh-CN': '不对应委员会' },
  office: { en: 'Office', 'zh-CN': '职务' },
  months: { en: 'Months', 'zh-CN': '任期（月）' },
  joinedDays: { en: 'Members for at least (days)', 'zh-CN': '加入天数不少于' },
  minReputation: { en: 'Reputation at least', 'zh-CN': '声望不低于' },
  opensAt: { en: 'Opens (UTC)', 'zh-CN': '投票开始（UTC）' },
  closesAt: { en: 'Closes (UTC)', 'zh-CN': '投票结束（UTC）' },
} satisfies Texts;
