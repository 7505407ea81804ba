import type { Context } from '#src/platform/server/context.ts';
import { shareWeights } from '../points/lock-members.ts';

/** Says of a post what it is about, in the caller's transaction. */
export async function addTags(tx: Context, postId: number, tags: readonly { id: number }[]): Promise<void> {
  if (tags.length === 0) return;
  await shareWeights(tx);
  await tx.db
    .insertInto('community.post_tag')
    .values(tags.map(({ id }) => ({ post_id: postId, tag_id: id })))
    .execute();
}
