import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { GuardianCause } from './guardian.ts';

const gb = (bytes: number) =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;

/** What is said about disks that fill up. */
export const guardianText = {
  calm: { en: 'room enough', 'zh-CN': '空间充足' },
  warned: { en: 'running short', 'zh-CN': '空间偏少' },
  reserveReleased: { en: 'reserve given up', 'zh-CN': '已释放预留空间' },
  readOnly: { en: 'read-only', 'zh-CN': '只读保护' },
  isCalm: (server: string, free: number) => ({
    en: `${server}: room enough again, ${gb(free)} free; writes are taken.`,
    'zh-CN': `${server}：磁盘空间已恢复，剩余 ${gb(free)}，可以正常写入。`,
  }),
  isWarned: (server: string, free: number, readOnlyAt: number) => ({
    en: `${server}: ${gb(free)} free. Make room or extend the disk: below ${gb(readOnlyAt)} the database stops taking writes.`,
    'zh-CN': `${server}：磁盘剩余 ${gb(free)}。请清理或扩容：低于 ${gb(readOnlyAt)} 时数据库将停止写入。`,
  }),
  isReleased: (server: string, free: number, readOnlyAt: number) => ({
    en: `${server}: ${gb(free)} free after the reserve was given up. Make room or extend the disk now: below ${gb(readOnlyAt)} the database stops taking writes.`,
    'zh-CN': `${server}：已释放预留空间，磁盘剩余 ${gb(free)}。请立即清理或扩容：低于 ${gb(readOnlyAt)} 时数据库将停止写入。`,
  }),
  isReadOnly: (server: string, free: number, recoverAt: number) => ({
    en: `${server}: the disk is nearly full (${gb(free)} free), so the database is read-only; nothing that was committed is lost. Make room or extend the disk: above ${gb(recoverAt)} free it takes writes again by itself.`,
    'zh-CN': `${server}：磁盘即将写满（剩余 ${gb(free)}），数据库已转为只读，已提交的数据不会丢失。请清理或扩容磁盘：剩余空间超过 ${gb(recoverAt)} 后自动恢复写入。`,
  }),
  diskSilent: (server: string) => ({
    en: `${server}: its disk does not answer. Look at the mount and the storage behind it.`,
    'zh-CN': `${server}：磁盘没有响应，请检查挂载点及其后端存储。`,
  }),
  slotDropped: (server: string, slot: string, bytes: number) => ({
    en: `${server}: the inactive logical slot ${slot}, which held ${gb(bytes)} of WAL, was dropped, as the settings of this host allow. Its subscriber has to copy its tables anew.`,
    'zh-CN': `${server}：按本主机的设置，已删除不活动的逻辑复制槽 ${slot}（占用 ${gb(bytes)} WAL）。其订阅端需要重新同步数据。`,
  }),
  inactiveSlot: (name: string, bytes: number) => ({
    en: `replication slot ${name} has no reader and holds ${gb(bytes)} of WAL`,
    'zh-CN': `复制槽 ${name} 没有消费者，占用 ${gb(bytes)} WAL`,
  }),
  slotOverLimit: (name: string, bytes: number) => ({
    en: `replication slot ${name} is far behind and holds ${gb(bytes)} of WAL`,
    'zh-CN': `复制槽 ${name} 严重落后，占用 ${gb(bytes)} WAL`,
  }),
  archiveFailing: (name: string) => ({
    en: `archiving fails at ${name}, so WAL piles up`,
    'zh-CN': `归档失败（${name}），WAL 不断堆积`,
  }),
  diskOf: (server: string, stage: { en: string; 'zh-CN': string }, free: string, size: string) => ({
    en: `${server}: ${stage.en}, ${free} of ${size} free`,
    'zh-CN': `${server}：${stage['zh-CN']}，剩余 ${free}，共 ${size}`,
  }),
  fullIn: (days: string) => ({ en: `full in ${days} days`, 'zh-CN': `预计 ${days} 天后写满` }),
  fullSoon: { en: 'full within a day', 'zh-CN': '预计一天内写满' },
  guardian: { en: 'Disk guardian', 'zh-CN': '磁盘写满保护' },
  diskCaption: { en: 'Room on the disks under the servers', 'zh-CN': '各实例所在磁盘的剩余空间' },
  stage: { en: 'State', 'zh-CN': '状态' },
  free: { en: 'Free', 'zh-CN': '剩余空间' },
  forecast: { en: 'Forecast', 'zh-CN': '预测' },
  causes: { en: 'What takes room', 'zh-CN': '占用原因' },
  confirmColumn: { en: 'Writes', 'zh-CN': '写入' },
  roomMade: { en: 'Room was made', 'zh-CN': '已腾出空间' },
  watchesOnly: { en: 'it only watches', 'zh-CN': '仅观察' },
  guardSummary: { en: 'Say what the disk guardian of a host may do', 'zh-CN': '设置主机磁盘写满保护的行为' },
  guardDetail: {
    en: 'By default it warns, gives up its reserve, and makes the database read-only before the disk is full; it drops nothing.',
    'zh-CN': '默认行为：先告警，再释放预留空间，并在磁盘写满前将数据库转为只读；不会删除任何数据。',
  },
  modeOption: { en: 'Act, or only watch and warn.', 'zh-CN': '执行保护（act），或仅观察并告警（watch）。' },
  slotsOption: {
    en: 'Whether inactive logical slots that hold more than a tenth of the disk may be dropped in need.',
    'zh-CN': '空间不足时，是否允许删除占用超过磁盘十分之一且不活动的逻辑复制槽。',
  },
  guarded: (host: string) => ({
    en: `The disk guardian of ${host} is set.`,
    'zh-CN': `主机 ${host} 的磁盘写满保护已设置。`,
  }),
  confirmSummary: {
    en: 'Say that room was made on a host, so that writes come back now',
    'zh-CN': '确认主机已腾出空间，立即恢复写入',
  },
  confirmDetail: {
    en: 'With room enough writes come back by themselves; this asks for them earlier, or in spite of a short disk.',
    'zh-CN': '空间充足时会自动恢复写入；此命令用于提前恢复，或在空间不足时临时允许写入。',
  },
  writesForOption: {
    en: 'Let writes go on for so many minutes although there is little room.',
    'zh-CN': '在空间不足的情况下，仍允许写入若干分钟。',
  },
  stillShort: (server: string, free: string, needed: string) => ({
    en: `${server} is still read-only: ${free} free, ${needed} needed.`,
    'zh-CN': `${server} 仍为只读：剩余 ${free}，需要 ${needed}。`,
  }),
  writesTaken: (server: string) => ({ en: `${server} takes writes.`, 'zh-CN': `${server} 可以写入。` }),
  noServer: {
    en: 'No PostgreSQL server that Elepherd made runs on this host, so there is no disk to guard.',
    'zh-CN': '该主机上没有由 Elepherd 创建的 PostgreSQL 服务器，没有需要保护的磁盘。',
  },
} satisfies Texts;

/** What keeps WAL here, in words. */
export function causeWords({ kind, name, retainedBytes }: GuardianCause): Text {
  if (kind === 'archive-failing') return guardianText.archiveFailing(name);
  return kind === 'inactive-slot'
    ? guardianText.inactiveSlot(name, retainedBytes ?? 0)
    : guardianText.slotOverLimit(name, retainedBytes ?? 0);
}
