import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about committees. */
export const committeeText = {
  noSuch: {
    en: 'There is no such committee. Look for one in the list of committees.',
    'zh-CN': '没有这个委员会，请在委员会列表中查找。',
  },
  notChair: {
    en: 'Only the chair of this committee, or the board, fills its seats. Nothing was changed.',
    'zh-CN': '只有该委员会主任或主席团可以任命席位。未作任何更改。',
  },
  boardOnly: {
    en: 'Seats of the board are filled by an election, or by those who run this site. Nothing was changed.',
    'zh-CN': '主席团的席位由选举产生，或由本站运营方任命。未作任何更改。',
  },
  notYourself: {
    en: 'Nobody gives a seat to themselves. Nothing was changed; somebody else has to.',
    'zh-CN': '不能任命自己。未作任何更改，须由他人任命。',
  },
  hasSeat: {
    en: 'This member holds a seat there in that time already. Nothing was changed; end it first, or begin later.',
    'zh-CN': '该成员在这段时间内已有席位。未作任何更改，请先结束现有任期，或推迟开始日期。',
  },
  hasChair: {
    en: 'There is a chair in that time already, and a committee never has two. Nothing was changed; end that seat first, or begin later.',
    'zh-CN': '这段时间内已有主任，一个委员会不能同时有两位。未作任何更改，请先结束该任期，或推迟开始日期。',
  },
  noSuchSeat: {
    en: 'There is no such seat, or it has ended. Nothing was changed.',
    'zh-CN': '没有这个席位，或任期已结束。未作任何更改。',
  },
  noSeat: {
    en: 'You hold no seat in this committee at the moment. Nothing was changed; ask somebody who does.',
    'zh-CN': '您目前在该委员会没有席位。未作任何更改，请联系该委员会成员。',
  },
  holdsNoSeat: (handle: string) => ({
    en: `${handle} holds no seat in this committee. Nothing was changed; name somebody who does.`,
    'zh-CN': `${handle} 在该委员会没有席位。未作任何更改，请指定该委员会成员。`,
  }),
  noSuchMatter: {
    en: 'There is no such matter, or it is closed already. Nothing was changed.',
    'zh-CN': '没有这个事项，或已办结。未作任何更改。',
  },
  tooManyMatters: (count: number) => ({
    en: `${count} matters of yours wait already. Nothing was saved; wait until one is closed.`,
    'zh-CN': `您已有 ${count} 个事项待处理。没有保存，请等待其中一项办结。`,
  }),
} satisfies Texts;

/** What members are told by committees. */
export const committeeNoticeText = {
  seat: (committee: Text): Text => ({
    en: `You were given a seat: ${committee.en}`,
    'zh-CN': `您获得了席位：${committee['zh-CN']}`,
  }),
  matterDone: { en: 'A committee has done what you asked for', 'zh-CN': '委员会已办结您提交的事项' },
  matterDeclined: { en: 'A committee declined what you asked for', 'zh-CN': '委员会未受理您提交的事项' },
} satisfies Texts;

