import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about who votes for a wish, and what a vote weighs. */
export const wishVoteText = {
  formula: (weights: {
    must: string;
    nice: string;
    level: number;
    organisation: number;
    tier: number;
    use: number;
  }) => ({
    en: `Must ${weights.must}, nice ${weights.nice}; ${weights.level}% more for each trust level; ${weights.organisation}% more for members at a verified organisation, and ${weights.tier}% for each level it has as a sponsor; ${weights.use}% more for a customer whom staff vouch for and a member whose use they verified. As it stood when the vote was cast, or the use verified.`,
    'zh-CN': `必须 ${weights.must}，最好 ${weights.nice}；信任等级每级加 ${weights.level}%；在已认证机构任职加 ${weights.organisation}%，该机构赞助等级每级再加 ${weights.tier}%；经管理员核实的客户，以及使用情况经核实的成员，加 ${weights.use}%。以投票或核实时为准。`,
  }),
  trust: { en: 'By trust level', 'zh-CN': '按信任等级' },
  'organisation-kind': { en: 'By place of work', 'zh-CN': '按任职机构' },
  'organisation-size': { en: 'By size of the company', 'zh-CN': '按企业规模' },
  role: { en: 'By role', 'zh-CN': '按角色' },
  use: { en: 'By verified use', 'zh-CN': '按使用核实情况' },
  roleHint: {
    en: 'Who has several roles counts in each.',
    'zh-CN': '有多个角色的成员在每个角色中各计一次。',
  },
  noRole: { en: 'No role given', 'zh-CN': '未填写角色' },
  noOrganisation: { en: 'No verified organisation', 'zh-CN': '无已认证机构' },
  noSize: { en: 'Size not known', 'zh-CN': '规模未知' },
  verified: { en: 'Use verified', 'zh-CN': '使用情况已核实' },
  unverified: { en: 'Use not verified', 'zh-CN': '使用情况未核实' },
  mustVotes: (count: string) => ({ en: `${count} must`, 'zh-CN': `必须 ${count}` }),
  usesTitle: { en: 'Verified uses', 'zh-CN': '已核实的使用情况' },
  usesHint: {
    en: 'Their vote for this wish weighs more. Only those who look after wishes see what shows it.',
    'zh-CN': '该成员对这条愿望的投票权重更高。依据仅愿望管理员可见。',
  },
  memberField: { en: 'Handle of the member', 'zh-CN': '成员用户名' },
  verify: { en: 'Verify the use', 'zh-CN': '核实使用情况' },
  useVerified: {
    en: 'Your use was verified; your vote for a wish weighs more',
    'zh-CN': '您的使用情况已核实，您对一条愿望的投票权重提高了',
  },
  noSuchMember: (handle: string) => ({
    en: `There is no member ${handle}. Nothing was saved; look for them among the members.`,
    'zh-CN': `没有成员 ${handle}。没有保存任何内容，请在成员列表中查找。`,
  }),
  ownUse: {
    en: 'Nobody verifies their own use. Nothing was saved; ask somebody else who looks after wishes.',
    'zh-CN': '不能核实自己的使用情况。没有保存任何内容，请由其他愿望管理员核实。',
  },
  alreadyVerified: {
    en: 'The use of this member was verified before. Nothing was changed.',
    'zh-CN': '该成员的使用情况此前已经核实。没有做任何改动。',
  },
} satisfies Texts;
