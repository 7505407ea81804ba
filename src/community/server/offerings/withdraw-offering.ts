import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { indexDocument } from '../search/index-document.ts';
import { requireOffering } from './require-offering.ts';

/** Takes a product or service out of the lists; editing it brings it back. Only for managers. */
export async function withdrawOffering(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row says so, and nothing is lost
    await requireOffering(tx, id);
    await tx.db.updateTable('community.offering').set({ is_withdrawn: true }).where('id', '=', id).execute();
    await indexDocument(tx, 'offering', id);
  });
}
