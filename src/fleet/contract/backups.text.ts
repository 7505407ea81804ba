import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is said about backups, by server, agent and pages. */
export const backupText = {
  sftpTooOld: (version: string) => ({
    en: `pgBackRest ${version} on this cluster's hosts cannot reach SFTP; that came with 2.46 (Debian 13 has it). Nothing was changed. Choose a repository on a path or S3, or newer hosts.`,
    'zh-CN': `该集群主机上的 pgBackRest ${version} 不支持 SFTP（2.46 起支持，Debian 13 自带），没有任何改动。请选择路径或 S3 备份仓库，或升级主机系统。`,
  }),
} satisfies Texts;
