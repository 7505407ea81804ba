import fc from 'fast-check';
import { expect, test } from 'vitest';
import { somebody, type Somebody, writePost } from '#tests/support/somebody.ts';
import { database, testContext } from '#tests/support/context.ts';
import { ModerationSettings } from '#src/community/contract/moderation.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { undoAction } from '../moderation/undo-action.ts';
import { getTrust } from './queries.ts';
import { reviewTrust } from './review-trust.job.ts';
import { setTrust } from './set-trust.ts';
import { compareNeeds, type Deeds, earnedLevel, needsOf, nextLevel } from './trust.rules.ts';

await testContext({ may: [] });

const enough: Deeds = {
  daysSinceJoining: 100,
  writings: 100,
  upVotes: 100,
  voters: 50,
  recent: { activeDays: 50, writings: 50, upVotes: 60, voters: 20, agreedFlags: 0, suspensions: 0 },
};
/** Deeds that have exactly so much of one thing, and enough of all others. */
function with_(level: 1 | 2 | 3, name: string, amount: number): Deeds {
  const recent = { ...enough.recent };
  const deeds = { ...enough, recent };
  if (name === 'days') deeds.daysSinceJoining = amount;
  if (name === 'active-days') recent.activeDays = amount;
  if (name === 'agreed-flags') recent.agreedFlags = amount;
  if (name === 'suspensions') recent.suspensions = amount;
  for (const [need, field] of [
    ['writings', 'writings'],
    ['up-votes', 'upVotes'],
    ['voters', 'voters'],
  ] as const) {
    if (name === need && level === 3) recent[field] = amount;
    if (name === need && level < 3) deeds[field] = amount;
  }
  return deeds;
}
const all = ([1, 2, 3] as const).flatMap((level) => needsOf[level].map((need) => ({ level, ...need })));

test.each(all)(
  'level $level takes $name: at its border it is had, one beyond it is not',
  ({ level, name, need, isLimit }) => {
    const isMet = (amount: number) =>
      compareNeeds(level, with_(level, name, amount)).find((one) => one.name === name)?.isMet;
    expect(isMet(need)).toBe(true);
    expect(isMet(isLimit ? need + 1 : need - 1)).toBe(false);
    expect(earnedLevel(with_(level, name, need))).toBeGreaterThanOrEqual(level);
    expect(earnedLevel(with_(level, name, isLimit ? need + 1 : need - 1))).toBeLessThan(level);
  },
);

test('a level is raised at once, lowered by one after the grace, and kept when what it needs is back in time', () => {
  const now = new Date();
  const lazy = with_(3, 'active-days', 3);
  const flagged = with_(2, 'agreed-flags', 3);
  const before = { until: null, now };
  expect(nextLevel(0, enough, before)).toEqual({ change: 'raise', to: 3 });
  expect(nextLevel(3, lazy, before)).toEqual({ change: 'begin-grace' });
  expect(nextLevel(3, lazy, { until: new Date(now.getTime() + 1000), now })).toEqual({ change: 'none' });
  expect(nextLevel(3, lazy, { until: now, now })).toEqual({ change: 'lower', to: 2 });
  expect(nextLevel(3, enough, { until: now, now })).toEqual({ change: 'end-grace' });
  // An absence costs no member what they are; flags do.
  expect(nextLevel(2, { ...enough, upVotes: 0 }, before)).toEqual({ change: 'none' });
  expect(nextLevel(2, flagged, before)).toEqual({ change: 'begin-grace' });
  expect(nextLevel(4, flagged, before)).toEqual({ change: 'none' });
});

test('more of what is good and less of what is not never earns less', () => {
  const amount = fc.nat({ max: 120 });
  const deeds = fc.record({
    daysSinceJoining: amount,
    writings: amount,
    upVotes: amount,
    voters: amount,
    recent: fc.record({
      activeDays: amount,
      writings: amount,
      upVotes: amount,
      voters: amount,
      agreedFlags: fc.nat({ max: 4 }),
      suspensions: fc.nat({ max: 2 }),
    }),
  });
  fc.assert(
    fc.property(deeds, fc.nat({ max: 50 }), (some, more) => {
      const better: Deeds = {
        daysSinceJoining: some.daysSinceJoining + more,
        writings: some.writings + more,
        upVotes: some.upVotes + more,
        voters: some.voters + more,
        recent: {
          activeDays: some.recent.activeDays + more,
          writings: some.recent.writings + more,
          upVotes: some.recent.upVotes + more,
          voters: some.recent.voters + more,
          agreedFlags: Math.max(0, some.recent.agreedFlags - more),
          suspensions: Math.max(0, some.recent.suspensions - more),
        },
      };
      expect(earnedLevel(better)).toBeGreaterThanOrEqual(earnedLevel(some));
    }),
  );
});

const review = () =>
  reviewTrust.run({ db: database.db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
const levelOf = async ({ member }: Somebody) =>
  (
    await database.db
      .selectFrom('community.member')
      .select('trust_level')
      .where('id', '=', member.id)
      .executeTakeFirstOrThrow()
  ).trust_level;

test('the job raises who did enough, tells them, and leaves those alone whom staff set', async () => {
  const [rising, locked, newcomer] = [
    await somebody({ trust_level: 0 }),
    await somebody({ trust_level: 0 }),
    await somebody({ trust_level: 0 }),
  ];
  for (const who of [rising, rising, locked, locked, newcomer]) await writePost(who);
  const moderator = await somebody({}, 'moderator');
  const { action } = await setTrust(moderator.ctx, {
    member: locked.member.handle,
    level: 0,
    locked: true,
    reason: 'Known under another name.',
  });
  await review();
  expect([await levelOf(rising), await levelOf(locked), await levelOf(newcomer)]).toEqual([1, 0, 0]);
  const told = await database.db
    .selectFrom('community.notification')
    .select(['kind', 'payload'])
    .where('member_id', '=', rising.member.id)
    .execute();
  expect(told).toMatchObject([{ kind: 'trust', payload: { what: 'raise', level: 1 } }]);
  await review();
  expect(
    await database.db
      .selectFrom('community.trust_change')
      .selectAll()
      .where('member_id', '=', rising.member.id)
      .execute(),
  ).toHaveLength(1);
  await undoAction(moderator.ctx, { action });
  await review();
  expect(await levelOf(locked)).toBe(1);
});

test('the member reads what is missing for the next level', async () => {
  const who = await somebody({ trust_level: 0 });
  await writePost(who);
  const standing = await getTrust(who.ctx, who.member.id, ModerationSettings.parse({}));
  expect(standing.next).toMatchObject({
    level: 1,
    needs: [
      { name: 'days', isMet: true },
      { name: 'writings', have: 1, need: 2, isMet: false },
      { name: 'agreed-flags', isLimit: true, isMet: true },
    ],
  });
  expect(standing.limits).toMatchObject({ images: 1, links: 2, mentions: 2, mayMessage: false });
});
