import { expect, test } from 'vitest';
import type { OfferedPostgres } from '#src/community/contract/runs.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { namedPostgres } from '#tests/support/named-postgres.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { compareOffers } from '../runs/compare-offers.job.ts';
import { providePostgres } from '../runs/provide-postgres.ts';
import { listRuns } from '../runs/queries.ts';
import { runBlocks } from '../runs/run-blocks.job.ts';
import { moveWish } from './move-wish.ts';
import { getWish, listWishes } from './queries.ts';
import { testWish } from './test-wish.ts';
import { voteForWish } from './vote-for-wish.ts';
import { writeWish } from './write-wish.ts';

const { db } = database;
const house = await theHouse();
const nobody = { ...house, actor: anonymous };
const offered: OfferedPostgres[] = [];
const postgres = namedPostgres(offered);
providePostgres({ sandbox: postgres });
const job = { db, log: createLog('test', 'silent'), config: readConfig({}) };

/** What can be had from now on; what is out of date by that is run, as the worker does. */
async function arrive(...versions: string[]): Promise<void> {
  offered.splice(
    0,
    offered.length,
    ...versions.map((version) => ({ major: Number.parseInt(version, 10), version })),
  );
  await compareOffers.run(job, {} as never);
  const blocks = await db
    .selectFrom('community.run_block')
    .select('wish_id as id')
    .distinct()
    .where('wish_id', 'is not', null)
    .execute();
  for (const { id } of blocks) await runBlocks.run(job, { kind: 'wish', id } as never);
}
const wishOf = (author: TestMember, more: object = {}) =>
  writeWish(author.ctx, {
    ...wishWords,
    title: 'It knows the answer by itself',
    ...more,
  });
const since = (major: number) =>
  `select split_part(current_setting('app.version'), '.', 1)::int >= ${major} as is_there`;
const told = async (who: TestMember, id: number) =>
  (
    await db
      .selectFrom('community.notification')
      .select('key')
      .where('member_id', '=', who.id)
      .where('key', 'like', `wish:${id}:true-on:%`)
      .orderBy('id')
      .execute()
  ).map(({ key }) => key);
const passing = async (id: number) =>
  (await getWish(nobody, id)).test?.results.map(({ version, passes }) => [version, passes]);

test('a wish with a test turns true by itself on the first version that passes it, and its voters are told once', async () => {
  const [author, voter] = [await testMember(), await testMember()];
  await arrive('17.9', '18.4');
  const { id } = await wishOf(author, { test: since(19) });
  const missing = await wishOf(voter, { test: 'select no_such_function()' });
  await voteForWish(voter.ctx, id, { strength: 'nice' });
  expect(await getWish(nobody, id)).toMatchObject({ trueOn: null, test: { sql: since(19), results: [] } });

  await arrive('17.9', '18.4');
  expect(await passing(id)).toEqual([
    ['18.4', false],
    ['17.9', false],
  ]);
  expect((await getWish(nobody, missing.id)).test?.results[0]?.message).toContain('no_such_function');
  expect(await told(voter, id)).toEqual([]);

  await arrive('17.9', '18.4', '19.0');
  expect(await getWish(nobody, id)).toMatchObject({ trueOn: 19, state: 'open' });
  expect(await passing(id)).toEqual([
    ['19.0', true],
    ['18.4', false],
    ['17.9', false],
  ]);
  expect(
    (await listWishes(nobody, { limit: 50, state: 'all', sort: 'newest', scope: 'public' })).items,
  ).toEqual(expect.arrayContaining([expect.objectContaining({ id, trueOn: 19 })]));
  for (const who of [author, voter]) expect(await told(who, id)).toEqual([`wish:${id}:true-on:19`]);

  // What ran on a version does not run there again, and another that passes is no news.
  const { length } = postgres.orders;
  await arrive('17.9', '18.4', '19.0', '20.0');
  expect(postgres.orders.length - length).toBe(2);
  expect((await getWish(nobody, id)).trueOn).toBe(19);
  expect((await getWish(nobody, missing.id)).trueOn).toBeNull();
  expect(await told(voter, id)).toHaveLength(1);
});

test('another test begins anew; whose it is not may not give one, and a private wish carries none', async () => {
  const [author, other, keeper] = [await testMember(), await testMember(), await testMember()];
  const newcomer = await testMember({ trustLevel: 0 });
  await expect(wishOf(author, { isPrivate: true, test: 'select true' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const secret = await wishOf(keeper, { isPrivate: true });
  await expect(testWish(keeper.ctx, secret.id, { test: 'select true' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(testWish(other.ctx, secret.id, { test: 'select true' })).rejects.toMatchObject({
    code: 'not_found',
  });
  const { id } = await wishOf(author);
  await expect(testWish(other.ctx, id, { test: 'select true' })).rejects.toMatchObject({ code: 'forbidden' });
  expect((await getWish(author.ctx, id)).viewer.mayTest).toBe(true);
  expect((await getWish(other.ctx, id)).viewer.mayTest).toBe(false);
  await testWish(author.ctx, id, { test: since(18) });
  await arrive('17.9', '18.4', '19.0');
  expect((await getWish(nobody, id)).trueOn).toBe(18);
  await testWish(author.ctx, id, { test: since(19) });
  expect(await getWish(nobody, id)).toMatchObject({ trueOn: null, test: { results: [] } });
  await arrive('17.9', '18.4', '19.0');
  expect((await getWish(nobody, id)).trueOn).toBe(19);
  await testWish(author.ctx, id, { test: '' });
  expect(await getWish(nobody, id)).toMatchObject({ trueOn: null, test: null });

  // Whom few trust yet runs nothing on servers before somebody looked.
  const early = await wishOf(newcomer, { test: since(18) });
  await arrive('18.4');
  expect(await passing(early.id)).toEqual([]);
  await testWish(house, early.id, { test: since(18) });
  await arrive('18.4');
  expect((await getWish(nobody, early.id)).trueOn).toBe(18);
});

test('a version that does no longer what it did makes the wish untrue, and a later one is news again', async () => {
  const author = await testMember();
  const { id } = await wishOf(author, {
    test: "select current_setting('app.version') in ('19.0', '20.0') as is_there",
  });
  await arrive('18.4', '19.0');
  expect((await getWish(nobody, id)).trueOn).toBe(19);
  await arrive('18.4', '19.1');
  expect((await getWish(nobody, id)).trueOn).toBeNull();
  await arrive('18.4', '19.1', '20.0');
  expect((await getWish(nobody, id)).trueOn).toBe(20);
  expect(await told(author, id)).toEqual([`wish:${id}:true-on:19`, `wish:${id}:true-on:20`]);
  // What will not come runs no more.
  await moveWish(house, id, { state: 'declined' });
  const { length } = postgres.orders;
  await runBlocks.run(job, { kind: 'wish', id } as never);
  expect(postgres.orders).toHaveLength(length);
  expect((await listRuns(nobody, { wish: id }))[0]?.blocks).toHaveLength(1);
});
