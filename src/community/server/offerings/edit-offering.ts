import { sql } from 'kysely';
import type { z } from 'zod';
import type { OfferingKind, Product, Service } from '#src/community/contract/offerings.ts';
import { offeringText } from '#src/community/contract/offerings.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { indexDocument } from '../search/index-document.ts';
import { requireOffering } from './require-offering.ts';
import { wordsOf } from './rules.ts';

/**
 * Wishes other words for a product or service: a revision that waits for review, in the place of one that waited. What is
 * shown stays as it is until then. Only for managers.
 */
export async function editOffering(
  ctx: Context,
  id: number,
  kind: OfferingKind,
  given: z.input<typeof Product> | z.input<typeof Service>,
): Promise<void> {
  const { product, service } = wordsOf(kind, given);
  await inTransaction(ctx, async (tx) => {
    // not audited: the revisions are the trace
    const { member, offering } = await requireOffering(tx, id);
    if (offering.kind !== kind) throw new AppError('conflict', offeringText.otherKind);
    await tx.db
      .updateTable('community.offering_revision')
      .set({ state: 'replaced' })
      .where('offering_id', '=', id)
      .where('state', '=', 'pending')
      .execute();
    await sql`insert into community.offering_revision (offering_id, number, content, editor_id)
      select ${id}, coalesce(max(number), 0) + 1, ${JSON.stringify(product ?? service)}::jsonb, ${member.id}
      from community.offering_revision where offering_id = ${id}`.execute(tx.db);
    await tx.db
      .updateTable('community.offering')
      .set({ is_withdrawn: false, confirmed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await indexDocument(tx, 'offering', id);
  });
}
