import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** What is said about badges. */
export const badgeText = {
  title: { en: 'Badges', 'zh-CN': '徽章' },
  lead: {
    en: 'Given by themselves when a contribution has reached so much. They stay.',
    'zh-CN': '贡献达到条件后自动授予，长期保留。',
  },
  bronze: { en: 'Bronze', 'zh-CN': '铜' },
  silver: { en: 'Silver', 'zh-CN': '银' },
  gold: { en: 'Gold', 'zh-CN': '金' },
  members: (count: string) => ({ en: `${count} members`, 'zh-CN': `${count} 位成员` }),
  times: (count: number) => ({ en: `× ${count}`, 'zh-CN': `× ${count}` }),
  last: { en: 'Last given to', 'zh-CN': '最近获得者' },
  nobody: { en: 'Nobody has it yet', 'zh-CN': '还没有人获得' },
  retired: { en: 'No longer given', 'zh-CN': '不再授予' },
  noSuch: {
    en: 'There is no such badge. Look at the list of badges.',
    'zh-CN': '没有找到该徽章，请查看徽章列表。',
  },
  slugTaken: {
    en: 'There is a badge of that short name. Nothing was saved; choose another.',
    'zh-CN': '该短名已被使用。没有保存任何内容，请换一个。',
  },
  awarded: (badge: Text) => ({
    en: `You were given the badge “${badge.en}”`,
    'zh-CN': `您获得了徽章“${badge['zh-CN']}”`,
  }),
  create: { en: 'Add a badge', 'zh-CN': '新增徽章' },
  slug: { en: 'Short name, for its address', 'zh-CN': '短名（用于地址）' },
  tier: { en: 'Tier', 'zh-CN': '等级' },
  name: { en: 'Name in English', 'zh-CN': '英文名称' },
  nameZh: { en: 'Name in Chinese', 'zh-CN': '中文名称' },
  about: { en: 'What for, in English', 'zh-CN': '英文说明' },
  aboutZh: { en: 'What for, in Chinese', 'zh-CN': '中文说明' },
  cause: { en: 'Contribution that is counted', 'zh-CN': '统计的贡献' },
  per: { en: 'Counted', 'zh-CN': '统计范围' },
  perMember: { en: 'in all', 'zh-CN': '累计' },
  perPost: { en: 'on one post', 'zh-CN': '单篇内容' },
  atLeast: { en: 'At least', 'zh-CN': '至少' },
  many: { en: 'Given again for each further one', 'zh-CN': '可重复授予' },
  retire: { en: 'Give it no longer', 'zh-CN': '停止授予' },
  replay: { en: 'Work all badges again', 'zh-CN': '重新核算徽章' },
  replayLead: {
    en: 'Goes over all history, gives what is missing and says what no contribution explains.',
    'zh-CN': '按全部历史重新核算，补发缺失的徽章，并列出没有依据的徽章。',
  },
  replayed: (awards: number, added: number, unexplained: number) => ({
    en: `${awards} badges: ${added} were missing and were given, ${unexplained} are explained by nothing.`,
    'zh-CN': `共 ${awards} 枚徽章：补发 ${added} 枚，${unexplained} 枚没有依据。`,
  }),
} satisfies Texts;
