import type { Text, Texts } from '#src/platform/contract/i18n.ts';

const list = (names: readonly string[]) => names.join(', ');
const zhList = (names: readonly string[]) => names.join('、');

/** What is said about clusters: plans, refusals, progress. */
export const clusterText = {
  noSuchCluster: {
    en: 'There is no such cluster in this organisation. Look at the list of clusters.',
    'zh-CN': '本组织中没有这个集群。请查看集群列表。',
  },
  nameTaken: (name: string) => ({
    en: `A cluster named “${name}” already exists. Nothing was changed. Choose another name.`,
    'zh-CN': `已存在名为“${name}”的集群，没有任何改动。请换一个名称。`,
  }),
  planRefused: (reason: Text) => ({
    en: `This cluster cannot be built as wished. Nothing was changed. ${reason.en}`,
    'zh-CN': `无法按要求创建该集群，没有任何改动。${reason['zh-CN']}`,
  }),
  slotTaken: {
    en: 'Another cluster took the same ports at the same moment. Nothing was changed. Send it again.',
    'zh-CN': '另一个集群同时占用了相同端口，没有任何改动。请重新提交。',
  },
  busy: {
    en: 'Another operation is working on this cluster. Nothing was changed. Wait until it ends, or cancel it.',
    'zh-CN': '该集群正在执行另一项操作，没有任何改动。请等待其结束或将其取消。',
  },

  noHosts: {
    en: 'No host is ready. Add a host first, and wait until it is online.',
    'zh-CN': '没有可用的主机。请先添加主机，并等待其上线。',
  },
  tooFewHosts: (wished: number, ready: number) => ({
    en: `${wished} members need ${wished} hosts, one each; ${ready} are ready. Add hosts or choose fewer members.`,
    'zh-CN': `${wished} 个成员需要 ${wished} 台主机，每台一个；目前可用 ${ready} 台。请添加主机或减少成员数。`,
  }),
  hostUnknown: {
    en: 'One of the hosts is not in this organisation. Choose from the list of hosts.',
    'zh-CN': '所选主机中有不属于本组织的主机。请从主机列表中选择。',
  },
  hostTwice: {
    en: 'A host was chosen twice. Each member, and the witness, needs a host of its own: losing one must not take two.',
    'zh-CN': '同一台主机被选择了两次。每个成员和见证节点都必须独占一台主机，避免一台故障带走两个。',
  },
  hostNotReady: (name: string) => ({
    en: `Host ${name} is offline, draining, or has not described itself yet. Bring it back or choose another.`,
    'zh-CN': `主机 ${name} 离线、正在腾空或尚未上报信息。请恢复它或选择其他主机。`,
  }),
  witnessNeeded: {
    en: 'Two members alone cannot tell a lost partner from a cut cable, so neither may take over. Name a third host as witness: it only votes, and may be any small machine. Or choose one or three members.',
    'zh-CN':
      '只有两个成员时，无法区分对方故障还是网络中断，谁都不能安全接管。请指定第三台主机作为见证节点（只参与投票，小机器即可），或选择一个或三个成员。',
  },
  witnessNotNeeded: {
    en: 'A witness helps two members only. With one there is nothing to decide, with three or more they decide by themselves. Leave it out.',
    'zh-CN': '见证节点仅用于两个成员的集群。单成员无需投票，三个及以上成员可自行决定。请去掉见证节点。',
  },
  syncNeedsTwo: {
    en: 'Synchronous protection needs a second member that confirms each commit. Choose at least two members, or asynchronous protection.',
    'zh-CN': '同步保护需要第二个成员确认每次提交。请至少选择两个成员，或选择异步保护。',
  },
  noCommonVersion: (names: readonly string[]) => ({
    en: `The package sources of ${list(names)} have no PostgreSQL version in common. Give them the same sources.`,
    'zh-CN': `主机 ${zhList(names)} 的软件源没有共同的 PostgreSQL 版本。请为它们配置相同的软件源。`,
  }),
  versionNotOffered: (version: number, offered: readonly number[]) => ({
    en: `PostgreSQL ${version} is not offered by every chosen host; ${list(offered.map(String)) || 'nothing'} is.`,
    'zh-CN': `并非所有所选主机都提供 PostgreSQL ${version}；共同提供的版本：${zhList(offered.map(String)) || '无'}。`,
  }),
  patroniTooOld: (name: string, version: string) => ({
    en: `Host ${name} has Patroni ${version}. With several members a Patroni older than 4.0.7 can lose acknowledged writes and break the cluster when a cut primary comes back. Use hosts with Patroni 4.0.7 or newer (Debian 13 has it), or a single member.`,
    'zh-CN': `主机 ${name} 的 Patroni 版本为 ${version}。多成员集群中，低于 4.0.7 的 Patroni 在被隔离的主库恢复时可能丢失已确认的写入并破坏集群。请使用 Patroni 4.0.7 或更新版本的主机（Debian 13 自带），或改为单成员。`,
  }),
  patroniMissing: (name: string) => ({
    en: `The package sources of host ${name} have no Patroni. Add a source that has it.`,
    'zh-CN': `主机 ${name} 的软件源没有 Patroni。请添加包含它的软件源。`,
  }),
  librariesDiffer: (names: readonly string[]) => ({
    en: `Hosts ${list(names)} have different system libraries (libc or ICU). Replicas would sort text in another order than the primary, and indexes would silently break. Use hosts with the same release of the operating system.`,
    'zh-CN': `主机 ${zhList(names)} 的系统库（libc 或 ICU）版本不同。备库的文本排序会与主库不一致，索引会悄然损坏。请使用相同操作系统版本的主机。`,
  }),
  clockOff: (name: string, seconds: number) => ({
    en: `The clock of host ${name} is ${seconds} s off. Set up time synchronisation there first.`,
    'zh-CN': `主机 ${name} 的时钟偏差 ${seconds} 秒。请先在该主机上配置时间同步。`,
  }),
  domainsUnknown: {
    en: 'Nothing is known about what fails together: give each host a failure domain (rack, room, power feed), so that members are spread over them.',
    'zh-CN': '尚不清楚哪些主机会同时故障：请为主机设置故障域（机柜、机房、供电），以便成员分散放置。',
  },
  domainShared: (domain: string, names: readonly string[]) => ({
    en: `${list(names)} share the failure domain “${domain}”: when it fails, they fail together.`,
    'zh-CN': `${zhList(names)} 处于同一故障域“${domain}”：该域故障时它们会同时失效。`,
  }),
  sameVersion: { en: 'All members run the same system release.', 'zh-CN': '所有成员运行相同的系统版本。' },

  survivesProcess: {
    en: 'A crash of PostgreSQL or of the machine: it starts again by itself, and no committed row is lost.',
    'zh-CN': 'PostgreSQL 崩溃或主机重启：自动恢复，已提交的数据不会丢失。',
  },
  survivesHost: (seconds: number) => ({
    en: `The loss of any one host: another member takes over within about ${seconds} s.`,
    'zh-CN': `任意一台主机丢失：另一个成员约在 ${seconds} 秒内接管。`,
  }),
  survivesWitness: {
    en: 'The loss of the witness alone: the database does not notice.',
    'zh-CN': '仅见证节点丢失：数据库不受影响。',
  },
  losesHost: {
    en: 'The loss of its host: the data on it is gone with it. A backup is what helps then.',
    'zh-CN': '主机丢失：其上的数据随之丢失，只能依靠备份恢复。',
  },
  losesTwo: {
    en: 'The loss of two hosts at once (witness included): it stops taking writes until one is back, and nothing is promoted by itself.',
    'zh-CN': '同时丢失两台主机（含见证节点）：在其中一台恢复之前停止写入，不会自动提升。',
  },
  losesMistake: {
    en: 'A mistaken DELETE or DROP: replicas repeat it within moments.',
    'zh-CN': '误删数据（DELETE、DROP）：备库会立即重放同样的操作。',
  },
  asyncCost: {
    en: 'Asynchronous: the fastest commits. When the primary’s host is lost, the commits of the last moments may be lost with it (usually well under a second’s worth, at most 1 MiB of WAL plus what was written until the loss was noticed).',
    'zh-CN':
      '异步：提交最快。主库所在主机丢失时，最后时刻的提交可能丢失（通常远不到一秒，最多 1 MiB WAL 加上故障被发现之前写入的量）。',
  },
  syncCost: {
    en: 'Synchronous: each commit waits until a second member has it, so a lost host loses no acknowledged row. When no replica is left, it goes on alone, without that protection, until one is back.',
    'zh-CN':
      '同步：每次提交都等待第二个成员确认，丢失一台主机不会丢失已确认的数据。若没有可用备库，主库会继续单独运行，此期间没有该保护，直到备库恢复。',
  },
  strictCost: {
    en: 'Strict: as synchronous, and when no replica is left writes stop rather than continue unprotected.',
    'zh-CN': '严格：在同步的基础上，没有可用备库时停止写入，而不是在无保护下继续。',
  },
  strictTwoCost: {
    en: 'With two members, strict means that losing the replica stops writes until it is back.',
    'zh-CN': '两个成员时，严格模式意味着备库一旦丢失，写入就会停止直到备库恢复。',
  },
  noWatchdogCost: {
    en: 'No hardware watchdog guards against a frozen Patroni: a primary that hangs completely and later wakes may answer reads with old data for a moment.',
    'zh-CN': '没有硬件看门狗防护 Patroni 卡死：完全挂起后又恢复的主库可能短暂返回旧数据。',
  },
  memoryCost: (mebibytes: number) => ({
    en: `About ${mebibytes} MiB of memory a host for etcd, Patroni, PgBouncer and HAProxy, beside PostgreSQL itself.`,
    'zh-CN': `除 PostgreSQL 外，每台主机上的 etcd、Patroni、PgBouncer 和 HAProxy 约占用 ${mebibytes} MiB 内存。`,
  }),

  buildTitle: { en: 'Build cluster', 'zh-CN': '创建集群' },
  stepCheckHosts: { en: 'Check the hosts', 'zh-CN': '检查主机' },
  stepInstall: { en: 'Install packages', 'zh-CN': '安装软件包' },
  stepEtcd: { en: 'Start etcd, which agrees on who is primary', 'zh-CN': '启动 etcd（裁决谁是主库）' },
  stepPrimary: { en: 'Create the first server', 'zh-CN': '创建第一个服务器' },
  stepReplicas: { en: 'Add the replicas', 'zh-CN': '添加备库' },
  stepAccounts: { en: 'Create the first database and accounts', 'zh-CN': '创建首个数据库和账户' },
  stepRouters: { en: 'Start routing and pooling', 'zh-CN': '启动路由与连接池' },
  stepProfile: { en: 'Set the recovery profile', 'zh-CN': '设置恢复策略' },
  stepUndo: { en: 'Take everything away again', 'zh-CN': '清理已创建的内容' },
  stepUndoData: { en: 'Remove its data', 'zh-CN': '删除其数据' },

  hostsChecked: (count: number) => ({
    en: `${count === 1 ? 'The host is' : `All ${count} hosts are`} fit for it.`,
    'zh-CN': `${count} 台主机均满足要求。`,
  }),
  waitsForHosts: (names: readonly string[]) => ({
    en: `Waiting for ${list(names)}.`,
    'zh-CN': `正在等待 ${zhList(names)}。`,
  }),
  hostFinding: (host: string, finding: Text) => ({
    en: `${host}: ${finding.en}`,
    'zh-CN': `${host}：${finding['zh-CN']}`,
  }),
  hostsUnfit: (count: number, first: Text) => ({
    en: `${count === 1 ? 'One thing stands' : `${count} things stand`} in the way; nothing was changed on the hosts. ${first.en} Put it right, then retry this step.`,
    'zh-CN': `有 ${count} 个问题阻止继续，主机上没有任何改动。${first['zh-CN']} 请处理后重试该步骤。`,
  }),
  taskFailed: (host: string, reason: Text) => ({
    en: `On ${host}: ${reason.en} What was done before stays. Put it right and retry this step, or cancel to take everything away.`,
    'zh-CN': `主机 ${host}：${reason['zh-CN']} 之前完成的步骤保持不变。请处理后重试该步骤，或取消以清理全部内容。`,
  }),
  installed: (host: string, versions: string) => ({
    en: `${host}: ${versions}`,
    'zh-CN': `${host}：${versions}`,
  }),
  etcdReady: (count: number) => ({
    en: `etcd runs with ${count} ${count === 1 ? 'member' : 'members'}.`,
    'zh-CN': `etcd 已运行，共 ${count} 个成员。`,
  }),
  primaryReady: (name: string) => ({
    en: `${name} is primary and takes writes.`,
    'zh-CN': `${name} 已成为主库，可以写入。`,
  }),
  replicasReady: (count: number) => ({
    en: `${count} ${count === 1 ? 'replica streams' : 'replicas stream'} from the primary.`,
    'zh-CN': `${count} 个备库正在流复制。`,
  }),
  waitsForPrimary: { en: 'Waiting for the first server to take writes.', 'zh-CN': '等待第一个服务器可写。' },
  waitsForReplicas: (missing: readonly string[]) => ({
    en: `Waiting for ${list(missing)} to stream from the primary.`,
    'zh-CN': `等待 ${zhList(missing)} 开始流复制。`,
  }),
  waitsForEtcd: { en: 'Waiting for etcd to answer.', 'zh-CN': '等待 etcd 响应。' },
  clusterReady: (name: string) => ({ en: `Cluster ${name} is ready.`, 'zh-CN': `集群 ${name} 已就绪。` }),
  undone: { en: 'Everything this operation made was taken away.', 'zh-CN': '本操作创建的内容已全部清理。' },
} satisfies Texts;
