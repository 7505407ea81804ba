import { sql } from 'kysely';
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
  if (subject.commentId !== null) return showComment(tx, subject.commentId, state);
  if (subject.postId === null) return;
  if (state === 'published') await publishPost(tx, subject.postId);
  else await unpublishPost(tx, subject.postId, state);
  // With a question its answers come and go.
  if (subject.kind === 'question') await indexThread(tx, subject.postId);
}

async function showComment(tx: Context, commentId: number, state: Shown): Promise<void> {
  const before = await tx.db
    .selectFrom('community.comment')
    .select(['state', 'post_id as postId'])
    .where('id', '=', commentId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (before.state === state) return;
  await tx.db.updateTable('community.comment').set({ state }).where('id', '=', commentId).execute();
  const step = Number(state === 'published') - Number(before.state === 'published');
  if (step === 0) return;
  await tx.db
    .updateTable('community.post')
    .set({ comment_count: sql<number>`comment_count + ${step}` })
    .where('id', '=', before.postId)
    .execute();
}
