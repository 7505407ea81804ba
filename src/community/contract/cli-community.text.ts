import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the command line says about the community. */
export const cliCommunityText = {
  import: {
    en: 'Import a folder of Markdown, or the export of a forum, into the community',
    'zh-CN': '将 Markdown 文件夹或论坛导出文件导入社区',
  },
  importDetail: {
    en: 'Files have front matter, or a heading block with author, date and tags. Pictures of the folder that they show come along. Running it again changes what changed at its source and doubles nothing, so one that broke off is simply run again.',
    'zh-CN':
      '文件可带 YAML 文件头，或作者、日期、标签的标题块。文中引用的本地图片会一并导入。再次运行只更新源头有变化的内容，不会重复；中断后重新运行即可。',
  },
  place: {
    en: 'Folder of Markdown files, or JSON file of a forum',
    'zh-CN': 'Markdown 文件夹或论坛 JSON 文件',
  },
  optionSource: {
    en: 'What it is; otherwise markdown for a folder.',
    'zh-CN': '来源类型；文件夹默认为 markdown。',
  },
  optionSite: {
    en: 'A name for where it comes from, the same at each run; otherwise the name of the folder or file.',
    'zh-CN': '来源名称，每次运行须相同；默认为文件夹或文件名。',
  },
  optionAuthor: {
    en: 'Handle of the member whose all of it is; otherwise each says it itself.',
    'zh-CN': '全部内容归属的成员用户名；默认按各自的作者。',
  },
  optionDry: { en: 'Look at everything and keep nothing.', 'zh-CN': '只检查，不保存任何内容。' },
  noPlace: (place: string) => ({
    en: `${place} cannot be read. Nothing was imported.`,
    'zh-CN': `无法读取 ${place}。没有导入任何内容。`,
  }),
  noForum: (place: string) => ({
    en: `${place} is no export with a list of topics. Nothing was imported.`,
    'zh-CN': `${place} 不是包含主题列表的导出文件。没有导入任何内容。`,
  }),
  sourceNeeded: {
    en: 'Say what the file is: --source discourse, or --source nodebb.',
    'zh-CN': '请说明文件类型：--source discourse 或 --source nodebb。',
  },
  leftOut: (key: string) => ({
    en: `${key} is too large, or no text, and was left out.`,
    'zh-CN': `${key} 过大或不是文本，已跳过。`,
  }),
  pictureRefused: (key: string, words: string) => ({
    en: `Left out: ${key}. ${words}`,
    'zh-CN': `已跳过：${key}。${words}`,
  }),
  pictures: (sent: number, all: number) => ({
    en: `${all} pictures, ${sent} of them new.`,
    'zh-CN': `图片 ${all} 张，其中新上传 ${sent} 张。`,
  }),
  progress: (done: number, all: number) => ({
    en: `${done} of ${all}`,
    'zh-CN': `${done} / ${all}`,
  }),
  refused: (key: string, reason: string) => ({
    en: `Refused: ${key}. ${reason}`,
    'zh-CN': `未导入：${key}。${reason}`,
  }),
  warning: (key: string, words: string) => ({ en: `${key}: ${words}`, 'zh-CN': `${key}：${words}` }),
  imported: (created: number, updated: number, unchanged: number, refused: number) => ({
    en: `${created} new, ${updated} changed, ${unchanged} as they were, ${refused} refused.`,
    'zh-CN': `新增 ${created}，更新 ${updated}，未变 ${unchanged}，未导入 ${refused}。`,
  }),
  onlyTried: { en: 'This was a dry run: nothing was kept.', 'zh-CN': '这是试运行：没有保存任何内容。' },
  checkPoints: {
    en: 'Work the rules of points over all history again and compare with the ledger',
    'zh-CN': '按积分规则重新推算全部历史并与账本比对',
  },
  checkPointsDetail: {
    en: 'Changes nothing. Ends with an error when an entry or a balance differs.',
    'zh-CN': '不会更改任何数据。存在不一致时以错误结束。',
  },
  pointsRight: (entries: number, members: number) => ({
    en: `${entries} entries of ${members} members are right.`,
    'zh-CN': `${members} 位成员的 ${entries} 条记录全部一致。`,
  }),
  pointsDiffer: (entries: number, balances: number) => ({
    en: `${entries} entries and ${balances} balances differ from what the rules give. Nothing was changed; look at the entries named above.`,
    'zh-CN': `${entries} 条记录、${balances} 个余额与规则不符。未作任何更改，请检查上述记录。`,
  }),
  entryDiffers: (id: number, expected: string, found: string) => ({
    en: `Entry ${id}: ${found} instead of ${expected}.`,
    'zh-CN': `记录 ${id}：应为 ${expected}，实为 ${found}。`,
  }),
  balanceDiffers: (handle: string, expected: string, found: string) => ({
    en: `@${handle}: ${found} instead of ${expected}.`,
    'zh-CN': `@${handle}：应为 ${expected}，实为 ${found}。`,
  }),
  recount: { en: 'Count a published election again', 'zh-CN': '重新计算一次公开的选举' },
  recountDetail: {
    en: 'Reads the file that the page of an election offers, counts its ballots by the same rules, and compares every stage. Needs no server.',
    'zh-CN': '读取选举页面提供的文件，按相同规则重新计票，并逐轮比较。不需要服务器。',
  },
  electionFile: { en: 'file of an election', 'zh-CN': '选举文件' },
  noElection: (file: string) => ({
    en: `${file} is no file of an election. Nothing was counted; download it from the page of the election.`,
    'zh-CN': `${file} 不是选举文件。没有计票，请从选举页面下载。`,
  }),
  counted: (ballots: number, title: string) => ({
    en: `${ballots} ballots counted: ${title}`,
    'zh-CN': `已计 ${ballots} 张选票：${title}`,
  }),
  winner: (name: string, votes: string) => ({
    en: `elected: ${name} (${votes} at first)`,
    'zh-CN': `当选：${name}（首轮 ${votes}）`,
  }),
  same: { en: 'The same as published.', 'zh-CN': '与公布结果一致。' },
  differs: (what: string) => ({
    en: `Not the same as published: ${what}. Nothing was changed; ask those who run the election.`,
    'zh-CN': `与公布结果不一致：${what}。未作任何更改，请向选举组织方询问。`,
  }),
} satisfies Texts;
