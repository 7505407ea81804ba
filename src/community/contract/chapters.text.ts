import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about chapters. */
export const chapterText = {
  campusOnly: {
    en: 'You approve chapters that a university carries, and this is none. Nothing was changed; the chapters committee decides.',
    'zh-CN': '您只能审批由高校承办的分会，此分会不是。未作任何更改，请由分舵委员会决定。',
  },
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

/** Words of the pages of chapters. */
export const chapterPageText = {
  title: { en: 'Chapters', 'zh-CN': '分会' },
  lead: {
    en: 'Local groups: people of one city or country who meet around PostgreSQL.',
    'zh-CN': '各地的用户组：同城、同国的 PostgreSQL 用户在此相聚。',
  },
  found: { en: 'Found a chapter', 'zh-CN': '创建分会' },
  foundLead: {
    en: 'You lead it. Others see it once it was approved.',
    'zh-CN': '由您担任负责人，批准之后其他人可见。',
  },
  own: { en: 'Your chapters', 'zh-CN': '您的分会' },
  waiting: { en: 'Wait to be approved', 'zh-CN': '待批准' },
  none: { en: 'There is no chapter yet.', 'zh-CN': '还没有分会。' },
  noneHint: { en: 'Found the first one where you live.', 'zh-CN': '在您所在的城市创建第一个吧。' },
  members: (count: string) => ({ en: `${count} members`, 'zh-CN': `${count} 位成员` }),
  membersTitle: { en: 'Members', 'zh-CN': '成员' },
  leaders: { en: 'Led by', 'zh-CN': '负责人' },
  join: { en: 'Join', 'zh-CN': '加入' },
  leave: { en: 'Leave', 'zh-CN': '退出' },
  isPending: {
    en: 'Waits to be approved; only its members and those who approve see it.',
    'zh-CN': '等待批准，目前只有成员和审批人员可见。',
  },
  isRefused: (reason: string) => ({
    en: `Was not approved. Reason: ${reason} Edit the page and it is looked at again.`,
    'zh-CN': `未获批准。原因：${reason} 修改页面后会重新审批。`,
  }),
  approve: { en: 'Approve', 'zh-CN': '批准' },
  name: { en: 'Name', 'zh-CN': '名称' },
  city: { en: 'City', 'zh-CN': '城市' },
  language: { en: 'Language', 'zh-CN': '语言' },
  about: { en: 'About', 'zh-CN': '介绍' },
  website: { en: 'Website', 'zh-CN': '网站' },
  organisation: { en: 'Carried by', 'zh-CN': '依托机构' },
  organisationHint: {
    en: 'The last part of the address of its page here; may stay empty.',
    'zh-CN': '该机构在本站页面地址的最后一段，可留空。',
  },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  save: { en: 'Save', 'zh-CN': '保存' },
  send: { en: 'Send', 'zh-CN': '提交' },
  latest: { en: 'What members publish', 'zh-CN': '成员动态' },
  makeLeader: { en: 'Let lead', 'zh-CN': '设为负责人' },
  stepBack: { en: 'Step back', 'zh-CN': '取消负责人' },
  handle: { en: 'Handle of a member', 'zh-CN': '成员的用户名' },
} satisfies Texts;
