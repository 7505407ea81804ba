import { CorrectEdition, type Edition } from '#src/community/contract/newsletters.ts';
import { newsletterText } from '#src/community/contract/newsletters.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { getEdition } from './queries.ts';

/** Puts something right about an edition that was sent: it stands below it with its date, and nothing above it changes. Only for editors. */
export async function correctEdition(ctx: Context, id: number, given: CorrectEdition): Promise<Edition> {
  const { markdown } = CorrectEdition.parse(given);
  await requireStaff(ctx, 'community.post.edit');
  const editor = await requireMember(ctx);
  const { html } = renderMarkdown(markdown);
  return inTransaction(ctx, async (tx) => {
    const edition = await tx.db
      .selectFrom('community.newsletter_edition')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst();
    if (!edition) throw new AppError('not_found', newsletterText.noSuch);
    await tx.db
      .insertInto('community.newsletter_correction')
      .values({ edition_id: id, author_id: editor.id, markdown, html })
      .execute();
    await audit(tx, 'community.newsletter.correct', String(id));
    return getEdition(tx, id);
  });
}
