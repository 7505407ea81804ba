import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about chapters. */
export const chapterText = {
  noSuch: {
    en: 'There is no such chapter, or it is not public yet. Look for it in the list of chapters.',
    'zh-CN': '没有这个分会，或者它尚未公开。请在分会列表中查找。',
  },
  notLeader: {
    en: 'Only those who lead this chapter can do this. Nothing was changed; ask one of them.',
    'zh-CN': '只有分会负责人可以执行此操作。未作任何更改，请联系其中一位。',
  },
  addressTaken: (slug: string) => ({
    en: `The address ${slug} belongs to another chapter. Nothing was saved; choose another one.`,
    'zh-CN': `地址 ${slug} 已被其他分会使用。没有保存任何内容，请换一个。`,
  }),
  tooManyWaiting: (count: number) => ({
    en: `${count} chapters of yours wait to be approved. Nothing was saved; wait until one of them is decided.`,
    'zh-CN': `您已有 ${count} 个分会在等待批准。没有保存任何内容，请等其中一个有结果后再创建。`,
  }),
  lastLeader: {
    en: 'The last one who leads the chapter cannot step back. Nothing was changed; make another member a leader first.',
    'zh-CN': '最后一位负责人不能退出。未作任何更改，请先让其他成员担任负责人。',
  },
  notMember: (handle: string) => ({
    en: `${handle} does not belong to this chapter. Nothing was changed; ask them to join first.`,
    'zh-CN': `${handle} 不是本分会成员。未作任何更改，请先邀请其加入。`,
  }),
  ownChapter: {
    en: 'You lead this chapter, so somebody else has to decide. Nothing was changed.',
    'zh-CN': '您是该分会负责人，应由其他人来决定。未作任何更改。',
  },
} satisfies Texts;
