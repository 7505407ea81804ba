import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { awardPoints, enter, livingEntry, reversalOf } from './change-points.ts';
import { lockMembers } from './lock-members.ts';
import { weightOf } from './weight-of.ts';

/**
 * Takes back, in the caller's transaction, exactly what a post brought to anybody, because it is no longer public. Bounties stay
 * with who won them: they were somebody's.
 */
export async function withdrawPoints(tx: Context, postId: number): Promise<void> {
  const those = sql`where e.post_id = ${postId} and e.contra = 'mint'`;
  const { rows } = await sql<{ id: string }>`
    select distinct e.member_id as id from community.point_entry e ${those} and ${livingEntry}`.execute(
    tx.db,
  );
  if (rows.length === 0) return;
  await lockMembers(
    tx,
    rows.map(({ id }) => id),
  );
  await enter(tx, reversalOf(those, { because: sql`'post-hidden'` }));
}

/**
 * Gives, in the caller's transaction, what a public post brings: an article the points for it, once; and what was withdrawn
 * when it was hidden, as far as its cause still stands.
 */
export async function restorePoints(tx: Context, postId: number): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct e.member_id as id from community.point_entry e where e.post_id = ${postId} and e.reverses is null`.execute(
    tx.db,
  );
  if (rows.length > 0) {
    await lockMembers(
      tx,
      rows.map(({ id }) => id),
    );
    await enter(tx, comingBack(postId));
  }
  const article = await tx.db
    .selectFrom('community.post')
    .select('author_id as authorId')
    .where('id', '=', postId)
    .where('kind', '=', 'article')
    // What others wrote brings its reposter nothing, and an archive that is imported is not written now.
    .where('origin', '<>', 'reposted')
    .where('imported_from', 'is', null)
    .executeTakeFirst();
  if (article)
    await awardPoints(tx, { memberId: article.authorId, cause: 'article', key: String(postId), postId });
}

/** The last lives of causes that ended when the post was hidden. */
const comingBack = (postId: number) =>
  sql`select e.member_id, e.contra, e.base, ${weightOf(sql`e.post_id`)}, e.spendable, e.cause, e.cause_key, e.life + 1,
      e.rule_id, e.actor_id, e.post_id, null::bigint, e.id, null::text, e.at
    from community.point_entry e join community.point_entry r on r.reverses = e.id and r.because = 'post-hidden'
    where e.post_id = ${postId}
      and not exists (select from community.point_entry l where l.member_id = e.member_id and l.cause = e.cause
        and l.cause_key = e.cause_key and l.reverses is null and l.life > e.life)
      and case e.cause
        when 'up-vote' then exists (select from community.vote v where v.post_id = ${postId} and v.value = 1
          and v.member_id::text = split_part(e.cause_key, ':', 2))
        when 'down-vote' then exists (select from community.vote v where v.post_id = ${postId} and v.value = -1
          and v.member_id::text = split_part(e.cause_key, ':', 2))
        when 'down-voting' then exists (select from community.vote v where v.post_id = ${postId} and v.value = -1
          and v.member_id = e.member_id)
        when 'accepted' then exists (select from community.post q where q.accepted_answer_id = ${postId})
        when 'accepting' then exists (select from community.post q where q.accepted_answer_id = ${postId})
        else true end`;
