import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the community's front page. */
export const homeText = {
  title: {
    en: 'Where people who run PostgreSQL help one another',
    'zh-CN': '用 PostgreSQL 的人，在这里互相成就',
  },
  lead: {
    en: 'Ask, answer, write down what you found out. Nobody’s marketing, everybody’s knowledge.',
    'zh-CN': '提问、解答、把踩过的坑写成文章。不替任何厂商说话，让每个人的经验成为大家的知识。',
  },
  join: { en: 'Join the herd', 'zh-CN': '加入象群' },
  featured: { en: 'Picked by the editors', 'zh-CN': '编辑精选' },
  active: { en: 'Active questions', 'zh-CN': '正在讨论' },
  unanswered: { en: 'Waiting for an answer', 'zh-CN': '等你来答' },
  newArticles: { en: 'New articles', 'zh-CN': '最新文章' },
  all: { en: 'All', 'zh-CN': '全部' },
  tags: { en: 'What is talked about', 'zh-CN': '大家在聊什么' },
  organisations: { en: 'Organisations', 'zh-CN': '社区机构' },
  newcomers: { en: 'New here', 'zh-CN': '新面孔' },
  countQuestions: { en: 'questions', 'zh-CN': '个问题' },
  countArticles: { en: 'articles', 'zh-CN': '篇文章' },
  countMembers: { en: 'members', 'zh-CN': '位成员' },
  countOrganisations: { en: 'organisations', 'zh-CN': '家机构' },
  noQuestions: { en: 'Nobody has asked anything yet.', 'zh-CN': '还没有人提问。' },
  noQuestionsHint: {
    en: 'Ask the first question: what has kept you busy with PostgreSQL this week?',
    'zh-CN': '来提第一个问题吧：这周 PostgreSQL 让你琢磨最久的是什么？',
  },
  noArticles: { en: 'No article yet.', 'zh-CN': '还没有文章。' },
  noArticlesHint: {
    en: 'Write the first one: a night on call, a plan that surprised you, a migration that worked.',
    'zh-CN': '写下第一篇：一次深夜值班、一个出乎意料的执行计划、一场顺利的迁移。',
  },
} satisfies Texts;
