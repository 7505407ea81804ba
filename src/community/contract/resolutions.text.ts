import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about resolutions. */
export const resolutionText = {
  noSuch: {
    en: 'There is no such resolution. Look for one in the decision log.',
    'zh-CN': '没有这项决议，请在决议记录中查找。',
  },
  noSuchMeeting: {
    en: 'There is no such meeting of this committee. Nothing was saved; name another or none.',
    'zh-CN': '该委员会没有这次会议。没有保存，请填写其他会议或留空。',
  },
  noSuchPoll: {
    en: 'There is no such poll of this committee that has ended. Nothing was saved; end it first, or name another.',
    'zh-CN': '该委员会没有这项已结束的表决。没有保存，请先结束表决或填写其他表决。',
  },
  noSuchOption: {
    en: 'The poll has no such options, or one stands for both. Nothing was saved; say which was adopted and which means to abstain.',
    'zh-CN': '表决没有这些选项，或同一选项重复。没有保存，请选择通过的选项和表示弃权的选项。',
  },
  noSuchElection: {
    en: 'There is no such counted election that is this committee’s. Nothing was saved; its number stands in its address.',
    'zh-CN': '没有属于该委员会的这次已计票选举。没有保存，编号见选举网址。',
  },
  votesTwice: {
    en: 'The votes come from one poll or one election, or are typed. Nothing was saved; leave the others empty.',
    'zh-CN': '票数只能来自一项表决、一次选举或手工填写。没有保存，请将其余留空。',
  },
} satisfies Texts;

/** Words of the decision log. */
export const resolutionPageText = {
  title: { en: 'Decisions', 'zh-CN': '决议' },
  lead: {
    en: 'What was decided, by which votes, who sees to it, and what became of it. Nothing here is ever changed.',
    'zh-CN': '决定了什么、表决结果、由谁负责、后续如何。决议内容永不更改。',
  },
  none: { en: 'Nothing was decided yet.', 'zh-CN': '还没有决议。' },
  noneHint: { en: 'Committees record what they decide.', 'zh-CN': '由各委员会记录。' },
  record: { en: 'Record a decision', 'zh-CN': '记录决议' },
  name: { en: 'Title', 'zh-CN': '标题' },
  text: { en: 'What was decided', 'zh-CN': '决议内容' },
  decidedOn: { en: 'Decided on', 'zh-CN': '决议日期' },
  yes: { en: 'Yes', 'zh-CN': '赞成' },
  no: { en: 'No', 'zh-CN': '反对' },
  abstain: { en: 'Abstain', 'zh-CN': '弃权' },
  votes: (yes: string, no: string, abstain: string) => ({
    en: `${yes} yes, ${no} no, ${abstain} abstained`,
    'zh-CN': `赞成 ${yes}，反对 ${no}，弃权 ${abstain}`,
  }),
  ballots: (given: string, blank: string) => ({
    en: `${given} ballots, ${blank} blank`,
    'zh-CN': `有效选票 ${given}，空白票 ${blank}`,
  }),
  byPoll: (question: string) => ({ en: `Poll: ${question}`, 'zh-CN': `表决：${question}` }),
  adopted: { en: 'Adopted', 'zh-CN': '通过的选项' },
  abstaining: { en: 'Means to abstain', 'zh-CN': '表示弃权的选项' },
  noOption: { en: 'None', 'zh-CN': '无' },
  election: { en: 'Election (number)', 'zh-CN': '选举（编号）' },
  electionHint: { en: 'Its ballots are the votes.', 'zh-CN': '票数取自该选举。' },
  pollHint: {
    en: 'The votes are taken from the poll; every other option counts against.',
    'zh-CN': '票数取自表决，其余选项计为反对。',
  },
  owner: { en: 'Sees to it (handle)', 'zh-CN': '负责人（用户名）' },
  dueOn: { en: 'Due on', 'zh-CN': '完成期限' },
  due: (day: string) => ({ en: `due ${day}`, 'zh-CN': `期限 ${day}` }),
  late: { en: 'Late', 'zh-CN': '逾期' },
  meeting: { en: 'Meeting (number)', 'zh-CN': '会议（编号）' },
  open: { en: 'Open', 'zh-CN': '进行中' },
  done: { en: 'Done', 'zh-CN': '已完成' },
  dropped: { en: 'Dropped', 'zh-CN': '已放弃' },
  followUp: { en: 'What became of it', 'zh-CN': '后续进展' },
  save: { en: 'Save', 'zh-CN': '保存' },
} satisfies Texts;
