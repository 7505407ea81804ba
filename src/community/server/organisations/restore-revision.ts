import type { Organisation } from '#src/community/contract/organisations.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { sql } from 'kysely';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { indexDocument } from '../search/index-document.ts';
import { findOrganisation, getOrganisation, isBound } from './queries.ts';
import { writeRevision } from './write-revision.ts';

/**
 * Makes an earlier revision of an organisation's page the newest, as a revision of its own: managers do it for their
 * own, those who verify for all others.
 */
export async function restoreRevision(ctx: Context, slug: string, number: number): Promise<Organisation> {
  return inTransaction(ctx, async (tx) => {
    const member = await requireMember(tx);
    const organisation = await findOrganisation(tx, slug);
    if (!organisation) throw new AppError('not_found', organisationText.noSuch);
    if (!organisation.isManager) {
      await requireStaff(tx, 'community.organisation.verify');
      if (await isBound(tx, organisation.id, member.id))
        throw new AppError('conflict', organisationText.ownOrganisation);
    }
    const wished = await tx.db
      .selectFrom('community.organisation_revision')
      .select(['name', 'kind', 'website', 'country', 'size', 'industry', 'about_markdown'])
      .where('organisation_id', '=', organisation.id)
      .where('number', '=', number)
      .executeTakeFirst();
    if (!wished) throw new AppError('not_found', organisationText.noSuchRevision);
    await tx.db
      .updateTable('community.organisation')
      .set({
        ...wished,
        about_html: renderMarkdown(wished.about_markdown).html,
        revision: sql<number>`revision + 1`,
      })
      .where('id', '=', organisation.id)
      .execute();
    await writeRevision(tx, organisation.id, member.id, organisationText.restoredNote(number)[tx.locale]);
    await audit(tx, 'community.organisation.restore-revision', organisation.id, { number });
    await indexDocument(tx, 'organisation', organisation.id);
    return getOrganisation(tx, slug);
  });
}
