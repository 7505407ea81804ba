import type { Texts } from './i18n.ts';

/** Words about long work: its list, its progress, its log. */
export const operationsText = {
  title: { en: 'Operations', 'zh-CN': '操作' },
  lead: {
    en: 'Long work on hosts and clusters: every step visible, safe to leave and come back to.',
    'zh-CN': '主机和集群上的耗时工作，每一步都看得见；可以随时离开，回来继续看。',
  },
  listCaption: { en: 'Operations, newest first', 'zh-CN': '操作列表，最新的在前' },
  none: { en: 'No operation yet', 'zh-CN': '还没有操作' },
  noneHint: {
    en: 'When you create a cluster, add a host or upgrade PostgreSQL, its progress appears here.',
    'zh-CN': '新建集群、接入主机或升级 PostgreSQL 时，进度会显示在这里。',
  },
  older: { en: 'Older operations', 'zh-CN': '更早的操作' },
  newest: { en: 'Newest operations', 'zh-CN': '最新的操作' },

  columnTitle: { en: 'Operation', 'zh-CN': '操作' },
  columnState: { en: 'State', 'zh-CN': '状态' },
  columnStep: { en: 'Step', 'zh-CN': '步骤' },
  columnStarted: { en: 'Started', 'zh-CN': '开始时间' },
  columnBy: { en: 'By', 'zh-CN': '发起人' },
  columnTook: { en: 'Time', 'zh-CN': '用时' },
  bySystem: { en: 'Elepherd itself', 'zh-CN': '系统' },

  running: { en: 'Running', 'zh-CN': '进行中' },
  cancelling: { en: 'Cancelling', 'zh-CN': '正在取消' },
  succeeded: { en: 'Succeeded', 'zh-CN': '成功' },
  failed: { en: 'Failed', 'zh-CN': '失败' },
  cancelled: { en: 'Cancelled', 'zh-CN': '已取消' },

  stepDone: { en: 'done', 'zh-CN': '已完成' },
  stepRunning: { en: 'running', 'zh-CN': '进行中' },
  stepWaiting: { en: 'waiting', 'zh-CN': '等待中' },
  stepFailed: { en: 'failed', 'zh-CN': '失败' },
  stepTodo: { en: 'to come', 'zh-CN': '待执行' },
  stepSkipped: { en: 'not needed', 'zh-CN': '无需执行' },

  steps: { en: 'Steps', 'zh-CN': '步骤' },
  progress: (done: number, all: number) => ({
    en: `${done} of ${all} steps`,
    'zh-CN': `${done} / ${all} 步`,
  }),
  nowAt: (at: number, all: number, title: { en: string; 'zh-CN': string }) => ({
    en: `Step ${at} of ${all}: ${title.en}`,
    'zh-CN': `第 ${at} 步，共 ${all} 步：${title['zh-CN']}`,
  }),
  elapsed: { en: 'Elapsed', 'zh-CN': '已用时' },
  took: { en: 'Took', 'zh-CN': '用时' },
  startedAt: { en: 'Started', 'zh-CN': '开始' },
  startedBy: { en: 'Started by', 'zh-CN': '发起人' },
  deadline: { en: 'Expected by', 'zh-CN': '预计最晚完成' },
  whyFailed: { en: 'Why it failed', 'zh-CN': '失败原因' },

  log: { en: 'Log', 'zh-CN': '日志' },
  logEmpty: { en: 'No line yet.', 'zh-CN': '暂无日志。' },
  logNewest: { en: 'Newest lines', 'zh-CN': '跳到最新' },
  levelInfo: { en: 'Note', 'zh-CN': '信息' },
  levelWarning: { en: 'Warning', 'zh-CN': '警告' },
  levelError: { en: 'Error', 'zh-CN': '错误' },
  live: { en: 'Live', 'zh-CN': '实时' },
  reconnecting: { en: 'Reconnecting…', 'zh-CN': '正在重连…' },
  polling: { en: 'Asking every few seconds', 'zh-CN': '每隔几秒刷新' },

  cancel: { en: 'Cancel operation', 'zh-CN': '取消操作' },
  cancelTitle: { en: 'Cancel this operation?', 'zh-CN': '取消该操作？' },
  cancelBody: {
    en: 'It stops at the next safe point and undoes what it began. What was there before stays.',
    'zh-CN': '操作将在下一个安全点停止，并撤销已经开始的改动。原有内容不受影响。',
  },
  keepGoing: { en: 'Let it go on', 'zh-CN': '继续执行' },
  retry: { en: 'Retry failed step', 'zh-CN': '重试失败的步骤' },
} satisfies Texts;
