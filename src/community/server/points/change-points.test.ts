import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { withoutLocks } from '#tests/support/without-locks.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { requireMember } from '../members/require-member.ts';
import { type Award, awardPoints, changePoints, reversePoints, spendPoints } from './change-points.ts';

const { db } = database;
// Connections of their own: a thousand wait for a hundred causes, and none gives up meanwhile.
const crowd = createDb(createPool(database.url, 24));
afterAll(() => crowd.destroy());

let ctx: Context;
let memberId = '';
beforeEach(async () => {
  ctx = await testContext({ may: [] });
  memberId = (await requireMember(ctx)).id;
});

const award = (key: string, cause = 'accepted', actorId: string | null = null, on = ctx) =>
  inTransaction(on, (tx) => awardPoints(tx, { memberId, cause, key, actorId }));
const reverse = (key: string, cause = 'accepted') =>
  inTransaction(ctx, (tx) => reversePoints(tx, { memberId, cause, key }));
const spend = (amount: number, key: string, on = ctx) =>
  inTransaction(on, (tx) => spendPoints(tx, { memberId, contra: 'shop', amount, cause: 'redeemed', key }));

/** Both balances, what their entries sum to, and how many there are. */
async function standing() {
  const { reputation, points } = await db
    .selectFrom('community.member')
    .select(['reputation', 'points'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  const entries = await db
    .selectFrom('community.point_entry')
    .select(['growth', 'spendable'])
    .where('member_id', '=', memberId)
    .execute();
  const sum = { reputation: 0, points: 0 };
  for (const { growth, spendable } of entries) {
    sum.reputation += growth;
    sum.points += spendable;
  }
  expect({ reputation, points }).toEqual(sum);
  return { reputation, points, entries: entries.length };
}

test('a thousand awards of a hundred causes at once are a hundred entries, and the balances are their sum', async () => {
  const members: string[] = [];
  for (let i = 0; i < 5; i++) members.push((await requireMember(await testContext({ may: [] }))).id);
  const causes = Array.from({ length: 100 }, (_, at): Award => ({
    memberId: members[at % 5]!,
    cause: 'accepted',
    key: `crowd:${at}`,
  }));
  const counted = await Promise.all(
    Array.from({ length: 1000 }, (_, at) =>
      inTransaction({ ...ctx, db: crowd }, (tx) => awardPoints(tx, causes[(at * 37) % 100]!)),
    ),
  );
  expect(counted.filter(Boolean)).toHaveLength(100);
  for (memberId of members) expect(await standing()).toEqual({ reputation: 300, points: 300, entries: 20 });
});

test('negative control: without the rule of uniqueness the same causes are entered more than once', async () => {
  await sql`drop index community.point_entry_once`.execute(db);
  try {
    let [entries, round] = [0, 0];
    for (; round < 20 && entries <= round; round++) {
      await Promise.all(
        Array.from({ length: 40 }, () =>
          award(`control:${round}`, 'accepted', null, withoutLocks({ ...ctx, db: crowd })),
        ),
      );
      ({ entries } = await standing());
    }
    expect(entries).toBeGreaterThan(round);
  } finally {
    await sql`alter table community.point_entry disable trigger point_entry_append_only`.execute(db);
    await sql`delete from community.point_entry where cause_key like 'control:%'`.execute(db);
    await sql`alter table community.point_entry enable trigger point_entry_append_only`.execute(db);
    await sql`create unique index point_entry_once on community.point_entry (member_id, cause, cause_key, life)
      where reverses is null`.execute(db);
  }
});

test('what is taken back by many at once is taken back once, and can be given again', async () => {
  await award('1:a');
  const reversed = await Promise.all(Array.from({ length: 20 }, () => reverse('1:a')));
  expect(reversed.filter(Boolean)).toHaveLength(1);
  expect(await standing()).toEqual({ reputation: 0, points: 0, entries: 2 });
  expect(await award('1:a')).toBe(true);
  expect(await award('1:a')).toBe(false);
  expect(await standing()).toEqual({ reputation: 15, points: 15, entries: 3 });
});

test('a key that begins as another is another; a cause that no rule knows brings nothing', async () => {
  await award('1:a');
  expect(await reverse('1:ab')).toBe(false);
  expect(await award('1:ab')).toBe(true);
  expect(await award('1:')).toBe(true);
  expect(await award('1', 'no-such-cause')).toBe(false);
  expect((await standing()).reputation).toBe(45);
});

test('entries are never changed, and only the mint changes a reputation', async () => {
  await award('1:a');
  await expect(db.updateTable('community.point_entry').set({ base: 999 }).execute()).rejects.toThrow(
    /never changed/,
  );
  for (const contra of ['bounties', 'shop'] as const)
    await expect(
      db
        .insertInto('community.point_entry')
        .values({ member_id: memberId, contra, base: -1, spendable: -1, cause: 'x-x', cause_key: '1' })
        .execute(),
    ).rejects.toThrow(/check/);
});

test('spending lowers what can be spent and never the reputation, and never takes more than there is', async () => {
  for (const key of ['1', '2', '3', '4']) await award(key);
  expect(await spend(61, 'a')).toEqual({ has: 60 });
  const spent = await Promise.all(Array.from({ length: 20 }, (_, at) => spend(25, `b${at}`)));
  expect(spent.filter((short) => short === undefined)).toHaveLength(2);
  expect(await standing()).toMatchObject({ reputation: 60, points: 10 });
});

test('negative control: without the lock the same spending takes more than there is', async () => {
  let least = 0;
  for (let round = 0; round < 20 && least >= 0; round++) {
    for (const key of ['1', '2', '3', '4']) await award(`${round}:${key}`);
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        spend(50, `c${round}:${at}`, withoutLocks({ ...ctx, db: crowd })),
      ),
    );
    least = Math.min(least, (await standing()).points);
  }
  expect(least).toBeLessThan(0);
});

