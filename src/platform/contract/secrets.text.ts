import type { Texts } from './i18n.ts';

/** What the vault says when its key file is not right. */
export const secretsText = {
  keyDamaged: (file: string) => ({
    en: `The key file ${file} is damaged: it does not hold 32 bytes. Nothing was changed. Put back the copy from your backup and start again.`,
    'zh-CN': `密钥文件 ${file} 已损坏（长度不是 32 字节），没有任何改动。请从备份恢复该文件后重新启动。`,
  }),
  keyOpen: (file: string) => ({
    en: `The key file ${file} can be read by other users of this machine. Nothing was changed. Run "chmod 600 ${file}" and start again.`,
    'zh-CN': `密钥文件 ${file} 可被本机其他用户读取，没有任何改动。请执行 “chmod 600 ${file}” 后重新启动。`,
  }),
  wrongKey: (file: string, known: string, found: string) => ({
    en: `The key file ${file} (key ${found}) is not the one that sealed the secrets in this database (key ${known}). Nothing was changed. Put back the secret.key that belongs to this database, from your backup, and start again.`,
    'zh-CN': `密钥文件 ${file}（密钥 ${found}）与本数据库中加密机密所用的密钥（${known}）不符，没有任何改动。请从备份恢复与该数据库对应的 secret.key 后重新启动。`,
  }),
  sealedByOther: (known: string, found: string) => ({
    en: `This secret was sealed with another key (${known}) than the one here (${found}). Put back the secret.key that belongs to this database.`,
    'zh-CN': `该机密由另一把密钥（${known}）加密，与当前密钥（${found}）不符。请恢复与该数据库对应的 secret.key。`,
  }),
} satisfies Texts;
