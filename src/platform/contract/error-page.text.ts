import type { Texts } from './i18n.ts';

/** Words of the pages shown when a page cannot be. */
export const errorPageText = {
  notFoundTitle: { en: 'This page does not exist', 'zh-CN': '页面不存在' },
  notFoundBody: {
    en: 'The address may be mistyped, or what stood here was removed, or it belongs to another organisation. Check the address, or start again from the front page.',
    'zh-CN': '地址可能有误，内容可能已删除，或属于其他组织。请检查地址，或从首页重新进入。',
  },
  forbiddenTitle: { en: 'You may not see this', 'zh-CN': '没有访问权限' },
  forbiddenBody: {
    en: 'Your role in this organisation lacks the permission. Nothing was changed. Ask an administrator of your organisation for it.',
    'zh-CN': '您在本组织中的角色没有所需权限，没有任何改动。请联系组织管理员开通。',
  },
  signInTitle: { en: 'Please sign in', 'zh-CN': '请先登录' },
  signInBody: {
    en: 'Your session has ended or you have not signed in yet. Nothing was lost: sign in and you come back to this page.',
    'zh-CN': '尚未登录，或会话已过期。数据没有丢失，登录后会回到本页。',
  },
  tooManyTitle: { en: 'A little too fast', 'zh-CN': '请求过于频繁' },
  brokenTitle: { en: 'Something broke on our side', 'zh-CN': '系统出错了' },
  brokenBody: {
    en: 'It was recorded. Your databases are not affected: they run on their own. Load the page again; if it stays broken, give your administrator the number below.',
    'zh-CN':
      '错误已记录。您的数据库独立运行，不受影响。请重新加载页面；如果问题依旧，请把下面的编号告诉管理员。',
  },
  offlineTitle: { en: 'The server does not answer', 'zh-CN': '服务器没有响应' },
  offlineBody: {
    en: 'The connection to Elepherd was lost. Your databases keep running. Check your network, then load the page again.',
    'zh-CN': '与 Elepherd 的连接已断开，数据库仍在正常运行。请检查网络后重新加载页面。',
  },
  refusedTitle: { en: 'The request was refused', 'zh-CN': '请求被拒绝' },
  home: { en: 'Front page', 'zh-CN': '返回首页' },
  reload: { en: 'Load again', 'zh-CN': '重新加载' },
  signIn: { en: 'Sign in', 'zh-CN': '登录' },
  requestNumber: { en: 'Request number', 'zh-CN': '请求编号' },
  fieldsAtFault: { en: 'What to correct', 'zh-CN': '需要修正的内容' },
} satisfies Texts;