test('a cap holds for a day, however many come at once; what is taken back makes room again', async () => {
  const votes = await Promise.all(Array.from({ length: 25 }, (_, at) => award(`v${at}`, 'up-vote')));
  expect(votes.every(Boolean)).toBe(true);
  expect(await standing()).toEqual({ reputation: 200, points: 200, entries: 25 });
  const given = await db
    .selectFrom('community.point_entry')
    .select('cause_key')
    .where('member_id', '=', memberId)
    .where('growth', '>', 0)
    .executeTakeFirstOrThrow();
  await reverse(given.cause_key, 'up-vote');
  await award('later', 'up-vote');
  expect((await standing()).reputation).toBe(200);
  await award('accepted');
  expect((await standing()).reputation).toBe(215);
});

test('what one and the same person does counts six times a day', async () => {
  const { id: fan } = await requireMember(await testContext({ may: [] }));
  for (let i = 0; i < 9; i++) await award(`f${i}`, 'up-vote', fan);
  expect(await standing()).toEqual({ reputation: 60, points: 60, entries: 9 });
  await award('of-another', 'up-vote', (await requireMember(await testContext({ may: [] }))).id);
  expect((await standing()).reputation).toBe(70);
});

test('whatever happens in whatever order, both balances are the sum of entries, and each cause counts at most once', async () => {
  const step = fc.record({
    what: fc.constantFrom('give', 'give', 'take', 'spend', 'both'),
    key: fc.constantFrom('1', '2', '3'),
    other: fc.constantFrom('1', '2', '3'),
    amount: fc.integer({ min: 1, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      ctx = await testContext({ may: [] });
      memberId = (await requireMember(ctx)).id;
      const living = new Set<string>();
      let spent = 0;
      for (const [at, { what, key, other, amount }] of steps.entries()) {
        if (what === 'give') {
          expect(await award(key)).toBe(!living.has(key));
          living.add(key);
        } else if (what === 'take') {
          expect(await reverse(key)).toBe(living.delete(key));
        } else if (what === 'both') {
          const cause = { memberId, cause: 'accepted' };
          await inTransaction(ctx, (tx) =>
            changePoints(tx, { reverse: [{ ...cause, key }], award: [{ ...cause, key: other }] }),
          );
          living.delete(key);
          living.add(other);
        } else if ((await spend(amount, `s${at}`)) === undefined) spent += amount;
        const { reputation, points } = await standing();
        expect([reputation, points]).toEqual([15 * living.size, 15 * living.size - spent]);
      }
    }),
    { numRuns: 15 },
  );
});
