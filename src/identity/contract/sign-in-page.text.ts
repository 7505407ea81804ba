import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the pages for people who are not signed in yet. */
export const signInPageText = {
  title: { en: 'Sign in', 'zh-CN': '登录' },
  lead: { en: 'To the herd you look after.', 'zh-CN': '登录后管理您的数据库集群。' },
  email: { en: 'E-mail address', 'zh-CN': '邮箱' },
  password: { en: 'Password', 'zh-CN': '密码' },
  passwordHint: { en: 'At least 12 characters.', 'zh-CN': '至少 12 个字符。' },
  newPassword: { en: 'New password', 'zh-CN': '新密码' },
  name: { en: 'Your name', 'zh-CN': '您的姓名' },
  submit: { en: 'Sign in', 'zh-CN': '登录' },
  newHere: { en: 'New here?', 'zh-CN': '还没有账户？' },
  signUp: { en: 'Sign up', 'zh-CN': '注册' },
  signUpLead: {
    en: 'Ask, answer, write and learn with people who work with PostgreSQL.',
    'zh-CN': '与 PostgreSQL 同行一起提问、解答、写作、成长。',
  },
  signUpName: { en: 'Name others see', 'zh-CN': '显示名称' },
  signUpNameHint: {
    en: 'Your own or a pen name; you can change it later.',
    'zh-CN': '实名、笔名均可，之后可以修改。',
  },
  signUpEmailHint: {
    en: 'Nobody sees it. We mail a link to it.',
    'zh-CN': '不会公开，我们会向它发送确认链接。',
  },
  signUpSubmit: { en: 'Create account', 'zh-CN': '创建账户' },
  signUpSentTitle: { en: 'Look into your mailbox', 'zh-CN': '请查收邮件' },
  signUpSent: (email: string) => ({
    en: `A mail is on its way to ${email}. Open the link in it within 24 hours and enter your password once more.`,
    'zh-CN': `邮件正在发往 ${email}。请在 24 小时内打开其中的链接，并再输入一次密码。`,
  }),
  signUpNoMail: {
    en: 'No mail after some minutes? Look into the folder for spam, and check the address above.',
    'zh-CN': '几分钟后仍未收到？请查看垃圾邮件箱，并核对上面的邮箱地址。',
  },
  signUpAgain: { en: 'Sign up with another address', 'zh-CN': '换一个邮箱注册' },
  hasAccount: { en: 'Already have an account?', 'zh-CN': '已有账户？' },
  signUpClosedTitle: { en: 'By invitation', 'zh-CN': '仅限受邀' },
  signUpClosed: {
    en: 'Accounts here are made by invitation. Ask somebody who has one to invite you.',
    'zh-CN': '此处的账户仅限受邀创建。请联系已有账户的成员邀请您。',
  },
  confirmTitle: { en: 'Confirm your address', 'zh-CN': '确认邮箱' },
  confirmLead: {
    en: 'Enter the password you chose when you signed up. Then your account is ready.',
    'zh-CN': '输入您注册时设置的密码，账户即可使用。',
  },
  addressLead: (email: string) => ({
    en: `We mail a link to ${email}. Until it was opened you may read, but not write, unless an organisation invited you.`,
    'zh-CN': `我们会向 ${email} 发送链接。确认之前您可以阅读；若非受组织邀请加入，则暂不能发言。`,
  }),
  addressTokenLead: (email: string) => ({
    en: `Confirm that ${email} is your address.`,
    'zh-CN': `请确认 ${email} 是您的邮箱。`,
  }),
  addressSent: {
    en: 'A mail is on its way. Open its link in this browser within 24 hours.',
    'zh-CN': '邮件已在发送途中，请在 24 小时内用此浏览器打开其中的链接。',
  },
  addressProved: { en: 'Your address is confirmed.', 'zh-CN': '您的邮箱已确认。' },
  addressConfirm: { en: 'Confirm', 'zh-CN': '确认' },
  goOn: { en: 'Go on', 'zh-CN': '继续' },
  confirmSubmit: { en: 'Confirm and sign in', 'zh-CN': '确认并登录' },
  or: { en: 'or', 'zh-CN': '或' },
  withOidc: (name: string) => ({ en: `Continue with ${name}`, 'zh-CN': `使用 ${name} 登录` }),
  withPasskey: { en: 'Sign in with a passkey', 'zh-CN': '使用通行密钥登录' },
  passkeyElsewhere: (address: string) => ({
    en: `Passkeys work at ${address} only.`,
    'zh-CN': `通行密钥只能在 ${address} 使用。`,
  }),
  passkeyStopped: {
    en: 'The passkey was not used. Try again, or sign in another way.',
    'zh-CN': '未使用通行密钥。请重试，或换用其他方式登录。',
  },
  forgot: { en: 'Forgot password?', 'zh-CN': '忘记密码？' },
  signedOut: { en: 'You are signed out.', 'zh-CN': '您已退出登录。' },
  erased: {
    en: 'Your account is erased. Thank you for what you gave.',
    'zh-CN': '您的账户已注销。感谢您的贡献。',
  },
  passwordSet: {
    en: 'Your password is set and all sessions have ended. Sign in with it.',
    'zh-CN': '密码已设置，所有登录会话已结束。请使用新密码登录。',
  },
  elsewhereFailed: {
    en: 'Signing in there did not work. You are not signed in. It takes an address that was verified there; and where an account with it exists here, verified here too: sign in with its password first.',
    'zh-CN':
      '通过外部账户登录未成功，您尚未登录。外部账户须有已验证的邮箱；若此处已有使用该邮箱的账户，此处也须已验证：请先用密码登录。',
  },
  linkTitle: { en: 'One-time sign-in', 'zh-CN': '一次性登录' },
  linkLead: {
    en: 'This link came from the server’s own console. It works once, for 30 minutes.',
    'zh-CN': '该链接由服务器控制台生成，30 分钟内有效，只能使用一次。',
  },
  linkToken: { en: 'Token of the link', 'zh-CN': '链接令牌' },
  linkTokenHint: {
    en: 'Paste what stands after the # of the link.',
    'zh-CN': '请粘贴链接中 # 之后的内容。',
  },
  secondTitle: { en: 'Second step', 'zh-CN': '第二步验证' },
  secondLead: {
    en: 'Enter the six digits your authenticator app shows for Elepherd.',
    'zh-CN': '请输入验证器应用中 Elepherd 对应的六位验证码。',
  },
  code: { en: 'Code', 'zh-CN': '验证码' },
  recoveryCode: { en: 'Recovery code', 'zh-CN': '恢复码' },
  noPhone: { en: 'No phone at hand? Use a recovery code', 'zh-CN': '手机不在身边？使用恢复码' },
  submitRecoveryCode: { en: 'Use the recovery code', 'zh-CN': '使用恢复码登录' },
  startOver: { en: 'Start over', 'zh-CN': '重新登录' },
  forgotTitle: { en: 'Forgot password', 'zh-CN': '忘记密码' },
  forgotLead: {
    en: 'We send a link to this address that sets a new password.',
    'zh-CN': '我们会向该邮箱发送设置新密码的链接。',
  },
  forgotSubmit: { en: 'Send the link', 'zh-CN': '发送链接' },
  forgotSent: {
    en: 'If there is an account with this address, a mail is on its way. The link in it works for an hour.',
    'zh-CN': '如果该邮箱有对应账户，邮件已在发送途中，链接一小时内有效。',
  },
  backToSignIn: { en: 'Back to sign-in', 'zh-CN': '返回登录' },
  resetTitle: { en: 'Set a new password', 'zh-CN': '设置新密码' },
  resetLead: {
    en: 'All sessions of the account end, so whoever else is signed in is out.',
    'zh-CN': '设置后该账户的所有登录会话都会结束。',
  },
  resetSubmit: { en: 'Set the password', 'zh-CN': '设置密码' },
  setUpTitle: { en: 'Your account', 'zh-CN': '设置您的账户' },
  setUpLead: {
    en: 'You are signed in as the first administrator. Say who you are and how you sign in from now on.',
    'zh-CN': '您已以首位管理员身份登录。请填写姓名、邮箱和今后的登录密码。',
  },
  setUpSubmit: { en: 'Save and go on', 'zh-CN': '保存并继续' },
  invitationTitle: (org: string) => ({ en: `Join ${org}`, 'zh-CN': `加入“${org}”` }),
  invitationLead: (email: string, role: string) => ({
    en: `The invitation is for ${email}, as ${role}.`,
    'zh-CN': `该邀请发给 ${email}，角色为“${role}”。`,
  }),
  invitation: { en: 'Invitation', 'zh-CN': '邀请' },
  join: { en: 'Join', 'zh-CN': '加入' },
  invitationHasAccount: {
    en: 'There is an account with this address. Sign in with it to join.',
    'zh-CN': '该邮箱已有账户，请登录后加入。',
  },
} satisfies Texts;
