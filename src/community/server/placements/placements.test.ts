import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { enterPlacement } from './enter-placement.ts';
import { getLedger } from './queries.ts';
import { reversePlacement } from './reverse-placement.ts';

const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };

async function partner(kind: 'media-partner' | 'university' = 'media-partner') {
  const ctx = await testContext({ may: [] });
  await requireMember(ctx);
  const name = `Paper ${randomUUID().slice(0, 8)}`;
  const { slug } = await createOrganisation(ctx, { name, kind, evidence: 'x' });
  await decideOrganisation(staff, slug, { isVerified: true });
  return { ctx, slug };
}

const entry = (direction: 'given' | 'received', valueMinor: number, currency: 'CNY' | 'USD' = 'CNY') => ({
  direction,
  title: 'A banner on the front page',
  valueMinor,
  currency,
  day: '2026-11-01',
});
const ledgerOf = (ctx: Context, slug: string) => getLedger(ctx, slug, { limit: 200 });

test('the ledger of a media partner holds what was given and received, and the balance a currency', async () => {
  const { ctx, slug } = await partner();
  await enterPlacement(staff, slug, entry('given', 500_000));
  const wrong = await enterPlacement(staff, slug, entry('received', 200_000));
  await enterPlacement(staff, slug, entry('received', 300, 'USD'));
  await reversePlacement(staff, slug, wrong.id);
  const { balances, items } = await ledgerOf(ctx, slug);
  expect(balances).toEqual([
    { currency: 'CNY', givenMinor: 500_000, receivedMinor: 0, balanceMinor: 500_000 },
    { currency: 'USD', givenMinor: 0, receivedMinor: 300, balanceMinor: -300 },
  ]);
  expect(items.map(({ isReversed }) => isReversed)).toEqual([false, false, true, false]);
});

test('only its managers and those who keep it read it, and only staff enter', async () => {
  const { ctx, slug } = await partner();
  const stranger = await testContext({ may: [] });
  for (const other of [nobody, stranger])
    await expect(ledgerOf(other, slug)).rejects.toMatchObject({ code: 'not_found' });
  await expect(enterPlacement(ctx, slug, entry('given', 1))).rejects.toMatchObject({ code: 'forbidden' });
  expect((await ledgerOf(ctx, slug)).mayEnter).toBe(false);
  const { slug: other } = await partner('university');
  await expect(enterPlacement(staff, other, entry('given', 1))).rejects.toMatchObject({ code: 'conflict' });
});

test('entries are never changed, and taken back once, however many ask at once', async () => {
  const { slug } = await partner();
  const { id } = await enterPlacement(staff, slug, entry('given', 100));
  const { db } = database;
  await expect(
    db.updateTable('community.placement').set({ value_minor: 1 }).where('id', '=', id).execute(),
  ).rejects.toThrow(/never changed/);
  await expect(db.deleteFrom('community.placement').where('id', '=', id).execute()).rejects.toThrow(
    /never changed/,
  );
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => reversePlacement(staff, slug, id)));
  const done = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(done).toHaveLength(1);
  await expect(reversePlacement(staff, slug, done[0]!.id)).rejects.toMatchObject({ code: 'conflict' });
});

test('whatever is entered and taken back, the balance is the sum of what stands', async () => {
  const step = fc.record({
    direction: fc.constantFrom('given', 'received') as fc.Arbitrary<'given' | 'received'>,
    value: fc.integer({ min: 1, max: 1_000_000 }),
    reverse: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { slug } = await partner();
      let expected = 0;
      for (const { direction, value, reverse } of steps) {
        const { id } = await enterPlacement(staff, slug, entry(direction, value));
        if (reverse) await reversePlacement(staff, slug, id);
        else expected += direction === 'given' ? value : -value;
      }
      expect((await ledgerOf(staff, slug)).balances[0]?.balanceMinor).toBe(expected);
    }),
    { numRuns: 10 },
  );
});
