import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the commands on organisations say when they refuse, and the names of roles. */
export const organisationText = {
  owner: { en: 'Owner', 'zh-CN': '所有者' },
  admin: { en: 'Administrator', 'zh-CN': '管理员' },
  operator: { en: 'Operator', 'zh-CN': '运维' },
  developer: { en: 'Developer', 'zh-CN': '开发者' },
  viewer: { en: 'Viewer', 'zh-CN': '只读成员' },
  noOrganisation: {
    en: 'You belong to no organisation. Nothing was changed. Ask an administrator for an invitation, or make an organisation.',
    'zh-CN': '您不属于任何组织，没有任何改动。请向管理员申请邀请，或新建组织。',
  },
  noSuchMember: {
    en: 'There is no such member in this organisation. Nothing was changed. Go back to the list of members.',
    'zh-CN': '本组织中没有这位成员，没有任何改动。请返回成员列表。',
  },
  lastOwner: {
    en: 'This is the last owner; without one nobody could manage the organisation. Nothing was changed. Make somebody else an owner first.',
    'zh-CN': '这是最后一位所有者，移除后将无人能管理该组织，没有任何改动。请先将其他成员设为所有者。',
  },
  ownersOnly: {
    en: 'Only owners add, change or remove owners. Nothing was changed. Ask an owner.',
    'zh-CN': '只有所有者才能添加、变更或移除所有者，没有任何改动。请联系所有者。',
  },
  alreadyMember: (email: string) => ({
    en: `${email} belongs to this organisation already. Nothing was sent. Change the role in the list of members.`,
    'zh-CN': `${email} 已是本组织成员，未发送邀请。如需变更角色，请在成员列表中操作。`,
  }),
  alreadyInvited: (email: string) => ({
    en: `${email} has an open invitation. Nothing was sent. Revoke that one first to send another.`,
    'zh-CN': `${email} 已有未接受的邀请，未再次发送。如需重发，请先撤销原邀请。`,
  }),
  noSuchInvitation: {
    en: 'There is no such open invitation in this organisation. Nothing was changed. Go back to the list.',
    'zh-CN': '本组织中没有这个待接受的邀请，没有任何改动。请返回列表。',
  },
  invitationDead: {
    en: 'This invitation was used, revoked or is older than seven days. Nothing was changed. Ask for a new one.',
    'zh-CN': '该邀请已被使用、已撤销或已超过七天，没有任何改动。请对方重新发送邀请。',
  },
  invitationSignIn: (email: string) => ({
    en: `${email} has an account. Nothing was changed. Sign in with it, then open the invitation again.`,
    'zh-CN': `${email} 已有账户，没有任何改动。请先登录该账户，再打开邀请链接。`,
  }),
  invitationOther: (email: string) => ({
    en: `This invitation is for ${email}, and you are signed in with another address. Nothing was changed. Sign out, then open it again.`,
    'zh-CN': `该邀请发给 ${email}，而您当前登录的是其他账户，没有任何改动。请退出登录后重新打开。`,
  }),
  noSuchKey: {
    en: 'There is no such API key in this organisation. Nothing was changed. Go back to the list of keys.',
    'zh-CN': '本组织中没有这个 API 密钥，没有任何改动。请返回密钥列表。',
  },
} satisfies Texts;
