import type { NameOrganisation, Organisation } from '#src/identity/contract/organisations.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { getOrganisation } from './queries.ts';

/** Gives the organisation another name. */
export async function renameOrganisation(ctx: Context, input: NameOrganisation): Promise<Organisation> {
  requirePermission(ctx, 'identity.organisation.update');
  return inTransaction(ctx, async (tx) => {
    const before = await getOrganisation(tx);
    await tx.db
      .updateTable('identity.organisation')
      .set({ name: input.name })
      .where('id', '=', tx.actor.orgId)
      .execute();
    await audit(tx, 'identity.organisation.update', before.id, { before: before.name, after: input.name });
    return getOrganisation(tx);
  });
}
