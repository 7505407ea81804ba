import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** What the labels of alerts are called that Elepherd's own figures and rules put on them. */
const alertLabelText = {
  application_name: { en: 'Application', 'zh-CN': '应用' },
  backup_type: { en: 'Kind of backup', 'zh-CN': '备份类型' },
  certificate: { en: 'Certificate', 'zh-CN': '证书' },
  channel: { en: 'Channel', 'zh-CN': '通知渠道' },
  cpu: { en: 'Processor', 'zh-CN': 'CPU' },
  database: { en: 'Database', 'zh-CN': '数据库' },
  datname: { en: 'Database', 'zh-CN': '数据库' },
  device: { en: 'Device', 'zh-CN': '设备' },
  error_class: { en: 'Kind of error', 'zh-CN': '错误类别' },
  external: { en: 'Database elsewhere', 'zh-CN': '外部数据库' },
  job: { en: 'Program', 'zh-CN': '程序' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  member: { en: 'Member', 'zh-CN': '成员' },
  method: { en: 'Method', 'zh-CN': '请求方法' },
  mode: { en: 'Mode', 'zh-CN': '模式' },
  mountpoint: { en: 'File system', 'zh-CN': '挂载点' },
  name: { en: 'Name', 'zh-CN': '名称' },
  operation: { en: 'Operation', 'zh-CN': '操作' },
  path: { en: 'Address', 'zh-CN': '请求地址' },
  probe: { en: 'What was asked', 'zh-CN': '探测项' },
  queryid: { en: 'Statement', 'zh-CN': '语句' },
  repo_key: { en: 'Repository', 'zh-CN': '备份仓库' },
  scope: { en: 'Patroni scope', 'zh-CN': 'Patroni 集群名' },
  slot_name: { en: 'Replication slot', 'zh-CN': '复制槽' },
  stanza: { en: 'Stanza', 'zh-CN': 'Stanza 名称' },
  state: { en: 'State', 'zh-CN': '状态' },
  step: { en: 'Step', 'zh-CN': '步骤' },
  wait_event_type: { en: 'Waits for', 'zh-CN': '等待类型' },
} satisfies Texts;

const known: ReadonlyMap<string, Text> = new Map(Object.entries(alertLabelText));

/** The word for a label; undefined for one that only a rule of the reader's own puts on its alerts. */
export const findLabelText = (label: string): Text | undefined => known.get(label);
