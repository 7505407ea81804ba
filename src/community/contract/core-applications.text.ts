import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about applications to the core group. */
export const applicationText = {
  noSuch: {
    en: 'There is no such application among those you may see. Nothing was changed.',
    'zh-CN': '没有这份申请，或您无权查看。未作任何更改。',
  },
  boardIsElected: {
    en: 'The board is elected. Nothing was saved; apply to a committee, or stand in the next election.',
    'zh-CN': '主席团由选举产生。没有保存，请向某个委员会申请，或参加下一次选举。',
  },
  hasSeat: {
    en: 'You hold a seat in this committee already. Nothing was saved.',
    'zh-CN': '您已是该委员会成员。没有保存。',
  },
  hasApplied: {
    en: 'You have applied to this committee already. Nothing was saved; wait for its vote, or withdraw the first.',
    'zh-CN': '您已向该委员会申请。没有保存，请等待表决，或先撤回之前的申请。',
  },
  isDecided: {
    en: 'This application is decided already. Your vote was not counted.',
    'zh-CN': '这份申请已有结果，您的表决未计入。',
  },
  notElector: {
    en: 'You hold no seat that votes on this application. Your vote was not counted.',
    'zh-CN': '您没有表决该申请的席位，您的表决未计入。',
  },
} satisfies Texts;

/** What is told of applications. */
export const applicationNoticeText = {
  applied: (committee: Text): Text => ({
    en: `Somebody applied to join: ${committee.en}. Please vote.`,
    'zh-CN': `有人申请加入${committee['zh-CN']}，请表决。`,
  }),
  accepted: { en: 'Your application was accepted; the seat is yours', 'zh-CN': '您的申请已通过，席位已生效' },
  refused: { en: 'Your application was not accepted', 'zh-CN': '您的申请未通过' },
} satisfies Texts;

/** The questions, in the words of the form. */
export const coreQuestionText = {
  whoIAm: { en: 'Who am I?', 'zh-CN': '我是谁？' },
  reason: { en: 'Why do I want to join?', 'zh-CN': '为什么想加入？' },
  valueOffered: { en: 'What value do I bring?', 'zh-CN': '能给社区带来什么价值？' },
  viewOfPresent: { en: 'How do I see the community today?', 'zh-CN': '如何看待社区的现状？' },
  area: { en: 'Which area do I want to answer for?', 'zh-CN': '希望负责哪方面的工作？' },
  yearlyMeasure: { en: 'What will be measured after a year?', 'zh-CN': '年度指标是什么？' },
  consequence: { en: 'What follows if I miss it?', 'zh-CN': '没有达到指标怎么办？' },
} satisfies Texts;

/** Words of the pages of applications. */
export const applicationPageText = {
  title: { en: 'Join the core group', 'zh-CN': '加入核心组' },
  lead: {
    en: 'Seven questions, the same for everybody. The committee reads your answers and votes within fourteen days.',
    'zh-CN': '七个问题，人人相同。委员会阅读您的回答，并在十四天内表决。',
  },
  send: { en: 'Apply', 'zh-CN': '提交申请' },
  own: { en: 'My applications', 'zh-CN': '我的申请' },
  listTitle: { en: 'Applications', 'zh-CN': '申请' },
  none: { en: 'No applications.', 'zh-CN': '没有申请。' },
  noneHint: { en: 'The core group grows by people who apply.', 'zh-CN': '核心组的成长来自每一位申请者。' },
  open: { en: 'Being voted on', 'zh-CN': '表决中' },
  accepted: { en: 'Accepted', 'zh-CN': '已通过' },
  refused: { en: 'Not accepted', 'zh-CN': '未通过' },
  withdrawn: { en: 'Withdrawn', 'zh-CN': '已撤回' },
  applicationOf: (name: string) => ({ en: `Application of ${name}`, 'zh-CN': `${name} 的申请` }),
  votesUntil: (day: string) => ({ en: `votes until ${day}`, 'zh-CN': `表决截止 ${day}` }),
  votes: { en: 'Votes', 'zh-CN': '表决' },
  votesOf: (given: string, electors: string) => ({
    en: `${given} of ${electors} have voted`,
    'zh-CN': `${electors} 人中 ${given} 人已表决`,
  }),
  rule: {
    en: 'Accepted once more than half of all seats said yes; at the end, by more yes than no if at least half voted.',
    'zh-CN': '超过半数席位赞成即通过；到期时若至少半数已表决，赞成多于反对则通过。',
  },
  yes: { en: 'Yes', 'zh-CN': '赞成' },
  no: { en: 'No', 'zh-CN': '反对' },
  abstain: { en: 'Abstain', 'zh-CN': '弃权' },
  note: { en: 'Why (the committee reads it)', 'zh-CN': '理由（委员会可见）' },
  yourVote: { en: 'Your vote', 'zh-CN': '您的表决' },
  withdraw: { en: 'Withdraw', 'zh-CN': '撤回申请' },
} satisfies Texts;
