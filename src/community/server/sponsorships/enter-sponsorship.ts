import { organisationText } from '#src/community/contract/organisations.text.ts';
import { EnterSponsorship, OrganisationLevels } from '#src/community/contract/sponsorships.ts';
import { sponsorshipText } from '#src/community/contract/sponsorships.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findOrganisation, findReader } from '../organisations/queries.ts';
import { findSetting } from '../settings/queries.ts';

/** Enters what an organisation paid as a sponsor, with what it is worth in the currency of levels on the day of the payment. */
export async function enterSponsorship(
  ctx: Context,
  slug: string,
  given: EnterSponsorship,
): Promise<{ id: number }> {
  await requireStaff(ctx, 'community.sponsorship.enter');
  const wish = EnterSponsorship.parse(given);
  return inTransaction(ctx, async (tx) => {
    const organisation = await findOrganisation(tx, slug);
    if (!organisation) throw new AppError('not_found', organisationText.noSuch);
    if (organisation.state !== 'verified') throw new AppError('conflict', organisationText.isClosed);
    const { currency } = await findSetting(tx.db, 'organisation-levels', OrganisationLevels);
    if (wish.currency !== currency && wish.countedMinor === null)
      throw new AppError('conflict', sponsorshipText.needsRate(currency));
    if (wish.currency === currency && wish.countedMinor !== null && wish.countedMinor !== wish.amountMinor)
      throw new AppError('conflict', sponsorshipText.sameCurrency(currency));
    const made = await tx.db
      .insertInto('community.sponsorship')
      .values({
        organisation_id: organisation.id,
        year: wish.year,
        amount_minor: wish.amountMinor,
        currency: wish.currency,
        counted_minor: wish.countedMinor ?? wish.amountMinor,
        counted_in: currency,
        paid_on: wish.paidOn,
        note: wish.note,
        entered_by: (await findReader(tx))?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.sponsorship.enter', organisation.id, { ...wish, id: made.id });
    return made;
  });
}
