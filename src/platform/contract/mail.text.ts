import type { Texts } from './i18n.ts';

/** Words of the outbox. */
export const mailText = {
  title: { en: 'Outbox', 'zh-CN': '发件箱' },
  lead: {
    en: 'Mails that Elepherd wrote. Without a mail server (SMTP_URL) they stay here, to be read and passed on by hand.',
    'zh-CN': '象群写出的邮件。未配置邮件服务器（SMTP_URL）时，邮件保留在此处，可查看后人工转发。',
  },
  listCaption: { en: 'Mails, newest first', 'zh-CN': '邮件列表，最新在前' },
  columnSubject: { en: 'Subject', 'zh-CN': '主题' },
  columnTo: { en: 'To', 'zh-CN': '收件人' },
  columnState: { en: 'State', 'zh-CN': '状态' },
  columnWritten: { en: 'Written', 'zh-CN': '创建时间' },
  none: { en: 'No mails yet', 'zh-CN': '暂无邮件' },
  noneHint: {
    en: 'Invitations, password resets and alerts will appear here.',
    'zh-CN': '邀请、重置密码和告警邮件会显示在这里。',
  },
  newest: { en: 'Newest', 'zh-CN': '最新' },
  older: { en: 'Older', 'zh-CN': '更早' },
  stateQueued: { en: 'On its way', 'zh-CN': '发送中' },
  stateKept: { en: 'Kept here', 'zh-CN': '待转发' },
  stateSent: { en: 'Sent', 'zh-CN': '已发送' },
  stateDead: { en: 'Given up', 'zh-CN': '发送失败' },
  to: (address: string) => ({ en: `To ${address}`, 'zh-CN': `收件人 ${address}` }),
  attempts: (count: number) => ({
    en: count === 1 ? '1 attempt' : `${count} attempts`,
    'zh-CN': `已尝试 ${count} 次`,
  }),
  textGone: {
    en: 'It was sent, so its words are no longer kept here: a mail may hold a one-time link.',
    'zh-CN': '邮件已发送，正文不再保留：邮件中可能包含一次性链接。',
  },
  lastError: { en: 'What the mail server said last', 'zh-CN': '邮件服务器最近一次的答复' },
  sendAgain: { en: 'Send again', 'zh-CN': '重新发送' },
  noSuchMail: {
    en: 'There is no such mail in this organisation. Go back to the outbox.',
    'zh-CN': '本组织中没有这封邮件。请返回发件箱。',
  },
  notWaiting: {
    en: 'This mail is on its way or was sent, so there is nothing to send again.',
    'zh-CN': '该邮件正在发送或已经发送，无需重新发送。',
  },
} satisfies Texts;
