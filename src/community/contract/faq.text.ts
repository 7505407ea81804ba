import type { Texts } from '#src/platform/contract/i18n.ts';

/** Refusals around the FAQ. */
export const faqText = {
  noSuchEntry: {
    en: 'There is no such entry in the FAQ. Look for it in its list.',
    'zh-CN': '常见问题中没有这一条。请在列表中查找。',
  },
  noSuchAnswer: {
    en: 'There is no public answer with that number. Nothing was saved; leave the field empty or correct it.',
    'zh-CN': '没有该编号的公开回答。没有保存任何内容，请留空或更正。',
  },
} satisfies Texts;

/** Words of the pages of the FAQ. */
export const faqPageText = {
  title: { en: 'FAQ', 'zh-CN': '常见问题' },
  lead: {
    en: 'Answers that were looked at and found right, each for the versions it names.',
    'zh-CN': '经过核实的解答，每一条都注明适用的版本。',
  },
  find: { en: 'Find', 'zh-CN': '查找' },
  findField: { en: 'Words', 'zh-CN': '关键词' },
  versionField: { en: 'Version', 'zh-CN': '版本' },
  anyVersion: { en: 'Any version', 'zh-CN': '所有版本' },
  none: { en: 'Nothing fits.', 'zh-CN': '没有符合条件的条目。' },
  noneLead: {
    en: 'Ask for fewer words or another version, or ask the community.',
    'zh-CN': '请减少关键词、换个版本，或直接向社区提问。',
  },
  holdsFor: (from: number, to: number | null) => ({
    en:
      to === null
        ? `PostgreSQL ${from} and later`
        : to === from
          ? `PostgreSQL ${from}`
          : `PostgreSQL ${from} to ${to}`,
    'zh-CN':
      to === null
        ? `PostgreSQL ${from} 及以上`
        : to === from
          ? `PostgreSQL ${from}`
          : `PostgreSQL ${from} 至 ${to}`,
  }),
  verified: { en: 'verified', 'zh-CN': '核实于' },
  verifiedUpTo: (major: number) => ({ en: `verified up to ${major}`, 'zh-CN': `已核实至 ${major}` }),
  stale: { en: 'Not verified on the newest version', 'zh-CN': '尚未在最新版本上核实' },
  brokenOn: (version: string) => ({ en: `Broken on ${version}`, 'zh-CN': `在 ${version} 上已失效` }),
  brokenLead: (version: string) => ({
    en: `Its proof gave something else on PostgreSQL ${version}, or failed. The result is below the proof; whoever curates it has been told.`,
    'zh-CN': `验证 SQL 在 PostgreSQL ${version} 上得到了不同的结果或执行失败，结果列在验证 SQL 下方，并已通知整理者。`,
  }),
  byRun: (version: string) => ({
    en: `by a run of its proof on ${version}`,
    'zh-CN': `通过在 ${version} 上运行验证 SQL`,
  }),
  staleLead: {
    en: 'A newer PostgreSQL has come out since somebody last looked. It may still be right.',
    'zh-CN': '上次核实之后有新的 PostgreSQL 版本发布。内容可能依然有效。',
  },
  retired: { en: 'This entry is no longer listed.', 'zh-CN': '此条目已不再列出。' },
  curator: { en: 'Curated by', 'zh-CN': '整理' },
  verifier: { en: 'Verified by', 'zh-CN': '核实' },
  fromAnswer: { en: 'From an answer by', 'zh-CN': '来自以下成员的回答' },
  proof: { en: 'Proof', 'zh-CN': '验证 SQL' },
  signals: { en: 'Raised by', 'zh-CN': '相关信号' },
  verifyNow: {
    en: 'Verified on the newest version',
    'zh-CN': '已在最新版本上核实',
  },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  write: { en: 'Add an entry', 'zh-CN': '新增条目' },
  retire: { en: 'Take out of the list', 'zh-CN': '从列表中移除' },
  titleField: { en: 'The question in one sentence', 'zh-CN': '用一句话概括问题' },
  bodyField: { en: 'The answer', 'zh-CN': '解答' },
  tagsField: { en: 'Tags', 'zh-CN': '标签' },
  signalsField: { en: 'Signals', 'zh-CN': '信号' },
  signalsHint: {
    en: 'What raises it in alerts, separated by blanks: sqlstate:53300 wait:Lock:relation setting:max_connections rule:disk-nearly-full',
    'zh-CN':
      '告警中触发此条目的信号，用空格分隔：sqlstate:53300 wait:Lock:relation setting:max_connections rule:disk-nearly-full',
  },
  fromField: { en: 'First version', 'zh-CN': '起始版本' },
  toField: { en: 'Last version', 'zh-CN': '截止版本' },
  toHint: { en: 'Empty while it holds for every version there is.', 'zh-CN': '对所有后续版本均适用时留空。' },
  proofField: { en: 'SQL that proves it', 'zh-CN': '用于验证的 SQL' },
  answerField: { en: 'Number of the answer it comes from', 'zh-CN': '来源回答的编号' },
  save: { en: 'Save', 'zh-CN': '保存' },
  clear: { en: 'Show all', 'zh-CN': '显示全部' },
} satisfies Texts;
