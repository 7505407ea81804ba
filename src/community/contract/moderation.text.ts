import type { Texts } from '#src/platform/contract/i18n.ts';

/** What writers are told by moderation. */
export const moderationText = {
  tooSoon: (seconds: number) => ({
    en: `That is a little fast: wait ${seconds} more ${seconds === 1 ? 'second' : 'seconds'} and send it again. Nothing was saved; what you wrote is still in the form.`,
    'zh-CN': `您操作得有点快，请等待 ${seconds} 秒后再提交。内容未保存，仍保留在表单中。`,
  }),
  enoughToday: (limit: number, hours: number) => ({
    en: `You have reached today's limit of ${limit}. You can go on in about ${hours} ${hours === 1 ? 'hour' : 'hours'}; the limit grows with your trust level. Nothing was saved.`,
    'zh-CN': `您已达到今天的上限（${limit} 次），约 ${hours} 小时后可以继续。上限会随信任等级提高。内容未保存。`,
  }),
  sentBefore: {
    en: 'You have just sent exactly this text. Nothing was saved a second time.',
    'zh-CN': '您刚刚提交过完全相同的内容，没有重复保存。',
  },
  newcomerImages: (limit: number) => ({
    en: `New members may put ${limit} ${limit === 1 ? 'image' : 'images'} in a text. Nothing was saved; take some out, or link to them later.`,
    'zh-CN': `新成员每篇内容最多可包含 ${limit} 张图片。内容未保存，请减少图片后再提交。`,
  }),
  newcomerLinks: (limit: number) => ({
    en: `New members may put ${limit} ${limit === 1 ? 'link' : 'links'} to other sites in a text. Nothing was saved; take some out.`,
    'zh-CN': `新成员每篇内容最多可包含 ${limit} 个外部链接。内容未保存，请减少链接后再提交。`,
  }),
  tooManyMentions: (limit: number) => ({
    en: `You may mention ${limit} ${limit === 1 ? 'member' : 'members'} in a text. Nothing was saved; take some mentions out.`,
    'zh-CN': `每篇内容最多可提及 ${limit} 位成员。内容未保存，请减少提及后再提交。`,
  }),
  noMessagesYet: {
    en: 'New members cannot begin private conversations yet. Take part a little first: write, answer, be voted for. You can answer those who write to you.',
    'zh-CN': '新成员暂时不能主动发起私信。请先参与社区交流，如发帖、回答问题。收到私信时您可以回复。',
  },
  wordRefused: (word: string) => ({
    en: `The text contains “${word}”, which is not allowed here. Nothing was saved; say it in other words.`,
    'zh-CN': `内容包含不允许使用的词语“${word}”。内容未保存，请修改后再提交。`,
  }),
  domainRefused: (domain: string) => ({
    en: `Links to ${domain} are not allowed here. Nothing was saved; take the link out.`,
    'zh-CN': `不允许链接到 ${domain}。内容未保存，请去掉该链接。`,
  }),
  silenced: (until: string, reason: string) => ({
    en: `You may not publish until ${until}. Reason: ${reason} You can read and vote, and you can appeal on your moderation page.`,
    'zh-CN': `您在 ${until} 之前不能发布内容。原因：${reason} 您仍可阅读和投票，并可在“我的审核记录”页面提出申诉。`,
  }),
} satisfies Texts;
