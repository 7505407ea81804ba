import type { Texts } from '#src/platform/contract/i18n.ts';

/** What is refused, and why, about organisations. */
export const organisationText = {
  noSuch: {
    en: 'There is no such organisation, or it is not public yet. Look for it in the list of organisations.',
    'zh-CN': '没有这个组织，或者它尚未公开。请在组织列表中查找。',
  },
  addressTaken: (slug: string) => ({
    en: `The address ${slug} belongs to another organisation. Nothing was saved; choose another one.`,
    'zh-CN': `地址 ${slug} 已被其他组织使用。没有保存任何内容，请换一个。`,
  }),
  tooManyWaiting: (count: number) => ({
    en: `${count} organisations of yours wait to be verified. Nothing was saved; wait until one of them is decided.`,
    'zh-CN': `您已有 ${count} 个组织在等待核实。没有保存任何内容，请等其中一个有结果后再添加。`,
  }),
  notManager: {
    en: 'Only the managers of this organisation can do this. Nothing was changed; ask one of those named on its page.',
    'zh-CN': '只有该组织的管理人可以执行此操作。未作任何更改，请联系页面上列出的管理人。',
  },
  ownOrganisation: {
    en: 'You work for this organisation or manage it, so somebody else has to decide. Nothing was changed.',
    'zh-CN': '您任职于该组织或是其管理人，应由其他人来决定。未作任何更改。',
  },
  notWaiting: {
    en: 'This was decided meanwhile. Nothing was changed; load the page again to see the decision.',
    'zh-CN': '此事已有结果。未作任何更改，请刷新页面查看。',
  },
  lastManager: {
    en: 'The last manager cannot leave. Nothing was changed; add somebody else first.',
    'zh-CN': '最后一位管理人不能离开。未作任何更改，请先添加其他管理人。',
  },
  noSuchMember: (handle: string) => ({
    en: `There is no member ${handle}. Nothing was changed; the handle stands in the address of their profile.`,
    'zh-CN': `没有成员 ${handle}。未作任何更改，用户名见其个人主页的地址。`,
  }),
  tooManyManagers: (count: number) => ({
    en: `An organisation has at most ${count} managers. Nothing was changed; remove one first.`,
    'zh-CN': `一个组织最多 ${count} 位管理人。未作任何更改，请先移除一位。`,
  }),
  noSuchRevision: {
    en: 'There is no such revision. Nothing was changed; choose one from the history.',
    'zh-CN': '没有这个版本。未作任何更改，请从历史记录中选择。',
  },
  isClosed: {
    en: 'This organisation is not verified, so this cannot be done for it. Nothing was changed.',
    'zh-CN': '该组织未通过核实，不能执行此操作。未作任何更改。',
  },
  restoredNote: (number: number) => ({
    en: `Back to revision ${number}`,
    'zh-CN': `恢复到第 ${number} 版`,
  }),
} satisfies Texts;
