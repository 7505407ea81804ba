import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about sandboxes, by server, agent and pages. */
export const sandboxText = {
  noUser: (user: string, why: string) => ({
    en: `The system user ${user}, as whom sandboxes run, could not be made (${why}). Nothing was made. Add it by hand (useradd --system ${user}) and try again.`,
    'zh-CN': `无法创建运行沙箱的系统用户 ${user}（${why}），没有任何改动。请手动执行 useradd --system ${user} 后重试。`,
  }),
  notStarted: (why: string) => ({
    en: `PostgreSQL did not start in the sandbox: ${why}. Nothing of it was left behind. Try again, with more memory if it was short.`,
    'zh-CN': `沙箱中的 PostgreSQL 未能启动：${why}。已全部清理。请重试；如内存不足，请调大内存限制。`,
  }),
  templateFailed: (name: string, why: string) => ({
    en: `Template ${name} could not be made: ${why}. Nothing of it was left behind. Correct its script and try again.`,
    'zh-CN': `无法制作模板 ${name}：${why}。已全部清理。请修正其脚本后重试。`,
  }),
  noPostgres: (major: number) => ({
    en: `PostgreSQL ${major} is not installed on this host, so no template was made. Install it and try again.`,
    'zh-CN': `该主机未安装 PostgreSQL ${major}，未制作模板。请安装后重试。`,
  }),
  noPort: {
    en: 'All ports from 26000 to 29999 are taken on this host. Nothing was made. Destroy sandboxes that nobody uses, or choose another host.',
    'zh-CN': '该主机 26000–29999 端口已全部占用，没有任何改动。请销毁不用的沙箱，或选择其他主机。',
  },
  notHere: {
    en: 'This host has no such sandbox any more: it has expired, or it was stopped. Make a new one.',
    'zh-CN': '该主机上已没有这个沙箱：可能已到期或已被停止。请新建一个。',
  },
  tlsOnly: {
    en: 'this sandbox takes only encrypted connections from the network: add sslmode=require',
    'zh-CN': '该沙箱只接受来自网络的加密连接：请加上 sslmode=require',
  },
  tooManyConnections: (most: number) => ({
    en: `this sandbox takes at most ${most} connections at once`,
    'zh-CN': `该沙箱最多同时接受 ${most} 个连接`,
  }),
  superuserRefused: {
    en: 'nobody signs in as the superuser of a sandbox: use the role that its maker was given',
    'zh-CN': '沙箱不允许以超级用户登录：请使用创建者获得的角色',
  },
} satisfies Texts;
