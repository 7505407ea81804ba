import { organisationText } from '#src/community/contract/organisations.text.ts';
import { sponsorshipText } from '#src/community/contract/sponsorships.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findOrganisation, findReader } from '../organisations/queries.ts';

/** Takes a payment back by an entry of its own, once: it was wrong, or was paid back. */
export async function reverseSponsorship(ctx: Context, slug: string, id: number): Promise<{ id: number }> {
  await requireStaff(ctx, 'community.sponsorship.enter');
  return inTransaction(ctx, async (tx) => {
    const organisation = await findOrganisation(tx, slug);
    if (!organisation) throw new AppError('not_found', organisationText.noSuch);
    const reader = await findReader(tx);
    const columns = ['organisation_id', 'year', 'amount_minor', 'currency'] as const;
    const payment = await tx.db
      .selectFrom('community.sponsorship')
      .select([...columns, 'counted_minor', 'counted_in', 'paid_on', 'note', 'reverses'])
      .where('id', '=', id)
      .where('organisation_id', '=', organisation.id)
      .executeTakeFirst();
    if (!payment) throw new AppError('not_found', sponsorshipText.noSuch);
    const made =
      payment.reverses === null
        ? await tx.db
            .insertInto('community.sponsorship')
            .values({ ...payment, entered_by: reader?.id ?? null, reverses: id })
            .onConflict((oc) => oc.column('reverses').doNothing())
            .returning('id')
            .executeTakeFirst()
        : undefined;
    if (!made) throw new AppError('conflict', sponsorshipText.reversedAlready);
    await audit(tx, 'community.sponsorship.reverse', organisation.id, { id, by: made.id });
    return made;
  });
}
