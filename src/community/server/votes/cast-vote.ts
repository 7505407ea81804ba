import { sql } from 'kysely';
import { postText } from '#src/community/contract/posts.text.ts';
import { CastVote, type VoteStanding } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { changePoints } from '../points/change-points.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';
import { effectsOf, type Value } from './rules.ts';

/**
 * Says of a post that it is useful or is not, or takes back what was said; what it means for points goes with it. The same
 * vote twice is one. Refuses one's own posts, and members whose reputation does not reach.
 */
export async function castVote(ctx: Context, postId: number, given: CastVote): Promise<VoteStanding> {
  const member = await requireWriter(ctx);
  const { value } = CastVote.parse(given);
  // not audited: the votes and the entries of points are the trace
  return inTransaction(ctx, async (tx) => {
    const post = await tx.db
      .selectFrom('community.post')
      .select(['kind', 'author_id as authorId', 'score'])
      .where('id', '=', postId)
      .where('state', '=', 'published')
      // Votes on one post come one after the other: each sees what the one before it left.
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!post) throw new AppError('not_found', postText.noSuchPost);
    if (post.authorId === member.id) throw new AppError('conflict', questionText.notOwnPost);
    if (value !== 0) await requirePrivilege(tx, member, value === 1 ? 'voteUp' : 'voteDown');
    const before = await findVote(tx, postId, member.id);
    if (before === value) return { score: post.score, vote: value };
    await keepVote(tx, postId, member.id, value);
    const { score } = await tx.db
      .updateTable('community.post')
      .set({
        score: sql<number>`score + ${value - before}`,
        up_votes: sql<number>`up_votes + ${Number(value === 1) - Number(before === 1)}`,
        down_votes: sql<number>`down_votes + ${Number(value === -1) - Number(before === -1)}`,
      })
      .where('id', '=', postId)
      .returning('score')
      .executeTakeFirstOrThrow();
    const idOf = { author: post.authorId, voter: member.id };
    const causesOf = (one: Value) =>
      effectsOf(one, post.kind).map(({ whom, cause }) => ({
        memberId: idOf[whom],
        cause,
        key: `${postId}:${member.id}`,
      }));
    await changePoints(tx, {
      reverse: causesOf(before),
      award: causesOf(value).map((cause) => ({ ...cause, postId, actorId: member.id })),
    });
    return { score, vote: value };
  });
}

async function findVote(tx: Context, postId: number, memberId: string): Promise<Value> {
  const row = await tx.db
    .selectFrom('community.vote')
    .select('value')
    .where('post_id', '=', postId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  return (row?.value ?? 0) as Value;
}

async function keepVote(tx: Context, postId: number, memberId: string, value: Value): Promise<void> {
  if (value === 0) {
    await tx.db
      .deleteFrom('community.vote')
      .where('post_id', '=', postId)
      .where('member_id', '=', memberId)
      .execute();
    return;
  }
  await tx.db
    .insertInto('community.vote')
    .values({ post_id: postId, member_id: memberId, value })
    .onConflict((oc) => oc.columns(['post_id', 'member_id']).doUpdateSet({ value, at: sql<Date>`now()` }))
    .execute();
}
