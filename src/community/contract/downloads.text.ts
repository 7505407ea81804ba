import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about files of case studies, and what is given for them. */
export const downloadText = {
  title: { en: 'File for download', 'zh-CN': '资料下载' },
  free: { en: 'Free', 'zh-CN': '免费' },
  gated: { en: 'For your name and address', 'zh-CN': '留下联系方式后下载' },
  get: { en: 'Download', 'zh-CN': '下载' },
  ask: { en: 'Get the file', 'zh-CN': '获取资料' },
  add: { en: 'Add a file for download', 'zh-CN': '添加可下载的资料' },
  manage: { en: 'Manage the file', 'zh-CN': '管理资料' },
  fetched: (count: string) => ({ en: `Downloads: ${count}`, 'zh-CN': `下载 ${count} 次` }),
  lead: (publisher: string) => ({
    en: `${publisher} gives this file to those who say who they are. What you write here goes to ${publisher} and nobody else.`,
    'zh-CN': `${publisher}向留下联系方式的读者提供此资料。您填写的内容仅提供给${publisher}。`,
  }),
  name: { en: 'Your name', 'zh-CN': '姓名' },
  email: { en: 'Work e-mail', 'zh-CN': '工作邮箱' },
  company: { en: 'Organisation', 'zh-CN': '单位' },
  /** Whoever changes these words changes `consentVersion`. */
  consentTo: (publisher: string, months: number, day: string) => ({
    en: `I agree that ${publisher} gets my name, work e-mail and organisation to contact me about this case study and its offers. They are kept here for ${months} months, until ${day}, and then erased. I can ask ${publisher} to erase them earlier.`,
    'zh-CN': `我同意${publisher}获得我的姓名、工作邮箱和单位，用于就此案例及其产品服务与我联系。这些信息在此保存 ${months} 个月，至 ${day} 删除；我可随时要求${publisher}提前删除。`,
  }),
  send: { en: 'Agree and get the file', 'zh-CN': '同意并获取资料' },
  mailHint: {
    en: 'A link to the file is mailed to this address.',
    'zh-CN': '下载链接将发送到此邮箱。',
  },
  mailed: {
    en: 'Look into your mailbox: if the address is right, a link to the file is on its way. It works for 3 days.',
    'zh-CN': '请查收邮件：若邮箱无误，下载链接正在发送途中，3 天内有效。',
  },
  confirmHint: (publisher: string) => ({
    en: `With this you confirm your address, and ${publisher} gets what you wrote.`,
    'zh-CN': `下载即确认您的邮箱，您填写的信息将提供给${publisher}。`,
  }),
  linkDead: {
    en: 'This link is over or not ours. Ask for the file again.',
    'zh-CN': '链接已失效或无效，请重新获取资料。',
  },
  mailSubject: { en: 'The file you asked for', 'zh-CN': '您索取的资料' },
  mailText: (title: string, publisher: string, link: string, days: number) => ({
    en: `Somebody, probably you, asked for the file of the case study “${title}” with this address.\n\nOpen this link to get it; it works for ${days} days:\n\n${link}\n\nOnly then does ${publisher} get what was written in the form. If it was not you, do nothing: it is erased by itself.`,
    'zh-CN': `有人（可能是您）用此邮箱索取案例“${title}”的资料。\n\n请打开以下链接下载，${days} 天内有效：\n\n${link}\n\n打开并确认后，${publisher}才会获得表单中填写的信息。若非您本人操作，请忽略此邮件，信息会自动删除。`,
  }),
  noSuch: {
    en: 'There is no such file, or it is not yours to see.',
    'zh-CN': '没有这份资料，或您无权查看。',
  },
  none: { en: 'This case study has no file.', 'zh-CN': '此案例没有资料。' },
  isGated: {
    en: 'This file is given to those who say who they are. Fill in its form first.',
    'zh-CN': '此资料需先填写表单才能下载。',
  },
  isFree: {
    en: 'This file is free by now. Nothing of yours was kept; download it.',
    'zh-CN': '此资料现已免费，未保存您的任何信息，请直接下载。',
  },
  wordsChanged: {
    en: 'What you would agree to says something else by now. Nothing was kept; read it again.',
    'zh-CN': '授权条款已有变化，未保存任何信息。请重新阅读后再提交。',
  },
  wrongType: {
    en: 'This kind of file is not taken. Nothing was kept. Send a PDF, slides or a text document (PPTX, DOCX, XLSX, ODP, ODT), or a ZIP archive.',
    'zh-CN':
      '不支持该类型的文件，没有保存任何内容。请上传 PDF、演示文稿或文档（PPTX、DOCX、XLSX、ODP、ODT）或 ZIP 压缩包。',
  },
  file: { en: 'File', 'zh-CN': '文件' },
  fileHint: {
    en: 'PDF, slides, a document or a ZIP archive, 16 MiB at most. The customer approves the case study anew before readers see the file.',
    'zh-CN': 'PDF、演示文稿、文档或 ZIP，最大 16 MiB。客户重新确认案例后，读者才能看到此文件。',
  },
  upload: { en: 'Upload', 'zh-CN': '上传' },
  replace: { en: 'Replace the file', 'zh-CN': '替换文件' },
  remove: { en: 'Remove the file', 'zh-CN': '移除文件' },
  makeFree: { en: 'Make it free', 'zh-CN': '设为免费' },
  makeGated: { en: 'Ask for name and address', 'zh-CN': '设为留下联系方式后下载' },
  gatedHint: (publisher: string) => ({
    en: `Managers of ${publisher} then see who asked for it.`,
    'zh-CN': `${publisher}的管理员可以看到索取者。`,
  }),
  noOrganisation: {
    en: 'Only an organisation can ask for names: a verified one that its author manages, or that confirmed that its author works there.',
    'zh-CN': '只有机构可以索取联系方式：作者须为已认证机构的管理员，或其任职已获该机构确认。',
  },
  leads: { en: 'Leads', 'zh-CN': '线索' },
  leadsLead: {
    en: 'Who gave their name for a file of yours. Use it only for what they agreed to. Each is erased on the day beside it.',
    'zh-CN': '为获取贵机构资料而留下联系方式的读者。仅可用于其同意的用途，到期自动删除。',
  },
  noLeads: { en: 'Nobody has given their name yet.', 'zh-CN': '还没有线索。' },
  noSuchLeads: {
    en: 'There are no such leads, or they are not yours to see.',
    'zh-CN': '没有这些线索，或您无权查看。',
  },
  csv: { en: 'Download as CSV', 'zh-CN': '下载 CSV' },
  date: { en: 'Date', 'zh-CN': '日期' },
  article: { en: 'Case study', 'zh-CN': '案例' },
  proved: { en: 'Address proved', 'zh-CN': '邮箱已验证' },
  notProved: { en: 'Address not proved', 'zh-CN': '邮箱未验证' },
  consent: { en: 'Agreed to', 'zh-CN': '同意内容' },
  version: { en: 'Version of the words', 'zh-CN': '条款版本' },
  keepUntil: { en: 'Erased on', 'zh-CN': '删除日期' },
  erase: { en: 'Erase', 'zh-CN': '删除' },
  eraseOf: (name: string) => ({ en: `Erase the lead of ${name}`, 'zh-CN': `删除${name}的线索` }),
} satisfies Texts;
