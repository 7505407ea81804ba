import type { Context } from '#src/platform/server/context.ts';
import { publishPost, unpublishPost } from '../posts/publish-post.ts';
import { indexThread } from '../search/index-post.ts';
import type { Subject } from './find-subject.ts';

type Shown = 'published' | 'pending' | 'hidden' | 'removed';

/** Gives a post or comment another state, in the caller's transaction, with all that counts and finds it. */
export async function showWriting(
  tx: Context,
  subject: Pick<Subject, 'kind' | 'postId' | 'commentId'>,
  state: Shown,
): Promise<void> {
  if (subject.commentId !== null) {
    await tx.db.updateTable('community.comment').set({ state }).where('id', '=', subject.commentId).execute();
    return;
  }
  if (subject.postId === null) return;
  if (state === 'published') await publishPost(tx, subject.postId);
  else await unpublishPost(tx, subject.postId, state);
  // With a question its answers come and go.
  if (subject.kind === 'question') await indexThread(tx, subject.postId);
}
