import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is measured, in words. */
export const measureText = {
  'new-members': { en: 'New members', 'zh-CN': '新增成员' },
  'active-members': { en: 'Members who wrote', 'zh-CN': '发布过内容的成员' },
  articles: { en: 'Articles', 'zh-CN': '文章' },
  'featured-articles': { en: 'Featured articles', 'zh-CN': '精选文章' },
  questions: { en: 'Questions', 'zh-CN': '问题' },
  answers: { en: 'Answers', 'zh-CN': '回答' },
  'accepted-answers': { en: 'Accepted answers', 'zh-CN': '被采纳的回答' },
  'translated-articles': { en: 'Translated articles', 'zh-CN': '翻译文章' },
  'verified-faqs': { en: 'FAQ entries verified', 'zh-CN': '已核实的常见问题' },
  'verified-organisations': { en: 'Organisations verified', 'zh-CN': '已认证机构' },
  'approved-offerings': { en: 'Products and services approved', 'zh-CN': '已通过的产品与服务' },
  'approved-experts': { en: 'Experts approved', 'zh-CN': '已通过的专家' },
  'approved-chapters': { en: 'Chapters approved', 'zh-CN': '已批准的分会' },
  'campus-chapters': { en: 'Chapters on campus', 'zh-CN': '校园分会' },
  placements: { en: 'Swaps with partner media', 'zh-CN': '资源互换' },
  'moderated-writings': { en: 'Writings looked at', 'zh-CN': '已审核的内容' },
  'plan-kept': { en: 'Plans done on their day', 'zh-CN': '按期完成的计划' },
  'matters-closed': { en: 'Matters closed', 'zh-CN': '已办结事项' },
} satisfies Texts;
