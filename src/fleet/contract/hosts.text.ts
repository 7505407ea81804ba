import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about hosts, their agents and how they come and go. */
export const hostText = {
  noSuchHost: {
    en: 'There is no such host in this organisation. Go back to the list of hosts.',
    'zh-CN': '本组织中没有这台主机。请返回主机列表。',
  },
  noSuchEnrolment: {
    en: 'There is no such enrolment in this organisation. Make a new command on the page “Add a host”.',
    'zh-CN': '本组织中没有这条接入命令。请在“添加主机”页面重新生成。',
  },
  nameTaken: (name: string) => ({
    en: `A host named ${name} already exists in this organisation. Nothing was changed. Choose another name.`,
    'zh-CN': `本组织中已有名为 ${name} 的主机，没有任何改动。请换一个名称。`,
  }),
  hasServers: (names: string) => ({
    en: `Clusters still have members on this host: ${names}. Nothing was changed. Remove those members first, then remove the host.`,
    'zh-CN': `以下集群在该主机上仍有成员：${names}。没有任何改动。请先移除这些成员，再移除主机。`,
  }),
  isRemoved: {
    en: 'This host was removed already. Nothing was changed.',
    'zh-CN': '该主机已被移除，没有任何改动。',
  },
  badToken: {
    en: 'This command was used already, has expired, or was not made by this Elepherd. Nothing was changed. Make a new one on the page “Add a host” and paste that.',
    'zh-CN':
      '该命令已被使用、已过期，或并非由本 Elepherd 生成，没有任何改动。请在“添加主机”页面重新生成并粘贴。',
  },
  badCertificateRequest: {
    en: 'The certificate request cannot be read or is not signed by its own key. Nothing was changed. Install the agent again with a new command.',
    'zh-CN': '证书请求无法识别，或未由其自身密钥签名，没有任何改动。请用新命令重新安装代理。',
  },
  noCertificate: {
    en: 'No client certificate of this Elepherd was shown. Nothing was changed. Enrol this host with a command from the page “Add a host”.',
    'zh-CN': '未出示本 Elepherd 签发的客户端证书，没有任何改动。请用“添加主机”页面的命令接入该主机。',
  },
  certificateEnded: {
    en: 'The certificate of this host has expired. Nothing was changed. Let the host in again with a new command from its page.',
    'zh-CN': '该主机的证书已过期，没有任何改动。请在该主机页面生成新命令重新接入。',
  },
  certificateRevoked: {
    en: 'The certificate of this host was revoked. Nothing was changed. Let the host in again with a new command from its page.',
    'zh-CN': '该主机的证书已被吊销，没有任何改动。请在该主机页面生成新命令重新接入。',
  },
  hostRemoved: {
    en: 'This host was removed from Elepherd; its agent stops here. Its databases run on.',
    'zh-CN': '该主机已从 Elepherd 移除，代理到此停止；其上的数据库继续运行。',
  },
  noRelease: {
    en: 'This server has no agent to hand out yet. Wait a minute and try again.',
    'zh-CN': '服务器尚未准备好代理程序。请等待一分钟后重试。',
  },
} satisfies Texts;
