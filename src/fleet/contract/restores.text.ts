import type { Texts } from '#src/platform/contract/i18n.ts';

const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
const utc = (at: Date) => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** What is said of restores. */
export const restoreText = {
  // The agent.
  cutOff: {
    en: 'The work was cut off, perhaps by a restart of the host. What was copied so far counts for nothing. Retry: it begins anew.',
    'zh-CN': '任务被中断（可能由于主机重启），已复制的部分作废。请重试，将从头开始。',
  },
  notEmpty: (directory: string) => ({
    en: `${directory} holds the data of a PostgreSQL server, so nothing is restored there. Nothing was changed. Move it away, then retry.`,
    'zh-CN': `${directory} 中已有 PostgreSQL 数据，拒绝在此恢复，没有任何改动。请移走后重试。`,
  }),
  noRoom: (directory: string, free: number, needs: number) => ({
    en: `${gib(free)} are free where ${directory} lies, and the restore needs ${gib(needs)}. Nothing was restored. Make room or choose another host, then retry.`,
    'zh-CN': `${directory} 所在磁盘剩余 ${gib(free)}，恢复需要 ${gib(needs)}，尚未恢复任何内容。请腾出空间或换一台主机后重试。`,
  }),
  restored: (percent: string) => ({ en: `${percent} % are restored.`, 'zh-CN': `已恢复 ${percent}%。` }),
  recoveryTooLong: (seconds: number) => ({
    en: `The recovery is not through after ${seconds} s; it goes on by itself. Retry to go on waiting.`,
    'zh-CN': `等待 ${seconds} 秒后恢复仍未完成，回放仍在继续。请重试以继续等待。`,
  }),
  noControlFile: (directory: string, words: string) => ({
    en: `${directory} does not hold the whole data of a server: ${words}`,
    'zh-CN': `${directory} 中不是完整的服务器数据：${words}`,
  }),
  doesNotStop: (directory: string, words: string) => ({
    en: `The PostgreSQL in ${directory} does not stop: ${words} Look at it on the host, then retry.`,
    'zh-CN': `${directory} 中的 PostgreSQL 无法停止：${words} 请在主机上检查后重试。`,
  }),
  notBeside: (from: string, to: string) => ({
    en: `${to} does not lie beside ${from}. Nothing was moved.`,
    'zh-CN': `${to} 与 ${from} 不在同一目录下，没有移动任何内容。`,
  }),

  // Refusals.
  noPlan: {
    en: 'This cluster has no backups: there is nothing to restore from. Switch backups on first.',
    'zh-CN': '该集群没有备份，无从恢复。请先启用备份。',
  },
  noBackup: {
    en: 'No repository holds a backup together with all the WAL it needs. Nothing was changed. Run a backup, or wait until the one under way has ended.',
    'zh-CN':
      '没有任何仓库同时拥有备份及其所需的全部 WAL，没有任何改动。请先执行备份，或等待正在进行的备份完成。',
  },
  beforeFirst: (first: Date) => ({
    en: `That is before the end of the first backup, ${utc(first)}: nothing leads there. Nothing was changed. Choose that moment or a later one.`,
    'zh-CN': `该时间早于第一个备份结束的时间 ${utc(first)}，无法恢复到那时。没有任何改动，请选择该时间或更晚的时间。`,
  }),
  afterLast: (last: Date) => ({
    en: `That is after what is archived: the newest moment that can be reached for certain is ${utc(last)}. Nothing was changed. Choose that moment, or leave the time out to get all there is.`,
    'zh-CN': `该时间晚于已归档的内容，目前确定可恢复到的最新时间为 ${utc(last)}。没有任何改动，请选择该时间，或不指定时间以恢复到最新。`,
  }),
  inGap: (nearest: Date) => ({
    en: `WAL is missing between the backups and that moment: the nearest moment before it that can be reached is ${utc(nearest)}. Nothing was changed.`,
    'zh-CN': `备份与该时间之间缺少 WAL，此前可恢复到的最近时间为 ${utc(nearest)}，没有任何改动。`,
  }),
  backupUnknown: {
    en: 'No repository holds a backup of that name, or the WAL it needs is missing. Nothing was changed. Look at the list of backups.',
    'zh-CN': '没有任何仓库拥有该名称的备份，或其所需的 WAL 已缺失，没有任何改动。请查看备份列表。',
  },
  backupTooNew: (ended: Date) => ({
    en: `That backup ended at ${utc(ended)}, after the moment you wish: it cannot lead back to it. Nothing was changed. Choose an earlier backup, or none.`,
    'zh-CN': `该备份结束于 ${utc(ended)}，晚于所选时间，无法用它恢复。没有任何改动，请选择更早的备份或不指定备份。`,
  }),
  confirmName: (name: string) => ({
    en: `A restore in place replaces what ${name} holds now. Nothing was changed. Type its name to confirm.`,
    'zh-CN': `原地恢复会替换 ${name} 当前的数据，没有任何改动。请输入集群名称以确认。`,
  }),
  hostUnfit: (host: string) => ({
    en: `${host} is silent or may not be used. Nothing was changed. Choose a host that is online.`,
    'zh-CN': `主机 ${host} 无响应或不可用，没有任何改动。请选择在线的主机。`,
  }),
  otherVersion: (version: number) => ({
    en: `The backups are of PostgreSQL ${version}, and a restore keeps the version. Nothing was changed. Leave the version out.`,
    'zh-CN': `备份来自 PostgreSQL ${version}，恢复不会改变版本。没有任何改动，请不要指定其他版本。`,
  }),
  notItsRepository: {
    en: 'The cluster does not back up to that repository. Nothing was changed. Choose one of its own.',
    'zh-CN': '该集群没有备份到这个仓库，没有任何改动。请选择其使用的仓库。',
  },
  noSuchHost: { en: 'There is no such host.', 'zh-CN': '没有这台主机。' },
  noSuchRestore: { en: 'There is no such restore.', 'zh-CN': '没有这个恢复记录。' },
  nothingAside: {
    en: 'This restore keeps nothing aside. Nothing was changed.',
    'zh-CN': '该恢复没有保留旧数据，没有任何改动。',
  },

  hostsSilent: (hosts: readonly string[]) => ({
    en: `${hosts.join(', ')} is silent. A member that is away now would come back with the data of before and might lead. Nothing was changed. Bring it back or remove it from the cluster, then retry.`,
    'zh-CN': `${hosts.join('、')} 无响应。此时离线的成员恢复后会带着旧数据回来并可能成为主库。没有任何改动，请先恢复该主机或将其移出集群，然后重试。`,
  }),

  // Words of previews.
  getsDataFirst: { en: 'stopped; gets the data first', 'zh-CN': '停止后首先恢复数据' },
  copiedAgain: { en: 'stopped; copied again from the restored one', 'zh-CN': '停止后从恢复的主库重新复制' },
  newServer: { en: 'gets the data first', 'zh-CN': '首先恢复数据' },
  newReplica: { en: 'copied from the restored one', 'zh-CN': '从恢复的主库复制' },
  scratchServer: {
    en: 'a server beside the others, on this host only',
    'zh-CN': '在本机上另起一个仅供本机访问的服务器',
  },
  warnDowntime: (seconds: number) => ({
    en: `The cluster takes no writes and answers nothing for about ${seconds} s.`,
    'zh-CN': `集群将约有 ${seconds} 秒不可用（不可读写）。`,
  }),
  warnLoses: (at: Date) => ({
    en: `What was written after ${utc(at)} will not be in it. The data of now is kept aside until you confirm.`,
    'zh-CN': `${utc(at)} 之后写入的内容将不在其中。当前数据会保留，直到您确认删除。`,
  }),
  warnGuess: {
    en: 'Nothing was restored from here yet, so the duration is a cautious guess. A drill measures it.',
    'zh-CN': '尚无实测数据，时长为保守估计。执行一次恢复演练即可得到实测值。',
  },
  warnPageErrors: {
    en: 'pgBackRest noticed pages with wrong checksums when it took this backup; an older one was no better.',
    'zh-CN': '制作该备份时 pgBackRest 发现了校验和错误的数据页，更早的备份也不更好。',
  },
  warnAbandoned: (timeline: number) => ({
    en: `Only timeline ${timeline}, which a later restore left behind, knows that moment.`,
    'zh-CN': `该时间的数据只存在于之后的恢复所放弃的时间线 ${timeline} 上。`,
  }),
  warnRoom: (host: string, free: number, needs: number) => ({
    en: `${host} has ${gib(free)} free and ${gib(needs)} are needed, beside the data of now.`,
    'zh-CN': `${host} 剩余 ${gib(free)}，除当前数据外还需要 ${gib(needs)}。`,
  }),

  // Operations.
  inPlaceTitle: { en: 'Restore in place', 'zh-CN': '原地恢复' },
  newClusterTitle: { en: 'Restore to a new cluster', 'zh-CN': '恢复到新集群' },
  scratchTitle: { en: 'Restore to a scratch server', 'zh-CN': '恢复到临时服务器' },
  cleanTitle: { en: 'Remove what a restore keeps', 'zh-CN': '清理恢复保留的数据' },
  stepCheck: { en: 'See that the hosts and the backup are there', 'zh-CN': '检查主机与备份' },
  stepStop: { en: 'Stop all servers of the cluster', 'zh-CN': '停止集群的所有服务器' },
  stepAside: { en: 'Keep the data of now aside', 'zh-CN': '保留当前数据' },
  stepRestore: { en: 'Copy the backup out of the repository', 'zh-CN': '从仓库复制备份' },
  stepRecover: { en: 'Replay WAL up to the moment', 'zh-CN': '回放 WAL 到目标时间' },
  stepForget: { en: 'Let the cluster forget who led it', 'zh-CN': '清除集群旧的主库信息' },
  stepLead: { en: 'Start the restored server as primary', 'zh-CN': '以恢复的数据启动主库' },
  stepAccounts: { en: 'Set the passwords that belong to this cluster', 'zh-CN': '设置本集群的密码' },
  stepFollow: { en: 'Copy the replicas again', 'zh-CN': '重新复制备库' },
  stepBackup: { en: 'Begin a full backup on the new timeline', 'zh-CN': '在新时间线上开始全量备份' },
  stepPutBack: { en: 'Put the data of before back', 'zh-CN': '放回恢复前的数据' },
  stepStartAgain: { en: 'Start the servers again', 'zh-CN': '重新启动服务器' },
  stepStopScratch: { en: 'Stop the scratch server', 'zh-CN': '停止临时服务器' },
  stepRemove: { en: 'Remove the data', 'zh-CN': '删除数据' },
  stepInstall: { en: 'Make the packages present', 'zh-CN': '安装软件包' },
  waitsForStop: (hosts: string[]) => ({
    en: `Waits until PostgreSQL has stopped on ${hosts.join(', ')}.`,
    'zh-CN': `等待 ${hosts.join('、')} 上的 PostgreSQL 停止。`,
  }),
  willRestore: (label: string, repository: string, at: Date | null) => ({
    en: `Backup ${label} from ${repository}, then WAL up to ${at ? utc(at) : 'the end of the backup'}.`,
    'zh-CN': `使用 ${repository} 中的备份 ${label}，再回放 WAL 到${at ? ` ${utc(at)}` : '备份结束时'}。`,
  }),
  copied: (bytes: number, seconds: number) => ({
    en: `${gib(bytes)} were copied in ${seconds.toFixed(1)} s.`,
    'zh-CN': `已复制 ${gib(bytes)}，用时 ${seconds.toFixed(1)} 秒。`,
  }),
  recovered: (lastCommit: string | null, seconds: number) => ({
    en: `The recovery took ${seconds.toFixed(1)} s; the newest commit in it is of ${lastCommit ?? 'before the backup'}.`,
    'zh-CN': `回放用时 ${seconds.toFixed(1)} 秒，其中最新的提交时间为 ${lastCommit ?? '备份之前'}。`,
  }),
  restoreRefused: (words: string) => ({
    en: `pgBackRest refused: ${words} The data of before is untouched. Choose another backup or repository, or correct it and retry.`,
    'zh-CN': `pgBackRest 拒绝执行：${words} 恢复前的数据未受影响。请改用其他备份或仓库，或处理后重试。`,
  }),
  recoveryRefused: (words: string) => ({
    en: `PostgreSQL could not recover: ${words} The data of before is untouched. Choose another moment or backup, or cancel.`,
    'zh-CN': `PostgreSQL 恢复失败：${words} 恢复前的数据未受影响。请选择其他时间或备份，或取消。`,
  }),
  timelineNow: (timeline: number | null) => ({
    en: `The cluster goes on, on timeline ${timeline ?? '?'}.`,
    'zh-CN': `集群已恢复运行，时间线为 ${timeline ?? '?'}。`,
  }),
  backupBegun: {
    en: 'A full backup on the new timeline has begun.',
    'zh-CN': '已开始新时间线上的全量备份。',
  },
  waitsForBackup: {
    en: 'Waits until the backup under way has ended.',
    'zh-CN': '等待正在进行的备份结束。',
  },
  keptAside: (directory: string, until: Date) => ({
    en: `The data of before lies in ${directory} on its hosts until ${utc(until)}, or until you confirm that it may go.`,
    'zh-CN': `恢复前的数据保留在各主机的 ${directory}，直到 ${utc(until)}，或由您确认后删除。`,
  }),
  takeTitle: {
    en: 'Take a database or a table out of a scratch server',
    'zh-CN': '从临时服务器取出数据库或表',
  },
  stepTakeLook: { en: 'Find the primary', 'zh-CN': '确认主库' },
  stepTake: { en: 'Copy it into a new database', 'zh-CN': '复制到新数据库' },
  stepTakeUndo: { en: 'Remove what was copied', 'zh-CN': '删除已复制的内容' },
  takeEnds: {
    en: 'The host ends the copy and removes the new database.',
    'zh-CN': '主机正在终止复制并删除新建的数据库。',
  },
  taken: (into: string) => ({
    en: `It is in the database ${into} of the cluster now. What was there before is untouched.`,
    'zh-CN': `已放入集群的数据库 ${into}，原有数据未受影响。`,
  }),
  notTaken: (why: string) => ({
    en: `It could not be taken; the new database was removed again. ${why}`,
    'zh-CN': `取出失败，新建的数据库已删除。${why}`,
  }),
  noScratch: {
    en: 'This restore keeps no scratch server that runs.',
    'zh-CN': '该恢复没有正在运行的临时服务器。',
  },
  scratchElsewhere: (primary: string) => ({
    en: `The scratch server must run on the host of the primary, which is ${primary} now: restore to a scratch server there, or take it by hand with pg_dump.`,
    'zh-CN': `临时服务器须位于主库所在主机（当前为 ${primary}）：请在该主机上恢复，或用 pg_dump 手工取出。`,
  }),
  scratchReady: (directory: string, port: number) => ({
    en: `It runs. On its host: sudo -u postgres psql -h ${directory} -p ${port}`,
    'zh-CN': `已启动。在该主机上连接：sudo -u postgres psql -h ${directory} -p ${port}`,
  }),
  cleaned: { en: 'Nothing is kept any more.', 'zh-CN': '保留的数据已全部删除。' },
  broughtBack: { en: 'The data of before is in place again.', 'zh-CN': '已还原恢复前的数据。' },
} satisfies Texts;
