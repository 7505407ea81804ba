import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about experts. */
export const expertText = {
  noSuch: {
    en: 'There is no such expert. Look for one in the list of experts.',
    'zh-CN': '没有这位专家。请在专家名录中查找。',
  },
  notOwnPost: (id: number) => ({
    en: `Post ${id} is not yours, or not public. Nothing was saved; give posts that you wrote yourself.`,
    'zh-CN': `内容 ${id} 不是您发布的，或者尚未公开。没有保存任何内容，请填写您自己发布的内容。`,
  }),
  notYourself: {
    en: 'Nobody decides about themselves. Nothing was changed; somebody else of the committee has to.',
    'zh-CN': '不能审批自己的申请。未作任何更改，应由专家委员会的其他成员决定。',
  },
  notApproved: {
    en: 'You are not in the list of experts. Nothing was changed; apply first.',
    'zh-CN': '您不在专家名录中。未作任何更改，请先提交申请。',
  },
} satisfies Texts;

/** Words of the pages of experts. */
export const expertPageText = {
  title: { en: 'Experts', 'zh-CN': '专家' },
  lead: {
    en: 'People who can be asked, each approved by the committee on evidence that anybody can read.',
    'zh-CN': '可以请教的专家，均由专家委员会依据公开可查的成果审核通过。',
  },
  apply: { en: 'Offer yourself', 'zh-CN': '申请成为专家' },
  applyLead: {
    en: 'The committee reads your evidence and decides. Until then you are not listed.',
    'zh-CN': '专家委员会审阅您的成果后决定，在此之前不会列出。',
  },
  ownState: { en: 'Your application', 'zh-CN': '您的申请' },
  applied: { en: 'Waits for the committee', 'zh-CN': '待审核' },
  approved: { en: 'Approved', 'zh-CN': '已通过' },
  refused: { en: 'Refused', 'zh-CN': '未通过' },
  withdrawn: { en: 'Withdrawn', 'zh-CN': '已撤回' },
  waiting: (count: string) => ({ en: `Applications (${count})`, 'zh-CN': `待审核（${count}）` }),
  applications: { en: 'Applications', 'zh-CN': '待审核的申请' },
  skills: { en: 'Skills', 'zh-CN': '专长' },
  skillsHint: { en: 'Separated by commas.', 'zh-CN': '用逗号分隔。' },
  language: { en: 'Language', 'zh-CN': '语言' },
  languages: { en: 'Languages', 'zh-CN': '语言' },
  availability: { en: 'Time', 'zh-CN': '可预约时间' },
  open: { en: 'Has time', 'zh-CN': '有时间' },
  limited: { en: 'Has little time', 'zh-CN': '时间有限' },
  closed: { en: 'Has no time now', 'zh-CN': '暂无时间' },
  rate: { en: 'Rate', 'zh-CN': '费用' },
  rateHint: { en: 'Empty: to be agreed.', 'zh-CN': '留空表示面议。' },
  currency: { en: 'Currency', 'zh-CN': '币种' },
  per: { en: 'For', 'zh-CN': '按' },
  hour: { en: 'an hour', 'zh-CN': '小时' },
  day: { en: 'a day', 'zh-CN': '天' },
  rateOf: (amount: string, unit: string) => ({ en: `${amount} ${unit}`, 'zh-CN': `${amount}/${unit}` }),
  toBeAgreed: { en: 'To be agreed', 'zh-CN': '面议' },
  about: { en: 'What you can do', 'zh-CN': '自我介绍' },
  evidence: { en: 'Evidence', 'zh-CN': '成果' },
  evidenceField: { en: 'Evidence, one a line', 'zh-CN': '成果，每行一条' },
  evidenceHint: {
    en: 'The number of a post of yours here, or an address; then a blank and what it shows.',
    'zh-CN': '您在本站发布的内容编号，或一个网址；空格之后写说明。',
  },
  any: { en: 'Any', 'zh-CN': '不限' },
  filter: { en: 'Show', 'zh-CN': '筛选' },
  none: { en: 'No expert fits.', 'zh-CN': '没有符合条件的专家。' },
  noneHint: { en: 'Ask for less at once, or offer yourself.', 'zh-CN': '请减少筛选条件，或者自己申请。' },
  acceptedAnswers: (count: string) => ({
    en: `${count} accepted answers`,
    'zh-CN': `${count} 个被采纳的回答`,
  }),
  approve: { en: 'Approve', 'zh-CN': '通过' },
  leave: { en: 'Leave the list', 'zh-CN': '退出名录' },
  save: { en: 'Save', 'zh-CN': '保存' },
  send: { en: 'Send', 'zh-CN': '提交申请' },
  changeWords: { en: 'Apply with other words', 'zh-CN': '修改申请' },
  profile: { en: 'Profile', 'zh-CN': '个人主页' },
} satisfies Texts;
