import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { testMember, testPost } from '#tests/support/members.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { createBadge } from './create-badge.ts';
import { replayBadges } from './give-badges.ts';
import { giveDueBadges } from './give-due-badges.job.ts';
import { getBadge, listBadgesOf } from './queries.ts';
import { retireBadge } from './retire-badge.ts';
import { badgesOf, type BadgeRule, type Counted } from './rules.ts';

const { db } = database;
const staff = await testContext({ may: ['*'] });
const runJob = () =>
  giveDueBadges.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
const give = (memberId: string, cause: string, key: string, postId: number | null = null) =>
  inTransaction(staff, (tx) => awardPoints(tx, { memberId, cause, key, postId }));
const take = (memberId: string, cause: string, key: string) =>
  inTransaction(staff, (tx) => reversePoints(tx, { memberId, cause, key }));

const awards = async () =>
  (
    await db
      .selectFrom('community.badge_award')
      .select(['badge_id', 'member_id', 'key', 'entry_id'])
      .orderBy('badge_id')
      .orderBy('member_id')
      .orderBy('key')
      .execute()
  ).map((row) => JSON.stringify(row));

test('a badge comes with the contribution that reaches it, once, is told, and stays when that is taken back', async () => {
  const { id, ctx } = await testMember({ reputation: 0 });
  for (let i = 0; i < 10; i++) await give(id, 'accepted', String(i));
  await runJob();
  await runJob();
  const names = async () => (await listBadgesOf(ctx, id)).map(({ slug, count }) => `${slug} ${count}`);
  expect(await names()).toEqual(['solver 1', 'first-solution 1']);
  await take(id, 'accepted', '9');
  await give(id, 'accepted', '10');
  await runJob();
  expect(await names()).toEqual(['solver 1', 'first-solution 1']);
  const told = await db
    .selectFrom('community.notification')
    .select('id')
    .where('member_id', '=', id)
    .where('kind', '=', 'badge')
    .execute();
  expect(told).toHaveLength(2);
  expect((await getBadge(ctx, 'solver')).awards).toHaveLength(1);
});

test('one of many is given for each post', async () => {
  const author = await testMember({ reputation: 0 });
  const posts = [await testPost(author, { kind: 'article' }), await testPost(author, { kind: 'article' })];
  for (const post of posts)
    for (let i = 0; i < 10; i++) await give(author.id, 'up-vote', `${post}:${i}`, post);
  await runJob();
  expect(await listBadgesOf(author.ctx, author.id)).toMatchObject([{ slug: 'good-post', count: 2 }]);
});

test('badges given as things happen and badges worked over all history again are the same', async () => {
  const members = [await testMember({ reputation: 0 }), await testMember({ reputation: 0 })];
  const posts = await Promise.all(members.map((one) => testPost(one, { kind: 'article' })));
  const step = fc.record({
    who: fc.constantFrom(0, 1),
    cause: fc.constantFrom('up-vote', 'accepted', 'featured', 'article', 'suggested-edit'),
    key: fc.integer({ min: 1, max: 15 }).map(String),
    what: fc.constantFrom('give', 'give', 'give', 'take', 'look'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
      for (const { who, cause, key, what } of steps) {
        const { id } = members[who]!;
        if (what === 'give') await give(id, cause, key, posts[who]!);
        else if (what === 'take') await take(id, cause, key);
        else await runJob();
      }
      await runJob();
      const before = await awards();
      expect(await replayBadges(staff)).toMatchObject({ added: 0, unexplained: 0 });
      await sql`delete from community.badge_award`.execute(db);
      await replayBadges(staff);
      expect(await awards()).toEqual(before);
      expect(before.length).toBeGreaterThan(0);
    }),
    { numRuns: 5 },
  );
});

test('a new badge reaches those who earned it before; a retired one nobody else', async () => {
  const { id, ctx } = await testMember({ reputation: 0 });
  for (let i = 0; i < 3; i++) await give(id, 'suggested-edit', `own ${i}`);
  const wish = {
    slug: 'three-edits',
    tier: 'bronze',
    name: { en: 'Three edits', 'zh-CN': '三次校对' },
    about: { en: 'Three edits.', 'zh-CN': '三次校对。' },
    cause: 'suggested-edit',
    per: 'member',
    atLeast: 3,
  } as const;
  await expect(createBadge(ctx, wish)).rejects.toMatchObject({ code: 'forbidden' });
  await createBadge(staff, wish);
  await expect(createBadge(staff, wish)).rejects.toMatchObject({ code: 'conflict' });
  expect((await replayBadges(staff)).added).toBeGreaterThan(0);
  expect((await listBadgesOf(ctx, id)).map(({ slug }) => slug)).toContain('three-edits');
  await retireBadge(staff, 'three-edits');
  const late = await testMember({ reputation: 0 });
  for (let i = 0; i < 3; i++) await give(late.id, 'suggested-edit', `late ${i}`);
  await runJob();
  expect((await listBadgesOf(late.ctx, late.id)).map(({ slug }) => slug)).toEqual(['proof-reader']);
  expect((await listBadgesOf(ctx, id)).map(({ slug }) => slug)).toContain('three-edits');
});

test('a longer history never takes away what a shorter one gave', () => {
  const badges: BadgeRule[] = [
    { id: 1, cause: 'a', per: 'member', atLeast: 2, many: false },
    { id: 2, cause: 'a', per: 'member', atLeast: 2, many: true },
    { id: 3, cause: 'a', per: 'post', atLeast: 2, many: true },
    { id: 4, cause: 'b', per: 'post', atLeast: 1, many: false },
  ];
  const entry = fc.record({
    cause: fc.constantFrom('a', 'b'),
    postId: fc.constantFrom(1, 2, null),
    reverses: fc.constantFrom(null, null, 1),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), fc.nat(30), (some, cut) => {
      const entries = some.map((one, at): Counted => ({ id: at, at: new Date(at), ...one }));
      const whole = badgesOf(entries, badges);
      expect(whole.slice(0, badgesOf(entries.slice(0, cut), badges).length)).toEqual(
        badgesOf(entries.slice(0, cut), badges),
      );
    }),
  );
});
