import { sql } from 'kysely';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** Makes an API key worthless, on every server at once. */
export async function revokeKey(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'identity.key.revoke');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .updateTable('identity.api_key')
      .set({ revoked_at: sql`now()` })
      .where('id', '=', id)
      .where('org_id', '=', tx.actor.orgId)
      .where('revoked_at', 'is', null)
      .returning('name')
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', organisationText.noSuchKey);
    await audit(tx, 'identity.key.revoke', id, { name: row.name });
  });
}
