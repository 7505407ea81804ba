import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { OrganisationSize } from './organisations.ts';

/** What is refused, and why, about organisations. */
export const organisationText = {
  noSuch: {
    en: 'There is no such organisation, or it is not public yet. Look for it in the list of organisations.',
    'zh-CN': '没有这个机构，或者它尚未公开。请在机构列表中查找。',
  },
  addressTaken: (slug: string) => ({
    en: `The address ${slug} belongs to another organisation. Nothing was saved; choose another one.`,
    'zh-CN': `地址 ${slug} 已被其他机构使用。没有保存任何内容，请换一个。`,
  }),
  tooManyWaiting: (count: number) => ({
    en: `${count} organisations of yours wait to be verified. Nothing was saved; wait until one of them is decided.`,
    'zh-CN': `您已有 ${count} 个机构在等待核实。没有保存任何内容，请等其中一个有结果后再添加。`,
  }),
  notManager: {
    en: 'Only the managers of this organisation can do this. Nothing was changed; ask one of those named on its page.',
    'zh-CN': '只有该机构的管理人可以执行此操作。未作任何更改，请联系页面上列出的管理人。',
  },
  ownOrganisation: {
    en: 'You work for this organisation or manage it, so somebody else has to decide. Nothing was changed.',
    'zh-CN': '您任职于该机构或是其管理人，应由其他人来决定。未作任何更改。',
  },
  notWaiting: {
    en: 'This was decided meanwhile. Nothing was changed; load the page again to see the decision.',
    'zh-CN': '此事已有结果。未作任何更改，请刷新页面查看。',
  },
  lastManager: {
    en: 'The last manager cannot leave. Nothing was changed; add somebody else first.',
    'zh-CN': '最后一位管理人不能离开。未作任何更改，请先添加其他管理人。',
  },
  noSuchMember: (handle: string) => ({
    en: `There is no member ${handle}. Nothing was changed; the handle stands in the address of their profile.`,
    'zh-CN': `没有成员 ${handle}。未作任何更改，用户名见其个人主页的地址。`,
  }),
  tooManyManagers: (count: number) => ({
    en: `An organisation has at most ${count} managers. Nothing was changed; remove one first.`,
    'zh-CN': `一个机构最多 ${count} 位管理人。未作任何更改，请先移除一位。`,
  }),
  noSuchRevision: {
    en: 'There is no such revision. Nothing was changed; choose one from the history.',
    'zh-CN': '没有这个版本。未作任何更改，请从历史记录中选择。',
  },
  isClosed: {
    en: 'This organisation is not verified, so this cannot be done for it. Nothing was changed.',
    'zh-CN': '该机构未通过核实，不能执行此操作。未作任何更改。',
  },
  restoredNote: (number: number) => ({
    en: `Back to revision ${number}`,
    'zh-CN': `恢复到第 ${number} 版`,
  }),
} satisfies Texts;

