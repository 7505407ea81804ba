import { sql } from 'kysely';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { indexDocument } from '../search/index-document.ts';
import { requireOffering } from './require-offering.ts';

/** Says that what is shown of a product or service is still right: it is in the lists for another twelve months. */
export async function confirmOffering(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row says when
    await requireOffering(tx, id);
    await tx.db
      .updateTable('community.offering')
      .set({ confirmed_at: sql<Date>`now()`, is_withdrawn: false })
      .where('id', '=', id)
      .execute();
    await indexDocument(tx, 'offering', id);
  });
}