/** Words of the pages of committees. */
export const committeePageText = {
  title: { en: 'Committees', 'zh-CN': '委员会' },
  lead: {
    en: 'Who governs the community, until when, and what lies before them.',
    'zh-CN': '社区由谁管理、任期到何时、正在处理什么。',
  },
  committee: { en: 'Committee', 'zh-CN': '委员会' },
  chair: { en: 'Chair', 'zh-CN': '主任' },
  deputy: { en: 'Deputy', 'zh-CN': '副主任' },
  member: { en: 'Member', 'zh-CN': '委员' },
  boardChair: { en: 'Chair', 'zh-CN': '主席' },
  boardDeputy: { en: 'Deputy chair', 'zh-CN': '副主席' },
  seats: { en: 'Seats', 'zh-CN': '现任' },
  until: (day: string) => ({ en: `until ${day}`, 'zh-CN': `任期至 ${day}` }),
  from: (day: string) => ({ en: `from ${day}`, 'zh-CN': `自 ${day} 起` }),
  between: (from: string, until: string) => ({ en: `${from} to ${until}`, 'zh-CN': `${from} 至 ${until}` }),
  vacant: { en: 'Nobody holds a seat yet', 'zh-CN': '席位空缺' },
  vacantHint: { en: 'Apply to join the core group.', 'zh-CN': '欢迎申请加入核心组。' },
  later: { en: 'Begin later', 'zh-CN': '即将就任' },
  past: { en: 'Held before', 'zh-CN': '历任' },
  appointed: { en: 'appointed', 'zh-CN': '任命' },
  applied: { en: 'by application', 'zh-CN': '申请加入' },
  elected: { en: 'elected', 'zh-CN': '选举产生' },
  permits: { en: 'What a seat permits', 'zh-CN': '席位权限' },
  permitsHint: {
    en: 'Each ends with the seat, at that very moment.',
    'zh-CN': '权限随任期开始，任期结束即刻失效。',
  },
  permitsNothing: { en: 'Nothing beyond the queue and the plan.', 'zh-CN': '除事项与计划外没有其他权限。' },
  measures: { en: 'This year', 'zh-CN': '本年度' },
  measuresHint: { en: 'Counted from the rows at this moment.', 'zh-CN': '由数据实时统计。' },
  queue: { en: 'Queue', 'zh-CN': '事项' },
  openMatters: (count: string) => ({ en: `${count} open`, 'zh-CN': `${count} 项待办` }),
  calendar: { en: 'Calendar', 'zh-CN': '日历' },
  subscribe: { en: 'Subscribe (iCal)', 'zh-CN': '订阅日历' },
  plan: { en: 'Plan of the year', 'zh-CN': '年度计划' },
  apply: { en: 'Apply to join', 'zh-CN': '申请加入' },
  hasApplied: { en: 'You have applied; the committee votes.', 'zh-CN': '您已申请，委员会正在表决。' },
  fill: { en: 'Fill a seat', 'zh-CN': '任命席位' },
  handle: { en: 'Handle', 'zh-CN': '用户名' },
  office: { en: 'Office', 'zh-CN': '职务' },
  fromDay: { en: 'From', 'zh-CN': '开始日期' },
  fromHint: { en: 'Empty: at once.', 'zh-CN': '留空表示立即开始。' },
  months: { en: 'Months', 'zh-CN': '任期（月）' },
  end: { en: 'End', 'zh-CN': '结束任期' },
  stepDown: { en: 'Step down', 'zh-CN': '辞去席位' },
  waits: { en: 'Waits elsewhere', 'zh-CN': '其他待办' },
  organisations: { en: 'Organisations to verify', 'zh-CN': '待认证机构' },
  offerings: { en: 'Products and services to review', 'zh-CN': '待审核的产品与服务' },
  experts: { en: 'Applications as an expert', 'zh-CN': '专家申请' },
  'campus-chapters': { en: 'Chapters on campus', 'zh-CN': '校园分会申请' },
  chapters: { en: 'Chapters to approve', 'zh-CN': '待批准的分会' },
  reviews: { en: 'Writings to look at', 'zh-CN': '待审核的内容' },
  applications: { en: 'Applications to join', 'zh-CN': '加入申请' },
  nothing: { en: 'Nothing lies before this committee.', 'zh-CN': '没有待办事项。' },
  nothingHint: { en: 'Bring something before it.', 'zh-CN': '可以提交一个事项。' },
  file: { en: 'Bring something before the committee', 'zh-CN': '提交事项' },
  matterTitle: { en: 'What is it about?', 'zh-CN': '标题' },
  matterWords: { en: 'Details', 'zh-CN': '详细说明' },
  send: { en: 'Send', 'zh-CN': '提交' },
  filed: (name: string) => ({ en: `by ${name}`, 'zh-CN': `${name} 提交` }),
  seesTo: { en: 'Sees to it', 'zh-CN': '负责人' },
  assign: { en: 'Assign', 'zh-CN': '指派' },
  answer: { en: 'Answer', 'zh-CN': '答复' },
  done: { en: 'Done', 'zh-CN': '办结' },
  declined: { en: 'Declined', 'zh-CN': '不予受理' },
  open: { en: 'Open', 'zh-CN': '待办' },
  decline: { en: 'Decline', 'zh-CN': '不受理' },
} satisfies Texts;
