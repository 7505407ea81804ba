import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about following, blocking and private messages. */
export const peopleText = {
  nothingToFollow: {
    en: 'There is nothing of that name to follow. Nothing was changed.',
    'zh-CN': '没有可关注的对象。未作任何更改。',
  },
  notYourself: {
    en: 'This cannot be done to oneself. Nothing was changed.',
    'zh-CN': '不能对自己执行此操作。未作任何更改。',
  },
  notPossible: {
    en: 'This is not possible with this member. Nothing was changed.',
    'zh-CN': '无法对该成员执行此操作。未作任何更改。',
  },
  tooManyFollowed: {
    en: 'You follow 5000 things already. Nothing was changed; stop following some first.',
    'zh-CN': '您关注的内容已达 5000 项。未作任何更改，请先取消一些关注。',
  },
  noConversation: {
    en: 'There is no such conversation. Look into the list of your messages.',
    'zh-CN': '没有这个会话。请查看您的私信列表。',
  },
  waitForAnswer: {
    en: 'Your request waits for an answer. Nothing was sent; you can write more once it is accepted.',
    'zh-CN': '您的私信请求正在等待对方回应。没有发送任何内容，对方接受后即可继续交流。',
  },
  acceptFirst: {
    en: 'Accept the request first, then write. Nothing was sent.',
    'zh-CN': '请先接受请求，再回复。没有发送任何内容。',
  },
  noPicturesYet: {
    en: 'A first message carries no pictures. Nothing was sent; take them out.',
    'zh-CN': '首条私信不能包含图片。没有发送任何内容，请先移除图片。',
  },
  title: { en: 'Messages', 'zh-CN': '私信' },
  lead: {
    en: 'Between you and one other member. A first message is a request: nothing more is said before it is accepted.',
    'zh-CN': '只有您和对方可见。首条私信是一次请求，对方接受后才能继续交流。',
  },
  none: { en: 'No messages yet.', 'zh-CN': '还没有私信。' },
  noneHint: {
    en: 'Begin one from the page of a member.',
    'zh-CN': '可以从其他成员的个人主页发起。',
  },
  findMembers: { en: 'See members', 'zh-CN': '浏览成员' },
  request: { en: 'Request', 'zh-CN': '请求' },
  waiting: { en: 'Waiting', 'zh-CN': '等待回应' },
  refused: { en: 'Refused', 'zh-CN': '已拒绝' },
  unread: { en: 'New', 'zh-CN': '未读' },
  you: { en: 'You', 'zh-CN': '您' },
  newTo: (name: string) => ({ en: `Message to ${name}`, 'zh-CN': `给 ${name} 发私信` }),
  conversationWith: (name: string) => ({ en: `Messages with ${name}`, 'zh-CN': `与 ${name} 的私信` }),
  message: { en: 'Message', 'zh-CN': '内容' },
  messageHint: { en: 'Markdown, as in articles.', 'zh-CN': '支持 Markdown，与文章相同。' },
  firstHint: {
    en: 'Say who you are and what it is about, without pictures. One message; more once it is accepted.',
    'zh-CN': '请说明您是谁、为何联系，不含图片。先发一条，对方接受后即可继续。',
  },
  send: { en: 'Send', 'zh-CN': '发送' },
  accept: { en: 'Accept', 'zh-CN': '接受' },
  refuse: { en: 'Refuse', 'zh-CN': '拒绝' },
  refuseAndBlock: { en: 'Refuse and block', 'zh-CN': '拒绝并拉黑' },
  wantsToWrite: (name: string) => ({
    en: `${name} wants to exchange messages with you. They are not told whether you refuse.`,
    'zh-CN': `${name} 希望与您互发私信。如果您拒绝，对方不会收到提示。`,
  }),
  waitsForOther: (name: string) => ({
    en: `${name} has not accepted yet. You can write more once that is done.`,
    'zh-CN': `${name} 尚未接受。对方接受后即可继续交流。`,
  }),
  youRefused: {
    en: 'You refused this request. Accept it to write all the same.',
    'zh-CN': '您已拒绝此请求。如需交流，可改为接受。',
  },
  youBlocked: (name: string) => ({
    en: `You blocked ${name}. Unblock them on their page to write.`,
    'zh-CN': `您已拉黑 ${name}。如需交流，请先在其主页解除拉黑。`,
  }),
  emptied: { en: 'This member left and took the message along.', 'zh-CN': '该成员已注销，消息已清除。' },
  earlier: { en: 'Earlier messages', 'zh-CN': '更早的私信' },
  allMessages: { en: 'All messages', 'zh-CN': '全部私信' },
  following: { en: 'Following', 'zh-CN': '关注' },
  followingLead: {
    en: 'What you hear of: members, tags and posts.',
    'zh-CN': '您关注的成员、标签和内容，有更新时会通知您。',
  },
  blocked: { en: 'Blocked', 'zh-CN': '黑名单' },
  blockedLead: {
    en: 'They cannot message, notify or follow you. They are not told.',
    'zh-CN': '他们不能给您发私信、通知您或关注您，且不会收到提示。',
  },
  nothingFollowed: { en: 'You follow nothing yet.', 'zh-CN': '您还没有关注任何内容。' },
  nobodyBlocked: { en: 'You blocked nobody.', 'zh-CN': '您没有拉黑任何人。' },
  stop: { en: 'Stop', 'zh-CN': '取消' },
  member: { en: 'Member', 'zh-CN': '成员' },
  tag: { en: 'Tag', 'zh-CN': '标签' },
  post: { en: 'Post', 'zh-CN': '内容' },
  wish: { en: 'Wish', 'zh-CN': '愿望' },
} satisfies Texts;
