import type { z } from 'zod';
import { OfferService } from '#src/community/contract/offerings.ts';
import type { Context } from '#src/platform/server/context.ts';
import { offer } from './offer-product.ts';

/** Lists a professional service of an organisation; it is shown once it was reviewed. Only for managers. */
export async function offerService(
  ctx: Context,
  given: z.input<typeof OfferService>,
): Promise<{ id: number }> {
  const { organisation, ...content } = OfferService.parse(given);
  return offer(ctx, organisation, 'service', content);
}
