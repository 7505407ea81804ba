import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the page of leaderboards. */
export const leaderboardText = {
  title: { en: 'Leaderboard', 'zh-CN': '排行榜' },
  lead: {
    en: 'Who contributed most. Who does not want to be here says so among their privacy settings.',
    'zh-CN': '贡献最多的成员。如不希望出现在此，可在隐私设置中关闭。',
  },
  period: { en: 'Period', 'zh-CN': '时段' },
  week: { en: 'This week', 'zh-CN': '本周' },
  month: { en: 'This month', 'zh-CN': '本月' },
  all: { en: 'All time', 'zh-CN': '总榜' },
  rank: { en: 'Rank', 'zh-CN': '名次' },
  member: { en: 'Member', 'zh-CN': '成员' },
  points: { en: 'Reputation', 'zh-CN': '声望' },
  own: (rank: number, points: string) => ({
    en: `You are ${rank}. with ${points}.`,
    'zh-CN': `您位列第 ${rank}，共 ${points}。`,
  }),
  nobody: { en: 'Nobody yet in this time', 'zh-CN': '该时段还没有人上榜' },
  nobodyHint: { en: 'The next contribution may be yours.', 'zh-CN': '下一份贡献也许就来自您。' },
  privacy: { en: 'Privacy settings', 'zh-CN': '隐私设置' },
} satisfies Texts;
