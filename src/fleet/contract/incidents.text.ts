import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said of things that happened. */
export const incidentText = {
  promoted: (member: string, timeline: number) => ({
    en: `${member} became the primary, on timeline ${timeline}.`,
    'zh-CN': `${member} 成为主库，时间线 ${timeline}。`,
  }),
  serverDown: (cluster: string, state: string) => ({
    en: `PostgreSQL of ${cluster} is not running here (${state}).`,
    'zh-CN': `本机 ${cluster} 的 PostgreSQL 未运行（${state}）。`,
  }),
  serverUp: (cluster: string, role: string) => ({
    en: `PostgreSQL of ${cluster} runs here again (${role}).`,
    'zh-CN': `本机 ${cluster} 的 PostgreSQL 已恢复运行（${role}）。`,
  }),
  paused: (cluster: string) => ({
    en: `Patroni of ${cluster} is paused: nobody takes over if the primary is lost.`,
    'zh-CN': `${cluster} 的 Patroni 已暂停：主库故障时不会自动切换。`,
  }),
  resumed: (cluster: string) => ({
    en: `Patroni of ${cluster} watches again.`,
    'zh-CN': `${cluster} 的 Patroni 已恢复自动切换。`,
  }),
  booted: { en: 'The host was started anew.', 'zh-CN': '主机已重新启动。' },
  silent: { en: 'The agent of the host fell silent.', 'zh-CN': '主机代理失去联系。' },
  back: { en: 'The agent of the host is heard again.', 'zh-CN': '主机代理恢复联系。' },
  kernelOom: (what: string) => ({
    en: `Out of memory: the kernel ended a process. ${what}`,
    'zh-CN': `内存不足：内核终止了进程。${what}`,
  }),
  kernelIo: (what: string) => ({
    en: `A disk failed to read or write. ${what}`,
    'zh-CN': `磁盘读写错误。${what}`,
  }),
  kernelFileSystem: (what: string) => ({
    en: `A file system is damaged. ${what}`,
    'zh-CN': `文件系统损坏。${what}`,
  }),
  kernelReadOnly: (what: string) => ({
    en: `A file system turned read-only. ${what}`,
    'zh-CN': `文件系统变为只读。${what}`,
  }),
  kernelHardware: (what: string) => ({
    en: `The hardware reports an error. ${what}`,
    'zh-CN': `硬件报告错误。${what}`,
  }),
  kernelHung: (what: string) => ({
    en: `A process hangs in the kernel. ${what}`,
    'zh-CN': `进程在内核中挂起。${what}`,
  }),
  kernelCrash: (what: string) => ({
    en: `A database process crashed. ${what}`,
    'zh-CN': `数据库进程崩溃。${what}`,
  }),

  serverPanic: (what: string) => ({
    en: `PostgreSQL stopped with a panic. ${what}`,
    'zh-CN': `PostgreSQL 发生 PANIC 并停止。${what}`,
  }),
  serverDamage: (what: string) => ({
    en: `PostgreSQL met damaged data. ${what}`,
    'zh-CN': `PostgreSQL 读到损坏的数据。${what}`,
  }),

  operation: (title: { en: string; 'zh-CN': string }, state: { en: string; 'zh-CN': string }) => ({
    en: `${title.en}: ${state.en}`,
    'zh-CN': `${title['zh-CN']}：${state['zh-CN']}`,
  }),
  stateRunning: { en: 'under way', 'zh-CN': '进行中' },
  stateCancelling: { en: 'being cancelled', 'zh-CN': '取消中' },
  stateSucceeded: { en: 'done', 'zh-CN': '已完成' },
  stateFailed: { en: 'failed', 'zh-CN': '失败' },
  stateCancelled: { en: 'cancelled', 'zh-CN': '已取消' },
  settingsChanged: (who: string, names: string) => ({
    en: `${who} changed settings: ${names}`,
    'zh-CN': `${who} 修改了参数：${names}`,
  }),
  changed: (who: string, action: string) => ({ en: `${who}: ${action}`, 'zh-CN': `${who}：${action}` }),

  evidenceTitle: { en: 'Keep what the host looks like now', 'zh-CN': '保存主机现场信息' },
  evidenceTaken: (host: string, count: number) => ({
    en: `Kept ${count} pieces of evidence from ${host} before anything is changed.`,
    'zh-CN': `已在改动前保存 ${host} 的 ${count} 份现场信息。`,
  }),
  evidenceMissing: (host: string) => ({
    en: `${host} did not give its evidence in time; the work goes on without it.`,
    'zh-CN': `${host} 未能及时提供现场信息，操作继续进行。`,
  }),
  waitsForEvidence: (hosts: readonly string[]) => ({
    en: `Waits for evidence from ${hosts.join(', ')}`,
    'zh-CN': `等待 ${hosts.join('、')} 提供现场信息`,
  }),
  badTimes: {
    en: 'The time must begin before it ends, and be at most 400 days long.',
    'zh-CN': '开始时间必须早于结束时间，且跨度不超过 400 天。',
  },

  kindPromotion: { en: 'Primary', 'zh-CN': '主库变更' },
  kindServer: { en: 'Server', 'zh-CN': '实例状态' },
  kindGuardian: { en: 'Disk room', 'zh-CN': '磁盘空间' },
  kindKernel: { en: 'Kernel', 'zh-CN': '内核消息' },
  kindAgent: { en: 'Host', 'zh-CN': '主机' },
  kindOperation: { en: 'Operation', 'zh-CN': '操作' },
  kindChange: { en: 'Change', 'zh-CN': '变更' },
  kindAlert: { en: 'Alert', 'zh-CN': '告警' },
  severityInfo: { en: 'info', 'zh-CN': '信息' },
  severityWarning: { en: 'warning', 'zh-CN': '警告' },
  severityCritical: { en: 'critical', 'zh-CN': '严重' },

  title: { en: 'Timeline', 'zh-CN': '事件时间线' },
  titleOf: (name: string) => ({ en: `What happened to ${name}`, 'zh-CN': `${name} 事件时间线` }),
  between: (from: string, to: string) => ({ en: `${from} to ${to}`, 'zh-CN': `${from} 至 ${to}` }),
  time: { en: 'Time', 'zh-CN': '时间' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  what: { en: 'What happened', 'zh-CN': '事件' },
  host: { en: 'Host', 'zh-CN': '主机' },
  severity: { en: 'Severity', 'zh-CN': '级别' },
  lasted: { en: 'Lasted', 'zh-CN': '持续' },
  none: { en: 'Nothing happened in this time.', 'zh-CN': '该时段内没有事件。' },
  truncated: {
    en: 'There was more in this time: only the newest are shown.',
    'zh-CN': '该时段事件较多，仅显示最新部分。',
  },
  hour: { en: 'Hour', 'zh-CN': '1 小时' },
  day: { en: 'Day', 'zh-CN': '1 天' },
  week: { en: 'Week', 'zh-CN': '1 周' },
  month: { en: 'Month', 'zh-CN': '1 个月' },
  span: { en: 'Time shown', 'zh-CN': '时间范围' },
  kinds: { en: 'Kinds shown', 'zh-CN': '显示类型' },
  exportJson: { en: 'Download JSON', 'zh-CN': '下载 JSON' },
  exportHtml: { en: 'Download HTML', 'zh-CN': '下载 HTML' },
  goesOn: { en: 'goes on', 'zh-CN': '持续中' },
  lineCaption: { en: 'Events on a line of time, one row a kind', 'zh-CN': '按类型分行的事件时间轴' },
  curves: { en: 'Key figures in this time', 'zh-CN': '该时段关键指标' },
  noFigures: {
    en: 'No figures were kept for this time.',
    'zh-CN': '该时段内没有保存监控指标。',
  },
  figuresAway: (why: string) => ({
    en: `The figures of this time cannot be shown. ${why}`,
    'zh-CN': `暂时无法显示该时段的指标。${why}`,
  }),
  upTo: (figure: string) => ({ en: `up to ${figure}`, 'zh-CN': `最高 ${figure}` }),
  evidence: { en: 'Evidence kept before repairs', 'zh-CN': '修复前保存的现场信息' },
  noEvidence: { en: 'No repair has kept evidence yet.', 'zh-CN': '尚无修复前保存的现场信息。' },
  openOperation: { en: 'Open the operation', 'zh-CN': '查看操作' },

  cliTimeline: {
    en: 'Show what happened to a cluster, on one line of time',
    'zh-CN': '按时间线显示集群发生的事件',
  },
  cliTimelineDetail: {
    en: 'Failovers, operations, changed settings, alerts, messages of the kernel, hosts that fell silent, disks that filled up.',
    'zh-CN': '包括主备切换、操作、参数修改、告警、内核消息、主机失联、磁盘写满等。',
  },
  cluster: { en: 'Name or id of the cluster', 'zh-CN': '集群名称或 ID' },
  sinceOption: { en: 'How far back: 90m, 24h, 7d.', 'zh-CN': '回溯时长：90m、24h、7d。' },
  htmlOption: { en: 'Print one page of HTML, complete in itself.', 'zh-CN': '输出单个自包含的 HTML 页面。' },
  badSince: {
    en: 'Say how far back as a number with m, h or d: --since 24h',
    'zh-CN': '请用数字加 m、h 或 d 表示回溯时长：--since 24h',
  },
} satisfies Texts;
