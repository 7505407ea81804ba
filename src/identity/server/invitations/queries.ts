import { sql } from 'kysely';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { Invitation, OpenInvitation } from '#src/identity/contract/organisations.ts';
import { Role } from '#src/identity/contract/roles.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findAccountByEmail } from '../sign-in/queries.ts';

/** Invitations of the organisation that can still be accepted, newest first. */
export async function listInvitations({ db, actor }: Context): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('identity.invitation as i')
    .leftJoin('identity.account as a', 'a.id', 'i.invited_by')
    .select([
      'i.id',
      'i.email',
      'i.role',
      'a.name as invitedBy',
      'i.created_at as createdAt',
      'i.expires_at as expiresAt',
    ])
    .where('i.org_id', '=', actor.orgId)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', sql<Date>`now()`)
    .orderBy('i.created_at', 'desc')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    ...row,
    role: Role.parse(row.role),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** What the holder of an invitation's link may know. Refuses a link that is used, revoked, over or not ours. */
export async function getOpenInvitation(db: Db, tokenHash: Buffer): Promise<OpenInvitation> {
  const row = await db
    .selectFrom('identity.invitation as i')
    .innerJoin('identity.organisation as o', 'o.id', 'i.org_id')
    .select(['o.name as organisation', 'i.email', 'i.role'])
    .where('i.token_hash', '=', tokenHash)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', organisationText.invitationDead);
  const account = await findAccountByEmail(db, row.email);
  return { ...row, role: Role.parse(row.role), hasAccount: account !== undefined };
}
