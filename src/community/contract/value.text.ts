import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { ValueNumber } from './value.ts';

/** What is refused about numbers. */
export const valueText = {
  noSuchNumber: {
    en: 'There is no such number here, or it is not for you. Choose one from the page.',
    'zh-CN': '这里没有这项数据，或您无权查看。请从页面中选择。',
  },
} satisfies Texts;

/** What each number counts. */
export const valueNumberText = {
  articles: { en: 'Articles', 'zh-CN': '文章' },
  translations: { en: 'Translated articles', 'zh-CN': '译文' },
  answers: { en: 'Answers', 'zh-CN': '回答' },
  'accepted-answers': { en: 'Accepted answers', 'zh-CN': '被采纳的回答' },
  questions: { en: 'Questions', 'zh-CN': '提问' },
  comments: { en: 'Comments', 'zh-CN': '评论' },
  edits: { en: 'Edits taken over', 'zh-CN': '被采纳的修订' },
  'faq-entries': { en: 'FAQ entries looked after', 'zh-CN': '维护的 FAQ' },
  'faq-verifications': { en: 'FAQ entries verified', 'zh-CN': '核实 FAQ' },
  wishes: { en: 'Wishes made', 'zh-CN': '许下的愿望' },
  'claims-delivered': { en: 'Claimed wishes delivered', 'zh-CN': '认领并实现的愿望' },
  'bounties-paid': { en: 'Bounties paid', 'zh-CN': '付出的悬赏' },
  'areas-held': { en: 'Areas answered for', 'zh-CN': '负责的事务' },
  'areas-met': { en: 'Months an area met its target', 'zh-CN': '负责事务达标月数' },
  hours: { en: 'Hours given', 'zh-CN': '志愿工时' },
  seats: { en: 'Seats held', 'zh-CN': '担任的职务' },
  meetings: { en: 'Meetings attended', 'zh-CN': '参加的会议' },
  points: { en: 'Reputation earned', 'zh-CN': '获得的声望' },
  'up-votes': { en: 'Votes for it', 'zh-CN': '获得的赞同' },
  featured: { en: 'Articles featured', 'zh-CN': '入选精选' },
  badges: { en: 'Badges', 'zh-CN': '徽章' },
  'answers-received': { en: 'Answers to own questions', 'zh-CN': '收到的回答' },
  'bounties-won': { en: 'Bounties won', 'zh-CN': '赢得的悬赏' },
  'wish-votes': { en: 'Votes on own wishes', 'zh-CN': '愿望获得的票' },
  'wishes-accepted': { en: 'Wishes taken up', 'zh-CN': '被采纳的愿望' },
  'wishes-excellent': { en: 'Excellent wishes', 'zh-CN': '优秀愿望' },
  plays: { en: 'Plays of recordings', 'zh-CN': '录音录像播放' },
  awards: { en: 'MVP awards', 'zh-CN': 'MVP 荣誉' },
  'votes-given': { en: 'Votes cast', 'zh-CN': '投出的票' },
  spendable: { en: 'Points to spend', 'zh-CN': '可用积分' },
  orders: { en: 'Rewards redeemed', 'zh-CN': '兑换的礼品' },
  'sponsored-years': { en: 'Years as a sponsor', 'zh-CN': '赞助年数' },
  'claims-kept': { en: 'Promises kept', 'zh-CN': '如期兑现的承诺' },
  'claims-late': { en: 'Promises kept late', 'zh-CN': '逾期兑现的承诺' },
  'wishes-served': { en: 'Wishes delivered by its products', 'zh-CN': '以产品实现的愿望' },
  'wishes-addressed': { en: 'Wishes addressed to it', 'zh-CN': '收到的愿望' },
  payments: { en: 'Payments as a sponsor', 'zh-CN': '赞助款' },
  'placements-given': { en: 'Placements given', 'zh-CN': '提供的资源位' },
  'placements-got': { en: 'Placements received', 'zh-CN': '获得的资源位' },
} satisfies Record<ValueNumber, Text>;

/** Words of the pages of value. */
export const valuePageText = {
  tab: { en: 'Value', 'zh-CN': '价值' },
  title: (name: string) => ({ en: `${name}: given and received`, 'zh-CN': `${name}：贡献与收获` }),
  lead: {
    en: 'What was given to the community and what came back. Every number leads to the rows it counts.',
    'zh-CN': '为社区付出了什么，又收获了什么。每个数字都可以点开，查看它所统计的记录。',
  },
  gave: { en: 'Given', 'zh-CN': '贡献' },
  got: { en: 'Received', 'zh-CN': '收获' },
  gavePeople: { en: 'Given by its people', 'zh-CN': '成员的贡献' },
  gotPeople: { en: 'Received by its people', 'zh-CN': '成员的收获' },
  gaveItself: { en: 'Given by the organisation', 'zh-CN': '机构的贡献' },
  gotItself: { en: 'Received by the organisation', 'zh-CN': '机构的收获' },
  onlyYou: { en: 'Only you see this', 'zh-CN': '仅自己可见' },
  onlyManagers: { en: 'Only managers see this', 'zh-CN': '仅机构管理员可见' },
  nothing: { en: 'Nothing yet', 'zh-CN': '暂无' },
  peopleSum: {
    en: 'Numbers of people are the sum of what each did while working here; whoever leaves takes nothing along.',
    'zh-CN': '成员数据等于每位成员任职期间的总和；离职后，此前的贡献仍计入本机构。',
  },
  level: { en: 'Level', 'zh-CN': '等级' },
  rows: (count: number, shown: string) => ({
    en: count === 1 ? '1 row' : `${shown} rows`,
    'zh-CN': `${shown} 条记录`,
  }),
  back: { en: 'Back to all numbers', 'zh-CN': '返回全部数据' },
  what: { en: 'What', 'zh-CN': '内容' },
  who: { en: 'Who', 'zh-CN': '成员' },
  amount: { en: 'Amount', 'zh-CN': '数量' },
  when: { en: 'When', 'zh-CN': '时间' },
  notShown: { en: 'Not shown', 'zh-CN': '不公开' },
  points: (shown: string) => ({ en: `${shown} points`, 'zh-CN': `${shown} 分` }),
  hours: (shown: string) => ({ en: `${shown} h`, 'zh-CN': `${shown} 小时` }),
  plays: (shown: string) => ({ en: `${shown} plays`, 'zh-CN': `${shown} 次` }),
  yearly: { en: 'MVP of the year', 'zh-CN': '年度 MVP' },
  lifetime: { en: 'Lifetime MVP', 'zh-CN': '终身 MVP' },
} satisfies Texts;
