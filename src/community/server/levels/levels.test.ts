import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { LevelTerms } from '#src/community/contract/levels.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { requireMember } from '../members/require-member.ts';
import { awardPoints, reversePoints, spendPoints } from '../points/change-points.ts';
import { getProfile } from '../profiles/queries.ts';
import { changeLevels } from './change-levels.ts';
import { getOwnLevel, listLevels } from './queries.ts';
import { reviewLevels } from './review-levels.job.ts';

const { db } = database;
const staff = await testContext({ may: ['*'] });
const review = () =>
  reviewLevels.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);

async function newMember() {
  const ctx = await testContext({ may: [] });
  const { id, handle } = await requireMember(ctx);
  const give = (key: string) =>
    inTransaction(ctx, (tx) => awardPoints(tx, { memberId: id, cause: 'featured', key }));
  const take = (key: string) =>
    inTransaction(ctx, (tx) => reversePoints(tx, { memberId: id, cause: 'featured', key }));
  return { ctx, id, handle, give, take };
}

test('a level rises with the reputation, says what is missing, stands on the profile, and no spending lowers it', async () => {
  const { ctx, id, handle, give } = await newMember();
  expect(await getOwnLevel(ctx)).toMatchObject({
    level: { place: 0, name: 'Calf' },
    next: { name: 'Young elephant', missing: { growth: 100, yearly: 0 } },
  });
  await give('1');
  expect((await getOwnLevel(ctx)).next?.missing).toEqual({ growth: 50, yearly: 0 });
  await give('2');
  expect((await getOwnLevel(ctx)).level).toEqual({ place: 1, name: 'Young elephant' });
  await inTransaction(ctx, (tx) =>
    spendPoints(tx, { memberId: id, contra: 'shop', amount: 100, cause: 'redeemed', key: '1' }),
  );
  expect((await getOwnLevel(ctx)).level.place).toBe(1);
  const { level } = await getProfile(staff, handle, { view: 'articles', limit: 1 });
  expect(level).toEqual({ place: 1, name: 'Young elephant' });
});

test('who falls below keeps the level for a time, is told what is missing, and loses it only then', async () => {
  const { ctx, id, give, take } = await newMember();
  for (const key of ['1', '2']) await give(key);
  await review();
  await take('2');
  await review();
  expect(await getOwnLevel(ctx)).toMatchObject({
    level: { place: 1 },
    growth: 50,
    keep: { growth: 50, yearly: 0 },
    fallsAt: expect.any(String),
  });
  await give('3');
  await review();
  expect(await getOwnLevel(ctx)).toMatchObject({ level: { place: 1 }, keep: null, fallsAt: null });
  await take('3');
  await review();
  await sql`update community.member_level set falls_at = now() - interval '1 minute' where member_id = ${id}`.execute(
    db,
  );
  expect((await getOwnLevel(ctx)).level.place).toBe(0);
  await review();
  expect(await getOwnLevel(ctx)).toMatchObject({ level: { place: 0 }, keep: null });
});

test('only staff say what levels take, and they rise', async () => {
  const { ctx } = await newMember();
  const terms = LevelTerms.parse({
    graceDays: 30,
    levels: [
      { name: { en: 'New', 'zh-CN': '新' }, growth: 0 },
      { name: { en: 'Known', 'zh-CN': '熟' }, growth: 7 },
    ],
  });
  await expect(changeLevels(ctx, terms)).rejects.toMatchObject({ code: 'forbidden' });
  const wrong = { ...terms, levels: terms.levels.toReversed() };
  await expect(changeLevels(staff, wrong)).rejects.toThrow(/must/);
  await changeLevels(staff, terms);
  expect(await listLevels(ctx)).toEqual({ ...terms, mayChange: false });
});
