import type { Texts } from '#src/platform/contract/i18n.ts';

/** The page that helps when Elepherd is gone. */
export const cardText = {
  title: (name: string) => ({ en: `Recovery card: ${name}`, 'zh-CN': `恢复卡：${name}` }),
  intro: {
    en: 'This page needs nothing of Elepherd. Print it, and keep it with the passphrases in a safe place. Every command runs on a host of the cluster, as root.',
    'zh-CN': '本页不依赖 Elepherd。请打印，并与仓库密码一起妥善保管。所有命令均在集群主机上以 root 执行。',
  },
  made: (at: string) => ({ en: `Made ${at}.`, 'zh-CN': `生成于 ${at}。` }),
  places: { en: 'Where everything is', 'zh-CN': '各项所在位置' },
  members: { en: 'Members', 'zh-CN': '成员' },
  witness: { en: 'witness, votes only', 'zh-CN': '见证节点，仅投票' },
  version: { en: 'PostgreSQL', 'zh-CN': 'PostgreSQL' },
  dataAt: { en: 'Data', 'zh-CN': '数据目录' },
  ports: { en: 'Ports', 'zh-CN': '端口' },
  portList: (postgres: number, patroni: number, etcd: number) => ({
    en: `PostgreSQL ${postgres}, Patroni ${patroni}, etcd ${etcd}`,
    'zh-CN': `PostgreSQL ${postgres}，Patroni ${patroni}，etcd ${etcd}`,
  }),
  files: { en: 'Files', 'zh-CN': '配置文件' },
  stanza: { en: 'Name in pgBackRest (stanza)', 'zh-CN': 'pgBackRest 中的名称（stanza）' },
  repositoryNo: (number: number) => ({ en: `Repository ${number}`, 'zh-CN': `仓库 ${number}` }),
  keyOf: (fingerprint: string) => ({
    en: `fingerprint of its passphrase: ${fingerprint}`,
    'zh-CN': `密码指纹：${fingerprint}`,
  }),
  noBackups: {
    en: 'This cluster has no backups: there is nothing to recover from. Switch backups on.',
    'zh-CN': '该集群没有备份，无从恢复。请启用备份。',
  },
  proved: (at: string, seconds: string) => ({
    en: `Last proved by a drill on ${at}: back in ${seconds} s.`,
    'zh-CN': `最近一次演练验证：${at}，恢复用时 ${seconds} 秒。`,
  }),
  neverProved: { en: 'No drill has proved these backups yet.', 'zh-CN': '这些备份尚未经过演练验证。' },
  lookTitle: { en: 'See what there is', 'zh-CN': '查看现状' },
  look: {
    en: 'State of the members, and the backups with the WAL after them:',
    'zh-CN': '成员状态，以及备份与其后的 WAL：',
  },
  restoreTitle: { en: 'Bring the data back to a moment', 'zh-CN': '将数据恢复到某一时间' },
  setMoment: {
    en: 'On one host, in one shell. Put the moment in, with its zone; choose a backup that ended before it.',
    'zh-CN': '在一台主机的同一个 shell 中执行。填写目标时间（含时区），并选择在其之前结束的备份。',
  },
  stopAll: {
    en: 'Stop the cluster: on every host, the primary last.',
    'zh-CN': '停止集群：在每台主机上执行，主库最后。',
  },
  aside: {
    en: 'Keep what is there now: on every host.',
    'zh-CN': '保留当前数据：在每台主机上执行。',
  },
  copy: { en: 'Copy the backup, on the one host.', 'zh-CN': '在该主机上复制备份。' },
  replay: {
    en: 'Replay WAL. It is through when the second command says that it takes connections; then set the passwords that Patroni uses, from its own file, and stop it.',
    'zh-CN':
      '回放 WAL。第二条命令显示可接受连接即完成；随后设置 Patroni 使用的密码（取自其配置文件），再停止。',
  },
  forget: {
    en: 'Let etcd forget who led; its configuration stays.',
    'zh-CN': '让 etcd 忘记原主库；配置保留。',
  },
  start: {
    en: 'Start the one host first. When it is the leader, start the others: they copy themselves from it.',
    'zh-CN': '先启动该主机；待其成为主库后再启动其他主机，它们会自动从主库复制。',
  },
  fresh: {
    en: 'Take a new full backup: older ones lead along the old timeline only.',
    'zh-CN': '立即做一次全量备份：旧备份只能沿旧时间线恢复。',
  },
  lostTitle: { en: 'When all hosts are lost', 'zh-CN': '当所有主机都丢失时' },
  lost: {
    en: 'On a new machine with the same PostgreSQL and pgBackRest, write this file, with the passphrase and access keys from the safe place:',
    'zh-CN':
      '在装有相同版本 PostgreSQL 和 pgBackRest 的新机器上，写入以下文件，密码与访问密钥取自妥善保管处：',
  },
  lostThen: {
    en: 'Then copy and replay as above, and let PostgreSQL run: clients only need its address.',
    'zh-CN': '然后同上复制并回放，让 PostgreSQL 继续运行即可，客户端只需改用新地址。',
  },
} satisfies Texts;
