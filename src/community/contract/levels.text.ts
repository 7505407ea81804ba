import type { Texts } from '#src/platform/contract/i18n.ts';

/** Names of the levels of members, until the community names its own. */
export const levelNameText = {
  calf: { en: 'Calf', 'zh-CN': '幼象' },
  young: { en: 'Young elephant', 'zh-CN': '小象' },
  member: { en: 'Herd member', 'zh-CN': '壮象' },
  tusker: { en: 'Tusker', 'zh-CN': '长牙象' },
  matriarch: { en: 'Matriarch', 'zh-CN': '头象' },
} satisfies Texts;

/** Names of the levels of organisations, until the community names its own. */
export const organisationLevelText = {
  bronze: { en: 'Bronze member', 'zh-CN': '铜牌会员' },
  silver: { en: 'Silver member', 'zh-CN': '银牌会员' },
  gold: { en: 'Gold member', 'zh-CN': '金牌会员' },
  platinum: { en: 'Platinum member', 'zh-CN': '白金会员' },
} satisfies Texts;

/** Words about the levels of members. */
export const levelText = {
  level: { en: 'Level', 'zh-CN': '等级' },
  levels: { en: 'Levels', 'zh-CN': '等级说明' },
  lead: {
    en: 'What each level takes. Spending points never lowers one.',
    'zh-CN': '各等级的要求。消费积分不会降低等级。',
  },
  next: (name: string) => ({ en: `To ${name}`, 'zh-CN': `距“${name}”` }),
  missingGrowth: (points: string) => ({
    en: `${points} more reputation`,
    'zh-CN': `还差 ${points} 声望`,
  }),
  missingYearly: (points: string) => ({
    en: `${points} more of it within twelve months`,
    'zh-CN': `其中近十二个月还差 ${points}`,
  }),
  highest: { en: 'The highest level there is.', 'zh-CN': '已是最高等级。' },
  falls: (day: string) => ({
    en: `Something that this level takes is missing. It is kept until ${day}.`,
    'zh-CN': `暂未满足当前等级要求，等级保留至 ${day}。`,
  }),
  growth: { en: 'Reputation', 'zh-CN': '声望' },
  yearly: { en: 'Within twelve months', 'zh-CN': '近十二个月' },
  name: { en: 'Name in English', 'zh-CN': '英文名称' },
  nameZh: { en: 'Name in Chinese', 'zh-CN': '中文名称' },
  graceDays: { en: 'Days a level is kept while something is missing', 'zh-CN': '未达标时等级保留天数' },
  grace: (days: number) => ({
    en: `Who falls below what a level takes keeps it for ${days} days.`,
    'zh-CN': `低于要求后，等级保留 ${days} 天。`,
  }),
  change: { en: 'Change levels', 'zh-CN': '修改等级' },
  removeHint: { en: 'A level without a name goes.', 'zh-CN': '名称留空即删除该等级。' },
  save: { en: 'Save', 'zh-CN': '保存' },
} satisfies Texts;
