import type { Context } from '#src/platform/server/context.ts';
import { unpublishPost } from '../posts/publish-post.ts';

/**
 * Before an article gets other words: a case study that was approved is so no more, and goes out of public view, in the
 * caller's transaction. Every other post stays as it is. Answers whether it was held.
 */
export async function holdCaseStudy(tx: Context, postId: number): Promise<boolean> {
  const held = await tx.db
    .updateTable('community.case_study')
    .set({ approved_revision: null, approved_by: null, approved_at: null })
    .where('post_id', '=', postId)
    .where('approved_at', 'is not', null)
    .returning('post_id')
    .executeTakeFirst();
  if (!held) return false;
  const { state } = await tx.db
    .selectFrom('community.post')
    .select('state')
    .where('id', '=', postId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // What moderators hid stays hidden.
  if (state === 'published' || state === 'pending') await unpublishPost(tx, postId, 'draft');
  return true;
}
