import { z } from 'zod';
import { email, line, password } from '#src/platform/contract/text.ts';
import { Role, Scope } from './roles.ts';
import { LinkToken } from './sign-in.ts';

export const Organisation = z.object({
  id: z.uuid(),
  name: z.string().max(100),
  createdAt: z.iso.datetime(),
});
export type Organisation = z.infer<typeof Organisation>;

/** An organisation of mine, with what I am there. */
export const OwnOrganisation = Organisation.extend({ role: Role });
export type OwnOrganisation = z.infer<typeof OwnOrganisation>;

export const NameOrganisation = z.object({ name: line(100) });
export type NameOrganisation = z.infer<typeof NameOrganisation>;

export const Member = z.object({
  accountId: z.uuid(),
  name: z.string().max(200),
  email: z.string().max(254),
  role: Role,
  secondFactor: z.boolean(),
  joinedAt: z.iso.datetime(),
});
export type Member = z.infer<typeof Member>;

export const ChangeRole = z.object({ role: Role });

export const Invitation = z.object({
  id: z.uuid(),
  email: z.string().max(254),
  role: Role,
  invitedBy: z.string().max(200).nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof Invitation>;

export const InviteMember = z.object({ email, role: Role });
export type InviteMember = z.infer<typeof InviteMember>;

export const InvitationToken = z.object({ token: LinkToken });

/** What the reader of an invitation sees before accepting. */
export const OpenInvitation = z.object({
  organisation: z.string().max(100),
  email: z.string().max(254),
  role: Role,
  /** Whether somebody has an account of this address: then they sign in; otherwise they choose a name and a password. */
  hasAccount: z.boolean(),
});
export type OpenInvitation = z.infer<typeof OpenInvitation>;

export const AcceptInvitation = z.object({
  token: LinkToken,
  /** Name and password of a new account; left out by somebody who is signed in. */
  account: z.object({ name: line(200), password }).optional(),
});
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string().max(100),
  prefix: z.string().max(40),
  scopes: z.array(z.string().max(120)),
  createdBy: z.string().max(200),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateKey = z.object({
  name: line(100),
  scopes: z.array(Scope).min(1).max(200),
  /** Days until it ends; null for a key that ends only when it is revoked. */
  daysValid: z.number().int().min(1).max(3650).nullable(),
});
export type CreateKey = z.infer<typeof CreateKey>;

/** A new key with its token, which is shown this once. */
export const NewKey = ApiKey.extend({ token: z.string().max(200) });
export type NewKey = z.infer<typeof NewKey>;
