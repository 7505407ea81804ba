import type { Texts } from '#src/platform/contract/i18n.ts';

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
} satisfies Texts;
