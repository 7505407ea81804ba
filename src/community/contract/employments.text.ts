import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about who worked where. */
export const employmentText = {
  noSuch: {
    en: 'There is no such employment of yours. Nothing was changed; load the page again.',
    'zh-CN': '没有这段任职经历。未作任何更改，请刷新页面。',
  },
  overlaps: (name: string) => ({
    en: `This time overlaps your time at ${name}. Nothing was saved; a person works at one place at a time here, so correct one of the two.`,
    'zh-CN': `这段时间与您在 ${name} 的任职重叠。没有保存任何内容，同一时间只能有一段任职，请更正其中一段。`,
  }),
  tooMany: (count: number) => ({
    en: `At most ${count} times of employment are kept for a member. Nothing was saved; remove one first.`,
    'zh-CN': `每位成员最多保留 ${count} 段任职经历。没有保存任何内容，请先删除一段。`,
  }),
  ownEmployment: {
    en: 'Nobody confirms or disputes their own time. Nothing was changed; ask another manager.',
    'zh-CN': '不能确认或质疑自己的任职。未作任何更改，请联系其他管理人。',
  },
} satisfies Texts;

/** Words of the page on which members say where they worked. */
export const employmentPageText = {
  title: { en: 'Where you worked', 'zh-CN': '任职经历' },
  lead: {
    en: 'What you published counts for the organisation where you worked on that day. A change counts at once.',
    'zh-CN': '您发布的内容计入当日所任职的机构，修改立即生效。',
  },
  add: { en: 'Add', 'zh-CN': '添加任职' },
  organisation: { en: 'Organisation', 'zh-CN': '机构' },
  organisationHint: {
    en: 'The last part of the address of its page. A time that goes on ends the one before it.',
    'zh-CN': '机构页面地址的最后一段。新的在职经历会自动结束之前的在职经历。',
  },
  jobTitle: { en: 'Your role there', 'zh-CN': '职务' },
  from: { en: 'First day', 'zh-CN': '入职日期' },
  until: { en: 'Last day, empty while it goes on', 'zh-CN': '离职日期，在职请留空' },
  change: { en: 'Change', 'zh-CN': '修改' },
} satisfies Texts;
