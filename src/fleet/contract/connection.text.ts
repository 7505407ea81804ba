import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said beside each way to connect. */
export const connectionText = {
  direct: { en: 'Straight to the primary', 'zh-CN': '直连主库' },
  directAdvice: {
    en: 'The driver knows every server and finds the one that takes writes, also after a failover. Fewest parts in between.',
    'zh-CN': '驱动知道所有服务器，并自动找到可写的一台，切换后也是如此。中间环节最少。',
  },
  routed: { en: 'Through the router', 'zh-CN': '经由路由' },
  routedAdvice: {
    en: 'For drivers that know one address only: HAProxy on every host leads to the primary.',
    'zh-CN': '适用于只支持单一地址的驱动：每台主机上的 HAProxy 都会转到主库。',
  },
  pooled: { en: 'Through the pool', 'zh-CN': '经由连接池' },
  pooledAdvice: {
    en: 'For many short-lived clients. PgBouncer pools by transaction: no session settings, advisory locks or LISTEN across transactions.',
    'zh-CN': '适用于大量短连接。PgBouncer 为事务级连接池：会话设置、咨询锁和 LISTEN 不能跨事务使用。',
  },
  readOnly: { en: 'Reads from replicas', 'zh-CN': '读备库' },
  readOnlyAdvice: {
    en: 'Reads that may be a moment old. With one member it is the same server, for reading.',
    'zh-CN': '允许略有延迟的读请求。单成员时为同一服务器的只读访问。',
  },
} satisfies Texts;
