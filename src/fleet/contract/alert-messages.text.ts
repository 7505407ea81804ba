import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the messages by which people hear of alerts. */
export const alertMessageText = {
  critical: { en: 'Critical', 'zh-CN': '严重' },
  warning: { en: 'Warning', 'zh-CN': '警告' },
  info: { en: 'Info', 'zh-CN': '提示' },
  over: { en: 'Over', 'zh-CN': '已恢复' },
  title: (firing: number, resolved: number, critical: number) => {
    const en = [
      firing > 0
        ? `${firing} ${firing === 1 ? 'alert' : 'alerts'}${critical > 0 ? `, ${critical} critical` : ''}`
        : '',
      resolved > 0 ? `${resolved} over` : '',
    ];
    const zh = [
      firing > 0 ? `${firing} 条告警${critical > 0 ? `（严重 ${critical} 条）` : ''}` : '',
      resolved > 0 ? `${resolved} 条已恢复` : '',
    ];
    const join = (parts: string[], by: string) => parts.filter((part) => part !== '').join(by);
    return { en: `Elepherd: ${join(en, ', ')}`, 'zh-CN': `Elepherd：${join(zh, '，')}` };
  },
  more: (count: number) => ({ en: `… and ${count} more`, 'zh-CN': `……另有 ${count} 条` }),
  open: { en: 'All alerts', 'zh-CN': '查看全部告警' },
  testTitle: { en: 'Elepherd: a test', 'zh-CN': 'Elepherd：测试消息' },
  testBody: {
    en: 'This is how alerts reach you by this channel. Nothing is wrong.',
    'zh-CN': '告警将通过此渠道送达。这是一条测试消息，一切正常。',
  },
} as const satisfies Texts;
