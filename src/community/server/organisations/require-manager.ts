import { organisationText } from '#src/community/contract/organisations.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireWriter } from '../members/require-member.ts';
import { findOrganisation, type OrganisationRow } from './queries.ts';

/**
 * The member who acts and the organisation they manage, its row locked in the caller's transaction. One that the member
 * may not see is not found; one that they see and do not manage is refused, and so is one that was merged.
 */
export async function requireManager(
  tx: Context,
  slug: string,
): Promise<{ member: OwnMember; organisation: OrganisationRow }> {
  const member = await requireWriter(tx);
  await tx.db
    .selectFrom('community.organisation')
    .select('id')
    .where('slug', '=', slug)
    .forUpdate()
    .executeTakeFirst();
  const organisation = await findOrganisation(tx, slug);
  if (!organisation) throw new AppError('not_found', organisationText.noSuch);
  if (!organisation.isManager) throw new AppError('forbidden', organisationText.notManager);
  if (organisation.state === 'merged') throw new AppError('conflict', organisationText.isClosed);
  return { member, organisation };
}
