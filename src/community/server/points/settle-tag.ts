import { type RawBuilder, sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { enter, livingEntry, reversalOf } from './change-points.ts';
import { lockMembers, lockWeights, shareWeights } from './lock-members.ts';
import { weightOf } from './weight-of.ts';

/** In one transaction at most; of a tag with more, the rest is done by the job. */
export const entriesABatch = 20_000;

/**
 * Enters what posts under a tag brought once more where their weight is another by now, in the caller's transaction: the
 * reputation of each member is exact when it ends. Answers whether all of it was done; if not, a job does the rest.
 */
export async function settleTag(tx: Context, tagId: number, atMost = entriesABatch): Promise<boolean> {
  await lockWeights(tx);
  const settled = await settle(
    tx,
    sql`select pt.post_id from community.post_tag pt where pt.tag_id = ${tagId}`,
    atMost,
  );
  const isDone = settled < atMost;
  if (!isDone)
    await enqueue(tx.db, 'community.settle-weights', { tagId }, { key: `community.settle-weights:${tagId}` });
  // Levels are kept by a review that comes every night; this one does not wait for it.
  else if (settled > 0)
    await enqueue(tx.db, 'community.review-levels', {}, { key: 'community.review-levels:weights' });
  return isDone;
}

/** Before the tags of a post change, in the caller's transaction: nobody weighs one meanwhile, nor enters points where they may count otherwise. */
export async function holdWeights(
  tx: Context,
  postId: number,
  coming: readonly { id: number }[],
): Promise<void> {
  const { rows } =
    await sql`select from community.tag t where t.weight is not null and (t.id = any(${coming.map(({ id }) => id)}::bigint[])
    or t.id in (select pt.tag_id from community.post_tag pt where pt.post_id = ${postId})) limit 1`.execute(
      tx.db,
    );
  await (rows.length > 0 ? lockWeights(tx) : shareWeights(tx));
}

/** Enters what a post and its answers brought once more, after its tags changed, where their weight is another by now. */
export async function settlePost(tx: Context, postId: number): Promise<void> {
  const those = sql`values (${postId}::bigint)`;
  if ((await listStale(tx, those, 1)).length === 0) return;
  await lockWeights(tx);
  await settle(tx, those, null);
}

async function settle(tx: Context, posts: RawBuilder<unknown>, atMost: number | null): Promise<number> {
  const stale = await listStale(tx, posts, atMost);
  if (stale.length === 0) return 0;
  const ids = stale.map(({ id }) => id);
  await lockMembers(tx, [...new Set(stale.map(({ memberId }) => memberId))]);
  await enter(tx, reversalOf(sql`where e.id = any(${ids}::bigint[])`, { because: sql`'weight'` }));
  await enter(
    tx,
    sql`select e.member_id, e.contra, e.base, ${weightOf(sql`e.post_id`)}, e.spendable, e.cause, e.cause_key, e.life + 1,
        e.rule_id, e.actor_id, e.post_id, null::bigint, e.id, null::text, e.at
      from community.point_entry e join community.point_entry r on r.reverses = e.id and r.because = 'weight'
      where e.id = any(${ids}::bigint[])
        and not exists (select from community.point_entry l where l.member_id = e.member_id and l.cause = e.cause
          and l.cause_key = e.cause_key and l.reverses is null and l.life > e.life)
      order by e.id`,
  );
  return stale.length;
}

/** Entries of these posts and their answers that count, with another weight than the post has now. */
async function listStale(
  tx: Context,
  posts: RawBuilder<unknown>,
  atMost: number | null,
): Promise<{ id: number; memberId: string }[]> {
  const { rows } = await sql<{ id: number; memberId: string }>`
    with roots as materialized (${posts}),
    concerned (id) as (
      select * from roots union all select p.id from community.post p join roots r (id) on p.parent_id = r.id
    ), weighed as materialized (select c.id, ${weightOf(sql`c.id`)} as weight from concerned c)
    select e.id, e.member_id as "memberId" from weighed w join community.point_entry e on e.post_id = w.id
    where e.weight <> w.weight and e.contra = 'mint' and ${livingEntry}
    order by e.id limit ${atMost}::integer`.execute(tx.db);
  return rows;
}
