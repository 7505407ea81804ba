import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the pages of notices. */
export const notificationPageText = {
  title: { en: 'Notifications', 'zh-CN': '通知' },
  unread: (count: number) => ({
    en: count === 0 ? 'All read.' : `${count >= 100 ? '99+' : count} not read.`,
    'zh-CN': count === 0 ? '全部已读。' : `${count >= 100 ? '99+' : count} 条未读。`,
  }),
  markAll: { en: 'Mark all as read', 'zh-CN': '全部标为已读' },
  markOne: { en: 'Mark as read', 'zh-CN': '标为已读' },
  settings: { en: 'Settings', 'zh-CN': '通知设置' },
  isNew: { en: 'new', 'zh-CN': '未读' },
  empty: { en: 'Nothing yet', 'zh-CN': '暂无通知' },
  emptyHint: {
    en: 'Answers, comments and mentions of you will appear here.',
    'zh-CN': '有人回答、评论或提到您时，会显示在这里。',
  },
  settingsTitle: { en: 'How you are told', 'zh-CN': '通知设置' },
  settingsLead: {
    en: 'Choose by kind and way. Every mail also ends with one click.',
    'zh-CN': '按类型和方式选择。每封邮件也都可以一键退订。',
  },
  kind: { en: 'What happens', 'zh-CN': '事件' },
  inPage: { en: 'On the page', 'zh-CN': '站内' },
  mail: { en: 'By mail', 'zh-CN': '邮件' },
  push: { en: 'In the browser', 'zh-CN': '浏览器推送' },
  mailOff: { en: 'no', 'zh-CN': '不发送' },
  mailNow: { en: 'at once', 'zh-CN': '立即' },
  mailDigest: { en: 'in the summary', 'zh-CN': '汇总' },
  mails: { en: 'Mails', 'zh-CN': '邮件' },
  wantsMails: { en: 'Send me mails at all', 'zh-CN': '接收邮件' },
  digest: { en: 'Summary', 'zh-CN': '汇总邮件' },
  digestOff: { en: 'never', 'zh-CN': '不发送' },
  digestDaily: { en: 'every day', 'zh-CN': '每天' },
  digestWeekly: { en: 'every week', 'zh-CN': '每周' },
  newsletter: { en: 'The best of the week, every week', 'zh-CN': '每周精选' },
  address: (address: string) => ({ en: `Mails go to ${address}.`, 'zh-CN': `邮件发送至 ${address}。` }),
  notProved: {
    en: 'The address is not proved yet, so no mails go there.',
    'zh-CN': '该邮箱尚未验证，暂不发送邮件。',
  },
  bounced: (why: string) => ({
    en: `The mail server refused the address, so nothing more goes there. It said: ${why}`,
    'zh-CN': `邮件服务器拒收该地址，已暂停发送。对方答复：${why}`,
  }),
  tryAgain: { en: 'It works again: send mails', 'zh-CN': '邮箱已恢复，继续发送' },
  save: { en: 'Save', 'zh-CN': '保存' },
  saved: { en: 'Saved.', 'zh-CN': '已保存。' },
  browsers: { en: 'Browsers', 'zh-CN': '浏览器' },
  browsersHint: {
    en: 'A browser that you allow it tells you also when no page is open.',
    'zh-CN': '允许后，即使没有打开页面，浏览器也会提醒您。',
  },
  pushHere: { en: 'Tell me in this browser', 'zh-CN': '在此浏览器中接收推送' },
  pushDone: { en: 'This browser will tell you.', 'zh-CN': '已在此浏览器中开启推送。' },
  pushRefused: {
    en: 'The browser did not allow it. You can change that in its settings.',
    'zh-CN': '浏览器未允许通知，可在浏览器设置中更改。',
  },
  pushNotHere: {
    en: 'This browser cannot be told, or needs the page over HTTPS.',
    'zh-CN': '此浏览器不支持推送，或需要通过 HTTPS 访问。',
  },
  noBrowsers: { en: 'None yet.', 'zh-CN': '暂无。' },
  removeBrowser: { en: 'Remove', 'zh-CN': '移除' },
  unsubscribeTitle: { en: 'End mails', 'zh-CN': '退订邮件' },
  unsubscribeAsk: (what: string, address: string) => ({
    en: `End mails of this kind to ${address}: ${what}?`,
    'zh-CN': `不再向 ${address} 发送此类邮件：${what}？`,
  }),
  unsubscribe: { en: 'End them', 'zh-CN': '确认退订' },
  unsubscribed: {
    en: 'Done: no more mails of this kind come. You can turn them on again in the settings.',
    'zh-CN': '已退订，不会再收到此类邮件。您可以在通知设置中重新开启。',
  },
  all: { en: 'all mails of the community', 'zh-CN': '社区的全部邮件' },
  digests: { en: 'summaries', 'zh-CN': '汇总邮件' },
  newsletters: { en: 'the best of the week', 'zh-CN': '每周精选' },
} satisfies Texts;

/** Names of the kinds of events. */
export const noticeKindText = {
  answer: { en: 'Somebody answers your question', 'zh-CN': '有人回答您的问题' },
  comment: { en: 'Somebody comments on what you wrote', 'zh-CN': '有人评论您的内容' },
  mention: { en: 'Somebody mentions you', 'zh-CN': '有人提到您' },
  accepted: { en: 'Your answer is accepted', 'zh-CN': '您的回答被采纳' },
  'vote-milestone': { en: 'Many find useful what you wrote', 'zh-CN': '您的内容获得较多赞同' },
  bounty: { en: 'News of a bounty', 'zh-CN': '悬赏动态' },
  invitation: { en: 'Somebody asks you to answer', 'zh-CN': '有人邀请您回答' },
  follow: { en: 'Somebody follows you, or what you follow has news', 'zh-CN': '新的关注，以及您关注的动态' },
  message: { en: 'A private message', 'zh-CN': '私信' },
  'suggested-edit': { en: 'An edit of your post is taken over', 'zh-CN': '您的内容采用了他人的编辑' },
  moderation: { en: 'A decision about what you wrote', 'zh-CN': '与您内容有关的审核决定' },
  appeal: { en: 'Your appeal is answered', 'zh-CN': '申诉结果' },
  takedown: { en: 'A claim of copyright', 'zh-CN': '版权主张' },
  trust: { en: 'Your trust level changes', 'zh-CN': '信任等级变化' },
  other: { en: 'Everything else', 'zh-CN': '其他' },
} satisfies Texts;
