import { sql } from 'kysely';
import { EditOrganisation } from '#src/community/contract/organisations.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { indexDocument } from '../search/index-document.ts';
import { requireManager } from './require-manager.ts';
import { writeRevision } from './write-revision.ts';

/** Gives the page of an organisation other words, as its next revision; that is a confirmation, too. Only for managers. */
export async function editOrganisation(ctx: Context, slug: string, given: EditOrganisation): Promise<void> {
  const wish = EditOrganisation.parse(given);
  await inTransaction(ctx, async (tx) => {
    // not audited: the revisions are the trace
    const { member, organisation } = await requireManager(tx, slug);
    await tx.db
      .updateTable('community.organisation')
      .set({
        name: wish.name,
        kind: wish.kind,
        website: wish.website,
        country: wish.country,
        ...(wish.size !== undefined && { size: wish.size }),
        ...(wish.industry !== undefined && { industry: wish.industry }),
        about_markdown: wish.about,
        about_html: renderMarkdown(wish.about).html,
        revision: sql<number>`revision + 1`,
        confirmed_at: sql<Date>`now()`,
        flagged_at: null,
        // Who was refused and says it better is looked at again.
        ...(organisation.state === 'refused' && { state: 'pending', refused_reason: null }),
      })
      .where('id', '=', organisation.id)
      .execute();
    await writeRevision(tx, organisation.id, member.id, wish.note);
    await indexDocument(tx, 'organisation', organisation.id);
  });
}
