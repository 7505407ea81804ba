// Over 300 lines: what every shipped alert says, in one list, so that its words can be read through at once.
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Explanation } from './alerts.ts';

type Labels = Readonly<Record<string, string>>;
/** What a shipped alert says: always the same words, and one sentence about this case. */
export type AlertWords = Explanation & { summary(labels: Labels, value: number): Text };

const number = (value: number, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : '?');
const bytes = (value: number) => {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, value)) / 10)));
  return `${number(value / 1024 ** power, power === 0 ? 0 : 1)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`;
};
const span = (seconds: number): Text =>
  seconds >= 2 * 86_400
    ? { en: `${number(seconds / 86_400, 1)} days`, 'zh-CN': `${number(seconds / 86_400, 1)} 天` }
    : seconds >= 2 * 3600
      ? { en: `${number(seconds / 3600, 1)} hours`, 'zh-CN': `${number(seconds / 3600, 1)} 小时` }
      : seconds >= 120
        ? { en: `${number(seconds / 60)} minutes`, 'zh-CN': `${number(seconds / 60)} 分钟` }
        : { en: `${number(seconds)} seconds`, 'zh-CN': `${number(seconds)} 秒` };
const say = (en: string, zh: string): Text => ({ en, 'zh-CN': zh });

/** Which server: by its cluster and host, as far as they are known. */
export const placeOf = ({ cluster, member, host, instance }: Labels): string =>
  [cluster !== undefined && member?.startsWith(cluster) ? member : (cluster ?? member), host ?? instance]
    .filter((part) => part !== undefined && part !== '')
    .join(' @ ') || '?';
const disk = (labels: Labels) => `${labels['host'] ?? '?'}:${labels['mountpoint'] ?? '?'}`;
const cluster = (labels: Labels) => labels['cluster'] ?? labels['scope'] ?? placeOf(labels);

