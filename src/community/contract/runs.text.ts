import type { Texts } from '#src/platform/contract/i18n.ts';

const listed = (majors: readonly number[]) => ({ en: majors.join(', '), 'zh-CN': majors.join('、') });

/** Words around blocks of SQL that can be run. */
export const runText = {
  run: { en: 'Run', 'zh-CN': '运行' },
  stop: { en: 'Stop', 'zh-CN': '停止' },
  edit: { en: 'Make it mine', 'zh-CN': '改成我的' },
  reset: { en: "Back to the author's", 'zh-CN': '恢复作者原文' },
  write: { en: 'Write about it', 'zh-CN': '以此写文章' },
  mine: { en: 'Your copy: only this browser has it.', 'zh-CN': '您的副本，仅保存在此浏览器中。' },
  code: { en: 'SQL to run', 'zh-CN': '要运行的 SQL' },
  result: { en: 'Result', 'zh-CN': '运行结果' },
  tools: { en: 'Run this SQL', 'zh-CN': '运行这段 SQL' },
  loading: {
    en: 'PostgreSQL is being loaded into this browser…',
    'zh-CN': '正在将 PostgreSQL 载入此浏览器……',
  },
  running: { en: 'Running…', 'zh-CN': '运行中……' },
  stopped: {
    en: 'Stopped. Nothing of it is left; run it again whenever you like.',
    'zh-CN': '已停止，没有留下任何数据，可随时重新运行。',
  },
  failed: {
    en: 'PostgreSQL could not be loaded here. The text is unharmed; try again, or use a newer browser.',
    'zh-CN': '无法在此载入 PostgreSQL。原文不受影响，请重试或使用较新的浏览器。',
  },
  setupFailed: { en: 'The set-up failed:', 'zh-CN': '准备脚本出错：' },
  /** `{n}` stands for the number of rows. */
  rowsOf: { en: '{n} rows', 'zh-CN': '{n} 行' },
  oneRow: { en: '1 row', 'zh-CN': '1 行' },
  rowsCut: { en: '{n} rows, the first of them shown', 'zh-CN': '共 {n} 行，仅显示开头部分' },
  done: { en: 'Done, without rows.', 'zh-CN': '已完成，没有返回行。' },
  inBrowser: { en: 'in this browser', 'zh-CN': '在此浏览器中' },
  setup: { en: 'Set-up', 'zh-CN': '准备脚本' },
  stillTrue: (major: number) => ({ en: `still true on ${major}`, 'zh-CN': `在 ${major} 上仍然成立` }),
  broken: (major: number) => ({ en: `broken on ${major}`, 'zh-CN': `在 ${major} 上已失效` }),
  waiting: (majors: readonly number[]) => ({
    en: `Waits for its turn on PostgreSQL ${listed(majors).en}.`,
    'zh-CN': `正在等待在 PostgreSQL ${listed(majors)['zh-CN']} 上运行。`,
  }),
  notHere: (majors: readonly number[]) => ({
    en: `Not run here on PostgreSQL ${listed(majors).en}: this community has no such server.`,
    'zh-CN': `未在 PostgreSQL ${listed(majors)['zh-CN']} 上运行：本社区没有该版本的服务器。`,
  }),
  yoursBroke: (major: number) => ({
    en: `SQL that you published gives something else on PostgreSQL ${major}`,
    'zh-CN': `您发布的 SQL 在 PostgreSQL ${major} 上得到了不同的结果`,
  }),
  acceptedBroke: (major: number) => ({
    en: `SQL in the answer that you asked for gives something else on PostgreSQL ${major}`,
    'zh-CN': `您的问题的采纳回答中，有 SQL 在 PostgreSQL ${major} 上得到了不同的结果`,
  }),
  proofBroke: (major: number) => ({
    en: `The proof of an entry of the FAQ does not hold on PostgreSQL ${major}`,
    'zh-CN': `一条常见问题的验证 SQL 在 PostgreSQL ${major} 上不成立`,
  }),
  followUp: (major: number) => ({
    en: `The accepted answer was written for an older version: its SQL gives something else on PostgreSQL ${major}. Both results stand there.`,
    'zh-CN': `采纳的回答针对较早的版本：其中的 SQL 在 PostgreSQL ${major} 上得到了不同的结果，两种结果都列在该回答中。`,
  }),
  seeResults: { en: 'See the results', 'zh-CN': '查看结果' },
  noServer: {
    en: 'No server could be had to run SQL on. Nothing was changed; it is tried again by itself.',
    'zh-CN': '暂时没有可用于运行 SQL 的服务器。没有更改任何内容，系统会自动重试。',
  },
} satisfies Texts;
