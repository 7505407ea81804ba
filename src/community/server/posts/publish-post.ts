import { sql } from 'kysely';
import type { PostState } from '#src/community/contract/posts.ts';
import type { Context } from '#src/platform/server/context.ts';
import { stateFact } from '#src/platform/server/events.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { noteRunnables } from '../runs/note-runnables.ts';
import { shareWeights } from '../points/lock-members.ts';
import { restorePoints, withdrawPoints } from '../points/withdraw-points.ts';
import { indexPost, indexThread } from '../search/index-post.ts';

/** A post as it is counted: where it stands decides what counts it. */
export type CountedPost = { id: number; kind: string; parentId: number | null };

/**
 * Shows a post to everybody, in the caller's transaction: its tags and the question it answers count it from now on, and it
 * brings points. Answers whether it was hidden before; twice at once shows it once.
 */
export async function publishPost(tx: Context, postId: number): Promise<boolean> {
  // Shown again by a moderator, a case study that its customer does not stand by waits for them.
  const held = await tx.db
    .updateTable('community.post as p')
    .set({ state: 'draft' })
    .where('p.id', '=', postId)
    .where('p.state', '<>', 'published')
    .where('p.id', 'in', (eb) =>
      eb
        .selectFrom('community.case_study as s')
        .select('s.post_id')
        .where('s.post_id', '=', postId)
        .where(sql<boolean>`s.approved_revision is distinct from p.revision`),
    )
    .returning('p.id')
    .executeTakeFirst();
  if (held) return false;
  const post = await tx.db
    .updateTable('community.post')
    .set({
      state: 'published',
      published_at: sql<Date>`coalesce(published_at, now())`,
      publish_at: null,
      active_at: sql<Date>`now()`,
    })
    .where('id', '=', postId)
    .where('state', '<>', 'published')
    .returning(['id', 'kind', 'parent_id as parentId', 'author_id as authorId', 'markdown'])
    .executeTakeFirst();
  if (!post) return false;
  // Before the tags are locked, as whoever weighs one does it.
  await shareWeights(tx);
  await countPost(tx, post, 1);
  await restorePoints(tx, postId);
  await (post.kind === 'question' ? indexThread : indexPost)(tx, postId);
  const { runnables } = renderMarkdown(post.markdown);
  await noteRunnables(tx, { kind: 'post', id: postId }, post.authorId, runnables);
  return true;
}

/** Takes a post out of public view, in the caller's transaction, and out of what counted it; what it brought goes. Answers whether it was public. */
export async function unpublishPost(
  tx: Context,
  postId: number,
  state: Exclude<PostState, 'published'>,
): Promise<boolean> {
  const before = await tx.db
    .selectFrom('community.post')
    .select(['id', 'kind', 'parent_id as parentId', 'state'])
    .where('id', '=', postId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) return false;
  await tx.db.updateTable('community.post').set({ state }).where('id', '=', postId).execute();
  if (before.state !== 'published') return false;
  await shareWeights(tx);
  await countPost(tx, before, -1);
  await withdrawPoints(tx, postId);
  await indexPost(tx, postId);
  return true;
}

/** Adds a post that has just become public to what counts it, or with -1 takes one away that no longer is. */
export async function countPost(tx: Context, post: CountedPost, step: 1 | -1): Promise<void> {
  if (post.parentId !== null) {
    await tx.db.updateTable('community.post').set(answered(step)).where('id', '=', post.parentId).execute();
    return;
  }
  await countTags(tx, post.id, step);
  await stateFact(tx, step === 1 ? 'community.post-published' : 'community.post-hidden', null, {
    postId: post.id,
    kind: post.kind,
  });
}

/** What a question is set to when an answer to it becomes public, or no longer is. */
export const answered = (step: 1 | -1) => ({
  answer_count: sql<number>`answer_count + ${step}`,
  ...(step === 1 && { active_at: sql<Date>`now()` }),
});

/** Adds a public post to the counts of its tags, or takes it away. */
export async function countTags(tx: Context, postId: number, step: 1 | -1): Promise<void> {
  // In the order of their numbers, so that two posts with the same tags never wait for one another.
  await sql`with counted as (
      select t.id from community.tag t join community.post_tag pt on pt.tag_id = t.id
      where pt.post_id = ${postId} order by t.id for no key update of t)
    update community.tag t set post_count = t.post_count + ${step} from counted where t.id = counted.id`.execute(
    tx.db,
  );
}
