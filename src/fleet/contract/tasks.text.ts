import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about work on a host, whoever does it. */
export const taskText = {
  hostGone: {
    en: 'The host was removed from Elepherd, so nothing can be done on it. Nothing was changed. Choose another host.',
    'zh-CN': '该主机已从 Elepherd 中移除，无法在其上执行任何操作，没有任何改动。请选择其他主机。',
  },
  hostOffline: (host: string) => ({
    en: `Host ${host} is offline; this goes on by itself when it is back. Check its power, its network and the service elepherd-agent.`,
    'zh-CN': `主机 ${host} 离线，恢复后将自动继续。请检查主机电源、网络以及 elepherd-agent 服务。`,
  }),
  hostDoesNotAnswer: (host: string, seconds: number) => ({
    en: `Host ${host} did not answer within ${seconds} s. Whether it was done is not known; look again before you repeat it.`,
    'zh-CN': `主机 ${host} 在 ${seconds} 秒内没有应答，操作是否完成尚不确定，请先查看再重试。`,
  }),
  hostOfflineNow: (host: string) => ({
    en: `Host ${host} is offline. Nothing was changed. Check its power, its network and the service elepherd-agent, then try again.`,
    'zh-CN': `主机 ${host} 离线，没有任何改动。请检查主机电源、网络以及 elepherd-agent 服务后重试。`,
  }),
  waitsForHost: (host: string) => ({
    en: `Host ${host} is at work.`,
    'zh-CN': `主机 ${host} 正在执行。`,
  }),
  badOutput: (kind: string) => ({
    en: `The agent answered the task ${kind} in a form this server does not know. Bring agent and server to the same version, then retry.`,
    'zh-CN': `代理对任务 ${kind} 的应答格式无法识别。请将代理与服务器升级到同一版本后重试。`,
  }),
  notOpened: {
    en: 'The sealed input of this task cannot be opened with the key file of this server. Put back the secret.key that belongs to this database, then retry.',
    'zh-CN': '本服务器的密钥文件无法解开该任务的加密内容。请恢复与该数据库对应的 secret.key 后重试。',
  },
} satisfies Texts;
