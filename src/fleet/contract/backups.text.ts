import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** What is said about backups, by server, agent and pages. */
export const backupText = {
  sftpTooOld: (version: string) => ({
    en: `pgBackRest ${version} on this cluster's hosts cannot reach SFTP; that came with 2.46 (Debian 13 has it). Nothing was changed. Choose a repository on a path or S3, or newer hosts.`,
    'zh-CN': `该集群主机上的 pgBackRest ${version} 不支持 SFTP（2.46 起支持，Debian 13 自带），没有任何改动。请选择路径或 S3 备份仓库，或升级主机系统。`,
  }),
  cutOff: (command: string) => ({
    en: `pgbackrest ${command} was cut off on its host, by a restart of the machine or by somebody who ended it. Backups that were there are whole; the one under way is taken up again by the next.`,
    'zh-CN': `主机上的 pgbackrest ${command} 被中断（主机重启或进程被结束）。已有备份不受影响，下次备份会接续未完成的部分。`,
  }),
  commandFailed: (command: string, why: string) => ({
    en: `pgbackrest ${command} failed: ${why} Backups that were there are not touched. Correct the cause, then retry.`,
    'zh-CN': `pgbackrest ${command} 失败：${why} 已有备份不受影响。请排除原因后重试。`,
  }),
  percentDone: (percent: number) => ({
    en: `${percent} % copied`,
    'zh-CN': `已复制 ${percent}%`,
  }),
  repositoryProblem: (repository: string, why: string) => ({
    en: `Repository ${repository} could not be read: ${why} What is shown of it is as last seen. Look whether its storage can be reached from the cluster's hosts.`,
    'zh-CN': `无法读取备份仓库 ${repository}：${why} 显示的是上次看到的内容。请检查集群主机能否访问该存储。`,
  }),
  archiveFails: (why: string) => ({
    en: `WAL is not being archived: ${why} It is kept on the primary until it is, which fills its disk. Nothing is lost so far. Restore the way to the repository.`,
    'zh-CN': `WAL 归档失败：${why} 未归档的 WAL 会一直保留在主库并占用磁盘，目前没有数据丢失。请恢复到备份仓库的访问。`,
  }),
  archiveLate: (files: number, seconds: number) => ({
    en: `${files} WAL files wait to be archived, the oldest for ${seconds} s. They are kept on the primary until then, which fills its disk. Nothing is lost so far. Look whether the repository can be reached, and keeps up.`,
    'zh-CN': `${files} 个 WAL 文件等待归档，最早的已等待 ${seconds} 秒。它们会一直保留在主库并占用磁盘，目前没有数据丢失。请检查备份仓库是否可达、是否跟得上。`,
  }),
  noSuchRepository: {
    en: 'There is no such repository here. Look at the list of repositories.',
    'zh-CN': '没有这个备份仓库，请查看备份仓库列表。',
  },
  noSuchPolicy: {
    en: 'There is no such backup policy here. Look at the list of policies.',
    'zh-CN': '没有这个备份策略，请查看备份策略列表。',
  },
  repositoryNameTaken: (name: string) => ({
    en: `There is a repository named ${name} already. Nothing was made. Choose another name.`,
    'zh-CN': `备份仓库 ${name} 已存在，没有任何改动。请换一个名称。`,
  }),
  policyNameTaken: (name: string) => ({
    en: `There is a backup policy named ${name} already. Nothing was made. Choose another name.`,
    'zh-CN': `备份策略 ${name} 已存在，没有任何改动。请换一个名称。`,
  }),
  policyInUse: (cluster: string) => ({
    en: `Cluster ${cluster} follows this policy, so it stays. Give the cluster another policy first.`,
    'zh-CN': `集群 ${cluster} 正在使用该策略，不能删除。请先为集群更换策略。`,
  }),
  repositoryInUse: (clusters: string) => ({
    en: `${clusters} back up to this repository, so it stays. Give them another one, or end their backups, first.`,
    'zh-CN': `${clusters} 正在使用该备份仓库，不能移除。请先为其更换仓库或停用备份。`,
  }),
  keyNeverShown: (name: string) => ({
    en: `Repository ${name} holds backups, and nobody was ever shown the passphrase that encrypts them: without it they are lost. Nothing was changed. Show the key and keep it, then remove the repository.`,
    'zh-CN': `备份仓库 ${name} 中仍有备份，而加密口令从未被查看过：移除后这些备份将无法读取。没有任何改动。请先查看并妥善保存密钥，再移除。`,
  }),
  keyHasNoPlace: (key: string, kind: string) => ({
    en: `A repository of the kind ${kind} has no use for ${key}. Nothing was made. Leave it out, or choose the kind it belongs to.`,
    'zh-CN': `${kind} 类型的备份仓库用不到 ${key}。未创建任何内容。请去掉该项，或改选与之对应的类型。`,
  }),
  s3NeedsKeys: {
    en: 'A repository on S3 needs an access key and its secret. Nothing was made. Give both.',
    'zh-CN': 'S3 备份仓库需要访问密钥 ID 和密钥，没有任何改动。请同时提供。',
  },
  sftpNeedsKey: {
    en: 'A repository on SFTP needs a private key. Nothing was made. Give one in PEM form, without a passphrase.',
    'zh-CN': 'SFTP 备份仓库需要私钥，没有任何改动。请提供不带口令的 PEM 格式私钥。',
  },
  sameRepositoryTwice: {
    en: 'The same repository is named twice. Nothing was changed. Name two different ones, or one.',
    'zh-CN': '同一个备份仓库被指定了两次，没有任何改动。请指定两个不同的仓库，或只指定一个。',
  },
  cronNever: (cron: string) => ({
    en: `The schedule line “${cron}” never comes. Nothing was changed. Correct its minute, hour, day or month.`,
    'zh-CN': `计划“${cron}”永远不会触发，没有任何改动。请修正其中的分、时、日或月。`,
  }),
  notEnabled: {
    en: 'Backups are not enabled for this cluster, or not yet. Enable them first.',
    'zh-CN': '该集群尚未启用备份。请先启用。',
  },
  backupRuns: {
    en: 'A backup of this cluster is running; a second one at once would only wait for its lock. Nothing was started. Wait for it, or cancel it.',
    'zh-CN': '该集群正在进行备份，不能同时运行第二个，没有任何改动。请等待其完成或将其取消。',
  },
  noMemberThere: {
    en: 'No member of this cluster can be asked now. What is shown is as last seen. Look whether its hosts are online.',
    'zh-CN': '目前无法联系该集群的任何成员，显示的是上次看到的内容。请检查主机是否在线。',
  },
  noPrimaryNow: {
    en: 'The cluster has no primary that can be asked now, so nothing was backed up. Earlier backups stand. Look at the cluster, then retry.',
    'zh-CN': '集群目前没有可用的主库，未进行备份；已有备份不受影响。请检查集群后重试。',
  },
  enableTitle: { en: 'Enable backups', 'zh-CN': '启用备份' },
  disableTitle: { en: 'Disable backups', 'zh-CN': '停用备份' },
  runTitle: { en: 'Back up', 'zh-CN': '执行备份' },
  stepFiles: { en: 'Install pgBackRest and place its files', 'zh-CN': '安装 pgBackRest 并写入配置' },
  stepStanza: { en: 'Prepare the repositories', 'zh-CN': '初始化备份仓库' },
  stepCompare: { en: 'See the repositories from every member', 'zh-CN': '从每个成员检查备份仓库' },
  stepArchive: { en: 'Switch archiving on', 'zh-CN': '开启 WAL 归档' },
  stepSettle: { en: 'Wait until PostgreSQL archives', 'zh-CN': '等待归档配置生效' },
  stepCheck: { en: 'Check that WAL arrives', 'zh-CN': '检查 WAL 归档' },
  stepBegin: { en: 'Begin the first backup', 'zh-CN': '开始首次备份' },
  stepTakeBack: { en: 'Switch archiving off again', 'zh-CN': '恢复为不归档' },
  stepStopArchiving: { en: 'Switch archiving off', 'zh-CN': '关闭 WAL 归档' },
  stepChoose: { en: 'Find the primary', 'zh-CN': '确定主库' },
  stepBackUp: { en: 'Back up', 'zh-CN': '备份' },
  stepLook: { en: 'Look at what is there', 'zh-CN': '查看现有备份' },
  stepExpire: { en: 'Remove what the policy no longer keeps', 'zh-CN': '按策略清理过期备份' },
  stepNote: { en: 'Note what is there now', 'zh-CN': '登记最新备份' },
  stepStopped: { en: 'Stop', 'zh-CN': '停止' },
  notSeenFrom: (repository: string, host: string, why: string) => ({
    en: `Host ${host} does not see in repository ${repository} what the primary wrote there: ${why} After a failover its WAL would go elsewhere, so nothing was switched on. Mount the same storage on every member, or choose S3 or SFTP.`,
    'zh-CN': `主机 ${host} 在备份仓库 ${repository} 中看不到主库写入的内容：${why} 故障切换后 WAL 会写到别处，因此没有启用归档。请在所有成员上挂载同一存储，或使用 S3、SFTP。`,
  }),
  archiveNotTaken: (seconds: number) => ({
    en: `PostgreSQL did not take the archive command within ${seconds} s. The cluster runs as before. Look at Patroni's log on the primary, then retry.`,
    'zh-CN': `PostgreSQL 在 ${seconds} 秒内没有采用新的归档命令，集群照常运行。请查看主库上 Patroni 的日志后重试。`,
  }),
  archives: (repositories: string) => ({
    en: `WAL arrives in ${repositories}`,
    'zh-CN': `WAL 已归档到 ${repositories}`,
  }),
  firstBackupBegins: {
    en: 'Backups are enabled; the first full one begins now',
    'zh-CN': '备份已启用，开始首次全量备份',
  },
  enabled: { en: 'Backups are enabled', 'zh-CN': '备份已启用' },
  disabled: {
    en: 'Nothing is archived or backed up any more; the backups that are there stay',
    'zh-CN': '已停止归档和备份，现有备份保留',
  },
  copying: (host: string, repository: string) => ({
    en: `${host} copies into ${repository}`,
    'zh-CN': `${host} 正在备份到 ${repository}`,
  }),
  backedUp: (repository: string, seconds: number) => ({
    en: `Backed up into ${repository} in ${seconds} s`,
    'zh-CN': `已备份到 ${repository}，用时 ${seconds} 秒`,
  }),
  triesAgain: (host: string, why: Text) => ({
    en: `${host}: ${why.en} It is tried again on whoever is primary now`,
    'zh-CN': `${host}：${why['zh-CN']} 将在当前主库上重试`,
  }),
  backupFailed: (host: string, why: Text) => ({
    en: `${host}: ${why.en}`,
    'zh-CN': `${host}：${why['zh-CN']}`,
  }),
  expiring: { en: 'Old backups are being removed', 'zh-CN': '正在清理过期备份' },
  expired: (labels: string) => ({
    en: `Removed, as the policy says: ${labels}`,
    'zh-CN': `已按策略清理：${labels}`,
  }),
  notExpired: (why: Text) => ({
    en: `The backup is whole, but old ones could not be removed: ${why.en} It is tried again after the next backup`,
    'zh-CN': `备份已完成，但过期备份未能清理：${why['zh-CN']} 下次备份后会再次清理`,
  }),
} satisfies Texts;