/** Words of the alerts that are shipped, by the key of their rule. */
export const shippedAlertText = {
  'disk-full-soon': {
    title: say('A disk will be full within days', '磁盘将在数日内写满'),
    meaning: say(
      'At the pace of the last six hours, this file system has no room left soon.',
      '按最近 6 小时的增长速度，该文件系统很快将无剩余空间。',
    ),
    ignored: say(
      'When the disk is full, PostgreSQL cannot write any more: transactions fail, and when the WAL cannot be written the server stops.',
      '磁盘写满后 PostgreSQL 无法继续写入：事务报错；若 WAL 无法写入，数据库会直接停止。',
    ),
    nextStep: say(
      'See what grows: data, WAL (look for inactive replication slots and a failing archive) or logs. Then add room or remove what is not needed. Never delete files in pg_wal by hand.',
      '先确认增长来源：数据、WAL（检查不活动的复制槽和归档失败）还是日志，再扩容或清理。切勿手工删除 pg_wal 中的文件。',
    ),
    summary: (l, v) =>
      say(`${disk(l)} will be full in ${number(v, 1)} days`, `${disk(l)} 预计 ${number(v, 1)} 天后写满`),
  },
  'disk-nearly-full': {
    title: say('A disk is nearly full', '磁盘即将写满'),
    meaning: say('Little room is left on this file system.', '该文件系统剩余空间不足。'),
    ignored: say(
      'PostgreSQL fails to write, and stops when the WAL cannot be written. A replica usually fills at the same time, so a failover does not help.',
      'PostgreSQL 将无法写入；WAL 写不进去时会停库。备库通常同时写满，故障切换无济于事。',
    ),
    nextStep: say(
      'Free room outside of the data directory first (old logs, dumps), or enlarge the volume. Check for inactive replication slots and a failing archive. Never delete files in pg_wal.',
      '优先清理数据目录以外的空间（旧日志、导出文件），或扩容磁盘；检查不活动的复制槽与归档失败。切勿删除 pg_wal 中的文件。',
    ),
    summary: (l, v) => say(`${disk(l)} has ${number(v, 1)} % left`, `${disk(l)} 仅剩 ${number(v, 1)}%`),
  },
  'disk-inodes': {
    title: say('A file system runs out of files', '文件系统 inode 即将耗尽'),
    meaning: say(
      'The file system can hold few more files, however much room is left.',
      '即使仍有剩余空间，该文件系统也几乎无法再新建文件。',
    ),
    ignored: say(
      'No file can be made any more: PostgreSQL fails as if the disk were full.',
      '将无法创建任何文件，PostgreSQL 的表现等同磁盘写满。',
    ),
    nextStep: say(
      'Find the folder with very many small files (often temporary or log files) and clean it up.',
      '找出包含大量小文件的目录（多为临时文件或日志）并清理。',
    ),
    summary: (l, v) =>
      say(`${disk(l)} has ${number(v, 1)} % of its inodes left`, `${disk(l)} 的 inode 仅剩 ${number(v, 1)}%`),
  },
  'disk-read-only': {
    title: say('A file system became read-only', '文件系统变为只读'),
    meaning: say(
      'The kernel made this file system read-only, most often after errors of the disk below it.',
      '内核已将该文件系统置为只读，多数情况下是底层磁盘出错所致。',
    ),
    ignored: say(
      'Nothing on it can be written. If PostgreSQL has its data there, it will stop, and the disk may be dying.',
      '其上无法写入任何数据。若数据目录在此，PostgreSQL 会停止；磁盘可能正在损坏。',
    ),
    nextStep: say(
      'Read the kernel messages (dmesg) before anything else. If the cluster has a healthy replica, move the primary there. Do not remount it writable until the disk is checked.',
      '首先查看内核日志（dmesg）。若有健康备库，先把主库切换过去。检查磁盘之前不要强行重新挂载为可写。',
    ),
    summary: (l) => say(`${disk(l)} is read-only`, `${disk(l)} 已变为只读`),
  },
  'wal-full-soon': {
    title: say('WAL will fill the disk within days', 'WAL 将在数日内占满磁盘'),
    meaning: say(
      'The WAL of this server grows, and at this pace takes all room that is left.',
      '该服务器的 WAL 持续增长，按当前速度将耗尽剩余空间。',
    ),
    ignored: say(
      'The disk fills, PostgreSQL stops with PANIC, and does not start before there is room.',
      '磁盘写满后 PostgreSQL 将 PANIC 停止，且在腾出空间之前无法启动。',
    ),
    nextStep: say(
      'WAL grows without end for two reasons: archiving fails, or a replication slot is not read. Look at both on this server. Never delete files in pg_wal.',
      'WAL 无限增长只有两个常见原因：归档失败，或复制槽无人消费。请逐一检查。切勿删除 pg_wal 中的文件。',
    ),
    summary: (l, v) =>
      say(
        `WAL of ${placeOf(l)} fills the disk in ${number(v, 1)} days`,
        `${placeOf(l)} 的 WAL 预计 ${number(v, 1)} 天后占满磁盘`,
      ),
  },
  'wal-oversized': {
    title: say('Much more WAL than wished is kept', 'WAL 保留量远超设定'),
    meaning: say(
      'pg_wal holds several times of max_wal_size: something keeps PostgreSQL from removing it.',
      'pg_wal 已达 max_wal_size 的数倍：有原因使 PostgreSQL 无法回收。',
    ),
    ignored: say('It goes on growing until the disk is full.', '将持续增长直至磁盘写满。'),
    nextStep: say(
      'Look for a failing archive, an inactive replication slot, or a large wal_keep_size.',
      '检查归档是否失败、是否有不活动的复制槽、wal_keep_size 是否过大。',
    ),
    summary: (l, v) =>
      say(
        `${placeOf(l)} keeps ${number(v, 1)} times max_wal_size`,
        `${placeOf(l)} 的 WAL 为 max_wal_size 的 ${number(v, 1)} 倍`,
      ),
  },
  'slot-inactive': {
    title: say('A replication slot that nobody reads keeps WAL', '不活动的复制槽在保留 WAL'),
    meaning: say(
      'A consumer of this slot went away. PostgreSQL keeps all WAL it has not read.',
      '该复制槽的消费端已断开，PostgreSQL 会为它保留所有未读取的 WAL。',
    ),
    ignored: say(
      'WAL piles up until the disk is full or the slot is lost.',
      'WAL 不断堆积，直至磁盘写满或该槽失效。',
    ),
    nextStep: say(
      'Find out whom the slot belongs to and bring that consumer back. If it is gone for good, drop the slot: SELECT pg_drop_replication_slot(name). That consumer must then be set up anew.',
      '确认该槽属于谁并恢复其消费端。若确已废弃，执行 SELECT pg_drop_replication_slot(名称)；之后该消费端需重新初始化。',
    ),
    summary: (l, v) =>
      say(
        `Slot ${l['slot_name'] ?? '?'} of ${placeOf(l)} is inactive and keeps ${bytes(v)} of WAL`,
        `${placeOf(l)} 的复制槽 ${l['slot_name'] ?? '?'} 不活动，保留了 ${bytes(v)} WAL`,
      ),
  },
  'slot-lost': {
    title: say('A replication slot was lost', '复制槽已失效'),
    meaning: say(
      'The slot fell so far behind that PostgreSQL removed WAL it still needed.',
      '该槽落后太多，PostgreSQL 已删除其仍需要的 WAL。',
    ),
    ignored: say(
      'Its consumer cannot go on: a replica or a logical subscriber no longer gets changes.',
      '其消费端（备库或逻辑订阅）将无法继续接收变更。',
    ),
    nextStep: say(
      'Drop the slot, and set up its consumer anew (rebuild the replica, or recreate the subscription).',
      '删除该槽，并重新初始化消费端（重建备库或重建订阅）。',
    ),
    summary: (l) =>
      say(
        `Slot ${l['slot_name'] ?? '?'} of ${placeOf(l)} is lost`,
        `${placeOf(l)} 的复制槽 ${l['slot_name'] ?? '?'} 已失效`,
      ),
  },
  'archive-failing': {
    title: say('WAL cannot be archived', 'WAL 归档失败'),
    meaning: say(
      'The archive command fails again and again: the backup repository is away, full, or refuses.',
      '归档命令持续失败：备份仓库不可达、空间已满或拒绝写入。',
    ),
    ignored: say(
      'What is written from now on cannot be restored, and WAL piles up until the disk is full and PostgreSQL stops.',
      '此后写入的数据将无法按时间点恢复；WAL 不断堆积直至磁盘写满停库。',
    ),
    nextStep: say(
      'Read the error in the PostgreSQL log, and check that the repository can be reached and has room. Do not switch archiving off.',
      '查看 PostgreSQL 日志中的报错，检查备份仓库是否可达、空间是否充足。不要关闭归档。',
    ),
    summary: (l, v) =>
      say(
        `Archiving of ${placeOf(l)} failed ${number(v)} times in ten minutes, and never succeeded`,
        `${placeOf(l)} 十分钟内归档失败 ${number(v)} 次且无一成功`,
      ),
  },
  'archive-backlog': {
    title: say('WAL waits to be archived', 'WAL 归档积压'),
    meaning: say(
      'Segments are written faster than they are archived, and the backlog does not get smaller.',
      'WAL 产生速度高于归档速度，积压没有减少。',
    ),
    ignored: say(
      'More would be lost in a disaster than you think, and the disk fills.',
      '灾难时的实际数据丢失量会大于预期，且磁盘会被占满。',
    ),
    nextStep: say(
      'Check the speed of the way to the repository, and consider asynchronous archiving (archive-async) with more processes.',
      '检查到备份仓库的链路速度，考虑启用异步归档（archive-async）并增加并行度。',
    ),
    summary: (l, v) =>
      say(
        `${number(v)} segments of ${placeOf(l)} wait to be archived`,
        `${placeOf(l)} 有 ${number(v)} 个 WAL 段待归档`,
      ),
  },
  'archive-stale': {
    title: say('Nothing was archived for long', '长时间没有归档成功'),
    meaning: say(
      'Data are written, but the last segment was archived long ago.',
      '数据库有写入，但最后一次成功归档已是很久以前。',
    ),
    ignored: say(
      'All that was written since then would be lost with this host.',
      '若此主机损毁，期间写入的数据将全部丢失。',
    ),
    nextStep: say(
      'Look at pg_stat_archiver and the PostgreSQL log; run “pgbackrest check” on the host.',
      '查看 pg_stat_archiver 和 PostgreSQL 日志，并在主机上执行 pgbackrest check。',
    ),
    summary: (l, v) => {
      const age = span(v * 60);
      return say(
        `The last archived segment of ${placeOf(l)} is ${age.en} old`,
        `${placeOf(l)} 最近一次归档是 ${age['zh-CN']}前`,
      );
    },
  },
  'backup-stale': {
    title: say('The last backup is old', '备份过期'),
    meaning: say('No backup has completed for longer than wished.', '距上次备份完成的时间超出预期。'),
    ignored: say(
      'A restore takes longer and longer, and depends on more and more WAL being whole.',
      '恢复耗时越来越长，且依赖越来越多的 WAL 完好无损。',
    ),
    nextStep: say(
      'See why the last backup did not run or failed, then start one by hand.',
      '查明上次备份未执行或失败的原因，然后手动发起一次备份。',
    ),
    summary: (l, v) =>
      say(
        `The last backup of ${cluster(l)} is ${number(v)} hours old`,
        `${cluster(l)} 最近一次备份是 ${number(v)} 小时前`,
      ),
  },
  'backup-missing': {
    title: say('A cluster has no backup', '集群没有备份'),
    meaning: say(
      'No backup of this cluster has been seen since it was made.',
      '自创建以来，尚未发现该集群的任何备份。',
    ),
    ignored: say(
      'A mistake or a lost host can take all data for good. Replicas repeat every mistake at once.',
      '误操作或主机损毁可能造成数据永久丢失；备库会立即同步每一个错误操作。',
    ),
    nextStep: say(
      'Attach a backup policy to the cluster, and start the first full backup.',
      '为集群绑定备份策略并发起首次全量备份。',
    ),
    summary: (l) => say(`${cluster(l)} has no backup`, `${cluster(l)} 没有备份`),
  },
  'backup-failed': {
    title: say('A backup failed', '备份失败'),
    meaning: say(
      'A repository reports an error for the last backup or for what it keeps of the cluster, or it is not there at all.',
      '备份仓库报告最近一次备份或 stanza 异常，或者仓库本身已不存在。',
    ),
    ignored: say(
      'The newest point you can go back to stays behind, and an error that stays hits the next backup as well.',
      '可恢复的最新备份停留在过去，问题不解决下次备份也会失败。',
    ),
    nextStep: say(
      'Run “pgbackrest info” and read the log of the last backup.',
      '执行 pgbackrest info 并查看最近一次备份日志。',
    ),
    summary: (l) =>
      say(
        `Backup of ${cluster(l)} (stanza ${l['stanza'] ?? '?'}) failed`,
        `${cluster(l)}（stanza ${l['stanza'] ?? '?'}）备份失败`,
      ),
  },
  'replication-lag-bytes': {
    title: say('A replica is far behind', '备库复制延迟过大'),
    meaning: say(
      'The primary has sent much WAL that this replica has not replayed.',
      '主库已产生大量该备库尚未回放的 WAL。',
    ),
    ignored: say(
      'A failover to this replica would lose that much or take long; reads from it are old.',
      '切换到该备库会丢失这部分数据或耗时很长；从它读到的是旧数据。',
    ),
    nextStep: say(
      'Check network and disk of the replica, and long queries on it that hold up replay.',
      '检查备库的网络、磁盘，以及是否有长查询阻塞回放。',
    ),
    summary: (l, v) =>
      say(
        `Replica ${l['application_name'] ?? '?'} of ${cluster(l)} is ${bytes(v)} behind`,
        `${cluster(l)} 的备库 ${l['application_name'] ?? '?'} 落后 ${bytes(v)}`,
      ),
  },
  'replication-lag-seconds': {
    title: say('A replica shows old data', '备库数据陈旧'),
    meaning: say(
      'The last change that this replica replayed is this old, and there is more to replay.',
      '该备库最近回放的变更已是较早之前，且仍有待回放内容。',
    ),
    ignored: say(
      'Reads from it are old, and a failover to it takes longer.',
      '读请求会得到旧数据，切换到它耗时更久。',
    ),
    nextStep: say(
      'Look for a long query on the replica, and for its disk and network.',
      '检查备库上的长查询以及磁盘、网络状况。',
    ),
    summary: (l, v) => {
      const age = span(v);
      return say(`${placeOf(l)} is ${age.en} behind`, `${placeOf(l)} 延迟 ${age['zh-CN']}`);
    },
  },
  'replica-not-streaming': {
    title: say('A replica does not stream', '备库未在流复制'),
    meaning: say('This replica has no connection to its primary.', '该备库没有与主库建立流复制连接。'),
    ignored: say(
      'It falls behind for good, and the cluster survives one failure less than you think.',
      '它会越落越远；集群的实际容灾能力低于预期。',
    ),
    nextStep: say(
      'Read its PostgreSQL log. If WAL it needs is gone, rebuild the member.',
      '查看其 PostgreSQL 日志；若所需 WAL 已不存在，重建该成员。',
    ),
    summary: (l) => say(`${placeOf(l)} does not stream`, `${placeOf(l)} 未在流复制`),
  },
  'cluster-without-leader': {
    title: say('A cluster has no primary', '集群没有主库'),
    meaning: say(
      'No member of this cluster holds the leader lock: nothing can be written.',
      '该集群没有任何成员持有 leader 锁，当前无法写入。',
    ),
    ignored: say('Applications stand still.', '业务写入中断。'),
    nextStep: say(
      'Look whether etcd has a majority and which members run. Do not promote a server by hand: two primaries would lose data.',
      '检查 etcd 是否有多数派、哪些成员在运行。切勿手工提升，双主会造成数据丢失。',
    ),
    summary: (l) => say(`${cluster(l)} has no primary`, `${cluster(l)} 没有主库`),
  },
  'failover-happened': {
    title: say('The primary changed', '发生了主备切换'),
    meaning: say(
      'A new timeline began: another member became primary, or the primary was restored.',
      '出现新的时间线：主库已切换到其他成员，或执行了恢复。',
    ),
    ignored: say(
      'Nothing by itself. But if nobody asked for it, its cause may come again.',
      '本身无害；但若非人为操作，诱因可能再次出现。',
    ),
    nextStep: say(
      'See what happened to the former primary, and that it has come back as a replica.',
      '查明原主库发生了什么，并确认它已作为备库重新加入。',
    ),
    summary: (l, v) =>
      say(
        `${cluster(l)} is on timeline ${number(v)}: its primary changed`,
        `${cluster(l)} 已切换到时间线 ${number(v)}`,
      ),
  },
  'postgres-down': {
    title: say('A PostgreSQL server does not answer', 'PostgreSQL 无响应'),
    meaning: say(
      'The agent is there, but PostgreSQL on this host does not answer it.',
      '主机上的 agent 正常，但 PostgreSQL 不响应。',
    ),
    ignored: say(
      'If it is the primary, nothing is written; if it is a replica, the cluster survives one failure less.',
      '若为主库则无法写入；若为备库则集群容灾能力下降。',
    ),
    nextStep: say(
      'Read the PostgreSQL and Patroni logs of this host. Patroni starts it again when it can: let it.',
      '查看该主机的 PostgreSQL 与 Patroni 日志。条件允许时 Patroni 会自行拉起，不要绕过它。',
    ),
    summary: (l) => say(`PostgreSQL ${placeOf(l)} does not answer`, `PostgreSQL ${placeOf(l)} 无响应`),
  },
  'part-down': {
    title: say('A part of a cluster does not answer', '集群组件无响应'),
    meaning: say(
      'PgBouncer, Patroni or etcd should run on this host and does not answer.',
      '该主机上的 PgBouncer、Patroni 或 etcd 应在运行但无响应。',
    ),
    ignored: say(
      'Without PgBouncer pooled clients fail; without Patroni or etcd the cluster cannot fail over.',
      'PgBouncer 不可用会影响连接池客户端；Patroni 或 etcd 不可用则无法自动切换。',
    ),
    nextStep: say(
      'Look at the unit of this service on the host: systemctl status, journalctl.',
      '在主机上用 systemctl status、journalctl 查看该服务。',
    ),
    summary: (l) =>
      say(`${l['job'] ?? '?'} does not answer: ${placeOf(l)}`, `${l['job'] ?? '?'} 无响应：${placeOf(l)}`),
  },
  'member-without-data': {
    title: say('A server is not measured', '数据库没有监控数据'),
    meaning: say(
      'This member should be running, its host is heard, and yet no figures of it arrive.',
      '该成员应在运行、主机在线，却没有任何监控数据。',
    ),
    ignored: say(
      'You are blind: no other alert about this server can come.',
      '监控处于盲区：该服务器的其他告警都不会产生。',
    ),
    nextStep: say(
      'Look whether the server runs, and whether the agent can sign in to it (see the agent’s log).',
      '检查数据库是否运行、agent 能否登录（见 agent 日志）。',
    ),
    summary: (l) => say(`No figures of ${placeOf(l)} arrive`, `${placeOf(l)} 没有监控数据`),
  },
  'host-silent': {
    title: say('A host is silent', '主机失联'),
    meaning: say('Its agent has not been heard.', '该主机的 agent 已失去联系。'),
    ignored: say(
      'You do not know how its servers are, and Elepherd cannot do anything there. The databases themselves go on without the agent.',
      '无法得知其数据库状态，Elepherd 也无法对其操作；数据库本身不依赖 agent，可继续运行。',
    ),
    nextStep: say(
      'Check that the machine runs and reaches the server’s agent port; then systemctl status elepherd-agent on it.',
      '检查机器是否运行、能否连到服务端的 agent 端口，再在其上执行 systemctl status elepherd-agent。',
    ),
    summary: (l) => say(`${l['host'] ?? '?'} is silent`, `主机 ${l['host'] ?? '?'} 失联`),
  },
  'probe-failing': {
    title: say('A measurement fails', '监控采集失败'),
    meaning: say(
      'One kind of figures of this server cannot be read: a permission was taken away, or the query takes too long.',
      '该服务器的某类指标无法采集：权限被收回或查询超时。',
    ),
    ignored: say('Alerts over these figures cannot come.', '依赖这些指标的告警不会产生。'),
    nextStep: say(
      'Read the agent’s log for this probe; check that its role is still a member of pg_monitor.',
      '查看 agent 日志中该采集项的报错，确认采集角色仍属于 pg_monitor。',
    ),
    summary: (l) =>
      say(
        `Probe ${l['probe'] ?? '?'} of ${placeOf(l)} fails`,
        `${placeOf(l)} 的采集项 ${l['probe'] ?? '?'} 失败`,
      ),
  },
  'figures-dropped': {
    title: say('An agent threw figures away', 'agent 丢弃了监控数据'),
    meaning: say(
      'The server was away for longer than the agent’s buffer lasts.',
      '服务端不可达的时间超过了 agent 的缓存能力。',
    ),
    ignored: say('Charts have a gap, and alerts may come late.', '图表会有缺口，告警可能延迟。'),
    nextStep: say('Check the connection of this host to the server.', '检查该主机到服务端的网络。'),
    summary: (l, v) =>
      say(
        `${l['host'] ?? '?'} threw ${number(v)} batches away`,
        `${l['host'] ?? '?'} 丢弃了 ${number(v)} 批数据`,
      ),
  },
  'cluster-paused': {
    title: say('Automatic failover is off', '自动切换已暂停'),
    meaning: say(
      'Patroni of this cluster is paused: it does not replace a lost primary.',
      '该集群的 Patroni 处于暂停状态，主库故障时不会自动切换。',
    ),
    ignored: say(
      'The next failure of the primary lasts until somebody comes.',
      '主库故障时只能等待人工处理。',
    ),
    nextStep: say(
      'If the work it was paused for is over, resume: patronictl resume.',
      '若维护工作已完成，执行 patronictl resume 恢复。',
    ),
    summary: (l) => say(`${cluster(l)} is paused`, `${cluster(l)} 的自动切换已暂停`),
  },
  'restart-pending': {
    title: say('Settings wait for a restart', '有参数等待重启生效'),
    meaning: say(
      'A setting was changed that takes effect only after a restart.',
      '有参数修改需要重启后才能生效。',
    ),
    ignored: say(
      'The server runs otherwise than written, and the change takes effect by surprise with the next failover.',
      '实际运行与配置不一致，变更会在下一次切换时意外生效。',
    ),
    nextStep: say('Restart the cluster’s members in a quiet hour.', '在业务低峰期重启集群成员。'),
    summary: (l) => say(`${placeOf(l)} waits for a restart`, `${placeOf(l)} 等待重启`),
  },
  'etcd-space': {
    title: say('etcd runs out of its quota', 'etcd 空间配额即将耗尽'),
    meaning: say(
      'The store behind automatic failover is nearly full.',
      '自动切换所依赖的 etcd 存储接近配额。',
    ),
    ignored: say(
      'When it is full, etcd refuses writes, Patroni loses its lease, and the cluster becomes read-only.',
      '写满后 etcd 拒绝写入，Patroni 失去租约，集群变为只读。',
    ),
    nextStep: say('Compact and defragment etcd: etcdctl defrag.', '压缩并整理 etcd：etcdctl defrag。'),
    summary: (l, v) =>
      say(
        `etcd of ${placeOf(l)} has used ${number(v)} % of its quota`,
        `${placeOf(l)} 的 etcd 已使用配额的 ${number(v)}%`,
      ),
  },
  'connections-high': {
    title: say('Connections are nearly used up', '连接数接近上限'),
    meaning: say(
      'Most of max_connections are taken on this server.',
      '该服务器的大部分 max_connections 已被占用。',
    ),
    ignored: say(
      'New clients are refused: “too many clients already”.',
      '新连接将被拒绝：too many clients already。',
    ),
    nextStep: say(
      'See which application holds the connections and whether they are idle. Use the pooled way to connect instead of raising max_connections.',
      '查看是哪个应用占用、是否空闲；优先改走连接池，而不是调大 max_connections。',
    ),
    summary: (l, v) =>
      say(`${placeOf(l)} uses ${number(v)} % of its connections`, `${placeOf(l)} 连接使用率 ${number(v)}%`),
  },
  'long-transaction': {
    title: say('A transaction has been open for long', '长事务'),
    meaning: say(
      'A transaction is open this long. Until it ends, VACUUM cannot remove what changed since it began.',
      '有事务长时间未结束。在此期间 VACUUM 无法清理其开始之后的死元组。',
    ),
    ignored: say(
      'Tables bloat, queries get slower, and locks it holds stop others.',
      '表膨胀、查询变慢，其持有的锁会阻塞其他会话。',
    ),
    nextStep: say(
      'Find the session in pg_stat_activity and whom it belongs to. If nobody needs it: SELECT pg_terminate_backend(pid).',
      '在 pg_stat_activity 中找到该会话及其负责人；确认无用后执行 SELECT pg_terminate_backend(pid)。',
    ),
    summary: (l, v) => {
      const age = span(v * 60);
      return say(
        `A transaction on ${placeOf(l)} (${l['datname'] ?? '?'}) has been open for ${age.en}`,
        `${placeOf(l)}（${l['datname'] ?? '?'}）有事务已持续 ${age['zh-CN']}`,
      );
    },
  },
  'idle-in-transaction': {
    title: say('A session sleeps in a transaction', '会话在事务中空闲'),
    meaning: say(
      'An application opened a transaction and does nothing in it.',
      '应用开启了事务却没有后续操作。',
    ),
    ignored: say(
      'It keeps its locks, and keeps VACUUM from cleaning up.',
      '它持续占用锁，并阻碍 VACUUM 清理。',
    ),
    nextStep: say(
      'Mend the application; idle_in_transaction_session_timeout ends such sessions by itself.',
      '修正应用逻辑；可设置 idle_in_transaction_session_timeout 自动终止此类会话。',
    ),
    summary: (l, v) => {
      const age = span(v * 60);
      return say(
        `A session on ${placeOf(l)} (${l['datname'] ?? '?'}) sleeps in a transaction for ${age.en}`,
        `${placeOf(l)}（${l['datname'] ?? '?'}）有会话在事务中空闲 ${age['zh-CN']}`,
      );
    },
  },
  'lock-queue': {
    title: say('Sessions wait for locks', '锁等待'),
    meaning: say(
      'Somebody waits this long for a lock that another session holds.',
      '有会话长时间等待其他会话持有的锁。',
    ),
    ignored: say(
      'A queue forms behind it; soon the whole application stands still.',
      '后续会话不断排队，业务很快整体卡住。',
    ),
    nextStep: say(
      "Look at the head of the queue: SELECT pg_blocking_pids(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'. End the session that blocks only when you know what it does.",
      "查看队首：SELECT pg_blocking_pids(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'。确认其用途后再终止阻塞会话。",
    ),
    summary: (l, v) => {
      const age = span(v);
      return say(
        `A session on ${placeOf(l)} waits for a lock for ${age.en}`,
        `${placeOf(l)} 有会话等待锁 ${age['zh-CN']}`,
      );
    },
  },
  deadlocks: {
    title: say('Deadlocks', '死锁'),
    meaning: say(
      'Transactions waited for one another, and PostgreSQL ended some of them.',
      '事务相互等待，PostgreSQL 终止了其中一部分。',
    ),
    ignored: say(
      'The transactions that were ended failed; it gets more with the load.',
      '被终止的事务已失败；负载越高越频繁。',
    ),
    nextStep: say(
      'The log has both statements. Let the application lock rows in one order, and try again after a deadlock.',
      '日志中有双方语句。让应用以一致的顺序加锁，并在死锁后重试。',
    ),
    summary: (l, v) =>
      say(
        `${number(v)} deadlocks on ${placeOf(l)} (${l['datname'] ?? '?'}) in ten minutes`,
        `${placeOf(l)}（${l['datname'] ?? '?'}）十分钟内发生 ${number(v)} 次死锁`,
      ),
  },
  'pool-waiting': {
    title: say('Clients wait for the pool', '连接池排队'),
    meaning: say('All connections of a pool are in use, and clients wait.', '连接池已满，客户端在等待。'),
    ignored: say('The application gets slow, then times out.', '应用变慢直至超时。'),
    nextStep: say(
      'Look for long transactions first; then consider a larger pool.',
      '先排查长事务，再考虑扩大连接池。',
    ),
    summary: (l, v) =>
      say(
        `Clients of ${placeOf(l)} (${l['database'] ?? '?'}) wait ${number(v)} s for a connection`,
        `${placeOf(l)}（${l['database'] ?? '?'}）客户端等待连接 ${number(v)} 秒`,
      ),
  },
  'server-panic': {
    title: say('PostgreSQL crashed', 'PostgreSQL 崩溃'),
    meaning: say('The server wrote PANIC to its log and restarted.', '服务器在日志中记录了 PANIC 并重启。'),
    ignored: say(
      'Its cause (disk full, bad disk, a bug) strikes again.',
      '诱因（磁盘满、坏盘、缺陷）会再次触发。',
    ),
    nextStep: say(
      'Keep the log, and read what stands before the PANIC.',
      '保留日志，并查看 PANIC 之前的内容。',
    ),
    summary: (l) => say(`PANIC on ${placeOf(l)}`, `${placeOf(l)} 发生 PANIC`),
  },
  'checksum-failures': {
    title: say('Damaged pages were found', '发现数据页损坏'),
    meaning: say(
      'A page read from disk does not fit its checksum: data were damaged below PostgreSQL.',
      '从磁盘读取的数据页校验和不符：数据在 PostgreSQL 以下的层面被破坏。',
    ),
    ignored: say(
      'More pages may be damaged, and with every backup that is deleted a whole copy goes.',
      '可能有更多数据页损坏；随着旧备份过期，完好的副本会越来越少。',
    ),
    nextStep: say(
      'Keep all backups from now on. Check the disk, move the primary to a replica whose pages are whole, and rebuild this member.',
      '立即停止清理备份；检查磁盘，将主库切换到数据完好的备库，然后重建该成员。',
    ),
    summary: (l) =>
      say(
        `Damaged pages on ${placeOf(l)} (${l['datname'] ?? '?'})`,
        `${placeOf(l)}（${l['datname'] ?? '?'}）存在损坏的数据页`,
      ),
  },
  wraparound: {
    title: say('Old transactions are not frozen', '事务 ID 冻结滞后'),
    meaning: say(
      'The oldest transaction number of this database is far behind: autovacuum does not keep up, or something holds it back.',
      '该库最老事务 ID 过旧：autovacuum 跟不上或被阻碍。',
    ),
    ignored: say(
      'At two thousand million PostgreSQL refuses to write to protect the data.',
      '达到约 20 亿时，PostgreSQL 会为保护数据而拒绝写入。',
    ),
    nextStep: say(
      'Look for long transactions, inactive slots and prepared transactions that hold it back; then VACUUM (FREEZE) the oldest tables.',
      '排查阻碍因素：长事务、不活动的复制槽、两阶段事务；然后对最老的表执行 VACUUM (FREEZE)。',
    ),
    summary: (l, v) =>
      say(
        `${l['datname'] ?? '?'} on ${placeOf(l)} is ${number(v / 1e6)} million transactions old`,
        `${placeOf(l)} 的库 ${l['datname'] ?? '?'} 事务年龄 ${number(v / 1e6)} 百万`,
      ),
  },
  'wraparound-near': {
    title: say('Transaction wraparound is near', '事务 ID 即将回卷'),
    meaning: say(
      'This database will soon refuse all writes to protect itself.',
      '该库即将为自我保护而拒绝所有写入。',
    ),
    ignored: say('Writing stops.', '写入将停止。'),
    nextStep: say(
      'Now: end what holds the oldest transaction back (long transactions, slots, prepared transactions), then VACUUM (FREEZE, VERBOSE) the oldest tables. Do not use VACUUM FULL.',
      '立即：终止阻碍最老事务的因素（长事务、复制槽、两阶段事务），再对最老的表执行 VACUUM (FREEZE, VERBOSE)。不要使用 VACUUM FULL。',
    ),
    summary: (l, v) =>
      say(
        `${l['datname'] ?? '?'} on ${placeOf(l)} is ${number(v / 1e6)} million transactions old`,
        `${placeOf(l)} 的库 ${l['datname'] ?? '?'} 事务年龄 ${number(v / 1e6)} 百万`,
      ),
  },
  'checkpoint-storm': {
    title: say('Checkpoints come too often', '检查点过于频繁'),
    meaning: say(
      'WAL fills up before the time for a checkpoint, so PostgreSQL makes one after another.',
      'WAL 在检查点到期前就已写满，PostgreSQL 只能频繁执行检查点。',
    ),
    ignored: say(
      'Disks are busy with writing the same pages again and again, and everything gets slower.',
      '磁盘反复写同样的数据页，整体性能下降。',
    ),
    nextStep: say(
      'Raise max_wal_size (see the settings of the cluster).',
      '调大 max_wal_size（见集群参数页）。',
    ),
    summary: (l, v) =>
      say(
        `${number(v)} forced checkpoints on ${placeOf(l)} in 15 minutes`,
        `${placeOf(l)} 15 分钟内发生 ${number(v)} 次请求检查点`,
      ),
  },
  'clock-skew': {
    title: say('A clock is wrong', '主机时钟偏差'),
    meaning: say('The clock of this host differs from the server’s.', '该主机时钟与服务端不一致。'),
    ignored: say(
      'Restores to a moment miss it, logs cannot be compared, and certificates may be refused.',
      '按时间点恢复会有偏差，日志难以对照，证书可能校验失败。',
    ),
    nextStep: say(
      'Switch time synchronisation on (chrony or systemd-timesyncd) on this host.',
      '在该主机启用时间同步（chrony 或 systemd-timesyncd）。',
    ),
    summary: (l, v) =>
      say(
        `The clock of ${l['host'] ?? '?'} is ${number(Math.abs(v), 1)} s off`,
        `主机 ${l['host'] ?? '?'} 时钟偏差 ${number(Math.abs(v), 1)} 秒`,
      ),
  },
  'certificate-expiring': {
    title: say('A certificate ends soon', '证书即将到期'),
    meaning: say('A certificate should have been renewed by now and was not.', '证书本应已自动续期但没有。'),
    ignored: say('At its end connections that check it are refused.', '到期后，校验该证书的连接将被拒绝。'),
    nextStep: say(
      'For an agent: see that it reaches the server, and that its clock is right; it renews by itself. For a cluster: restart an operation that places its files.',
      'agent 证书：确认其能连到服务端且时钟正确，它会自动续期；集群证书：重新下发配置文件。',
    ),
    summary: (l, v) =>
      say(
        `Certificate (${l['certificate'] ?? '?'}) of ${placeOf(l)} ends in ${number(v, 1)} days`,
        `${placeOf(l)} 的证书（${l['certificate'] ?? '?'}）还有 ${number(v, 1)} 天到期`,
      ),
  },
  'memory-low': {
    title: say('Memory is nearly used up', '内存不足'),
    meaning: say('Little memory is available on this host.', '该主机可用内存很少。'),
    ignored: say(
      'The kernel may kill PostgreSQL to get memory.',
      '内核可能为腾出内存而杀死 PostgreSQL 进程。',
    ),
    nextStep: say(
      'See what uses it; lower work_mem or the number of connections before shared_buffers.',
      '查看占用来源；优先降低 work_mem 或连接数，再考虑 shared_buffers。',
    ),
    summary: (l, v) =>
      say(
        `${l['host'] ?? '?'} has ${number(v, 1)} % of its memory left`,
        `主机 ${l['host'] ?? '?'} 可用内存仅 ${number(v, 1)}%`,
      ),
  },
  'oom-kill': {
    title: say('The kernel killed a process for memory', '发生 OOM'),
    meaning: say(
      'This host ran out of memory and the kernel ended a process.',
      '该主机内存耗尽，内核终止了某个进程。',
    ),
    ignored: say(
      'If it was PostgreSQL, all its connections broke. It happens again under the same load.',
      '若被终止的是 PostgreSQL，其所有连接都会中断；同样负载下会再次发生。',
    ),
    nextStep: say(
      'See in dmesg which process it was, and give it less or the host more memory.',
      '在 dmesg 中确认是哪个进程，限制其内存或为主机扩容。',
    ),
    summary: (l) => say(`Out of memory on ${l['host'] ?? '?'}`, `主机 ${l['host'] ?? '?'} 发生 OOM`),
  },
  'cpu-busy': {
    title: say('Processors are busy all the time', 'CPU 持续繁忙'),
    meaning: say('Hardly any processor time is left on this host.', '该主机 CPU 几乎没有空闲。'),
    ignored: say('Everything waits; a peak has no room.', '请求排队变慢，无法承受峰值。'),
    nextStep: say(
      'Look at the statements that take most time; then consider a larger host.',
      '查看耗时最多的 SQL，再考虑升级主机。',
    ),
    summary: (l, v) =>
      say(
        `Processors of ${l['host'] ?? '?'} are ${number(v)} % busy`,
        `主机 ${l['host'] ?? '?'} CPU 使用率 ${number(v)}%`,
      ),
  },
  'drill-failed': {
    title: say('A restore drill found a bad backup', '恢复演练发现备份不可用'),
    meaning: say(
      'A backup was restored to prove it, and what came out is not right.',
      '对备份做了实际恢复验证，结果不正确。',
    ),
    ignored: say(
      'In an emergency this backup does not bring your data back.',
      '发生故障时，该备份无法恢复您的数据。',
    ),
    nextStep: say(
      'Read the evidence of the drill, take a full backup now, and start another drill from it.',
      '查看演练证据，立即做一次全量备份，并用新备份再次演练。',
    ),
    summary: (l) =>
      say(`A backup of ${cluster(l)} did not pass its drill`, `${cluster(l)} 的备份未通过恢复演练`),
  },
  'logical-backup-failed': {
    title: say('A logical backup failed or did not come', '逻辑备份失败或未按计划执行'),
    meaning: say(
      'The last dump of an external database failed, or none became whole when the schedule called for it.',
      '外部数据库最近一次导出失败，或未能按计划完成。',
    ),
    ignored: say(
      'If that database is lost, everything since its last whole dump is lost with it.',
      '若该数据库丢失，自上次完整导出以来的数据将全部丢失。',
    ),
    nextStep: say(
      'Open Backups, External databases: the failed backup says why. Put it right, then dump it now.',
      '打开“备份”中的“外部数据库”，查看失败原因，处理后立即执行一次备份。',
    ),
    summary: (l) =>
      say(
        `${l['external'] ?? '?'} has no whole logical backup of when it should have`,
        `${l['external'] ?? '?'} 没有按计划完成的逻辑备份`,
      ),
  },
  'drill-old': {
    title: say('No restore has been proved for long', '长期没有成功的恢复演练'),
    meaning: say(
      'The last drill that passed is older than twice the time planned between drills.',
      '最近一次成功演练距今已超过计划间隔的两倍。',
    ),
    ignored: say(
      'You do not know whether the backups of since then can be restored.',
      '无法确定此后的备份是否可以恢复。',
    ),
    nextStep: say(
      'See why drills did not run or could not be made (room on the host, the repository), then start one by hand.',
      '查明演练未执行或无法进行的原因（主机空间、备份仓库），然后手动发起一次。',
    ),
    summary: (l, v) => {
      const age = span(v);
      return say(
        `No drill of ${cluster(l)} has passed for ${age.en}`,
        `${cluster(l)} 已 ${age['zh-CN']}没有成功的恢复演练`,
      );
    },
  },
  'engine-silent': {
    title: say('Alerts are not judged', '告警引擎失效'),
    meaning: say(
      'The part that judges figures (vmalert with VictoriaMetrics) has not been heard.',
      '负责评估指标的组件（vmalert 与 VictoriaMetrics）已失去联系。',
    ),
    ignored: say(
      'You are blind: almost no other alert can come, and open ones do not end.',
      '监控处于盲区：几乎不会产生新的告警，已有告警也不会自动结束。',
    ),
    nextStep: say(
      'See vmalert.log and the log of VictoriaMetrics in the log folder of ELEPHERD_HOME; install Debian’s package victoria-metrics when it is missing.',
      '查看 ELEPHERD_HOME 日志目录中的 vmalert.log 与 VictoriaMetrics 日志；若缺少软件包，安装 Debian 的 victoria-metrics。',
    ),
    summary: () => say('The judge of alerts is silent', '告警引擎没有响应'),
  },
  'operation-overdue': {
    title: say('An operation is past its deadline', '操作超过期限'),
    meaning: say(
      'Long work has not ended in the time it should take. It goes on trying.',
      '某项长任务未在预期时间内完成，仍在继续尝试。',
    ),
    ignored: say(
      'What was wished is not there, and the cluster may stand between two states.',
      '期望的变更尚未达成，集群可能处于中间状态。',
    ),
    nextStep: say(
      'Open the operation: its log says what it waits for. Cancel it when it cannot succeed any more.',
      '打开该操作查看日志，了解它在等待什么；若已无法完成，可取消。',
    ),
    summary: (l) =>
      say(
        `Operation ${l['kind'] ?? '?'} is past its deadline (step ${l['step'] ?? '?'})`,
        `操作 ${l['kind'] ?? '?'} 已超期（步骤 ${l['step'] ?? '?'}）`,
      ),
  },
  'request-failed': {
    title: say('Elepherd itself failed', 'Elepherd 内部错误'),
    meaning: say('A request ended in an error that nobody foresaw.', '有请求以意料之外的错误结束。'),
    ignored: say(
      'Whoever asked did not get what they wanted; it may come again.',
      '请求者未得到结果，问题可能重复出现。',
    ),
    nextStep: say(
      'Look for the request id in server.log, and report it with that line.',
      '在 server.log 中按请求 ID 查找，并附上该行日志反馈问题。',
    ),
    summary: (l) =>
      say(
        `${l['method'] ?? ''} ${l['path'] ?? '?'} failed`,
        `${l['method'] ?? ''} ${l['path'] ?? '?'} 请求出错`,
      ),
  },
  'channel-failing': {
    title: say('A channel does not take messages', '通知渠道发送失败'),
    meaning: say(
      'A message about alerts could not be delivered, and was given up.',
      '告警消息多次投递失败，已放弃。',
    ),
    ignored: say('People do not hear of alerts by this channel.', '相关人员无法通过该渠道收到告警。'),
    nextStep: say(
      'Send a test by this channel: it says what its receiver answers.',
      '在渠道页发送测试消息，查看对方返回的错误。',
    ),
    summary: (l) =>
      say(`Channel ${l['channel'] ?? '?'} does not deliver`, `渠道 ${l['channel'] ?? '?'} 无法送达`),
  },
} as const satisfies Record<string, AlertWords>;

export type ShippedKey = keyof typeof shippedAlertText;
