import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** Words for taking back what the hosts know, when Elepherd and its backup are lost. */
export const passportText = {
  title: { en: 'Take back clusters that the hosts know', 'zh-CN': '从主机找回集群' },
  lead: {
    en: 'Elepherd was set up anew, and its hosts are let in again? What they know of their clusters is taken back; nothing on them changes.',
    'zh-CN': '系统重新部署后，主机重新纳管？可从主机取回集群信息，主机上不做任何改动。',
  },
  stepAsk: { en: 'Ask the hosts what they know', 'zh-CN': '向主机询问' },
  stepTake: { en: 'Take the clusters back', 'zh-CN': '找回集群' },
  noHost: {
    en: 'No host is online. Enrol the hosts of the lost Elepherd again first.',
    'zh-CN': '没有在线主机，请先重新纳管原有主机。',
  },
  waits: (hosts: readonly string[]) => ({
    en: `Waits for ${hosts.join(', ')}.`,
    'zh-CN': `等待 ${hosts.join('、')}。`,
  }),
  leftOut: (host: string, why: Text) => ({
    en: `${host} did not say what it knows: ${why.en}`,
    'zh-CN': `${host} 未返回信息：${why['zh-CN']}`,
  }),
  taken: (cluster: string, members: number) => ({
    en: `${cluster} is back, with ${members} members.`,
    'zh-CN': `已找回 ${cluster}，共 ${members} 个成员。`,
  }),
  known: (cluster: string) => ({
    en: `${cluster} is known already.`,
    'zh-CN': `${cluster} 已在系统中。`,
  }),
  missing: (cluster: string, members: readonly string[]) => ({
    en: `${cluster} is not taken back yet: ${members.join(', ')} run on hosts that are not enrolled. Enrol them, then do this again.`,
    'zh-CN': `${cluster} 尚未找回：${members.join('、')} 所在主机尚未纳管。纳管后请重试。`,
  }),
  nameTaken: (cluster: string) => ({
    en: `${cluster} is not taken back: another cluster has its name. Rename or delete that one first.`,
    'zh-CN': `${cluster} 未找回：已有同名集群，请先处理后重试。`,
  }),
  unreadable: (scope: string, host: string) => ({
    en: `What ${host} keeps of ${scope} cannot be read.`,
    'zh-CN': `${host} 上 ${scope} 的信息无法读取。`,
  }),
  none: {
    en: 'The hosts know of no cluster that is not here.',
    'zh-CN': '主机上没有系统尚不知道的集群。',
  },
  begun: { en: 'The hosts are asked what they know.', 'zh-CN': '正在向主机询问。' },
  done: { en: 'What the hosts know is taken back.', 'zh-CN': '已完成找回。' },
  busy: { en: 'The hosts are being asked already.', 'zh-CN': '正在询问主机，请稍候。' },
} satisfies Texts;
