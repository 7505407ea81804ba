import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about merging. */
export const mergeText = {
  noSuch: {
    en: 'There is no such merge. Nothing was changed; load the list again.',
    'zh-CN': '没有这次合并。未作任何更改，请刷新列表。',
  },
  same: {
    en: 'Both are the same. Nothing was changed; name two different ones.',
    'zh-CN': '两者相同。未作任何更改，请指定两个不同的对象。',
  },
  mergedAlready: (name: string) => ({
    en: `${name} was merged before. Nothing was changed; name the one that stayed.`,
    'zh-CN': `${name} 此前已被合并。未作任何更改，请指定保留下来的那个。`,
  }),
  notYourself: {
    en: 'Nobody merges their own account or organisation. Nothing was changed; somebody else has to.',
    'zh-CN': '不能合并自己的账号或机构。未作任何更改，应由其他人来做。',
  },
  tooLate: {
    en: 'This merge can no longer be undone: its time is over, or it was undone before. Nothing was changed.',
    'zh-CN': '此次合并已无法撤销：期限已过，或此前已撤销。未作任何更改。',
  },
  laterFirst: {
    en: 'One of the two was merged again since. Nothing was changed; undo the later merge first.',
    'zh-CN': '其中一方之后又参与了合并。未作任何更改，请先撤销较晚的那次。',
  },
} satisfies Texts;

/** Words of the page of merges. */
export const mergePageText = {
  title: { en: 'Merges', 'zh-CN': '合并' },
  lead: {
    en: 'Two accounts of one person, or one organisation entered twice, become one. It can be undone for 30 days.',
    'zh-CN': '把同一人的两个账号，或重复登记的机构合为一个。30 天内可以撤销。',
  },
  members: { en: 'Merge two members', 'zh-CN': '合并两个成员' },
  organisations: { en: 'Merge two organisations', 'zh-CN': '合并两个机构' },
  from: { en: 'The one that goes', 'zh-CN': '被合并者' },
  into: { en: 'The one that stays', 'zh-CN': '保留者' },
  memberHint: { en: 'Its handle.', 'zh-CN': '填写用户名。' },
  organisationHint: { en: 'The last part of the address of its page.', 'zh-CN': '填写页面地址的最后一段。' },
  reason: { en: 'Reason', 'zh-CN': '原因' },
  merge: { en: 'Merge', 'zh-CN': '合并' },
  done: { en: 'Done', 'zh-CN': '已执行的合并' },
  none: { en: 'Nothing was merged yet.', 'zh-CN': '还没有合并记录。' },
  undo: { en: 'Undo', 'zh-CN': '撤销' },
  undone: { en: 'Undone', 'zh-CN': '已撤销' },
  became: (from: string, into: string) => ({ en: `${from} became ${into}`, 'zh-CN': `${from} 并入 ${into}` }),
  member: { en: 'Member', 'zh-CN': '成员' },
  organisation: { en: 'Organisation', 'zh-CN': '机构' },
} satisfies Texts;
