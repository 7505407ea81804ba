import { sql } from 'kysely';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** Makes the link of an open invitation worthless. */
export async function revokeInvitation(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'identity.member.invite');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .updateTable('identity.invitation')
      .set({ revoked_at: sql`now()` })
      .where('id', '=', id)
      .where('org_id', '=', tx.actor.orgId)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('email')
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', organisationText.noSuchInvitation);
    await audit(tx, 'identity.invitation.revoke', id, { email: row.email });
  });
}
