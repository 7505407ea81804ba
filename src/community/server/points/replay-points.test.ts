import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { changeRule } from './change-rule.ts';
import { awardPoints, reversePoints, spendPoints } from './change-points.ts';
import { listRules } from './queries.ts';
import { replayPoints } from './replay-points.ts';

const { db } = database;
const staff = await testContext({ may: ['*'] });
const newMember = async () => (await requireMember(await testContext({ may: [] }))).id;

test('the rules over all history give the same balances: caps, one person’s cap, reversals and spending included', async () => {
  const members = [await newMember(), await newMember(), await newMember()];
  const step = fc.record({
    who: fc.constantFrom(...members),
    actor: fc.constantFrom(...members),
    cause: fc.constantFrom('up-vote', 'article', 'accepted', 'down-vote', 'featured'),
    key: fc.integer({ min: 1, max: 60 }).map(String),
    what: fc.constantFrom('give', 'give', 'give', 'take', 'spend'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      for (const [at, { who: memberId, actor: actorId, cause, key, what }] of steps.entries())
        await inTransaction<unknown>(staff, (tx) =>
          what === 'give'
            ? awardPoints(tx, { memberId, cause, key, actorId })
            : what === 'take'
              ? reversePoints(tx, { memberId, cause, key })
              : spendPoints(tx, {
                  memberId,
                  contra: 'shop',
                  amount: 7,
                  cause: 'redeemed',
                  key: `${at} ${key} ${Math.random()}`,
                }),
        );
      expect(await replayPoints(staff)).toMatchObject({ differenceCount: 0, balanceCount: 0 });
    }),
    { numRuns: 10 },
  );
  const capped = await db
    .selectFrom('community.point_entry')
    .select('id')
    .where('growth', '=', 0)
    .where('contra', '=', 'mint')
    .execute();
  expect(capped.length).toBeGreaterThan(0);
});

test('a rule that changes holds from a moment to come on; what was given before is still explained', async () => {
  const memberId = await newMember();
  const give = (key: string) =>
    inTransaction(staff, (tx) => awardPoints(tx, { memberId, cause: 'featured', key }));
  await give('1');
  const wish = { growth: 80, spendable: 100 };
  await expect(
    changeRule(staff, 'featured', { ...wish, from: new Date(Date.now() - 60_000).toISOString() }),
  ).rejects.toMatchObject({ code: 'invalid' });
  await expect(changeRule(await testContext({ may: [] }), 'featured', wish)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await changeRule(staff, 'featured', wish);
  await expect(changeRule(staff, 'featured', wish)).rejects.toMatchObject({ code: 'conflict' });
  await give('2');
  // The minute passes.
  await sql`update community.point_rule set valid = tstzrange(lower(valid), now()) where cause = 'featured' and version = 1`.execute(
    db,
  );
  await sql`update community.point_rule set valid = tstzrange((select upper(valid) from community.point_rule
    where cause = 'featured' and version = 1), null) where cause = 'featured' and version = 2`.execute(db);
  await give('3');
  const { reputation, points } = await db
    .selectFrom('community.member')
    .select(['reputation', 'points'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  expect([reputation, points]).toEqual([180, 200]);
  expect(await replayPoints(staff)).toMatchObject({ differenceCount: 0, balanceCount: 0 });
  const { now, others } = await listRules(staff);
  expect(now.find(({ cause }) => cause === 'featured')).toMatchObject({ version: 2, growth: 80 });
  expect(others).toMatchObject([{ cause: 'featured', version: 1, growth: 50 }]);
});

test('the defaults are those of the community: 10 an article, 50 a featured one', async () => {
  const { rows } = await sql<{ cause: string; growth: number }>`
    select cause, growth from community.point_rule where version = 1 and cause in ('article', 'featured') order by 1`.execute(
    db,
  );
  expect(rows).toEqual([
    { cause: 'article', growth: 10 },
    { cause: 'featured', growth: 50 },
  ]);
});

test('an entry that no rule explains and a balance that is no sum are found, and nothing is changed', async () => {
  const memberId = await newMember();
  await inTransaction(staff, (tx) => awardPoints(tx, { memberId, cause: 'accepted', key: 'forged' }));
  await sql`alter table community.point_entry disable trigger point_entry_append_only`.execute(db);
  const forge = (growth: number) =>
    sql`update community.point_entry set base = ${growth} where cause_key = 'forged'`.execute(db);
  await forge(500);
  const found = await replayPoints(staff);
  expect(found).toMatchObject({ differenceCount: 1, balanceCount: 0 });
  expect(found.differences[0]).toMatchObject({ expected: { growth: 15 }, found: { growth: 500 } });
  await forge(15);
  await sql`alter table community.point_entry enable trigger point_entry_append_only`.execute(db);
  await db.updateTable('community.member').set({ points: 99 }).where('id', '=', memberId).execute();
  expect(await replayPoints(staff)).toMatchObject({
    differenceCount: 0,
    balances: [{ expected: { growth: 15, spendable: 15 }, found: { growth: 15, spendable: 99 } }],
  });
});
