import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused about the most valuable members. */
export const mvpText = {
  noSuchRound: {
    en: 'There is no such round. Look at the list of rounds.',
    'zh-CN': '没有找到该届评选，请查看评选列表。',
  },
  noSuchNominee: {
    en: 'There is no such nominee. Nothing was changed; load the page again.',
    'zh-CN': '没有找到该提名。未作任何更改，请刷新页面。',
  },
  noSuchMember: (handle: string) => ({
    en: `Nobody has the handle ${handle}. Nothing was saved; check the name.`,
    'zh-CN': `没有用户名为 ${handle} 的成员。没有保存任何内容，请核对。`,
  }),
  roundExists: {
    en: 'There is a round of this kind for that year. Nothing was saved; choose another year.',
    'zh-CN': '该年度已有同类评选。没有保存任何内容，请选择其他年份。',
  },
  wrongOrder: {
    en: 'Scoring ends after nominating, and both lie ahead. Nothing was saved; change the times.',
    'zh-CN': '评分须在提名结束之后截止，且均须为将来的时间。没有保存任何内容，请修改时间。',
  },
  notNominating: {
    en: 'Nominating is over. Nothing was saved.',
    'zh-CN': '提名已结束。没有保存任何内容。',
  },
  notScoring: {
    en: 'The jury does not score now. Nothing was saved.',
    'zh-CN': '现在不是评分时间。没有保存任何内容。',
  },
  notCounting: {
    en: 'The jury may still score, or the result is published. Nothing was changed.',
    'zh-CN': '评分尚未截止，或结果已公布。未作任何更改。',
  },
  notOneself: {
    en: 'Nobody nominates themself. Nothing was saved.',
    'zh-CN': '不能提名自己。没有保存任何内容。',
  },
  isJuror: {
    en: 'Who is in the jury is not nominated. Nothing was saved.',
    'zh-CN': '评委不能被提名。没有保存任何内容。',
  },
  nominatedAlready: {
    en: 'This member is nominated already. Nothing was saved.',
    'zh-CN': '该成员已被提名。没有保存任何内容。',
  },
  wonBefore: {
    en: 'This member has the award for a lifetime. Nothing was saved.',
    'zh-CN': '该成员已获终身荣誉。没有保存任何内容。',
  },
  notJuror: {
    en: 'You are not in the jury of this round. Nothing was saved.',
    'zh-CN': '您不是本届评委。没有保存任何内容。',
  },
  self: {
    en: 'It is you. Nothing was saved; the others of the jury score.',
    'zh-CN': '这是您本人。没有保存任何内容，由其他评委评分。',
  },
  nominator: {
    en: 'You nominated this member. Nothing was saved; the others of the jury score.',
    'zh-CN': '该成员由您提名。没有保存任何内容，由其他评委评分。',
  },
  colleague: {
    en: 'You work with this member. Nothing was saved; the others of the jury score.',
    'zh-CN': '您与该成员任职于同一机构。没有保存任何内容，由其他评委评分。',
  },
  notRevocable: {
    en: 'Only an award for a lifetime that stands can be taken back. Nothing was changed.',
    'zh-CN': '只有仍有效的终身荣誉可以撤销。未作任何更改。',
  },
} satisfies Texts;

/** Words of the pages of the most valuable members. */
export const mvpPageText = {
  title: { en: 'MVP', 'zh-CN': 'MVP 评选' },
  lead: {
    en: 'The most valuable members: nominated by members, judged by a jury with the figures beside, published for good.',
    'zh-CN': '年度与终身 MVP：成员提名，评委结合数据评分，结果长期公示。',
  },
  yearly: { en: 'MVP of the year', 'zh-CN': '年度 MVP' },
  lifetime: { en: 'MVP for a lifetime', 'zh-CN': '终身 MVP' },
  nominating: { en: 'Nominations are open', 'zh-CN': '提名中' },
  scoring: { en: 'The jury scores', 'zh-CN': '评委评分中' },
  counting: { en: 'To be published', 'zh-CN': '待公布' },
  published: { en: 'Published', 'zh-CN': '已公布' },
  until: { en: 'until', 'zh-CN': '截止' },
  none: { en: 'No rounds yet', 'zh-CN': '还没有评选' },
  noNominee: { en: 'Nobody is nominated yet', 'zh-CN': '还没有提名' },
  nominate: { en: 'Nominate', 'zh-CN': '提名' },
  who: { en: 'Handle of the member', 'zh-CN': '成员用户名' },
  reason: { en: 'What for', 'zh-CN': '提名理由' },
  by: { en: 'Nominated by', 'zh-CN': '提名人' },
  jury: { en: 'Jury', 'zh-CN': '评委' },
  juryField: { en: 'Jury: handles, one a line', 'zh-CN': '评委用户名（每行一个）' },
  growth: { en: 'reputation', 'zh-CN': '声望' },
  articles: { en: 'articles', 'zh-CN': '文章' },
  featured: { en: 'featured', 'zh-CN': '精选' },
  answers: { en: 'answers', 'zh-CN': '回答' },
  accepted: { en: 'accepted', 'zh-CN': '采纳' },
  edits: { en: 'edits', 'zh-CN': '编辑' },
  hours: { en: 'volunteer hours', 'zh-CN': '志愿小时' },
  points: { en: 'Points, 0 to 100', 'zh-CN': '评分（0–100）' },
  note: { en: 'Note to yourself', 'zh-CN': '备注（仅自己可见）' },
  score: { en: 'Score', 'zh-CN': '评分' },
  mean: (mean: string) => ({ en: `Jury: ${mean}`, 'zh-CN': `评委均分 ${mean}` }),
  winner: { en: 'Winner', 'zh-CN': '获奖' },
  conflict: { en: 'The others of the jury score this member.', 'zh-CN': '因回避规则，由其他评委评分。' },
  rule: {
    en: 'The mean of the jury decides, from two scores on. A tie goes to who earned more reputation in the time, then to more accepted answers; alike in all they share the place.',
    'zh-CN': '按评委均分排名（至少两人评分）。同分时依次比较期间声望、被采纳回答数；全部相同则并列。',
  },
  publish: { en: 'Publish the result', 'zh-CN': '公布结果' },
  open: { en: 'Begin a round', 'zh-CN': '发起评选' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  year: { en: 'Year', 'zh-CN': '年份' },
  winners: { en: 'How many win', 'zh-CN': '获奖人数' },
  nominateUntil: { en: 'Nominate until (UTC)', 'zh-CN': '提名截止（UTC）' },
  scoreUntil: { en: 'Score until (UTC)', 'zh-CN': '评分截止（UTC）' },
  revoke: { en: 'Take back by resolution', 'zh-CN': '依决议撤销' },
  resolution: { en: 'Resolution', 'zh-CN': '决议' },
  revoked: (reason: string) => ({ en: `Taken back: ${reason}`, 'zh-CN': `已撤销：${reason}` }),
} satisfies Texts;
