import { sql } from 'kysely';
import type { Leaderboard, LeaderboardQuery } from '#src/community/contract/leaderboards.ts';
import type { Context } from '#src/platform/server/context.ts';
import { livingEntry } from '../points/change-points.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { findReader } from '../organisations/queries.ts';

const shownAtMost = 100;

/** Members who may be named: neither gone nor merged, nor have they said that they do not want to be. */
const mayBeNamed = sql<boolean>`m.erased_at is null and m.merged_into is null and coalesce((
  select c.is_given from community.consent c where c.member_id = m.id and c.kind = 'leaderboards' order by c.id desc limit 1), true)`;

/** Who earned most in this week, this month (both in UTC, weeks from Monday), or ever; ties share a rank, the next follows on. */
export async function getLeaderboard(ctx: Context, { period }: LeaderboardQuery): Promise<Leaderboard> {
  const reader = await findReader(ctx);
  const earned =
    period === 'all'
      ? sql`select m.id as member_id, m.reputation as points from community.member m where m.reputation > 0`
      : sql`select e.member_id, sum(e.growth)::integer as points from community.point_entry e
          where e.at >= date_trunc(${period}, now() at time zone 'UTC') at time zone 'UTC' and ${livingEntry}
          group by e.member_id having sum(e.growth) > 0`;
  const ranked = ctx.db
    .with('earned', (db) =>
      db.selectFrom(sql<{ member_id: string; points: number }>`(${earned})`.as('all')).selectAll(),
    )
    .with('ranked', (db) =>
      db
        .selectFrom('earned')
        .innerJoin('community.member as m', 'm.id', 'earned.member_id')
        .where(mayBeNamed)
        .select(['m.id', 'earned.points'])
        .select(sql<number>`(dense_rank() over (order by earned.points desc))::integer`.as('rank')),
    );
  const rows = await ranked
    .selectFrom('ranked')
    .innerJoin('community.member as m', 'm.id', 'ranked.id')
    .select(['ranked.rank', 'ranked.points', 'm.id'])
    .select(cardColumns)
    .orderBy('ranked.rank')
    .orderBy('m.handle')
    .limit(shownAtMost)
    .execute();
  const own =
    reader &&
    (await ranked
      .selectFrom('ranked')
      .select(['rank', 'points'])
      .where('id', '=', reader.id)
      .executeTakeFirst());
  return {
    places: rows.map((row) => ({ rank: row.rank, points: row.points, member: cardOf(row, ctx.locale) })),
    own: own ?? null,
  };
}
