import { sql } from 'kysely';
import { offeringText } from '#src/community/contract/offerings.text.ts';
import { organisationNoticeText, organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader, isBound } from '../organisations/queries.ts';
import { tellManagers } from '../organisations/tell-managers.ts';
import { indexDocument } from '../search/index-document.ts';
import { filtersOf, wordsOf } from './rules.ts';

export type Review = { number: number; reason: string | null };

/**
 * Shows a revision of a product or service to everybody, or with a reason refuses it: what was shown before then stays. Never
 * by people of that organisation, and only the revision that waits.
 */
export async function reviewOffering(ctx: Context, id: number, { number, reason }: Review): Promise<void> {
  await requireStaff(ctx, 'community.organisation.verify');
  await inTransaction(ctx, async (tx) => {
    const offering = await tx.db
      .selectFrom('community.offering')
      .select(['kind', 'organisation_id as organisationId'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!offering) throw new AppError('not_found', offeringText.noSuch);
    const { kind, organisationId } = offering;
    const reviewer = await findReader(tx);
    if (reviewer && (await isBound(tx, organisationId, reviewer.id)))
      throw new AppError('conflict', organisationText.ownOrganisation);
    const decided = await tx.db
      .updateTable('community.offering_revision')
      .set({
        state: reason === null ? 'approved' : 'refused',
        refused_reason: reason,
        reviewed_by: reviewer?.id ?? null,
        reviewed_at: sql<Date>`now()`,
      })
      .where('offering_id', '=', id)
      .where('number', '=', number)
      .where('state', '=', 'pending')
      .returning('content')
      .executeTakeFirst();
    if (!decided) throw new AppError('conflict', offeringText.decidedMeanwhile);
    const words = wordsOf(kind, decided.content);
    if (reason === null) {
      await tx.db
        .updateTable('community.offering')
        .set({ shown_revision: number, ...filtersOf(words) })
        .where('id', '=', id)
        .execute();
      await indexDocument(tx, 'offering', id);
    }
    await tellManagers(tx, organisationId, {
      kind: reason === null ? 'offering-approved' : 'offering-refused',
      key: `offering-reviewed:${id}:${number}`,
      actorId: reviewer?.id ?? null,
      payload: {
        href: `/${kind}s/${id}`,
        words:
          reason === null ? organisationNoticeText.offeringApproved : organisationNoticeText.offeringRefused,
        title: (words.product ?? words.service)?.name ?? '',
        ...(reason !== null && { excerpt: reason.slice(0, 300) }),
      },
    });
    await audit(tx, 'community.offering.review', null, { id, number, reason });
  });
}
