import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the API says about alerts, and what alerts say to people. */
export const alertText = {
  noSuchAlert: { en: 'There is no such alert.', 'zh-CN': '没有该告警。' },
  noSuchRule: { en: 'There is no such rule.', 'zh-CN': '没有该规则。' },
  noSuchChannel: { en: 'There is no such channel.', 'zh-CN': '没有该通知渠道。' },
  noSuchSilence: { en: 'There is no such silence.', 'zh-CN': '没有该静默。' },
  noSuchRota: { en: 'There is no such rota.', 'zh-CN': '没有该值班表。' },
  noSuchOverride: { en: 'There is no such stand-in.', 'zh-CN': '没有该替班。' },
  noSuchHost: { en: 'There is no such host.', 'zh-CN': '没有该主机。' },
  noSuchCluster: { en: 'There is no such cluster.', 'zh-CN': '没有该集群。' },
  noSuchPerson: {
    en: 'Somebody named there does not belong to this organisation. Nothing was changed.',
    'zh-CN': '名单中有人不属于本组织。未做任何修改。',
  },
  alreadyOver: {
    en: 'This alert is over: there is nothing to acknowledge.',
    'zh-CN': '该告警已结束，无需确认。',
  },
  nameTaken: (name: string) => ({
    en: `There is one named “${name}” already. Choose another name.`,
    'zh-CN': `名称“${name}”已存在，请换一个。`,
  }),
  badExpression: (reason: string) => ({
    en: `The expression cannot be judged: ${reason}. Nothing was changed.`,
    'zh-CN': `表达式无法评估：${reason}。未做任何修改。`,
  }),
  noStore: {
    en: 'No metrics store is running, so the expression cannot be checked. Start VictoriaMetrics (npm start does) and try again.',
    'zh-CN': '指标存储未运行，无法校验表达式。请先启动 VictoriaMetrics（npm start 会自动启动）再试。',
  },
  shippedStays: {
    en: 'A shipped rule can be changed or disabled, but its expression and words stay, and it cannot be deleted.',
    'zh-CN': '内置规则可以调整或停用，但表达式与说明不可修改，也不能删除。',
  },
  noThreshold: {
    en: 'This rule compares with no number. Nothing was changed.',
    'zh-CN': '该规则没有阈值。未做任何修改。',
  },
  ownNeedsValue: {
    en: 'A rule that people wrote is shipped with nothing to go back to: give a value.',
    'zh-CN': '自定义规则没有可恢复的默认值，请给出具体值。',
  },
  tooManyRules: (most: number) => ({
    en: `There are ${most} rules already, which is the most. Delete one first.`,
    'zh-CN': `自定义规则已达上限 ${most} 条，请先删除。`,
  }),
  onlyMailHasRecipients: {
    en: 'Only a mail channel has recipients. Nothing was changed.',
    'zh-CN': '只有邮件渠道可以设置收件人。未做任何修改。',
  },
  endsBeforeStart: {
    en: 'It would end before it begins. Nothing was changed.',
    'zh-CN': '结束时间早于开始时间。未做任何修改。',
  },
  channelInUse: {
    en: 'The way up tells this channel. Take it out there first.',
    'zh-CN': '升级策略正在使用该渠道，请先从策略中移除。',
  },
  rotaInUse: {
    en: 'The way up tells this rota. Take it out there first.',
    'zh-CN': '升级策略正在使用该值班表，请先从策略中移除。',
  },
  stepsNotRising: {
    en: 'Each step must come later than the one before, and the first at once.',
    'zh-CN': '各步骤的时间必须递增，且第一步为立即。',
  },
  stepTellsNobody: { en: 'A step tells nobody.', 'zh-CN': '有步骤没有通知任何人。' },

  ruleGone: { en: 'A rule that is gone', 'zh-CN': '已删除的规则' },
  ruleGoneMeaning: {
    en: 'The rule that raised this alert was deleted.',
    'zh-CN': '产生该告警的规则已被删除。',
  },
  ownMeaning: { en: 'A rule of your own holds.', 'zh-CN': '自定义规则的条件成立。' },
  ownIgnored: {
    en: 'Whoever wrote the rule thought that it matters.',
    'zh-CN': '规则的编写者认为该情况需要关注。',
  },
  ownNextStep: {
    en: 'Look at the figures of the server it names.',
    'zh-CN': '查看相关服务器的监控指标。',
  },
  ownSummary: (name: string, place: string, value: string) => ({
    en: `${name}: ${value}${place === '?' ? '' : ` (${place})`}`,
    'zh-CN': `${name}：${value}${place === '?' ? '' : `（${place}）`}`,
  }),

  fired: { en: 'It began', 'zh-CN': '触发' },
  cameBack: { en: 'It came back', 'zh-CN': '再次出现' },
  resolved: { en: 'It is over', 'zh-CN': '恢复' },
  resolvedByRule: { en: 'Its rule was disabled or deleted', 'zh-CN': '规则被停用或删除' },
  resolvedUnheard: {
    en: 'The judge has not named it any more',
    'zh-CN': '告警引擎不再报告该情况',
  },
  acknowledged: { en: 'Acknowledged', 'zh-CN': '已确认' },
  told: (whom: string) => ({ en: `Told: ${whom}`, 'zh-CN': `已通知：${whom}` }),
  escalated: (whom: string) => ({
    en: `Nobody acknowledged; told: ${whom}`,
    'zh-CN': `无人确认，已升级通知：${whom}`,
  }),
  severityNow: (word: string) => ({ en: `Severity is ${word} now`, 'zh-CN': `级别变为 ${word}` }),
} as const satisfies Texts;
