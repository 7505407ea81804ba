import type { Texts } from '#src/platform/contract/i18n.ts';

/** What sign-in says when it refuses, and what its mails say. */
export const signInText = {
  wrong: {
    en: 'E-mail address or password is not right. You are not signed in. Check both, or use “Forgot password”.',
    'zh-CN': '邮箱或密码不正确，您尚未登录。请核对后重试，或使用“忘记密码”。',
  },
  locked: (seconds: number) => ({
    en: `Too many failed attempts. Signing in is closed for ${seconds} s, nothing else changed. Wait, use a passkey, or reset the password.`,
    'zh-CN': `登录失败次数过多，已暂停登录 ${seconds} 秒，其他内容未受影响。请稍候再试、使用通行密钥登录，或重置密码。`,
  }),
  wrongCode: {
    en: 'This code is not right, or its time is over. You are not signed in. Enter the code your app shows now, or a recovery code.',
    'zh-CN': '验证码不正确或已过期，您尚未登录。请输入验证器当前显示的验证码，或使用恢复码。',
  },
  challengeOver: {
    en: 'The sign-in took too long or was tried too often. You are not signed in. Start again with your password.',
    'zh-CN': '登录已超时或尝试次数过多，您尚未登录。请重新输入密码登录。',
  },
  passkeyRefused: {
    en: 'This passkey could not be checked. You are not signed in. Try again, or sign in another way.',
    'zh-CN': '无法验证此通行密钥，您尚未登录。请重试或换用其他方式登录。',
  },
  passkeyNeedsName: (address: string) => ({
    en: `Browsers allow passkeys only where the server has a name, not a bare IP address. Nothing was changed. Open ${address} and try there.`,
    'zh-CN': `浏览器只允许在有域名的地址上使用通行密钥，不支持直接用 IP 地址。没有任何改动。请打开 ${address} 再试。`,
  }),
  linkDead: {
    en: 'This link was used already, is older than 30 minutes, or is not ours. You are not signed in. Run “npx elepherd sign-in-link” on the server for a new one.',
    'zh-CN':
      '该链接已被使用、已超过 30 分钟，或不是本系统签发的，您尚未登录。请在服务器上执行 “npx elepherd sign-in-link” 获取新链接。',
  },
  resetDead: {
    en: 'This link was used already or is older than one hour. Your password is unchanged. Ask for a new link.',
    'zh-CN': '该链接已被使用或已超过一小时，密码未变。请重新申请。',
  },
  notOurOrganisation: {
    en: 'There is no such organisation, or you do not belong to it. Nothing was changed. Choose one of yours.',
    'zh-CN': '没有这个组织，或您不是其成员，没有任何改动。请选择您所属的组织。',
  },
  keyDead: {
    en: 'This API key is not ours, was revoked, or has expired. Nothing was changed. Use another key, or make one under Organisation → API keys.',
    'zh-CN': 'API 密钥无效、已吊销或已过期，没有任何改动。请换用其他密钥，或在“组织 → API 密钥”中新建。',
  },
  oidcOff: {
    en: 'Sign-in through your company is not set up here. Sign in another way, or ask an administrator to set OIDC_ISSUER.',
    'zh-CN': '此处未配置单点登录。请换用其他方式登录，或请管理员设置 OIDC_ISSUER。',
  },
  githubOff: {
    en: 'Sign-in through GitHub is not set up here. Sign in another way, or ask an administrator to set GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET.',
    'zh-CN':
      '此处未配置 GitHub 登录。请换用其他方式登录，或请管理员设置 GITHUB_CLIENT_ID 与 GITHUB_CLIENT_SECRET。',
  },
  oidcUnreachable: {
    en: 'The company’s sign-in server does not answer. You are not signed in. Try again shortly, or sign in another way.',
    'zh-CN': '单点登录服务器没有响应，您尚未登录。请稍后重试，或换用其他方式登录。',
  },
  personOnly: {
    en: 'Only a person signed in by browser can do this, not an API key. Nothing was changed. Sign in and do it there.',
    'zh-CN': '此操作只能由在浏览器中登录的用户完成，API 密钥不可用，没有任何改动。请登录后操作。',
  },
  resetMailSubject: { en: 'Reset your Elepherd password', 'zh-CN': '重置您的象群 Elepherd 密码' },
  resetMail: (link: string) => ({
    en: `Somebody, probably you, asked to reset the password of this account.\n\nSet a new password within one hour:\n${link}\n\nIf it was not you, ignore this mail; your password is unchanged.\n`,
    'zh-CN': `有人（可能是您本人）申请重置此账户的密码。\n\n请在一小时内设置新密码：\n${link}\n\n如果不是您本人操作，请忽略此邮件，密码不会改变。\n`,
  }),
  signUpOff: {
    en: 'Accounts here are made by invitation. Nothing was saved. Ask somebody who has one to invite you.',
    'zh-CN': '此处仅限受邀注册，没有保存任何内容。请联系已有账户的成员邀请您。',
  },
  signUpDead: {
    en: 'This link was used already, is older than 24 hours, or is not ours. There is no new account. If you opened it before, sign in; otherwise sign up again.',
    'zh-CN':
      '该链接已被使用、已超过 24 小时，或不是本系统签发的，没有创建账户。如果之前打开过，请直接登录；否则请重新注册。',
  },
  signUpWrongPassword: {
    en: 'This is not the password that was chosen with this sign-up. There is no account yet. Type it again; if it was not you who signed up, ignore the mail.',
    'zh-CN': '这不是注册时设置的密码，账户尚未创建。请重新输入；如果不是您本人注册，忽略该邮件即可。',
  },
  signUpHasAccount: {
    en: 'There is an account with this address by now. Nothing was changed. Sign in, or use “Forgot password”.',
    'zh-CN': '该邮箱已有账户，没有任何改动。请直接登录，或使用“忘记密码”。',
  },
  signUpMailSubject: { en: 'Confirm your address at Elepherd', 'zh-CN': '确认您在象群 Elepherd 的邮箱' },
  signUpMail: (name: string, link: string) => ({
    en: `Hello ${name},\n\nwelcome to the herd. Open this link within 24 hours and enter the password you chose; then your account is ready:\n${link}\n\nIf it was not you who signed up, ignore this mail; nothing happens.\n`,
    'zh-CN': `${name}，您好：\n\n欢迎加入象群。请在 24 小时内打开以下链接，并输入注册时设置的密码，账户即可使用：\n${link}\n\n如果不是您本人注册，请忽略此邮件，不会产生任何影响。\n`,
  }),
  proofMail: (link: string) => ({
    en: `Open this link within 24 hours, where you are signed in, to confirm that this is your address:\n${link}\n\nIf you did not ask for it, ignore this mail; nothing happens.\n`,
    'zh-CN': `请在 24 小时内，在已登录的浏览器中打开以下链接，确认这是您的邮箱：\n${link}\n\n如果不是您本人操作，请忽略此邮件，不会产生任何影响。\n`,
  }),
  proofDead: {
    en: 'This link was used already, is older than 24 hours, or belongs to another account. Nothing was changed. Ask for a new one here.',
    'zh-CN': '该链接已被使用、已超过 24 小时，或属于其他账户。没有任何改动，请在此重新发送。',
  },
  signUpKnownSubject: {
    en: 'You have an account at Elepherd already',
    'zh-CN': '您在象群 Elepherd 已有账户',
  },
  signUpKnown: (publicUrl: string) => ({
    en: `Somebody, probably you, signed up with this address, which has an account already. Nothing was changed.\n\nSign in:\n${publicUrl}/sign-in\n\nForgot the password? Set a new one:\n${publicUrl}/forgot-password\n\nIf it was not you, ignore this mail.\n`,
    'zh-CN': `有人（可能是您本人）用此邮箱注册，但该邮箱已有账户。没有任何改动。\n\n登录：\n${publicUrl}/sign-in\n\n忘记密码？重新设置：\n${publicUrl}/forgot-password\n\n如果不是您本人操作，请忽略此邮件。\n`,
  }),
  invitationMailSubject: (org: string) => ({
    en: `You are invited to ${org} on Elepherd`,
    'zh-CN': `邀请您加入象群 Elepherd 上的“${org}”`,
  }),
  invitationMail: (org: string, inviter: string, role: string, link: string) => ({
    en: `${inviter} invites you to join ${org} as ${role}.\n\nAccept within seven days:\n${link}\n\nIf you do not know why, ignore this mail; nothing happens.\n`,
    'zh-CN': `${inviter} 邀请您以“${role}”身份加入“${org}”。\n\n请在七天内接受邀请：\n${link}\n\n如果您不清楚缘由，请忽略此邮件，不会产生任何影响。\n`,
  }),
} satisfies Texts;