/** Words of the pages of organisations. */
export const organisationPageText = {
  title: { en: 'Organisations', 'zh-CN': '机构' },
  lead: {
    en: 'Companies, universities and media around PostgreSQL. Each was verified by people who do not work there.',
    'zh-CN': '围绕 PostgreSQL 的企业、高校与媒体。每一家都由与其无关的人核实。',
  },
  add: { en: 'Add an organisation', 'zh-CN': '添加机构' },
  all: { en: 'All', 'zh-CN': '全部' },
  kinds: { en: 'Kinds of organisations', 'zh-CN': '机构类型' },
  search: { en: 'Find by name', 'zh-CN': '按名称查找' },
  find: { en: 'Find', 'zh-CN': '查找' },
  none: { en: 'No organisation fits.', 'zh-CN': '没有符合条件的机构。' },
  noneHint: {
    en: 'Try a shorter part of the name, or add the organisation yourself.',
    'zh-CN': '试试名称的一部分，或者自己添加。',
  },
  people: (count: string) => ({ en: `${count} people`, 'zh-CN': `${count} 人` }),
  posts: (count: string) => ({ en: `${count} posts`, 'zh-CN': `${count} 篇内容` }),
  alsoHere: { en: 'Also here', 'zh-CN': '相关栏目' },
  managed: { en: 'Managed by you', 'zh-CN': '由您管理' },
  waiting: (count: string) => ({ en: `Review (${count})`, 'zh-CN': `待核实（${count}）` }),
  isPending: {
    en: 'Waits to be verified; only its managers and those who verify see it.',
    'zh-CN': '等待核实，目前只有管理人和核实人员可见。',
  },
  isRefused: (reason: string) => ({
    en: `Was not verified. Reason: ${reason} Edit the page and it is looked at again.`,
    'zh-CN': `未通过核实。原因：${reason} 修改页面后会重新核实。`,
  }),
  isStale: {
    en: 'Nobody has confirmed this page for twelve months, so it is in no list.',
    'zh-CN': '此页面已超过十二个月未经确认，因此不在列表中显示。',
  },
  confirm: { en: 'Everything here is still right', 'zh-CN': '内容依然准确' },
  confirmedLabel: { en: 'Confirmed', 'zh-CN': '最近确认' },
  pending: { en: 'Waits', 'zh-CN': '待核实' },
  refused: { en: 'Refused', 'zh-CN': '未通过' },
  stale: { en: 'To be confirmed', 'zh-CN': '待确认' },
  verified: { en: 'Verified', 'zh-CN': '已核实' },
  name: { en: 'Name', 'zh-CN': '名称' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  website: { en: 'Website', 'zh-CN': '网站' },
  country: { en: 'Country', 'zh-CN': '国家或地区' },
  countryNone: { en: 'Not stated', 'zh-CN': '不填写' },
  size: { en: 'People who work there', 'zh-CN': '员工人数' },
  sizeNone: { en: 'Not stated', 'zh-CN': '不填写' },
  about: { en: 'About', 'zh-CN': '介绍' },
  address: { en: 'Address of the page', 'zh-CN': '页面地址' },
  addressHint: {
    en: 'Lower-case letters, digits and dashes; made from the name when empty.',
    'zh-CN': '小写字母、数字和短横线；留空则由名称生成。',
  },
  evidence: { en: 'What shows that you may speak for it', 'zh-CN': '您可以代表该机构的证明' },
  evidenceHint: {
    en: 'A page that names you, an address at its domain, an imprint. Only those who verify read this.',
    'zh-CN': '例如写有您名字的网页、机构域名的邮箱、营业信息。只有核实人员能看到。',
  },
  addLead: {
    en: 'Somebody who does not work there verifies it; until then only you see it.',
    'zh-CN': '将由与该机构无关的人员核实，在此之前只有您能看到。',
  },
  submit: { en: 'Send', 'zh-CN': '提交' },
  save: { en: 'Save', 'zh-CN': '保存' },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  editTitle: (name: string) => ({ en: `Edit ${name}`, 'zh-CN': `编辑 ${name}` }),
  note: { en: 'What was changed', 'zh-CN': '修改说明' },
  sections: { en: 'Sections', 'zh-CN': '栏目' },
  overview: { en: 'Overview', 'zh-CN': '概览' },
  peopleTab: { en: 'People', 'zh-CN': '成员' },
  timeThere: { en: 'Time', 'zh-CN': '任职时间' },
  allYears: { en: 'All years', 'zh-CN': '全部年份' },
  postsTab: { en: 'Posts', 'zh-CN': '内容' },
  history: { en: 'History', 'zh-CN': '历史' },
  swaps: { en: 'Swap ledger', 'zh-CN': '资源互换' },
  currentPeople: { en: 'people today', 'zh-CN': '在职成员' },
  formerPeople: { en: 'former people', 'zh-CN': '曾任职' },
  postCount: { en: 'posts', 'zh-CN': '内容' },
  acceptedCount: { en: 'accepted answers', 'zh-CN': '被采纳的回答' },
  byYear: { en: 'By year', 'zh-CN': '按年' },
  year: { en: 'Year', 'zh-CN': '年份' },
  articles: { en: 'Articles', 'zh-CN': '文章' },
  questions: { en: 'Questions', 'zh-CN': '提问' },
  answers: { en: 'Answers', 'zh-CN': '回答' },
  accepted: { en: 'Accepted', 'zh-CN': '被采纳' },
  sums: {
    en: 'A post counts for the organisation where its author worked on the day it was published. Times that the organisation disputes do not count.',
    'zh-CN': '一篇内容计入作者发布当日所任职的机构。被机构质疑的任职不计。',
  },
  newest: { en: 'Latest', 'zh-CN': '最新内容' },
  nothingYet: { en: 'Nothing yet.', 'zh-CN': '暂无内容。' },
  managers: { en: 'Managers', 'zh-CN': '管理人' },
  addManager: { en: 'Add', 'zh-CN': '添加' },
  managerHandle: { en: 'Handle of a member', 'zh-CN': '成员的用户名' },
  remove: { en: 'Remove', 'zh-CN': '移除' },
  workThere: { en: 'I work or worked here', 'zh-CN': '我在此任职或曾任职' },
  since: (day: string) => ({ en: `since ${day}`, 'zh-CN': `${day} 起` }),
  span: (from: string, until: string) => ({ en: `${from} to ${until}`, 'zh-CN': `${from} 至 ${until}` }),
  confirmedByThem: { en: 'Confirmed', 'zh-CN': '机构已确认' },
  disputedByThem: { en: 'Disputed', 'zh-CN': '被机构质疑' },
  confirmPerson: { en: 'Confirm', 'zh-CN': '确认' },
  dispute: { en: 'Dispute', 'zh-CN': '质疑' },
  revision: (number: number) => ({ en: `Revision ${number}`, 'zh-CN': `第 ${number} 版` }),
  restore: { en: 'Make this the newest', 'zh-CN': '恢复此版' },
  unchanged: { en: 'Nothing differs from the revision before.', 'zh-CN': '与上一版相同。' },
  firstRevision: { en: 'The first words', 'zh-CN': '最初内容' },
  reviewTitle: { en: 'Review', 'zh-CN': '核实与审核' },
  reviewLead: {
    en: 'Nobody decides about an organisation they work for or manage.',
    'zh-CN': '任何人不得审批自己任职或管理的机构。',
  },
  nothingWaits: { en: 'Nothing waits.', 'zh-CN': '没有待处理的申请。' },
  verify: { en: 'Verify', 'zh-CN': '通过核实' },
  refuse: { en: 'Refuse', 'zh-CN': '不通过' },
  reason: { en: 'Reason', 'zh-CN': '原因' },
  ownOne: { en: 'Yours: somebody else decides.', 'zh-CN': '与您有关，由其他人决定。' },
  products: { en: 'Products', 'zh-CN': '产品' },
  services: { en: 'Services', 'zh-CN': '服务' },
  offeringsWaiting: { en: 'Products and services', 'zh-CN': '产品与服务' },
  more: { en: 'All', 'zh-CN': '全部' },
  articleOne: { en: 'Article', 'zh-CN': '文章' },
  questionOne: { en: 'Question', 'zh-CN': '提问' },
  answerOne: { en: 'Answer', 'zh-CN': '回答' },
  acceptedOne: { en: 'Accepted answer', 'zh-CN': '被采纳的回答' },
} satisfies Texts;

/** How many people work at an organisation. */
export const organisationSizeText = {
  '1-49': { en: 'Under 50', 'zh-CN': '50 人以下' },
  '50-249': { en: '50 to 249', 'zh-CN': '50–249 人' },
  '250-999': { en: '250 to 999', 'zh-CN': '250–999 人' },
  '1000-4999': { en: '1,000 to 4,999', 'zh-CN': '1000–4999 人' },
  '5000+': { en: '5,000 and more', 'zh-CN': '5000 人及以上' },
} satisfies Record<Exclude<OrganisationSize, ''>, Text>;

/** The kinds of organisations, of one and of many. */
export const organisationKindText = {
  'end-user': { en: 'End user', 'zh-CN': '最终用户企业' },
  'cloud-vendor': { en: 'Cloud vendor', 'zh-CN': '云厂商' },
  'database-vendor': { en: 'Database vendor', 'zh-CN': '数据库厂商' },
  'support-provider': { en: 'Support provider', 'zh-CN': '支持服务商' },
  'training-company': { en: 'Training company', 'zh-CN': '培训公司' },
  university: { en: 'University', 'zh-CN': '高校' },
  'media-partner': { en: 'Media partner', 'zh-CN': '合作媒体' },
} satisfies Texts;

/** What managers, experts and leaders of chapters are told. */
export const organisationNoticeText = {
  stale: {
    en: 'Nobody has confirmed the page of an organisation of yours for twelve months; it left the lists',
    'zh-CN': '您管理的机构页面已十二个月未确认，暂不在列表中显示',
  },
  verified: { en: 'An organisation of yours was verified', 'zh-CN': '您管理的机构已通过核实' },
  refused: { en: 'An organisation of yours was not verified', 'zh-CN': '您管理的机构未通过核实' },
  managerAdded: { en: 'You manage an organisation now', 'zh-CN': '您已成为一家机构的管理人' },
  employmentStated: {
    en: 'Somebody says that they work or worked at an organisation of yours',
    'zh-CN': '有成员声明在您管理的机构任职',
  },
  offeringApproved: {
    en: 'What your organisation offers was approved',
    'zh-CN': '贵机构的产品或服务已通过审核',
  },
  offeringRefused: {
    en: 'What your organisation offers was not approved',
    'zh-CN': '贵机构的产品或服务未通过审核',
  },
  expertApproved: { en: 'You are listed as an expert', 'zh-CN': '您已列入专家名录' },
  expertRefused: { en: 'Your application as an expert was refused', 'zh-CN': '您的专家申请未获通过' },
  chapterApproved: { en: 'Your chapter was approved', 'zh-CN': '您的分会已获批准' },
  chapterRefused: { en: 'Your chapter was not approved', 'zh-CN': '您的分会未获批准' },
} satisfies Texts;
