import type { Texts } from '#src/platform/contract/i18n.ts';

/** What points were given or taken for, by the names of the causes. */
export const pointCauseText = {
  article: { en: 'Published an article', 'zh-CN': '发表文章' },
  featured: { en: 'Article featured', 'zh-CN': '文章入选精选' },
  'up-vote': { en: 'Somebody voted for it', 'zh-CN': '获得赞同' },
  'down-vote': { en: 'Somebody voted against it', 'zh-CN': '被反对' },
  'down-voting': { en: 'Voted against an answer', 'zh-CN': '投出反对票' },
  accepted: { en: 'Answer accepted', 'zh-CN': '回答被采纳' },
  accepting: { en: 'Accepted an answer', 'zh-CN': '采纳了回答' },
  'bounty-offered': { en: 'Offered a bounty', 'zh-CN': '设置悬赏' },
  'bounty-won': { en: 'Won a bounty', 'zh-CN': '获得悬赏' },
  'suggested-edit': { en: 'Suggested edit approved', 'zh-CN': '编辑建议被采纳' },
  'area-met': { en: 'Answered for an area that met its target', 'zh-CN': '负责的事务当月达标' },
  'excellent-wish': { en: 'Wish found excellent', 'zh-CN': '愿望被评为优秀' },
  coupon: { en: 'Paid with a coupon', 'zh-CN': '使用礼品券' },
  redeemed: { en: 'Redeemed a reward', 'zh-CN': '兑换礼品' },
} satisfies Texts;

/** What is refused about points. */
export const pointText = {
  fromPast: {
    en: 'A rule holds from a later moment on: what was given is not changed. Nothing was changed; choose a time that is still to come.',
    'zh-CN': '规则只能从将来的时刻起生效，已发放的积分不会改变。未作任何更改，请选择将来的时间。',
  },
  isPlanned: {
    en: 'Another change of this rule is still to come. Nothing was changed; choose a time after it.',
    'zh-CN': '该规则已有一次尚未生效的变更。未作任何更改，请选择其后的时间。',
  },
  noSuchCause: {
    en: 'There is no such rule. Nothing was changed; load the page again.',
    'zh-CN': '没有找到该规则。未作任何更改，请刷新页面。',
  },
} satisfies Texts;

/** Words of the pages of points. */
export const pointPageText = {
  title: { en: 'My points', 'zh-CN': '我的积分' },
  lead: {
    en: 'Reputation is what you earned; it is never spent. Points are what you can spend on bounties and rewards.',
    'zh-CN': '声望是您累积的贡献，不会因消费而减少；积分可用于悬赏和兑换礼品。',
  },
  growth: { en: 'Reputation', 'zh-CN': '声望' },
  spendable: { en: 'Points', 'zh-CN': '积分' },
  held: { en: 'Held in bounties', 'zh-CN': '悬赏中' },
  spend: { en: 'Redeem', 'zh-CN': '去兑换' },
  statement: { en: 'Statement', 'zh-CN': '明细' },
  all: { en: 'Everything', 'zh-CN': '全部' },
  takenBack: { en: 'taken back', 'zh-CN': '撤回' },
  pastCap: { en: 'limit of the day reached', 'zh-CN': '已达当日上限' },
  none: { en: 'No points yet', 'zh-CN': '还没有积分' },
  noneHint: {
    en: 'Write an article or answer a question: what others find useful brings points.',
    'zh-CN': '发表文章或回答问题，得到认可即可获得积分。',
  },
  write: { en: 'Write an article', 'zh-CN': '写文章' },
  what: { en: 'What for', 'zh-CN': '事由' },
  when: { en: 'When', 'zh-CN': '时间' },
  rules: { en: 'How points are earned', 'zh-CN': '积分规则' },
  rulesLead: {
    en: 'What each contribution brings, from which day on. A change never touches what was given before.',
    'zh-CN': '每种贡献带来的积分及其生效时间。规则变更不影响此前发放的积分。',
  },
  cause: { en: 'Contribution', 'zh-CN': '贡献' },
  dailyCap: { en: 'At most a day', 'zh-CN': '每日上限' },
  actorCap: { en: 'Times a day from one person', 'zh-CN': '同一人每日次数' },
  noCap: { en: '—', 'zh-CN': '—' },
  since: { en: 'Since', 'zh-CN': '生效自' },
  until: { en: 'Until', 'zh-CN': '失效于' },
  version: (version: number) => ({ en: `version ${version}`, 'zh-CN': `第 ${version} 版` }),
  history: { en: 'Earlier and coming rules', 'zh-CN': '历史与待生效规则' },
  change: { en: 'Change', 'zh-CN': '修改' },
  from: { en: 'From (empty: the next minute)', 'zh-CN': '生效时间（留空为下一分钟）' },
  save: { en: 'Save', 'zh-CN': '保存' },
  check: { en: 'Check the ledger', 'zh-CN': '核对账本' },
  checkLead: {
    en: 'Works every rule over all history again and compares it with what was entered. Nothing is changed.',
    'zh-CN': '按规则重新推算全部历史并与账本比对。不会更改任何数据。',
  },
  checked: (entries: string, seconds: string) => ({
    en: `${entries} entries were worked again in ${seconds} s.`,
    'zh-CN': `已重新推算 ${entries} 条记录，用时 ${seconds} 秒。`,
  }),
  allRight: { en: 'Every entry and every balance is right.', 'zh-CN': '全部记录与余额一致。' },
  differs: (entries: number, balances: number) => ({
    en: `${entries} entries and ${balances} balances differ. Nothing was changed.`,
    'zh-CN': `${entries} 条记录、${balances} 个余额不一致。未作任何更改。`,
  }),
} satisfies Texts;
