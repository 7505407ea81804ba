import type { Texts } from '#src/platform/contract/i18n.ts';

/** What the command line says about organisations, members and API keys. */
export const cliIdentityText = {
  orgList: { en: 'List the organisations you belong to', 'zh-CN': '列出您所在的组织' },
  orgShow: { en: 'Show the organisation acted for', 'zh-CN': '显示当前组织' },
  orgCreate: { en: 'Make an organisation of your own', 'zh-CN': '创建组织' },
  orgRename: { en: 'Rename the organisation acted for', 'zh-CN': '重命名当前组织' },
  memberList: { en: 'List members of the organisation', 'zh-CN': '列出组织成员' },
  memberInvite: { en: 'Invite somebody by mail', 'zh-CN': '通过邮件邀请成员' },
  memberSetRole: { en: 'Give a member another role', 'zh-CN': '修改成员角色' },
  memberRemove: { en: 'Remove a member from the organisation', 'zh-CN': '移除组织成员' },
  memberInvitations: { en: 'List open invitations', 'zh-CN': '列出未接受的邀请' },
  memberUninvite: { en: 'Take an invitation back', 'zh-CN': '撤回邀请' },
  keyList: { en: 'List API keys of the organisation', 'zh-CN': '列出组织的 API 密钥' },
  keyCreate: { en: 'Make an API key; it is printed once', 'zh-CN': '创建 API 密钥，仅输出一次' },
  keyCreateDetail: {
    en: 'A key never may more than you may. Scopes are permissions or patterns: fleet.cluster.read, fleet.*.read, fleet.*',
    'zh-CN': '密钥的权限不会超过您本人。范围可以是权限或通配：fleet.cluster.read、fleet.*.read、fleet.*',
  },
  keyRevoke: { en: 'Revoke an API key at once', 'zh-CN': '立即吊销 API 密钥' },

  orgName: { en: 'Name of the organisation', 'zh-CN': '组织名称' },
  emailArgument: { en: 'E-mail address', 'zh-CN': '电子邮箱' },
  memberArgument: { en: 'E-mail address or account id of the member', 'zh-CN': '成员的电子邮箱或账户 ID' },
  roleArgument: {
    en: 'owner, admin, operator, developer or viewer',
    'zh-CN': '角色：owner、admin、operator、developer 或 viewer',
  },
  invitationArgument: { en: 'Id or address of the invitation', 'zh-CN': '邀请的 ID 或邮箱' },
  keyName: { en: 'Name by which you will know the key', 'zh-CN': '密钥名称，便于识别' },
  keyArgument: { en: 'Id, first characters or name of the key', 'zh-CN': '密钥的 ID、前缀或名称' },
  optionRole: { en: 'What they may do; otherwise viewer.', 'zh-CN': '成员角色，默认 viewer。' },
  optionScope: {
    en: 'A permission or pattern it has; once for each.',
    'zh-CN': '授予的权限或通配，可多次指定。',
  },
  optionDays: { en: 'Days until it ends; otherwise 365.', 'zh-CN': '有效天数，默认 365。' },
  optionNoEnd: { en: 'It ends only when it is revoked.', 'zh-CN': '长期有效，直到被吊销。' },
  scopeMissing: {
    en: 'Say what the key may do, as in --scope fleet.*.read (once for each).',
    'zh-CN': '请指定密钥的权限，例如 --scope fleet.*.read（可多次指定）。',
  },
  unknownRole: (typed: string, known: string) => ({
    en: `There is no role "${typed}": take one of ${known}.`,
    'zh-CN': `没有角色“${typed}”，可选：${known}。`,
  }),
  noSuchMember: (typed: string) => ({
    en: `Nobody with the address "${typed}" is in this organisation. See: elepherd member list`,
    'zh-CN': `本组织中没有邮箱为“${typed}”的成员。请查看：elepherd member list`,
  }),
  noSuchInvitation: (typed: string) => ({
    en: `There is no open invitation for "${typed}". See: elepherd member invitations`,
    'zh-CN': `没有发给“${typed}”的有效邀请。请查看：elepherd member invitations`,
  }),
  noSuchKey: (typed: string) => ({
    en: `There is no single living key "${typed}". See: elepherd key list`,
    'zh-CN': `没有唯一匹配“${typed}”的有效密钥。请查看：elepherd key list`,
  }),

  invited: (address: string) => ({
    en: `Invited ${address}; the link goes to that mailbox only.`,
    'zh-CN': `已邀请 ${address}，链接仅发送到该邮箱。`,
  }),
  uninvited: (address: string) => ({
    en: `The invitation of ${address} is taken back.`,
    'zh-CN': `已撤回发给 ${address} 的邀请。`,
  }),
  roleChanged: (address: string, role: string) => ({
    en: `${address} is ${role} now.`,
    'zh-CN': `${address} 的角色已改为 ${role}。`,
  }),
  willRemove: (address: string) => ({
    en: `${address} leaves the organisation, and the keys they made stop working.`,
    'zh-CN': `${address} 将被移出组织，其创建的密钥随之失效。`,
  }),
  memberGone: (address: string) => ({ en: `${address} is removed.`, 'zh-CN': `已移除 ${address}。` }),
  keyMade: (name: string) => ({
    en: `Key ${name}, shown this once:`,
    'zh-CN': `密钥 ${name}（仅显示一次）：`,
  }),
  willRevoke: (name: string) => ({
    en: `Programs that use the key ${name} are refused from now on.`,
    'zh-CN': `使用密钥 ${name} 的程序将立即被拒绝。`,
  }),
  revoked: (name: string) => ({ en: `Key ${name} is revoked.`, 'zh-CN': `密钥 ${name} 已吊销。` }),
  renamed: (name: string) => ({
    en: `The organisation is called ${name} now.`,
    'zh-CN': `组织已更名为 ${name}。`,
  }),
  made: (name: string) => ({ en: `Organisation ${name} is made.`, 'zh-CN': `组织 ${name} 已创建。` }),

  name: { en: 'Name', 'zh-CN': '名称' },
  id: { en: 'ID', 'zh-CN': 'ID' },
  role: { en: 'Role', 'zh-CN': '角色' },
  email: { en: 'E-mail', 'zh-CN': '邮箱' },
  secondFactor: { en: 'Second factor', 'zh-CN': '两步验证' },
  joined: { en: 'Joined', 'zh-CN': '加入时间' },
  created: { en: 'Created', 'zh-CN': '创建时间' },
  ends: { en: 'Ends', 'zh-CN': '到期' },
  lastUsed: { en: 'Last used', 'zh-CN': '最近使用' },
  scopes: { en: 'Scopes', 'zh-CN': '范围' },
  begins: { en: 'Begins with', 'zh-CN': '前缀' },
  state: { en: 'State', 'zh-CN': '状态' },
  by: { en: 'By', 'zh-CN': '创建人' },
  alive: { en: 'in force', 'zh-CN': '有效' },
  over: { en: 'ended', 'zh-CN': '已过期' },
  wasRevoked: { en: 'revoked', 'zh-CN': '已吊销' },
  none: { en: 'None.', 'zh-CN': '无。' },
} satisfies Texts;
