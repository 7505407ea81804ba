import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { awardReputation, reverseReputation } from './award-reputation.ts';

let ctx: Context;
let memberId = '';
beforeEach(async () => {
  ctx = await testContext({ may: [] });
  memberId = (await requireMember(ctx)).id;
});

const award = (key: string, amount = 10) =>
  inTransaction(ctx, (tx) => awardReputation(tx, { memberId, amount, cause: 'up-vote', key }));
const reverse = (key: string) =>
  inTransaction(ctx, (tx) => reverseReputation(tx, { memberId, cause: 'up-vote', key }));

async function standing() {
  const { reputation } = await requireMember(ctx);
  const entries = await database.db
    .selectFrom('community.reputation_entry')
    .select('amount')
    .where('member_id', '=', memberId)
    .execute();
  return { reputation, sum: entries.reduce((sum, { amount }) => sum + amount, 0), entries: entries.length };
}

test('the same cause told by 40 at once counts once', async () => {
  const counted = await Promise.all(Array.from({ length: 40 }, () => award('1:a')));
  expect(counted.filter(Boolean)).toHaveLength(1);
  expect(await standing()).toEqual({ reputation: 10, sum: 10, entries: 1 });
});

test('what is taken back by many at once is taken back once, and can be given again', async () => {
  await award('1:a');
  const reversed = await Promise.all(Array.from({ length: 20 }, () => reverse('1:a')));
  expect(reversed.filter(Boolean)).toHaveLength(1);
  expect(await standing()).toEqual({ reputation: 0, sum: 0, entries: 2 });
  expect(await award('1:a')).toBe(true);
  expect(await award('1:a')).toBe(false);
  expect(await standing()).toEqual({ reputation: 10, sum: 10, entries: 3 });
});

test('a key that begins as another is another', async () => {
  await award('1:a');
  expect(await reverse('1:ab')).toBe(false);
  expect(await award('1:ab')).toBe(true);
  expect(await award('1:')).toBe(true);
  expect((await standing()).reputation).toBe(30);
});

test('entries are never changed', async () => {
  await award('1:a');
  await expect(
    database.db.updateTable('community.reputation_entry').set({ amount: 999 }).execute(),
  ).rejects.toThrow(/never changed/);
});

test('whatever happens in whatever order, reputation is the sum of its entries, and each cause counts at most once', async () => {
  const step = fc.record({
    give: fc.boolean(),
    key: fc.constantFrom('1', '2', '3'),
    amount: fc.integer({ min: 1, max: 50 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      ctx = await testContext({ may: [] });
      memberId = (await requireMember(ctx)).id;
      const living = new Map<string, number>();
      for (const { give, key, amount } of steps) {
        if (give) {
          expect(await award(key, amount)).toBe(!living.has(key));
          if (!living.has(key)) living.set(key, amount);
        } else {
          expect(await reverse(key)).toBe(living.delete(key));
        }
      }
      const { reputation, sum } = await standing();
      expect(reputation).toBe([...living.values()].reduce((a, b) => a + b, 0));
      expect(sum).toBe(reputation);
    }),
    { numRuns: 15 },
  );
});
