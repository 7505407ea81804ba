import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about one's own data: what is kept, how to have it, how to end it. */
export const privacyText = {
  confirmWrong: {
    en: 'What you typed is not what was asked for. Nothing was erased; type it as it stands on the page.',
    'zh-CN': '输入的内容与要求不符。没有删除任何内容，请按页面所示输入。',
  },
  title: { en: 'Privacy', 'zh-CN': '隐私' },
  lead: {
    en: 'What this community keeps about you, what you allow, and how to leave.',
    'zh-CN': '社区保存了您的哪些数据、您允许哪些用途，以及如何注销。',
  },
  consents: { en: 'What you allow', 'zh-CN': '您的授权' },
  'search-engines': { en: 'Search engines may list my page', 'zh-CN': '允许搜索引擎收录我的个人主页' },
  'search-engines-hint': {
    en: 'What you wrote is public and stays findable; this is about your page alone.',
    'zh-CN': '您发布的内容是公开的，仍可被检索；此项只涉及个人主页。',
  },
  leaderboards: { en: 'Leaderboards may name me', 'zh-CN': '允许在排行榜中显示我' },
  'leaderboards-hint': {
    en: 'Others move up one place; your points stay as they are.',
    'zh-CN': '关闭后其他成员名次顺延，您的积分不受影响。',
  },
  given: { en: 'allowed', 'zh-CN': '已允许' },
  withdrawn: { en: 'not allowed', 'zh-CN': '未允许' },
  allow: { en: 'Allow', 'zh-CN': '允许' },
  withdraw: { en: 'Withdraw', 'zh-CN': '撤回' },
  usual: { en: 'as usual, until you decide', 'zh-CN': '默认设置，您尚未更改' },
  decisions: { en: 'Your decisions', 'zh-CN': '授权记录' },
  exportTitle: { en: 'Your data', 'zh-CN': '您的数据' },
  exportLead: {
    en: 'One JSON file with every row about you, by the names of our tables. Passwords, tokens and secrets are left out; the file says what is not in it and why.',
    'zh-CN':
      '一个 JSON 文件，按数据表列出与您有关的全部记录。密码、令牌和密钥不会导出；文件中会说明哪些内容未包含及原因。',
  },
  part: { en: 'Part', 'zh-CN': '部分' },
  rows: { en: 'Rows', 'zh-CN': '条数' },
  download: { en: 'Download everything', 'zh-CN': '下载全部数据' },
  account: {
    en: 'Account, sessions, organisations, what you did there',
    'zh-CN': '账户、登录会话、组织及操作记录',
  },
  profile: { en: 'Profile, handles, consents', 'zh-CN': '个人资料、用户名、授权记录' },
  writings: {
    en: 'Articles, questions, answers, comments, drafts, pictures',
    'zh-CN': '文章、提问、回答、评论、草稿、图片',
  },
  standing: { en: 'Votes and reputation', 'zh-CN': '投票与声望' },
  people: { en: 'Messages you wrote, whom you follow or block', 'zh-CN': '您发送的私信、关注与黑名单' },
  notifications: { en: 'Notifications and how you want them', 'zh-CN': '通知及通知设置' },
  organisations: {
    en: 'Employment, organisations, chapters, expertise',
    'zh-CN': '任职、机构、用户组、专家资料',
  },
  government: {
    en: 'Seats in committees, applications, votes on them, plans',
    'zh-CN': '委员会任职、申请、对申请的表决、计划',
  },
  moderation: {
    en: 'Flags, appeals, decisions about you and by you',
    'zh-CN': '举报、申诉、与您有关的处理记录',
  },
  eraseTitle: { en: 'Leave for good', 'zh-CN': '注销账户' },
  eraseLead: {
    en: 'At once and for good: your account, profile, drafts, messages, follows, notifications and keys go. What you published stays under “Deleted user”, votes and totals stand. Nobody else can take your handle for a year.',
    'zh-CN':
      '立即生效且无法恢复：账户、个人资料、草稿、私信、关注、通知和密钥都会删除。您发布的内容保留，署名改为“已注销用户”，投票与统计不变。您的用户名一年内不会被他人使用。',
  },
  eraseExportFirst: {
    en: 'Download your data first if you want to keep it.',
    'zh-CN': '如需保留，请先下载您的数据。',
  },
  handOver: (organisations: string) => ({
    en: `You are the only owner of ${organisations}. Make somebody else an owner first.`,
    'zh-CN': `您是 ${organisations} 的唯一所有者，请先将其他成员设为所有者。`,
  }),
  toOrganisation: { en: 'To the members of the organisation', 'zh-CN': '前往组织成员页' },
  typeToConfirm: (what: string) => ({ en: `Type ${what} to confirm`, 'zh-CN': `输入 ${what} 以确认` }),
  password: { en: 'Password', 'zh-CN': '密码' },
  erase: { en: 'Erase my account', 'zh-CN': '注销我的账户' },
  exportAbout: (handle: string) => ({
    en: `Everything that Elepherd keeps about ${handle}, by table.`,
    'zh-CN': `象群 Elepherd 保存的与 ${handle} 有关的全部数据，按数据表列出。`,
  }),
} satisfies Texts;
