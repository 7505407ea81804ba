import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about meetings. */
export const meetingText = {
  noSuch: {
    en: 'There is no such meeting. Look for one in the list of meetings.',
    'zh-CN': '没有这次会议，请在会议列表中查找。',
  },
  isUnderWay: {
    en: 'This meeting has begun, and nobody new joins any more. Nothing was changed.',
    'zh-CN': '会议已经开始，不能再加入。未作任何更改。',
  },
  notInvited: {
    en: 'This meeting is for those with a seat in the committee. Nothing was changed.',
    'zh-CN': '本次会议仅限该委员会成员参加。未作任何更改。',
  },
  notOpen: {
    en: 'This meeting is not open now. Nothing was kept; what is said counts while it is open.',
    'zh-CN': '会议目前不在进行中。没有保存，只有会议期间的发言才会记录。',
  },
  notAttending: {
    en: 'You take no part in this meeting. Nothing was kept.',
    'zh-CN': '您没有参加本次会议。没有保存。',
  },
  holderAbsent: (handle: string) => ({
    en: `${handle} takes no part in this meeting. Nothing was changed; give your proxy to somebody who does.`,
    'zh-CN': `${handle} 没有参加本次会议。未作任何更改，请委托给参会成员。`,
  }),
  holdsProxy: {
    en: 'Others gave you their proxy, and a proxy is not handed on. Nothing was changed; ask them to take it back first.',
    'zh-CN': '已有成员委托您投票，委托不能转让。未作任何更改，请先让他们收回委托。',
  },
  noProxy: (handle: string) => ({
    en: `${handle} gave you no proxy. No vote was cast.`,
    'zh-CN': `${handle} 没有委托您投票。没有投票。`,
  }),
  pollClosed: {
    en: 'There is no such question, or it is closed. No vote was cast.',
    'zh-CN': '没有这个表决，或已结束。没有投票。',
  },
  wrongStep: {
    en: 'A meeting goes from available to open, to finished, to closed, each once. Nothing was changed.',
    'zh-CN': '会议只能依次从可加入到进行中、已结束、已归档。未作任何更改。',
  },
  isClosed: {
    en: 'This meeting is closed, and its minutes stand. Nothing was changed.',
    'zh-CN': '会议已归档，纪要不再更改。未作任何更改。',
  },
} satisfies Texts;

/** Headings of the record of a meeting, which is Markdown in the reader's language. */
export const recordText = {
  attendants: { en: 'Present', 'zh-CN': '参会人员' },
  proxies: { en: 'Proxies', 'zh-CN': '委托' },
  proxy: (giver: string, holder: string) => ({
    en: `${giver} by ${holder}`,
    'zh-CN': `${giver} 委托 ${holder}`,
  }),
  agenda: { en: 'Agenda', 'zh-CN': '议程' },
  polls: { en: 'Polls', 'zh-CN': '表决' },
  remarks: { en: 'Record', 'zh-CN': '发言记录' },
  minutes: { en: 'Minutes', 'zh-CN': '会议纪要' },
  nobody: { en: 'Nobody', 'zh-CN': '无' },
} satisfies Texts;

/** Words of the pages of meetings. */
export const meetingPageText = {
  title: { en: 'Meetings', 'zh-CN': '会议' },
  lead: { en: 'Agendas, proxies, polls and minutes.', 'zh-CN': '议程、委托、表决与纪要。' },
  none: { en: 'No meeting was called yet.', 'zh-CN': '还没有会议。' },
  noneHint: { en: 'Those with a seat call meetings.', 'zh-CN': '由委员会成员召集。' },
  available: { en: 'Open to join', 'zh-CN': '可加入' },
  open: { en: 'Under way', 'zh-CN': '进行中' },
  finished: { en: 'Finished', 'zh-CN': '已结束' },
  closed: { en: 'Closed', 'zh-CN': '已归档' },
  forAll: { en: 'All members', 'zh-CN': '全体成员' },
  call: { en: 'Call a meeting', 'zh-CN': '召集会议' },
  name: { en: 'Title', 'zh-CN': '标题' },
  startsAt: { en: 'Begins (UTC)', 'zh-CN': '开始时间（UTC）' },
  agenda: { en: 'Agenda', 'zh-CN': '议程' },
  join: { en: 'Take part', 'zh-CN': '参加' },
  leave: { en: 'Take no part', 'zh-CN': '取消参加' },
  attendants: { en: 'Present', 'zh-CN': '参会人员' },
  nobody: { en: 'Nobody yet.', 'zh-CN': '暂无。' },
  proxies: { en: 'Proxies', 'zh-CN': '委托' },
  giveProxy: { en: 'Give my proxy', 'zh-CN': '委托投票' },
  takeBack: { en: 'Take my proxy back', 'zh-CN': '收回委托' },
  handle: { en: 'Handle', 'zh-CN': '用户名' },
  begin: { en: 'Open the meeting', 'zh-CN': '开始会议' },
  finish: { en: 'Finish', 'zh-CN': '结束会议' },
  close: { en: 'Close with these minutes', 'zh-CN': '归档' },
  polls: { en: 'Polls', 'zh-CN': '表决' },
  question: { en: 'Question', 'zh-CN': '表决事项' },
  options: { en: 'Answers, one a line', 'zh-CN': '选项，每行一个' },
  ask: { en: 'Ask', 'zh-CN': '发起表决' },
  recordDecision: { en: 'Record as a decision', 'zh-CN': '记为决议' },
  endPoll: { en: 'End the poll', 'zh-CN': '结束表决' },
  votes: (count: string) => ({ en: `${count} votes`, 'zh-CN': `${count} 票` }),
  vote: { en: 'Vote', 'zh-CN': '投票' },
  voteAs: { en: 'For', 'zh-CN': '代表' },
  myself: { en: 'Myself', 'zh-CN': '本人' },
  record: { en: 'Record', 'zh-CN': '发言记录' },
  say: { en: 'Say', 'zh-CN': '发言' },
  words: { en: 'What you say', 'zh-CN': '发言内容' },
  minutes: { en: 'Minutes', 'zh-CN': '会议纪要' },
  save: { en: 'Save', 'zh-CN': '保存' },
  calendar: { en: 'Add to calendar', 'zh-CN': '添加到日历' },
  download: { en: 'Record as Markdown', 'zh-CN': '下载会议记录（Markdown）' },
} satisfies Texts;
