import type { Context } from '#src/platform/server/context.ts';
import { indexDocument } from '../search/index-document.ts';

/** Takes what a member says of themselves off their profile, in the caller's transaction; answers what stood there. */
export async function blankProfile(tx: Context, memberId: string) {
  const before = await tx.db
    .selectFrom('community.member')
    .select(['headline', 'about_markdown', 'about_html', 'location', 'website', 'avatar_file_id'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  await tx.db
    .updateTable('community.member')
    .set({
      headline: '',
      about_markdown: '',
      about_html: '',
      location: '',
      website: '',
      avatar_file_id: null,
    })
    .where('id', '=', memberId)
    .execute();
  await indexDocument(tx, 'member', memberId);
  return before;
}
