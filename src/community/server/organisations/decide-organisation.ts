import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { organisationPath } from '#src/community/contract/addresses.ts';
import type { Organisation } from '#src/community/contract/organisations.ts';
import { organisationNoticeText, organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { indexDocument } from '../search/index-document.ts';
import { findOrganisation, findReader, getOrganisation, isBound } from './queries.ts';
import { tellManagers } from './tell-managers.ts';

export type Decision = { isVerified: true } | { isVerified: false; reason: string };

/**
 * Says that an organisation is what it says it is, so that everybody sees it, or refuses it with a reason that its managers
 * read. Never by its own people, and once.
 */
export async function decideOrganisation(
  ctx: Context,
  slug: string,
  decision: Decision,
): Promise<Organisation> {
  await requireStaff(ctx, 'community.organisation.verify');
  return inTransaction(ctx, async (tx) => {
    const organisation = await findOrganisation(tx, slug);
    if (!organisation) throw new AppError('not_found', organisationText.noSuch);
    const decider = await findReader(tx);
    if (decider && (await isBound(tx, organisation.id, decider.id)))
      throw new AppError('conflict', organisationText.ownOrganisation);
    const decided = await tx.db
      .updateTable('community.organisation')
      .set(
        decision.isVerified
          ? {
              state: 'verified',
              verified_at: sql<Date>`now()`,
              verified_by: decider?.id ?? null,
              confirmed_at: sql<Date>`now()`,
            }
          : { state: 'refused', refused_reason: decision.reason },
      )
      .where('id', '=', organisation.id)
      .where('state', '=', 'pending')
      .returning('id')
      .executeTakeFirst();
    if (!decided) throw new AppError('conflict', organisationText.notWaiting);
    await tellManagers(tx, organisation.id, {
      kind: decision.isVerified ? 'organisation-verified' : 'organisation-refused',
      key: `organisation-decided:${organisation.id}:${randomUUID()}`,
      actorId: decider?.id ?? null,
      payload: {
        href: organisationPath(slug),
        title: organisation.name,
        words: decision.isVerified ? organisationNoticeText.verified : organisationNoticeText.refused,
        ...(!decision.isVerified && { excerpt: decision.reason.slice(0, 300) }),
      },
    });
    await indexDocument(tx, 'organisation', organisation.id);
    await audit(tx, 'community.organisation.decide', organisation.id, { slug, ...decision });
    return getOrganisation(tx, slug);
  });
}
