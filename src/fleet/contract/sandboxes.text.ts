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
  noSuchSandbox: {
    en: 'There is no such sandbox in this organisation. Nothing was changed. Look at the list of sandboxes.',
    'zh-CN': '本组织中没有这个沙箱，没有任何改动。请查看沙箱列表。',
  },
  noSuchTemplate: (name: string) => ({
    en: `There is no template named ${name} in this organisation. Nothing was changed. Look at the list of templates.`,
    'zh-CN': `本组织中没有名为 ${name} 的模板，没有任何改动。请查看模板列表。`,
  }),
  notReady: {
    en: 'This sandbox is not ready: it is being made, or it has ended. Nothing was changed.',
    'zh-CN': '该沙箱尚未就绪或已结束，没有任何改动。',
  },
  quotaSandboxes: (most: number) => ({
    en: `Your organisation may have ${most} sandboxes at once and has them. Nothing was made. Destroy one that nobody uses, or wait until one expires.`,
    'zh-CN': `组织的沙箱配额为 ${most} 个，已用完，没有任何改动。请销毁不用的沙箱，或等待到期释放。`,
  }),
  quotaMemory: (most: number, used: number) => ({
    en: `Your organisation may use ${most} MB of memory for sandboxes, and ${used} MB are in use. Nothing was made. Ask for less, or destroy one that nobody uses.`,
    'zh-CN': `组织的沙箱内存配额为 ${most} MB，已用 ${used} MB，没有任何改动。请减少所需内存，或销毁不用的沙箱。`,
  }),
  quotaDisk: (most: number, used: number) => ({
    en: `Your organisation may use ${most} MB of disk for sandboxes, and ${used} MB are in use. Nothing was made. Ask for less, or destroy one that nobody uses.`,
    'zh-CN': `组织的沙箱磁盘配额为 ${most} MB，已用 ${used} MB，没有任何改动。请减少所需磁盘，或销毁不用的沙箱。`,
  }),
  quotaMinutes: (most: number) => ({
    en: `A sandbox of your organisation may live ${most} minutes in all. Nothing was changed. Ask for less.`,
    'zh-CN': `组织内单个沙箱最长 ${most} 分钟（含延长），没有任何改动。请缩短时间。`,
  }),
  noHost: {
    en: 'No host can take a sandbox now: none is online and active. Nothing was made. Add a host, or check those that are offline.',
    'zh-CN': '当前没有可用主机：没有在线且处于活动状态的主机，没有任何改动。请添加主机，或检查离线主机。',
  },
  hostsFull: {
    en: 'No host has room for this sandbox: sandboxes may take half of its memory and of its free disk. Nothing was made. Ask for less, or destroy one that nobody uses.',
    'zh-CN':
      '没有主机能容纳该沙箱：沙箱最多占用主机一半的内存和可用磁盘。没有任何改动。请减少所需资源，或销毁不用的沙箱。',
  },
  noVersion: {
    en: 'No online host has PostgreSQL or can install it. Nothing was made. Install it on a host, or look at its package sources.',
    'zh-CN': '没有在线主机已安装或可安装 PostgreSQL，没有任何改动。请在主机上安装，或检查软件源。',
  },
  noSuchVersion: (major: number) => ({
    en: `No online host with room has PostgreSQL ${major} or can install it. Nothing was made. Choose another version.`,
    'zh-CN': `没有空闲主机已安装或可安装 PostgreSQL ${major}，没有任何改动。请选择其他版本。`,
  }),
  hostRemoved: {
    en: 'Its host was removed from Elepherd.',
    'zh-CN': '所在主机已从 Elepherd 中移除。',
  },
  endedForDisk: {
    en: 'It used more disk than it may, so it was stopped. Make a new one with more disk.',
    'zh-CN': '超出磁盘限制，已被停止。请新建一个并增大磁盘。',
  },
  endedByItself: {
    en: 'Its PostgreSQL ended, or its host was started anew. Make a new one.',
    'zh-CN': '其 PostgreSQL 已退出，或所在主机重启过。请新建一个。',
  },
  stillMissing: {
    en: 'The host still lacks PostgreSQL or the template after both were made. Look at its agent log, then retry.',
    'zh-CN': '安装和制作模板后，主机仍缺少 PostgreSQL 或模板。请查看其代理日志后重试。',
  },
  operationMake: { en: 'Make a sandbox', 'zh-CN': '创建沙箱' },
  stepLook: { en: 'Look what is there', 'zh-CN': '检查现有条件' },
  stepInstall: { en: 'Install PostgreSQL', 'zh-CN': '安装 PostgreSQL' },
  stepTemplate: { en: 'Make the template', 'zh-CN': '制作模板' },
  stepStart: { en: 'Start the sandbox', 'zh-CN': '启动沙箱' },
  stepGiveUp: { en: 'Take it away again', 'zh-CN': '清理' },
} satisfies Texts;
