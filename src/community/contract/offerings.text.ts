import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about products and services. */
export const offeringText = {
  noSuch: {
    en: 'There is no such product or service, or it is not public. Look for it in the lists.',
    'zh-CN': '没有这个产品或服务，或者它尚未公开。请在列表中查找。',
  },
  decidedMeanwhile: {
    en: 'This revision was decided or replaced meanwhile. Nothing was changed; load the page again and read the newest.',
    'zh-CN': '该版本已有结果或已被新版本取代。未作任何更改，请刷新页面阅读最新版本。',
  },
  tooMany: (count: number) => ({
    en: `An organisation lists at most ${count} products and services. Nothing was saved; withdraw one first.`,
    'zh-CN': `一个机构最多列出 ${count} 个产品和服务。没有保存任何内容，请先撤下一个。`,
  }),
  otherKind: {
    en: 'This is of the other kind: a product is no service. Nothing was saved; load the page again.',
    'zh-CN': '类型不符：产品不是服务。没有保存任何内容，请刷新页面。',
  },
} satisfies Texts;

/** Words of the pages of products and services. */
export const offeringPageText = {
  product: { en: 'Product', 'zh-CN': '产品' },
  service: { en: 'Service', 'zh-CN': '服务' },
  products: { en: 'Products', 'zh-CN': '产品' },
  productsLead: {
    en: 'Databases, cloud services, extensions and tools around PostgreSQL, open and commercial, each reviewed.',
    'zh-CN': '围绕 PostgreSQL 的数据库、云服务、插件与工具，开源与商业兼有，均经审核。',
  },
  services: { en: 'Professional services', 'zh-CN': '专业服务' },
  servicesLead: {
    en: 'Who helps where, in which language, at which hours. Each was reviewed and confirmed within a year.',
    'zh-CN': '谁在哪里、用什么语言、在什么时间提供服务。均经审核，且一年内确认过。',
  },
  addProduct: { en: 'Add a product', 'zh-CN': '添加产品' },
  addService: { en: 'Add a service', 'zh-CN': '添加服务' },
  addLead: {
    en: 'It is shown once somebody who does not work there reviewed it.',
    'zh-CN': '经与该机构无关的人员审核后显示。',
  },
  editLead: {
    en: 'Readers see what was approved before until the new words are approved.',
    'zh-CN': '新内容通过审核之前，读者仍看到已通过的版本。',
  },
  withdrawn: { en: 'Withdrawn', 'zh-CN': '已撤下' },
  category: { en: 'Kind', 'zh-CN': '类别' },
  basedOn: { en: 'PostgreSQL version', 'zh-CN': 'PostgreSQL 版本' },
  basedOnLabel: { en: 'Based on PostgreSQL', 'zh-CN': '基于的 PostgreSQL 版本' },
  basedOnHint: {
    en: 'A version such as 17 or 16.4; empty for what is not built from its source.',
    'zh-CN': '例如 17 或 16.4；不基于其源码构建的请留空。',
  },
  licence: { en: 'Licence', 'zh-CN': '许可证' },
  name: { en: 'Name', 'zh-CN': '名称' },
  summary: { en: 'In one sentence', 'zh-CN': '一句话介绍' },
  about: { en: 'About', 'zh-CN': '详细介绍' },
  website: { en: 'Website', 'zh-CN': '网站' },
  regions: { en: 'Where', 'zh-CN': '服务地区' },
  regionsHint: {
    en: 'Codes of countries, such as CN SG DE; ZZ for everywhere.',
    'zh-CN': '国家或地区代码，如 CN SG DE；全球请填 ZZ。',
  },
  region: { en: 'Country or region', 'zh-CN': '国家或地区' },
  languages: { en: 'Languages', 'zh-CN': '语言' },
  language: { en: 'Language', 'zh-CN': '语言' },
  kinds: { en: 'What for', 'zh-CN': '服务类型' },
  hours: { en: 'Hours', 'zh-CN': '服务时间' },
  reference: { en: 'A customer who may be named', 'zh-CN': '可公开的客户案例' },
  any: { en: 'Any', 'zh-CN': '不限' },
  everywhere: { en: 'Everywhere', 'zh-CN': '全球' },
  all: { en: 'All', 'zh-CN': '全部' },
  filter: { en: 'Show', 'zh-CN': '筛选' },
  search: { en: 'Find by name', 'zh-CN': '按名称查找' },
  none: { en: 'Nothing fits.', 'zh-CN': '没有符合条件的条目。' },
  noneHint: { en: 'Ask for less at once.', 'zh-CN': '请减少筛选条件。' },
  by: { en: 'Offered by', 'zh-CN': '提供方' },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  withdraw: { en: 'Withdraw', 'zh-CN': '撤下' },
  listAgain: { en: 'List again', 'zh-CN': '重新上架' },
  confirm: { en: 'Still right', 'zh-CN': '内容依然准确' },
  staleNote: {
    en: 'Nobody has confirmed this for twelve months, so it is in no list.',
    'zh-CN': '已超过十二个月未经确认，因此不在列表中显示。',
  },
  withdrawnNote: { en: 'This was withdrawn and is in no list.', 'zh-CN': '此条目已撤下，不在列表中显示。' },
  notShownYet: {
    en: 'Nothing of this was approved yet; only its managers and those who review see it.',
    'zh-CN': '尚未通过审核，只有管理人和审核人员可见。',
  },
  history: { en: 'History', 'zh-CN': '历史版本' },
  pending: { en: 'Waits for review', 'zh-CN': '待审核' },
  approved: { en: 'Approved', 'zh-CN': '已通过' },
  refused: { en: 'Refused', 'zh-CN': '未通过' },
  replaced: { en: 'Replaced', 'zh-CN': '已被取代' },
  approve: { en: 'Approve', 'zh-CN': '通过' },
  revision: (number: number) => ({ en: `Revision ${number}`, 'zh-CN': `第 ${number} 版` }),
  submit: { en: 'Send for review', 'zh-CN': '提交审核' },
} satisfies Texts;

export const productCategoryText = {
  database: { en: 'Database', 'zh-CN': '数据库' },
  'cloud-service': { en: 'Cloud service', 'zh-CN': '云服务' },
  extension: { en: 'Extension', 'zh-CN': '插件' },
  tool: { en: 'Tool', 'zh-CN': '工具' },
  application: { en: 'Application', 'zh-CN': '应用' },
} satisfies Texts;

export const serviceKindText = {
  support: { en: 'Support', 'zh-CN': '技术支持' },
  consulting: { en: 'Consulting', 'zh-CN': '咨询' },
  migration: { en: 'Migration', 'zh-CN': '迁移' },
  performance: { en: 'Performance', 'zh-CN': '性能优化' },
  operations: { en: 'Operations', 'zh-CN': '运维托管' },
  hosting: { en: 'Hosting', 'zh-CN': '云托管' },
  development: { en: 'Development', 'zh-CN': '开发' },
  training: { en: 'Training', 'zh-CN': '培训' },
} satisfies Texts;

export const serviceHoursText = {
  'business-hours': { en: 'Business hours', 'zh-CN': '工作时间' },
  extended: { en: 'Extended hours', 'zh-CN': '延长时间' },
  'around-the-clock': { en: 'Around the clock', 'zh-CN': '全天候' },
} satisfies Texts;
