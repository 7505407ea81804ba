import { sql } from 'kysely';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireManager } from './require-manager.ts';

/** Says that the page of an organisation is still right: it is in the lists for another twelve months. Only for managers. */
export async function confirmOrganisation(ctx: Context, slug: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row says when
    const { organisation } = await requireManager(tx, slug);
    await tx.db
      .updateTable('community.organisation')
      .set({ confirmed_at: sql<Date>`now()`, flagged_at: null })
      .where('id', '=', organisation.id)
      .execute();
  });
}
