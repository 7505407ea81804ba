import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about metrics. */
export const metricsText = {
  storeAway: {
    en: 'The metrics store does not answer. Agents keep what they measured for up to two hours and send it when it is back. Look at METRICS_URL and at log/metrics.log in ELEPHERD_HOME.',
    'zh-CN':
      '监控指标存储没有响应。代理会把采集到的指标保留最多约两小时，恢复后补传。请检查 METRICS_URL 以及 ELEPHERD_HOME 下的 log/metrics.log。',
  },
  noStore: {
    en: 'This Elepherd keeps no metrics: VictoriaMetrics is not installed on its machine and METRICS_URL is not set. Install the Debian package victoria-metrics or set METRICS_URL, then start Elepherd again.',
    'zh-CN':
      '当前 Elepherd 未保存监控指标：所在机器未安装 VictoriaMetrics，也未设置 METRICS_URL。请安装 Debian 软件包 victoria-metrics 或设置 METRICS_URL，然后重新启动 Elepherd。',
  },
  panelNeeds: (what: 'fleet' | 'cluster' | 'host') => ({
    en: `This panel is about one ${what}: say which by \`${what}\`.`,
    'zh-CN': `该面板针对单个${what === 'host' ? '主机' : '集群'}：请用 \`${what}\` 参数指定。`,
  }),
  badRange: {
    en: 'The time range must end after it begins and be at most 400 days long.',
    'zh-CN': '时间范围的结束必须晚于开始，且最长 400 天。',
  },
} satisfies Texts;
