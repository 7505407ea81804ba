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
