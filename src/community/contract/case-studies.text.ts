import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about case studies. */
export const caseStudyText = {
  title: { en: 'Case studies', 'zh-CN': '行业案例' },
  lead: {
    en: 'What organisations reached with PostgreSQL, in figures before and after. Each is approved by the organisation it tells of.',
    'zh-CN': '各行业使用 PostgreSQL 的成果，以前后数据说话。每个案例都经所述机构确认。',
  },
  one: { en: 'Case study', 'zh-CN': '案例' },
  none: { en: 'No case study is published yet.', 'zh-CN': '还没有已发布的案例。' },
  noneHint: {
    en: 'Write an article and add the customer and the figures: it comes out once the customer approves it.',
    'zh-CN': '撰写文章并填写客户与数据，经客户确认后即会发布。',
  },
  form: { en: 'This is a case study', 'zh-CN': '这是一篇案例' },
  formHint: {
    en: 'With a customer the article waits until a manager of that organisation approves it; each later change waits for them again.',
    'zh-CN': '填写客户后，文章须经该机构管理员确认才会发布；之后的每次修改都需再次确认。',
  },
  customer: { en: 'Customer', 'zh-CN': '客户' },
  customerHint: {
    en: 'The name in the address of its page: /organisations/NAME.',
    'zh-CN': '机构页面地址中的名称：/organisations/名称。',
  },
  companySize: { en: 'People who work there', 'zh-CN': '员工人数' },
  figures: { en: 'Figures', 'zh-CN': '数据' },
  figuresHint: {
    en: 'One a line: measure; before; after; unit. For example: Nightly report; 240; 12; min',
    'zh-CN': '每行一项：指标；之前；之后；单位。例如：夜间报表；240；12；分钟',
  },
  measure: { en: 'Measure', 'zh-CN': '指标' },
  before: { en: 'Before', 'zh-CN': '之前' },
  after: { en: 'After', 'zh-CN': '之后' },
  change: { en: 'Change', 'zh-CN': '变化' },
  quote: { en: 'Quote', 'zh-CN': '引语' },
  quotedPerson: { en: 'Who said it', 'zh-CN': '引语出自' },
  quotedTitle: { en: 'Their position', 'zh-CN': '职位' },
  waits: (name: string) => ({
    en: `This case study is seen by its author and by ${name} alone until ${name} approves it.`,
    'zh-CN': `在${name}确认之前，此案例仅作者与${name}可见。`,
  }),
  approvedOn: (name: string, day: string) => ({
    en: `Approved by ${name} on ${day}.`,
    'zh-CN': `${name}已于 ${day} 确认。`,
  }),
  approve: { en: 'Approve and let it be published', 'zh-CN': '确认并同意发布' },
  withdraw: { en: 'Withdraw the approval', 'zh-CN': '撤回确认' },
  withdrawHint: {
    en: 'It is taken out of public view at once; its author keeps it.',
    'zh-CN': '撤回后立即不再公开，作者仍保留原稿。',
  },
  noSuch: {
    en: 'There is no such case study, or it is not yours to see.',
    'zh-CN': '没有这个案例，或您无权查看。',
  },
  changedMeanwhile: {
    en: 'The case study says something else by now. Nothing was approved; read it again.',
    'zh-CN': '案例内容已有变化，本次未确认。请重新阅读后再确认。',
  },
  customerUnknown: {
    en: 'There is no verified organisation of that name, so nobody could approve the case study. Nothing was saved.',
    'zh-CN': '没有这个已认证的机构，案例将无人确认，因此未保存。',
  },
  isNone: {
    en: 'This article was not written as a case study. Write a new one with the customer.',
    'zh-CN': '这篇文章不是案例。请新写一篇并填写客户。',
  },
  asked: {
    en: 'A case study about your organisation waits for your approval',
    'zh-CN': '一篇关于贵机构的案例等待您确认',
  },
  wasApproved: { en: 'Your case study was approved by its customer', 'zh-CN': '您的案例已获客户确认' },
  wasWithdrawn: {
    en: 'The customer withdrew the approval of your case study; it is no longer public',
    'zh-CN': '客户撤回了对您案例的确认，案例已不再公开',
  },
} satisfies Texts;
