import type { Texts } from '#src/platform/contract/i18n.ts';

/** What reviewers, flaggers and those they decide about are told. */
export const reviewText = {
  noSuchWriting: {
    en: 'There is no such writing, or it is not yours to see. Go back to the list.',
    'zh-CN': '没有这项内容，或您无权查看。请返回列表。',
  },
  noSuchMember: {
    en: 'There is no member of that name. Look at the list of members.',
    'zh-CN': '没有这位成员。请在成员列表中查找。',
  },
  nothingToDecide: {
    en: 'Nothing waits here any more: somebody else decided meanwhile, or the author took it back. Nothing was changed.',
    'zh-CN': '此项已无需处理：可能已由他人处理，或作者已撤回。未作任何更改。',
  },
  ownWriting: {
    en: 'This is about yourself, and nobody decides about themselves. Nothing was changed; leave it to another reviewer.',
    'zh-CN': '此项与您本人有关，任何人都不能审核自己的内容。未作任何更改，请交由其他审核人处理。',
  },
  ofColleague: (organisation: string) => ({
    en: `The author works for ${organisation}, as you do. To stay neutral, nobody decides about colleagues. Nothing was changed; leave it to another reviewer.`,
    'zh-CN': `作者与您同属 ${organisation}。为保持中立，审核人不能处理同事的内容。未作任何更改，请交由其他审核人处理。`,
  }),
  aboutEmployer: (organisation: string) => ({
    en: `This is about ${organisation}, where you work. To stay neutral, nobody decides about their own employer. Nothing was changed; leave it to another reviewer.`,
    'zh-CN': `此项内容涉及您任职的 ${organisation}。为保持中立，审核人不能处理与本单位有关的内容。未作任何更改，请交由其他审核人处理。`,
  }),
  isStaff: {
    en: 'This member looks after the community. Take the seat in the staff away first. Nothing was changed.',
    'zh-CN': '该成员是社区管理人员，请先解除其管理职务。未作任何更改。',
  },
  brokeRules: {
    en: 'What was written breaks the rules of this community.',
    'zh-CN': '发布的内容违反了社区规则。',
  },
  noSuchAction: {
    en: 'There is no such action. Go back to the log.',
    'zh-CN': '没有这条操作记录。请返回日志。',
  },
  alreadyUndone: {
    en: 'This was taken back already, or is itself the taking back of something. Nothing was changed.',
    'zh-CN': '该操作已被撤销，或其本身就是一次撤销。未作任何更改。',
  },
  changedSince: {
    en: 'Something else happened to it since. Nothing was changed; look at what it is now and decide about that.',
    'zh-CN': '此后内容的状态又发生了变化。未作任何更改，请查看当前状态后再处理。',
  },
  ownFlag: {
    en: 'This is your own. Change it or take it away instead of flagging it.',
    'zh-CN': '这是您自己的内容，可以直接修改或删除，无需举报。',
  },
  flaggedBefore: {
    en: 'You flagged this before, and somebody looks at it or has. Nothing was changed.',
    'zh-CN': '您已举报过该内容，管理人员会处理或已经处理。未作任何更改。',
  },
  flagNeedsNote: {
    en: 'Say in a sentence what is the matter, so that a reviewer understands it. Nothing was sent.',
    'zh-CN': '请用一句话说明问题，以便审核人了解情况。尚未提交。',
  },
  noSuchFlag: {
    en: 'There is no open flag of yours on this. Nothing was changed.',
    'zh-CN': '您对该内容没有待处理的举报。未作任何更改。',
  },
  silencedByFlags: {
    en: 'Several of your writings were flagged. A reviewer looks at them.',
    'zh-CN': '您有多项内容被举报，审核人员将进行查看。',
  },
  notAppealable: {
    en: 'There is nothing here that you could appeal against: it was not done to you, was taken back, or the time to appeal is over.',
    'zh-CN': '此项无法申诉：可能与您无关、已被撤销，或已过申诉期限。',
  },
  appealedBefore: {
    en: 'You appealed against this before; each decision can be appealed once.',
    'zh-CN': '您已对此提出过申诉，每项决定只能申诉一次。',
  },
  noSuchAppeal: {
    en: 'There is no open appeal of that number. It may have been decided already.',
    'zh-CN': '没有这项待处理的申诉，可能已有结果。',
  },
  ownAction: {
    en: 'The appeal is against your own decision. Somebody else must answer it. Nothing was changed.',
    'zh-CN': '该申诉针对您本人的决定，须由其他人处理。未作任何更改。',
  },
  claimedBefore: {
    en: 'Your claim against this post is already being looked at. Nothing was sent a second time.',
    'zh-CN': '您对该内容的版权主张正在处理中，没有重复提交。',
  },
  ownClaim: {
    en: 'This is your own post. You can take it away yourself.',
    'zh-CN': '这是您自己的内容，可以直接删除。',
  },
  noSuchClaim: {
    en: 'There is no open claim of that number that you could do this with.',
    'zh-CN': '没有您可以处理的这项版权主张。',
  },
  ruleThere: {
    en: 'There is already a rule for this. Remove it first to decide otherwise.',
    'zh-CN': '该规则已存在。如需更改，请先删除原规则。',
  },
  noSuchRule: { en: 'There is no such rule any more.', 'zh-CN': '该规则已不存在。' },
} satisfies Texts;
