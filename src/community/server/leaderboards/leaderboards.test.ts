import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { decideConsent } from '../privacy/decide-consent.ts';
import { getLeaderboard } from './queries.ts';

const { db } = database;
const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };

async function earner(causes: number) {
  const ctx = await testContext({ may: [] });
  const { id, handle } = await requireMember(ctx);
  for (let i = 0; i < causes; i++)
    await inTransaction(ctx, (tx) => awardPoints(tx, { memberId: id, cause: 'accepted', key: String(i) }));
  return { ctx, id, handle };
}
const places = async (period: 'week' | 'month' | 'all') =>
  (await getLeaderboard(nobody, { period })).places.map(({ rank, points, member }) => [
    rank,
    points,
    member.handle,
  ]);

test('ranks are dense, times are kept apart, what was taken back does not count, and who opted out is in none', async () => {
  const [first, second, third] = [await earner(3), await earner(2), await earner(2)];
  const [fourth, shy, old] = [await earner(1), await earner(9), await earner(4)];
  await inTransaction(staff, (tx) => reversePoints(tx, { memberId: fourth.id, cause: 'accepted', key: '0' }));
  const last = await earner(1);
  await sql`alter table community.point_entry disable trigger point_entry_append_only`.execute(db);
  await sql`update community.point_entry set at = now() - interval '40 days' where member_id = ${old.id}`.execute(
    db,
  );
  await sql`alter table community.point_entry enable trigger point_entry_append_only`.execute(db);
  await decideConsent(shy.ctx, 'leaderboards', false);
  const tied = [second.handle, third.handle].sort();
  const recent = [
    [1, 45, first.handle],
    [2, 30, tied[0]],
    [2, 30, tied[1]],
    [3, 15, last.handle],
  ];
  expect(await places('week')).toEqual(recent);
  expect(await places('month')).toEqual(recent);
  expect(await places('all')).toEqual([
    [1, 60, old.handle],
    ...recent.map(([rank, points, handle]) => [Number(rank) + 1, points, handle]),
  ]);
  expect((await getLeaderboard(last.ctx, { period: 'week' })).own).toEqual({ rank: 3, points: 15 });
  expect((await getLeaderboard(shy.ctx, { period: 'week' })).own).toBeNull();
  await decideConsent(shy.ctx, 'leaderboards', true);
  expect((await places('week'))[0]).toEqual([1, 135, shy.handle]);
});
