import type { Texts } from '#src/platform/contract/i18n.ts';

/** What each privilege is, in words that say what a member may do. */
export const privilegeText = {
  voteUp: { en: 'Vote for a post', 'zh-CN': '赞同内容' },
  comment: { en: 'Comment on others’ posts', 'zh-CN': '评论他人的内容' },
  offerBounty: { en: 'Offer a bounty for an answer', 'zh-CN': '设立悬赏' },
  voteDown: { en: 'Vote against a post', 'zh-CN': '反对内容' },
  edit: { en: 'Suggest an edit to others’ posts', 'zh-CN': '对他人的内容提出编辑建议' },
  invite: { en: 'Invite an expert to answer', 'zh-CN': '邀请专家回答' },
  createTag: { en: 'Create a tag', 'zh-CN': '新建标签' },
  editUnreviewed: {
    en: 'Edit others’ questions and answers without review',
    'zh-CN': '直接编辑他人的问题和回答，无需审核',
  },
  close: { en: 'Vote to close a question or open it again', 'zh-CN': '投票关闭或重新打开问题' },
} satisfies Texts;

/** What reputation comes and goes for. */
export const amountText = {
  upVote: { en: 'Somebody votes for your post', 'zh-CN': '您的内容获得赞同' },
  downVote: { en: 'Somebody votes against your post', 'zh-CN': '您的内容被反对' },
  downVoting: { en: 'You vote against an answer', 'zh-CN': '您反对他人的回答' },
  accepted: { en: 'Your answer is accepted', 'zh-CN': '您的回答被采纳' },
  accepting: { en: 'You accept an answer', 'zh-CN': '您采纳他人的回答' },
  dailyCap: {
    en: 'At most so much a day from votes; acceptances and bounties come on top',
    'zh-CN': '每日通过赞同最多获得（采纳和悬赏另计）',
  },
} satisfies Texts;

/** How questions are closed and experts invited. */
export const questionTermText = {
  closeVotes: { en: 'Members who must want a question closed', 'zh-CN': '关闭问题所需的人数' },
  invitationsAtMost: {
    en: 'Experts who can be invited to one question',
    'zh-CN': '每个问题最多邀请的专家人数',
  },
} satisfies Texts;

/** Words of the page of reputation. */
export const reputationPageText = {
  title: { en: 'Reputation', 'zh-CN': '声望' },
  lead: {
    en: 'Reputation is what others’ votes and acceptances gave you. The more of it, the more you may do here.',
    'zh-CN': '声望来自他人的赞同与采纳。声望越高，在这里可以做的事越多。',
  },
  own: (reputation: string) => ({ en: `Yours is ${reputation}.`, 'zh-CN': `您的声望为 ${reputation}。` }),
  privileges: { en: 'What it lets you do', 'zh-CN': '声望与特权' },
  amounts: { en: 'What it comes and goes for', 'zh-CN': '声望的增减' },
  questions: { en: 'Questions', 'zh-CN': '问题' },
  what: { en: 'What', 'zh-CN': '事项' },
  from: { en: 'From a reputation of', 'zh-CN': '所需声望' },
  points: { en: 'Reputation', 'zh-CN': '声望变化' },
  number: { en: 'Number', 'zh-CN': '数量' },
  reached: { en: 'yours', 'zh-CN': '已获得' },
  change: { en: 'Change it', 'zh-CN': '修改' },
  changeLead: {
    en: 'A change holds from now on and changes nobody’s reputation. It is written to the audit log.',
    'zh-CN': '更改立即生效，不会改动任何人已有的声望，并会记入审计日志。',
  },
  save: { en: 'Save', 'zh-CN': '保存' },
  saved: { en: 'Saved. It holds from now on.', 'zh-CN': '已保存，即刻生效。' },
} satisfies Texts;
