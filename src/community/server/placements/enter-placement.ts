import { organisationText } from '#src/community/contract/organisations.text.ts';
import { EnterPlacement } from '#src/community/contract/placements.ts';
import { placementText } from '#src/community/contract/placements.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findOrganisation, findReader } from '../organisations/queries.ts';

/** Enters into the ledger of a media partner what one published for the other, at its value. */
export async function enterPlacement(
  ctx: Context,
  slug: string,
  given: EnterPlacement,
): Promise<{ id: number }> {
  await requireStaff(ctx, 'community.placement.enter');
  const wish = EnterPlacement.parse(given);
  return inTransaction(ctx, async (tx) => {
    const organisation = await findOrganisation(tx, slug);
    if (!organisation) throw new AppError('not_found', organisationText.noSuch);
    if (organisation.kind !== 'media-partner') throw new AppError('conflict', placementText.notMedia);
    if (organisation.state !== 'verified') throw new AppError('conflict', organisationText.isClosed);
    const { valueMinor, ...rest } = wish;
    const made = await tx.db
      .insertInto('community.placement')
      .values({
        ...rest,
        organisation_id: organisation.id,
        value_minor: valueMinor,
        entered_by: (await findReader(tx))?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.placement.enter', organisation.id, { ...wish, id: made.id });
    return made;
  });
}
