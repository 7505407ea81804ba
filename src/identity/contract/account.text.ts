import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the commands on one's own account say when they refuse. */
export const accountText = {
  wrongPassword: {
    en: 'The present password is not right. Nothing was changed. Type it again, or reset it by mail.',
    'zh-CN': '当前密码不正确，没有任何改动。请重新输入，或通过邮件重置密码。',
  },
  handOverFirst: (organisations: string) => ({
    en: `You are the only owner of ${organisations}. Nothing was erased. Make somebody else an owner first, under Organisation.`,
    'zh-CN': `您是 ${organisations} 的唯一所有者。没有删除任何内容，请先在“组织”中将其他成员设为所有者。`,
  }),
  emailTaken: {
    en: 'Another account already has this e-mail address. Nothing was changed. Use another address, or sign in to that account.',
    'zh-CN': '该邮箱已被其他账户使用，没有任何改动。请换一个邮箱，或登录那个账户。',
  },
  alreadySetUp: {
    en: 'This account is set up already. Nothing was changed. Change its profile on the account page.',
    'zh-CN': '该账户已完成初始设置，没有任何改动。请在账户页面修改资料。',
  },
  secondFactorOn: {
    en: 'Two-step sign-in is on already. Nothing was changed. Turn it off first if you want to set it up on another phone.',
    'zh-CN': '两步验证已开启，没有任何改动。如需更换手机，请先关闭再重新设置。',
  },
  secondFactorOff: {
    en: 'Two-step sign-in is not on. Nothing was changed. Set it up first.',
    'zh-CN': '两步验证未开启，没有任何改动。请先进行设置。',
  },
  wrongFirstCode: {
    en: 'This code is not right. Two-step sign-in is not on yet. Check the clock of your phone, and enter the code it shows now.',
    'zh-CN': '验证码不正确，两步验证尚未开启。请检查手机时间，并输入当前显示的验证码。',
  },
  passkeyFailed: {
    en: 'This passkey could not be added. Nothing was changed. Try again; on an old sign-in, sign in anew first.',
    'zh-CN': '无法添加此通行密钥，没有任何改动。请重试；若登录时间较久，请先重新登录。',
  },
  signInAgain: {
    en: 'You signed in more than a day ago. Nothing was changed. Sign in anew, then add the passkey.',
    'zh-CN': '您的登录已超过一天，没有任何改动。请重新登录后再添加通行密钥。',
  },
  lastWay: {
    en: 'This is the last way to sign in to your account. Nothing was changed. Set a password or add another passkey first.',
    'zh-CN': '这是您账户唯一的登录方式，没有任何改动。请先设置密码或添加其他通行密钥。',
  },
  noSuchPasskey: {
    en: 'You have no such passkey. Nothing was changed. Go back to your account.',
    'zh-CN': '您没有这个通行密钥，没有任何改动。请返回账户页面。',
  },
  noSuchSession: {
    en: 'You have no such session; it may have ended. Nothing was changed. Go back to your account.',
    'zh-CN': '您没有这个登录会话，可能已经结束，没有任何改动。请返回账户页面。',
  },
} satisfies Texts;
