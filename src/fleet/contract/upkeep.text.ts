import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** What is said while a cluster that stands is changed. */
export const upkeepText = {
  notReady: {
    en: 'This cluster is not ready: it is being built, has failed to build, or is being deleted. Nothing was changed.',
    'zh-CN': '该集群尚未就绪（正在创建、创建失败或正在删除），没有任何改动。',
  },
  noSuchMember: {
    en: 'This cluster has no such member. Nothing was changed. Look at its list of members.',
    'zh-CN': '该集群没有这个成员，没有任何改动。请查看成员列表。',
  },
  onlyOneMember: {
    en: 'With one member there is nobody to switch to. Nothing was changed. Add a member first.',
    'zh-CN': '只有一个成员，没有可切换的目标，没有任何改动。请先添加成员。',
  },
  witnessNoServer: {
    en: 'A witness only votes and carries no data. Nothing was changed. Choose a server.',
    'zh-CN': '见证节点只参与投票，没有数据，没有任何改动。请选择服务器成员。',
  },
  alreadyPrimary: (name: string) => ({
    en: `${name} is the primary already. Nothing was changed.`,
    'zh-CN': `${name} 已经是主库，没有任何改动。`,
  }),
  noPrimarySeen: {
    en: 'No primary is in sight: either the cluster is failing over, or its hosts are silent. Nothing was changed. Look again in a minute.',
    'zh-CN': '目前看不到主库：集群可能正在切换，或主机无响应。没有任何改动，请一分钟后再看。',
  },

  switchTitle: { en: 'Switch over', 'zh-CN': '主备切换' },
  stepLook: { en: 'See who is primary', 'zh-CN': '确认当前主库' },
  stepSwitch: { en: 'Hand the primary role over', 'zh-CN': '移交主库角色' },
  stepSettle: { en: 'Wait until all stream from the new primary', 'zh-CN': '等待全部成员跟随新主库' },
  switched: (from: string, to: string) => ({
    en: `${to} took over from ${from}.`,
    'zh-CN': `${to} 已从 ${from} 接管。`,
  }),
  patroniRefused: (answer: string) => ({
    en: `Patroni refused: ${answer} The cluster goes on as it was. Look at the members’ state and lag, then try again.`,
    'zh-CN': `Patroni 拒绝了请求：${answer} 集群保持原状。请检查成员状态与延迟后重试。`,
  }),

  restartTitle: { en: 'Restart', 'zh-CN': '重启' },
  stepRestartReplicas: { en: 'Restart the replicas, one after another', 'zh-CN': '逐个重启备库' },
  stepRestartPrimary: { en: 'Restart the primary', 'zh-CN': '重启主库' },
  stepRestartReplicasAfter: { en: 'Restart the replicas after the primary', 'zh-CN': '主库之后重启备库' },
  restarted: (name: string) => ({ en: `${name} was restarted.`, 'zh-CN': `${name} 已重启。` }),

  applyTitle: { en: 'Change the configuration', 'zh-CN': '修改配置' },
  stepApply: { en: 'Give Patroni the new configuration', 'zh-CN': '下发新配置' },
  stepDoors: {
    en: 'Tell HAProxy and PgBouncer who may come in',
    'zh-CN': '更新 HAProxy 与 PgBouncer 的访问规则',
  },
  doorsUnchanged: (hosts: readonly string[]) => ({
    en: `${hosts.join(', ')} is silent: HAProxy and PgBouncer there keep their old networks. Change the networks once more when it is back.`,
    'zh-CN': `${hosts.join('、')} 无响应：其上的 HAProxy 和 PgBouncer 仍沿用旧的网段。请在主机恢复后重新保存一次网段。`,
  }),
  stepPending: { en: 'See who needs a restart', 'zh-CN': '检查哪些成员需要重启' },
  needsRestart: (names: readonly string[]) => ({
    en: `Some settings count only after a restart of ${names.join(', ')}. They keep running with the old values until then.`,
    'zh-CN': `部分参数需重启 ${names.join('、')} 后才生效，在此之前继续使用旧值。`,
  }),
  noRestart: { en: 'No restart is needed.', 'zh-CN': '无需重启。' },
  settingOwned: (name: string) => ({
    en: `${name} belongs to Elepherd and Patroni; changing it would break replication, backup or access. Nothing was changed.`,
    'zh-CN': `${name} 由 Elepherd 和 Patroni 管理，修改会破坏复制、备份或访问。没有任何改动。`,
  }),
  settingUnknown: (name: string) => ({
    en: `PostgreSQL here knows no setting ${name}. Nothing was changed. Look for its name in the list.`,
    'zh-CN': `此 PostgreSQL 没有参数 ${name}，没有任何改动。请在列表中查找。`,
  }),
  settingWrong: (name: string, why: Text) => ({
    en: `The value for ${name} is not right: ${why.en} Nothing was changed.`,
    'zh-CN': `参数 ${name} 的值不正确：${why['zh-CN']} 没有任何改动。`,
  }),
  outOfRange: (low: string, high: string, unit: string) => ({
    en: `it must lie between ${low} and ${high}${unit ? ` (in ${unit})` : ''}.`,
    'zh-CN': `必须在 ${low} 与 ${high} 之间${unit ? `（单位 ${unit}）` : ''}。`,
  }),
  notOneOf: (choices: string) => ({
    en: `it must be one of ${choices}.`,
    'zh-CN': `必须是以下之一：${choices}。`,
  }),
  notANumber: {
    en: 'it must be a number, with a unit where the setting has one.',
    'zh-CN': '必须是数字，可带该参数允许的单位。',
  },
  strictNeedsTwo: {
    en: 'Synchronous protection needs a second member. Nothing was changed. Add a member first.',
    'zh-CN': '同步保护需要第二个成员，没有任何改动。请先添加成员。',
  },

  addTitle: { en: 'Add a member', 'zh-CN': '添加成员' },
  stepOpen: { en: 'Let the members know one another', 'zh-CN': '让成员互相认识' },
  stepGrowEtcd: { en: 'Add votes to etcd', 'zh-CN': '扩充 etcd 投票成员' },
  stepJoin: { en: 'Copy the data and stream', 'zh-CN': '复制数据并开始流复制' },
  stepRoute: { en: 'Lead clients there', 'zh-CN': '更新客户端路由' },
  hostHasMember: (name: string) => ({
    en: `Host ${name} already carries a part of this cluster. Nothing was changed. Choose another host.`,
    'zh-CN': `主机 ${name} 上已有该集群的成员，没有任何改动。请选择其他主机。`,
  }),
  growNeedsWitness: {
    en: 'A second member needs a third host that votes, or losing either host would stop the cluster. Name a witness host as well. Nothing was changed.',
    'zh-CN':
      '添加第二个成员时需要第三台主机参与投票，否则任何一台丢失都会使集群停止。请同时指定见证主机。没有任何改动。',
  },
  memberJoined: (name: string) => ({
    en: `${name} streams from the primary.`,
    'zh-CN': `${name} 已开始流复制。`,
  }),
  portsTaken: (name: string) => ({
    en: `The ports of this cluster are taken on host ${name}. Nothing was changed. Choose another host, or free them.`,
    'zh-CN': `该集群的端口在主机 ${name} 上已被占用，没有任何改动。请选择其他主机或释放端口。`,
  }),

  removeTitle: { en: 'Remove a member', 'zh-CN': '移除成员' },
  stepMoveAway: { en: 'Move the primary role away, if it has it', 'zh-CN': '如果是主库，先移交角色' },
  stepStop: { en: 'Stop it', 'zh-CN': '停止该成员' },
  stepForget: { en: 'Let the others forget it', 'zh-CN': '从其他成员中移除' },
  tooFewLeft: {
    en: 'What would be left could not tell a lost partner from a cut cable: two members need a witness. Nothing was changed. Add a member first, or keep this one.',
    'zh-CN':
      '剩余成员将无法区分对方故障与网络中断：两个成员需要见证节点。没有任何改动。请先添加成员，或保留该成员。',
  },
  lastMember: {
    en: 'This is the only member with data. Nothing was changed. To be rid of it, delete the cluster.',
    'zh-CN': '这是唯一有数据的成员，没有任何改动。如需移除，请删除集群。',
  },
  memberRemoved: (name: string) => ({
    en: `${name} is gone; its data was removed.`,
    'zh-CN': `${name} 已移除，其数据已删除。`,
  }),

  rebuildTitle: { en: 'Rebuild a member', 'zh-CN': '重建成员' },
  stepRebuild: { en: 'Copy the data anew from the primary', 'zh-CN': '从主库重新复制数据' },
  primaryNotRebuilt: {
    en: 'The primary holds the data that the others are built from, so it cannot be rebuilt. Nothing was changed. Switch over first.',
    'zh-CN': '主库保存着其他成员的数据来源，不能重建，没有任何改动。请先切换主库。',
  },
  rebuilt: (name: string) => ({
    en: `${name} was rebuilt and streams.`,
    'zh-CN': `${name} 已重建并开始流复制。`,
  }),

  deleteTitle: { en: 'Delete cluster', 'zh-CN': '删除集群' },
  stepStopServers: { en: 'Stop its servers; the data stays', 'zh-CN': '停止服务器，数据保留' },
  stepGrace: { en: 'Wait, in case it was a mistake', 'zh-CN': '保留期，以防误删' },
  stepBringBack: { en: 'Bring it back', 'zh-CN': '恢复集群' },
  protectedFromDeletion: {
    en: 'This cluster is protected from deletion. Nothing was changed. Take the protection off first, if you are sure.',
    'zh-CN': '该集群已启用删除保护，没有任何改动。如确认删除，请先关闭保护。',
  },
  nameNotTyped: (name: string) => ({
    en: `The name typed is not “${name}”. Nothing was changed. Type the cluster’s name exactly to delete it.`,
    'zh-CN': `输入的名称不是“${name}”，没有任何改动。请准确输入集群名称以删除。`,
  }),
  waitsGrace: (until: string) => ({
    en: `Stopped. Its data is removed at ${until} (UTC); until then it can be brought back.`,
    'zh-CN': `已停止。数据将于 ${until}（UTC）删除，在此之前可以恢复。`,
  }),
  notDeleting: {
    en: 'This cluster is not being deleted, or its data is being removed already. Nothing was changed.',
    'zh-CN': '该集群不在删除中，或数据已开始清除。没有任何改动。',
  },
  cameBack: { en: 'The cluster is back.', 'zh-CN': '集群已恢复。' },

  contentsTitle: { en: 'Change databases and roles', 'zh-CN': '修改数据库与角色' },
  stepRunSql: { en: 'Do it on the primary', 'zh-CN': '在主库上执行' },
  reservedName: (name: string) => ({
    en: `${name} belongs to PostgreSQL or Elepherd. Nothing was changed. Choose another name.`,
    'zh-CN': `${name} 由 PostgreSQL 或 Elepherd 保留，没有任何改动。请换一个名称。`,
  }),
  dropNotTyped: (name: string) => ({
    en: `The name typed is not “${name}”. Nothing was changed.`,
    'zh-CN': `输入的名称不是“${name}”，没有任何改动。`,
  }),
  sqlDone: { en: 'Done.', 'zh-CN': '已完成。' },
} satisfies Texts;
