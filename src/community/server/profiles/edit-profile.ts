import type { EditProfile, OwnProfile } from '#src/community/contract/members.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { indexDocument } from '../search/index-document.ts';
import { getOwnProfile } from './queries.ts';

/** Changes what one's own page says. Roles and skills stand once each. */
export async function editProfile(ctx: Context, input: EditProfile): Promise<OwnProfile> {
  const member = await requireWriter(ctx);
  const { html } = renderMarkdown(input.about);
  return inTransaction(ctx, async (tx) => {
    // not audited: one's own words about oneself
    await tx.db
      .updateTable('community.member')
      .set({
        name: input.name,
        headline: input.headline,
        about_markdown: input.about,
        about_html: html,
        location: input.location,
        website: input.website,
        roles: [...new Set(input.roles)],
        skills: [...new Set(input.skills)],
        industry: input.industry,
      })
      .where('id', '=', member.id)
      .execute();
    await indexDocument(tx, 'member', member.id);
    return getOwnProfile(tx);
  });
}
