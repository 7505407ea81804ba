import type { Text, Texts } from '#src/platform/contract/i18n.ts';

const about = (title: string) =>
  title === '' ? { en: '', 'zh-CN': '' } : { en: `: ${title}`, 'zh-CN': `：${title}` };

/** Sentences of notices, by what happened. The name is who did it; somebody, where nobody is named. */
export const noticeText = {
  somebody: { en: 'Somebody', 'zh-CN': '有成员' },
  answer: (name: string) => ({ en: `${name} answered your question`, 'zh-CN': `${name} 回答了您的问题` }),
  comment: (name: string) => ({ en: `${name} commented`, 'zh-CN': `${name} 发表了评论` }),
  mention: (name: string) => ({ en: `${name} mentioned you`, 'zh-CN': `${name} 提到了您` }),
  accepted: (name: string) => ({ en: `${name} accepted your answer`, 'zh-CN': `${name} 采纳了您的回答` }),
  'vote-milestone': (_name: string, amount: number) => ({
    en: `${amount} members found this useful`,
    'zh-CN': `已有 ${amount} 位成员认为这篇内容有用`,
  }),
  bounty: (name: string) => ({ en: `News of a bounty from ${name}`, 'zh-CN': `${name} 的悬赏有新动态` }),
  invitation: (name: string) => ({ en: `${name} asks you to answer`, 'zh-CN': `${name} 邀请您回答` }),
  follow: (name: string) => ({ en: `${name} follows you now`, 'zh-CN': `${name} 关注了您` }),
  'followed-post': (name: string) => ({
    en: `${name} published something that you follow`,
    'zh-CN': `${name} 发布了您关注的新内容`,
  }),
  'followed-answer': (name: string) => ({
    en: `${name} answered a question that you follow`,
    'zh-CN': `${name} 回答了您关注的问题`,
  }),
  'followed-accepted': (name: string) => ({
    en: `${name} accepted an answer to a question that you follow`,
    'zh-CN': `${name} 为您关注的问题采纳了一个回答`,
  }),
  'followed-comment': (name: string) => ({
    en: `${name} commented on what you follow`,
    'zh-CN': `${name} 评论了您关注的内容`,
  }),
  message: (name: string) => ({ en: `${name} wrote to you`, 'zh-CN': `${name} 给您发来私信` }),
  'suggested-edit': (name: string) => ({
    en: `An edit by ${name} was taken over into your post`,
    'zh-CN': `${name} 对您内容的编辑已被采用`,
  }),
  other: (_name: string) => ({ en: 'News for you', 'zh-CN': '您有新动态' }),
  approved: { en: 'What you wrote was approved and is public now', 'zh-CN': '您的内容已通过审核并公开' },
  declined: { en: 'What you wrote was declined', 'zh-CN': '您的内容未通过审核' },
  hidden: {
    en: 'Members flagged what you wrote; it is hidden until a reviewer has looked',
    'zh-CN': '您的内容被成员举报，在审核之前暂时隐藏',
  },
  suspend: (days: number) => ({
    en: `Your account is suspended for ${days} ${days === 1 ? 'day' : 'days'}`,
    'zh-CN': `您的账号已被停用 ${days} 天`,
  }),
  silence: (days: number) => ({
    en: `You may not publish for ${days} ${days === 1 ? 'day' : 'days'}`,
    'zh-CN': `您已被禁言 ${days} 天`,
  }),
  undone: {
    en: 'A decision of moderation about you was taken back',
    'zh-CN': '一项与您有关的审核决定已被撤销',
  },
  'edit-approved': { en: 'The edit that you suggested was taken over', 'zh-CN': '您的编辑建议已被采用' },
  'edit-declined': { en: 'The edit that you suggested was declined', 'zh-CN': '您的编辑建议未被采用' },
  granted: { en: 'Your appeal was granted', 'zh-CN': '您的申诉已获支持' },
  denied: { en: 'Your appeal was denied', 'zh-CN': '您的申诉未获支持' },
  claimed: (days: number) => ({
    en: `Somebody claims copyright on what you published: answer within ${days} days`,
    'zh-CN': `有人对您发布的内容主张版权，请在 ${days} 天内答复`,
  }),
  removed: {
    en: 'A post was removed because of a claim of copyright',
    'zh-CN': '一篇内容因版权主张已被移除',
  },
  refused: {
    en: 'A claim of copyright was refused; the post stays',
    'zh-CN': '版权主张未获支持，内容予以保留',
  },
  raise: (level: number) => ({
    en: `Your trust level is ${level} now`,
    'zh-CN': `您的信任等级已升至 ${level} 级`,
  }),
  lower: (level: number) => ({
    en: `Your trust level is ${level} now`,
    'zh-CN': `您的信任等级已变为 ${level} 级`,
  }),
  'begin-grace': (level: number, days: number) => ({
    en: `What trust level ${level} takes is no longer there; it is kept for ${days} days`,
    'zh-CN': `您已不满足信任等级 ${level} 的条件，该等级将保留 ${days} 天`,
  }),
} satisfies Record<string, Text | ((name: never, amount: never) => Text)>;

/** Words of the mails about notices. */
export const noticeMailText = {
  subjectOne: (words: string, title: string) => ({
    en: `${words}${about(title).en}`,
    'zh-CN': `${words}${about(title)['zh-CN']}`,
  }),
  subjectMany: (count: number) => ({
    en: `${count} things for you in the community`,
    'zh-CN': `社区里有 ${count} 条与您有关的动态`,
  }),
  subjectDigest: (count: number) => ({
    en: `What happened around you: ${count} ${count === 1 ? 'thing' : 'things'}`,
    'zh-CN': `与您有关的动态汇总：${count} 条`,
  }),
  hello: (name: string) => ({ en: `Hello ${name},`, 'zh-CN': `${name}，您好：` }),
  endKind: (link: string) => ({
    en: `No more mails of this kind, with one click: ${link}`,
    'zh-CN': `一键退订此类邮件：${link}`,
  }),
  endDigest: (link: string) => ({
    en: `No more summaries, with one click: ${link}`,
    'zh-CN': `一键退订汇总邮件：${link}`,
  }),
  endNewsletter: (link: string) => ({
    en: `No more of the week's best, with one click: ${link}`,
    'zh-CN': `一键退订每周精选：${link}`,
  }),
  choose: (link: string) => ({
    en: `Choose what you are told, and how: ${link}`,
    'zh-CN': `设置接收哪些通知以及接收方式：${link}`,
  }),
  subjectBest: { en: 'The best of the week', 'zh-CN': '本周精选' },
  best: {
    en: 'What members found most useful this week:',
    'zh-CN': '本周成员认为最有价值的内容：',
  },
} satisfies Texts;

/** What members read when they change how they are told. */
export const noticeSettingText = {
  deadLink: {
    en: 'This link is not one of ours, or was cut off. Open the page of notification settings instead.',
    'zh-CN': '该链接无效或不完整。请直接打开通知设置页面。',
  },
  noSuchBrowser: { en: 'There is no such browser any more.', 'zh-CN': '该浏览器订阅已不存在。' },
  tooManyBrowsers: {
    en: 'Ten browsers are told already. Remove one first.',
    'zh-CN': '最多可在 10 个浏览器中接收推送，请先移除一个。',
  },
  endpointNotAllowed: {
    en: 'This is not the address of a push service. Nothing was saved.',
    'zh-CN': '这不是有效的推送服务地址。没有保存。',
  },
} satisfies Texts;
