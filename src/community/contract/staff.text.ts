import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about the seats in the community's staff. */
export const staffText = {
  hasSeat: {
    en: 'This member holds such a seat already. Nothing was changed.',
    'zh-CN': '该成员已担任此职务。未作任何更改。',
  },
  noSuchSeat: {
    en: 'There is no such seat, or it has ended. Nothing was changed.',
    'zh-CN': '没有这个职务，或任期已结束。未作任何更改。',
  },
  title: { en: 'Staff', 'zh-CN': '社区管理团队' },
  lead: {
    en: 'Who looks after the community, as what, and until when.',
    'zh-CN': '谁在管理社区、担任什么职务、任期到何时。',
  },
  appoint: { en: 'Appoint', 'zh-CN': '任命' },
  appointTitle: { en: 'Appoint a member', 'zh-CN': '任命成员' },
  handle: { en: 'Handle', 'zh-CN': '用户名' },
  role: { en: 'Role', 'zh-CN': '职务' },
  months: { en: 'Months', 'zh-CN': '任期（月）' },
  monthsHint: { en: 'Empty: until it is ended.', 'zh-CN': '留空表示不设期限。' },
  member: { en: 'Member', 'zh-CN': '成员' },
  since: { en: 'Since', 'zh-CN': '开始' },
  until: { en: 'Until', 'zh-CN': '结束' },
  noEnd: { en: 'no end', 'zh-CN': '不设期限' },
  ended: { en: 'ended', 'zh-CN': '已结束' },
  end: { en: 'End the seat', 'zh-CN': '结束任期' },
  nobody: { en: 'Nobody has a seat yet.', 'zh-CN': '还没有任命任何人。' },
  nobodyHint: {
    en: 'Until then the organisation that runs this Elepherd looks after the community.',
    'zh-CN': '在此之前，由运行本系统的组织管理社区。',
  },
} satisfies Texts;
