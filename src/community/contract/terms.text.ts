import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the page of what a community decides about wishes, rewards and sponsors. */
export const termsText = {
  title: { en: 'Wishes, rewards and sponsors', 'zh-CN': '愿望、礼品与赞助规则' },
  lead: {
    en: 'What votes for wishes weigh, how rewards are handled, and which sponsorship makes which level.',
    'zh-CN': '愿望投票的权重、礼品的处理方式，以及赞助金额对应的企业等级。',
  },
  saved: { en: 'Saved. It holds from now on.', 'zh-CN': '已保存，即刻生效。' },
  save: { en: 'Save', 'zh-CN': '保存' },
  wishes: { en: 'Votes for wishes', 'zh-CN': '愿望投票' },
  wishesLead: {
    en: 'Votes that were cast keep the weight of their day; only later ones follow a change.',
    'zh-CN': '已投的票保留投票当日的权重，更改只影响之后的投票。',
  },
  budget: (level: number) => ({
    en: `Votes at trust level ${level}`,
    'zh-CN': `信任等级 ${level} 的票数`,
  }),
  must: { en: 'Weight of “must have”, in hundredths', 'zh-CN': '“必须”的权重（百分之一）' },
  nice: { en: 'Weight of “nice to have”, in hundredths', 'zh-CN': '“最好”的权重（百分之一）' },
  perLevel: { en: 'More for each trust level, in percent', 'zh-CN': '每级信任等级加成（%）' },
  atOrganisation: {
    en: 'More at a verified organisation, in percent',
    'zh-CN': '在已认证机构任职加成（%）',
  },
  perTier: {
    en: 'More for each level of that organisation as a sponsor, in percent',
    'zh-CN': '任职机构每级赞助等级加成（%）',
  },
  verifiedUse: {
    en: 'More for a use that staff verified, in percent',
    'zh-CN': '使用情况经核实的加成（%）',
  },
  rewards: { en: 'Rewards', 'zh-CN': '礼品' },
  taxableFromMinor: {
    en: 'Flagged for tax from this value on, in the smallest unit of the currency',
    'zh-CN': '达到该价值时标记涉税（以货币最小单位计）',
  },
  couponWorth: {
    en: 'Worth of the coupon for an excellent wish, in points (0: none)',
    'zh-CN': '优秀愿望礼品券的面值，以积分计（0 为不发）',
  },
  deliveredAfterDays: {
    en: 'Days after which what was sent counts as delivered',
    'zh-CN': '寄出后视为送达的天数',
  },
  organisations: { en: 'Levels of organisations', 'zh-CN': '企业等级' },
  organisationsLead: {
    en: 'By what was paid in the latest years without a gap. Payments counted in another currency than this one count for no level.',
    'zh-CN': '按最近连续赞助年份的总额计算。以其他货币入账的赞助不计入等级。',
  },
  currency: { en: 'Currency', 'zh-CN': '货币' },
  name: { en: 'Name', 'zh-CN': '英文名称' },
  nameZh: { en: 'Chinese name', 'zh-CN': '中文名称' },
  atLeast: { en: 'From this sum on', 'zh-CN': '起始金额' },
  removeHint: {
    en: 'A level without names goes; the empty line makes a new one.',
    'zh-CN': '名称留空的等级会被删除，空白行用于新增。',
  },
} satisfies Texts;
