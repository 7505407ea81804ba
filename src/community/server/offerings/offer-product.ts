import type { z } from 'zod';
import { OfferProduct, type OfferService } from '#src/community/contract/offerings.ts';
import { offeringText } from '#src/community/contract/offerings.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireManager } from '../organisations/require-manager.ts';
import { filtersOf, maxOfferings, wordsOf } from './rules.ts';

/** Lists a product of an organisation; it is shown once it was reviewed. Only for managers. */
export async function offerProduct(
  ctx: Context,
  given: z.input<typeof OfferProduct>,
): Promise<{ id: number }> {
  const { organisation, ...content } = OfferProduct.parse(given);
  return offer(ctx, organisation, 'product', content);
}

/** Lists a new product or service with its first revision, which waits for review. */
export async function offer(
  ctx: Context,
  slug: string,
  kind: 'product' | 'service',
  content: Omit<z.infer<typeof OfferProduct> | z.infer<typeof OfferService>, 'organisation'>,
): Promise<{ id: number }> {
  return inTransaction(ctx, async (tx) => {
    // not audited: the revisions are the trace
    const { member, organisation } = await requireManager(tx, slug);
    const { count } = await tx.db
      .selectFrom('community.offering')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('organisation_id', '=', organisation.id)
      .where('is_withdrawn', '=', false)
      .executeTakeFirstOrThrow();
    if (count >= maxOfferings) throw new AppError('conflict', offeringText.tooMany(maxOfferings));
    const made = await tx.db
      .insertInto('community.offering')
      .values({
        organisation_id: organisation.id,
        kind,
        created_by: member.id,
        ...filtersOf(wordsOf(kind, content)),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.db
      .insertInto('community.offering_revision')
      .values({ offering_id: made.id, number: 1, content: JSON.stringify(content), editor_id: member.id })
      .execute();
    return made;
  });
}
