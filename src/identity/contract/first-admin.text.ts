import type { Texts } from '#src/platform/contract/i18n.ts';

/** Names that the first start gives, and what it says without one. */
export const firstAdminText = {
  name: { en: 'Administrator', 'zh-CN': '管理员' },
  organisation: { en: 'My organisation', 'zh-CN': '我的组织' },
  startFirst: (home: string) => ({
    en: `Elepherd was never started in ${home}, so there is nobody to sign in. Nothing was made. Run “npm start” first, or set ELEPHERD_HOME or DATABASE_URL as the server has them.`,
    'zh-CN': `${home} 中的 Elepherd 尚未启动过，没有可登录的账户，未做任何改动。请先执行 “npm start”，或将 ELEPHERD_HOME 或 DATABASE_URL 设为与服务器相同。`,
  }),
} satisfies Texts;
