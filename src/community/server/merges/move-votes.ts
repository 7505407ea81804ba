import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { movePoints } from './move-points.ts';
import { type Merging, noteChange, type Rows } from './move-rows.ts';

/**
 * Makes the votes of the one who goes votes of the one who stays. Of two votes on one post that of the one who stays is kept,
 * and a vote on what either of them wrote goes: nobody votes on their own. Sums and points go with them.
 */
export async function moveVotes(tx: Context, merging: Merging): Promise<void> {
  const { from, into } = merging;
  const { rows } = await sql<{ row: Record<string, unknown>; post_id: number; member_id: string }>`
    with gone as (
      delete from community.vote v using community.post p where p.id = v.post_id and (
        (v.member_id = ${from} and (p.author_id in (${from}, ${into}) or exists (
          select from community.vote other where other.post_id = v.post_id and other.member_id = ${into})))
        or (v.member_id = ${into} and p.author_id = ${from}))
      returning v.*
    ), counted as (
      update community.post p set score = p.score - g.value,
        up_votes = p.up_votes - g.up, down_votes = p.down_votes - g.down
      from (select post_id, sum(value) as value, count(*) filter (where value = 1) as up,
          count(*) filter (where value = -1) as down from gone group by post_id) g
      where p.id = g.post_id
    )
    select to_jsonb(g) as row, g.post_id, g.member_id from gone g`.execute(tx.db);
  await noteChange(tx, merging, {
    table: 'vote',
    column: 'member_id',
    action: 'deleted',
    rows: rows.map(({ row }) => row),
  });
  const keys = rows.map((row) => `${row.post_id}:${row.member_id}`);
  if (keys.length > 0)
    await movePoints(tx, merging, sql`e.cause_key = any(${keys}::text[]) and ${byVote}`, 'toNobody');
  const moved = await sql<{ post_id: number }>`
    update community.vote set member_id = ${into} where member_id = ${from} returning post_id`.execute(tx.db);
  await noteChange(tx, merging, {
    table: 'vote',
    column: 'member_id',
    action: 'moved',
    rows: moved.rows.map(({ post_id }) => ({ post_id, member_id: into })),
  });
  // What the author of a post has by a vote is known by the voter's id: taken back later, it must be found.
  const named = moved.rows.map(({ post_id }) => `${post_id}:${from}`);
  if (named.length > 0)
    await movePoints(
      tx,
      merging,
      sql`e.cause_key = any(${named}::text[]) and ${byVote} and e.member_id <> ${from}`,
      {
        memberId: sql`e.member_id`,
        key: sql`replace(e.cause_key, ${from}, ${into})`,
      },
    );
}

const byVote = sql`e.cause in ('up-vote', 'down-vote', 'down-voting')`;

/** Adds votes that came back to the sums of their posts. */
export async function countVotes(tx: Context, votes: Rows): Promise<void> {
  await sql`update community.post p set score = p.score + v.value, up_votes = p.up_votes + v.up,
      down_votes = p.down_votes + v.down
    from (select (j->>'post_id')::bigint as post_id, sum((j->>'value')::integer) as value,
        count(*) filter (where j->>'value' = '1') as up, count(*) filter (where j->>'value' = '-1') as down
      from jsonb_array_elements(${JSON.stringify(votes)}::jsonb) j group by 1) v
    where p.id = v.post_id`.execute(tx.db);
}
