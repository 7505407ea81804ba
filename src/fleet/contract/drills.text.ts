import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** The first of many names, and how many there are beyond them. */
const some = (names: readonly string[]) =>
  names.slice(0, 10).join(', ') + (names.length > 10 ? ` … (+${names.length - 10})` : '');

/** What is said of drills, and on the sheets that prove them. */
export const drillText = {
  title: { en: 'Restore drill', 'zh-CN': '恢复演练' },
  stepPrepare: { en: 'See that the host can', 'zh-CN': '检查主机' },
  stepRestore: { en: 'Copy the backup out of the repository', 'zh-CN': '从仓库复制备份' },
  stepRecover: { en: 'Replay WAL up to the moment', 'zh-CN': '回放 WAL 到目标时间' },
  stepCompare: {
    en: 'Look for known commits, count every row, compare with the primary',
    'zh-CN': '核对已知提交，逐表计数并与主库比对',
  },
  stepPages: { en: 'Look at every page and index', 'zh-CN': '检查全部数据页与索引' },
  stepJudge: { en: 'Judge, and sign the evidence', 'zh-CN': '判定并签署证据' },
  stepStop: { en: 'Stop the restored server', 'zh-CN': '停止恢复出的服务器' },
  stepRemove: { en: 'Remove its data', 'zh-CN': '删除其数据' },
  noSuchDrill: { en: 'There is no such drill.', 'zh-CN': '没有这次演练。' },
  noEvidence: {
    en: 'This drill has not come to a judgement, so there is no evidence. Wait until it has ended, or run another.',
    'zh-CN': '该演练尚未得出结论，没有证据。请等待其结束，或再执行一次。',
  },
  noHost: {
    en: 'No host of the cluster is online, so nothing can be restored there. Nothing was changed. Name a host.',
    'zh-CN': '该集群没有在线的主机可用于演练，没有任何改动。请指定一台主机。',
  },
  busy: {
    en: 'A drill of this cluster is under way. Nothing was changed. Wait until it has ended.',
    'zh-CN': '该集群的一次演练正在进行，没有任何改动。请等待其结束。',
  },
  hostAway: (host: string) => ({
    en: `${host} has been silent for ten minutes.`,
    'zh-CN': `主机 ${host} 已有十分钟没有响应。`,
  }),
  badFiles: (words: string) => ({
    en: `The backup is damaged: ${words} Take a new full backup now; older backups in another repository may be sound.`,
    'zh-CN': `备份已损坏：${words} 请立即做一次全量备份；其他仓库中的备份可能仍然完好。`,
  }),
  badWal: (words: string) => ({
    en: `The archived WAL does not lead to that moment: ${words} Take a new full backup now.`,
    'zh-CN': `归档的 WAL 无法恢复到该时间：${words} 请立即做一次全量备份。`,
  }),
  badPages: (words: string) => ({
    en: `The restored data is damaged: ${words} It may be so on the primary too: run pg_amcheck there.`,
    'zh-CN': `恢复出的数据已损坏：${words} 主库上可能也是如此，请在主库执行 pg_amcheck。`,
  }),
  commitsMissing: (missing: number, of: number) => ({
    en: `${missing} of ${of} known commits are missing in what was restored. Take a new full backup now.`,
    'zh-CN': `${of} 个已知提交中有 ${missing} 个不在恢复结果中。请立即做一次全量备份。`,
  }),
  commitsTooNew: (count: number) => ({
    en: `${count} commits from after the moment are in what was restored: it did not stop where it should.`,
    'zh-CN': `恢复结果中含有 ${count} 个目标时间之后的提交：未在应停之处停止。`,
  }),
  databasesGone: (names: readonly string[]) => ({
    en: `What was restored lacks databases that the primary still has from before that moment: ${some(names)}. Take a new full backup now.`,
    'zh-CN': `恢复结果缺少主库中早于该时间、至今仍在的数据库：${some(names)}。请立即做一次全量备份。`,
  }),
  rowsMissing: (tables: readonly string[]) => ({
    en: `What was restored lacks tables or rows that the primary still has from before that moment: ${some(tables)}. Take a new full backup now.`,
    'zh-CN': `恢复结果缺少主库中早于该时间、至今仍在的表或行：${some(tables)}。请立即做一次全量备份。`,
  }),
  noRestore: (words: string) => ({
    en: `The restore could not be made, which says nothing of the backup: ${words}`,
    'zh-CN': `未能执行恢复，与备份好坏无关：${words}`,
  }),
  noRecovery: (words: string) => ({
    en: `The restored server did not come up, which says nothing of the backup: ${words}`,
    'zh-CN': `恢复出的服务器未能启动，与备份好坏无关：${words}`,
  }),
  noPages: (words: string) => ({
    en: `pg_amcheck could not look: ${words}`,
    'zh-CN': `pg_amcheck 未能检查：${words}`,
  }),
  notFinished: {
    en: 'The drill ended before everything was looked at.',
    'zh-CN': '演练在全部检查完成前结束。',
  },
  passedSay: (recovery: string, loss: string) => ({
    en: `Passed: back in ${recovery} s; ${loss} s would have been lost.`,
    'zh-CN': `通过：恢复用时 ${recovery} 秒，可能丢失 ${loss} 秒的数据。`,
  }),

  // The sheet.
  sheetTitle: { en: 'Evidence of a restore drill', 'zh-CN': '恢复演练证据' },
  passed: { en: 'Passed', 'zh-CN': '通过' },
  backupBad: { en: 'The backup is bad', 'zh-CN': '备份不可用' },
  infrastructureFailed: {
    en: 'The drill itself failed; the backup was not judged',
    'zh-CN': '演练本身失败，未对备份作出判定',
  },
  cluster: { en: 'Cluster', 'zh-CN': '集群' },
  systemId: { en: 'System identifier', 'zh-CN': '系统标识符' },
  backup: { en: 'Backup', 'zh-CN': '备份' },
  repository: { en: 'Repository', 'zh-CN': '仓库' },
  key: { en: 'Fingerprint of its key', 'zh-CN': '加密密钥指纹' },
  host: { en: 'Restored on', 'zh-CN': '恢复所在主机' },
  moment: { en: 'Restored to', 'zh-CN': '恢复到的时间' },
  endOfBackup: { en: 'the end of the backup', 'zh-CN': '备份结束时' },
  reached: { en: 'Newest commit in it', 'zh-CN': '其中最新的提交' },
  beganEnded: { en: 'Began, ended', 'zh-CN': '开始与结束' },
  startedBy: { en: 'Started by', 'zh-CN': '发起者' },
  recovery: { en: 'Measured recovery time', 'zh-CN': '实测恢复时间' },
  loss: { en: 'Measured possible loss', 'zh-CN': '实测可能丢失' },
  seconds: (count: string) => ({ en: `${count} s`, 'zh-CN': `${count} 秒` }),
  unknown: { en: 'not measured', 'zh-CN': '未测得' },
  marks: { en: 'Known commits', 'zh-CN': '已知提交' },
  marksFound: (before: number, after: number) => ({
    en: `${before} from before the moment are there, ${after} from after it are not`,
    'zh-CN': `目标时间之前的 ${before} 个均在，之后的 ${after} 个均不在`,
  }),
  pages: { en: 'Pages and indexes', 'zh-CN': '数据页与索引' },
  pagesSound: { en: 'all sound (pg_amcheck)', 'zh-CN': '全部完好（pg_amcheck）' },
  pagesBad: { en: 'damaged (pg_amcheck)', 'zh-CN': '有损坏（pg_amcheck）' },
  rows: { en: 'Rows counted', 'zh-CN': '逐行计数' },
  rowsOf: (database: string, tables: number, rows: string) => ({
    en: `${database}: ${rows} rows in ${tables} tables`,
    'zh-CN': `${database}：${tables} 张表，共 ${rows} 行`,
  }),
  compared: { en: 'Compared with the primary', 'zh-CN': '与主库比对' },
  comparedOf: (database: string, tables: number, rows: string) => ({
    en: `${database}: ${tables} tables and ${rows} rows in them, which the primary has had since before the moment, are all there`,
    'zh-CN': `${database}：主库中早于该时间、至今仍在的 ${tables} 张表及抽取的 ${rows} 行均在`,
  }),
  lackingOf: (database: string, tables: readonly string[]) => ({
    en: `${database}: tables or rows are missing in ${some(tables)}`,
    'zh-CN': `${database}：以下表缺失或缺行：${some(tables)}`,
  }),
  goneOf: (names: readonly string[]) => ({
    en: `databases are missing: ${some(names)}`,
    'zh-CN': `缺少数据库：${some(names)}`,
  }),
  uncomparedBecause: (why: Text) => ({
    en: `not everything: ${why.en}`,
    'zh-CN': `未全部比对：${why['zh-CN']}`,
  }),
  uncounted: { en: 'Not counted', 'zh-CN': '未计数' },
  uncountedOf: (names: readonly string[]) => ({
    en: `${names.length} databases: ${names.join(', ')}`,
    'zh-CN': `${names.length} 个数据库：${names.join('、')}`,
  }),
  noPrimary: {
    en: 'The primary did not answer.',
    'zh-CN': '主库没有响应。',
  },
  otherHistory: {
    en: 'The primary was restored since, and goes on from another moment.',
    'zh-CN': '主库此后被恢复过，已从另一时间点继续。',
  },
  noKnownCommit: {
    en: 'No commit is known from before that moment.',
    'zh-CN': '该时间之前没有已知提交。',
  },
  signedBy: { en: 'Signed by Elepherd (Ed25519), key', 'zh-CN': '由 Elepherd 签名（Ed25519），密钥' },
  howToVerify: {
    en: 'The signature is over the text of the JSON form of this sheet: save its “text”, “signature” (decoded from base64) and “publicKey”, then',
    'zh-CN':
      '签名针对本证据 JSON 形式中的 “text”。将 “text”、“signature”（base64 解码后）与 “publicKey” 分别保存为文件后执行',
  },
} satisfies Texts;
