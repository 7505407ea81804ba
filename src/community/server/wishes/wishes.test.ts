// Over 300 lines: the life of a wish, and who may see it.
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { SearchQuery } from '#src/community/contract/search.ts';
import type { WriteWish } from '#src/community/contract/wishes.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { withoutLocks } from '#tests/support/without-locks.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { getFeed } from '../feeds/queries.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { forgetModeration } from '../moderation/judge-writing.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { searchCommunity, suggestSearch } from '../search/queries.ts';
import { sliceSitemap } from '../sitemaps/queries.ts';
import { claimWish, withdrawClaim } from './claim-wish.ts';
import { deliverReleased } from './deliver-released.job.ts';
import { deliverWish } from './deliver-wish.ts';
import { mergeWishes } from './merge-wishes.ts';
import { moveWish } from './move-wish.ts';
import { praiseWish } from './praise-wish.ts';
import { getRoadmap, getWish, listSimilarWishes, listWishes } from './queries.ts';
import { voteForCustomer } from './vote-for-customer.ts';
import { voteForWish } from './vote-for-wish.ts';
import { writeWish } from './write-wish.ts';

const { db } = database;
const crowd = createDb(createPool(database.url, 24));
afterAll(() => crowd.destroy());
const house = await theHouse();
const nobody = { ...house, actor: anonymous };

const words = (title: string): WriteWish => ({ ...wishWords, title });
let count = 0;
const wishOf = (author: TestMember, more: Partial<WriteWish> = {}) =>
  writeWish(author.ctx, { ...words(`Wish number ${(count += 1)} of ours`), ...more });

async function vendor() {
  const manager = await testMember();
  const { slug } = await createOrganisation(manager.ctx, {
    name: `Vendor ${(count += 1)}`,
    kind: 'database-vendor',
    evidence: 'We are it.',
  });
  await decideOrganisation(house, slug, { isVerified: true });
  return { manager, slug };
}
const sums = async (id: number) => {
  const { votes, mustVotes, weight } = await getWish(house, id);
  return [votes, mustVotes, weight];
};
const deliver = () =>
  deliverReleased.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** Wishes whose sums are not those of their votes. */
async function disagreements() {
  const { rows } = await sql<{ id: number }>`
    select w.id from community.wish w, lateral (
      select count(*) as votes, count(*) filter (where strength = 'must') as must, coalesce(sum(weight), 0) as weight from (
        select strength, weight from community.wish_vote v where v.wish_id = w.id
        union all select strength, weight from community.wish_proxy_vote v where v.wish_id = w.id) a) s
    where (w.votes, w.must_votes, w.weight) is distinct from (s.votes::int, s.must::int, s.weight::int)`.execute(
    db,
  );
  return rows;
}

test('a wish asks for what it needs, and begins with its author’s own vote', async () => {
  const author = await testMember({ trustLevel: 2 });
  await expect(wishOf(author, { problem: 'short' })).rejects.toThrow(/at least 10/);
  const wish = await wishOf(author, { company: 'Example Ltd', databaseSize: '2 TB' });
  expect(wish).toMatchObject({
    state: 'open',
    votes: 1,
    mustVotes: 1,
    weight: 300,
    details: { company: 'Example Ltd', databaseSize: '2 TB' },
    viewer: { vote: 'must', votesLeft: 7 },
  });
});

test('a vote costs one, changes its strength, is taken back, and returns when the wish is closed', async () => {
  const voter = await testMember({ trustLevel: 0 });
  const wishes = [];
  for (let n = 0; n < 4; n += 1) wishes.push((await wishOf(await testMember())).id);
  for (const id of wishes.slice(0, 3)) await voteForWish(voter.ctx, id, { strength: 'nice' });
  await expect(voteForWish(voter.ctx, wishes[3]!, { strength: 'must' })).rejects.toMatchObject({
    code: 'conflict',
    text: { en: expect.stringContaining('All your 3 votes') },
  });
  expect(await voteForWish(voter.ctx, wishes[0]!, { strength: 'must' })).toMatchObject({
    votes: 2,
    mustVotes: 2,
    weight: 500,
    votesLeft: 0,
  });
  await moveWish(house, wishes[1]!, { state: 'declined', note: 'Not ours.' });
  expect((await voteForWish(voter.ctx, wishes[3]!, { strength: 'must' })).votesLeft).toBe(0);
  await expect(voteForWish(voter.ctx, wishes[1]!, { strength: null })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await voteForWish(voter.ctx, wishes[0]!, { strength: null })).toMatchObject({
    votes: 1,
    votesLeft: 1,
  });
  expect(await disagreements()).toEqual([]);
});

test('many at once never have more votes than they are given; without the locks they do', async () => {
  const ids: number[] = [];
  for (let n = 0; n < 12; n += 1) ids.push((await wishOf(await testMember())).id);
  const held = async (voter: TestMember) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from community.wish_vote where member_id = ${voter.id}`.execute(db);
    return rows[0]!.count;
  };
  const rush = async (locks: boolean) => {
    const voter = await testMember({ trustLevel: 0 });
    const ctx = { ...voter.ctx, db: crowd };
    await Promise.allSettled(
      ids.map((id) => voteForWish(locks ? ctx : withoutLocks(ctx), id, { strength: 'nice' })),
    );
    return held(voter);
  };
  expect(await rush(true)).toBe(3);
  let most = 0;
  for (let round = 0; round < 20 && most <= 3; round += 1) most = Math.max(most, await rush(false));
  expect(most).toBeGreaterThan(3);
  expect(await disagreements()).toEqual([]);
});

test('a hundred members vote for the same wish at once: every sum is exact', async () => {
  const { id } = await wishOf(await testMember());
  const voters = [];
  for (let n = 0; n < 100; n += 1) voters.push(await testMember({ trustLevel: n % 4 }));
  await Promise.all(
    voters.map(({ ctx }, n) =>
      voteForWish({ ...ctx, db: crowd }, id, { strength: n % 2 === 0 ? 'must' : 'nice' }),
    ),
  );
  const [votes, must] = await sums(id);
  expect([votes, must]).toEqual([101, 51]);
  expect(await disagreements()).toEqual([]);
});

test('merged, the voters move and nobody counts twice', async () => {
  const [a, b, both] = [await testMember(), await testMember(), await testMember()];
  const from = (await wishOf(a)).id;
  const into = (await wishOf(b, { strength: 'nice' })).id;
  await voteForWish(both.ctx, from, { strength: 'must' });
  await voteForWish(both.ctx, into, { strength: 'nice' });
  await voteForCustomer(house, from, { customer: 'ACME', evidence: 'Their mail of May.', strength: 'must' });
  await moveWish(house, from, { state: 'planned' });
  await mergeWishes(house, from, { into });
  // Of the plan and of the merge, each once.
  const told = await db
    .selectFrom('community.notification')
    .select('key')
    .where('member_id', '=', both.id)
    .where('key', 'like', `wish:${from}:%`)
    .execute();
  expect(told).toHaveLength(2);
  expect(await sums(from)).toEqual([0, 0, 0]);
  // a and both must have it, b would like it; and the customer, marked so.
  expect(await sums(into)).toEqual([4, 3, 300 + 300 + 150 + 400]);
  expect((await getWish(nobody, from)).duplicateOf).toMatchObject({ id: into });
  expect((await getWish(nobody, into)).proxyVotes).toMatchObject([{ customer: 'ACME', strength: 'must' }]);
  await expect(mergeWishes(house, from, { into })).rejects.toMatchObject({ code: 'conflict' });
  await expect(mergeWishes(house, into, { into })).rejects.toMatchObject({ code: 'conflict' });
  expect(await disagreements()).toEqual([]);
});

test('a customer’s vote is recorded once, by staff, with evidence', async () => {
  const { id } = await wishOf(await testMember());
  const vote = { customer: 'ACME', evidence: 'Their mail of May.', strength: 'nice' } as const;
  await expect(voteForCustomer((await testMember()).ctx, id, vote)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await voteForCustomer(house, id, vote);
  await expect(voteForCustomer(house, id, { ...vote, customer: 'acme' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('every state is told to the author and the voters, once, with how long wishes stay in each', async () => {
  const [author, voter] = [await testMember(), await testMember()];
  const { id } = await wishOf(author);
  await voteForWish(voter.ctx, id, { strength: 'nice' });
  await moveWish(house, id, { state: 'planned' });
  await moveWish(house, id, { state: 'started', note: 'In the next release.' });
  const told = await db
    .selectFrom('community.notification')
    .select(['member_id', 'payload'])
    .where('kind', '=', 'wish')
    .where('key', 'like', `wish:${id}:%`)
    .execute();
  expect(told.map(({ member_id }) => member_id).toSorted()).toEqual(
    [author.id, author.id, voter.id, voter.id].toSorted(),
  );
  const roadmap = await getRoadmap(nobody);
  expect(roadmap.started.map((wish) => wish.id)).toContain(id);
  expect(roadmap.medianDays.find(({ state }) => state === 'planned')?.wishes).toBeGreaterThan(0);
  await expect(moveWish(author.ctx, id, { state: 'delivered' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a vendor claims a wish by a day that stands, and its keep-rate is public', async () => {
  const { manager, slug } = await vendor();
  const kept = (await wishOf(await testMember())).id;
  const missed = (await wishOf(await testMember())).id;
  const stranger = await testMember();
  await expect(claimWish(stranger.ctx, kept, slug, { dueOn: day(9) })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(claimWish(manager.ctx, kept, slug, { dueOn: day(0) })).rejects.toMatchObject({
    code: 'conflict',
  });
  await claimWish(manager.ctx, kept, slug, { dueOn: day(9), note: 'In 3.2.' });
  await expect(claimWish(manager.ctx, kept, slug, { dueOn: day(90) })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await getWish(nobody, kept)).state).toBe('planned');
  await claimWish(manager.ctx, missed, slug, { dueOn: day(5) });
  await sql`update community.wish_claim set due_on = current_date - 1 where wish_id = ${missed}`.execute(db);
  await expect(
    deliverWish(stranger.ctx, kept, {
      kind: 'product',
      title: 'Ours 3.2',
      url: 'https://example.com',
      organisation: slug,
    }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await deliverWish(manager.ctx, kept, {
    kind: 'product',
    title: 'Ours 3.2',
    url: 'https://example.com/3.2',
    organisation: slug,
  });
  expect(await getWish(nobody, kept)).toMatchObject({
    state: 'delivered',
    delivery: { title: 'Ours 3.2', organisation: { slug } },
    claims: [{ outcome: 'kept', deliveredOn: day(0), kept: 1, due: 2 }],
  });
  await withdrawClaim(manager.ctx, missed, slug);
  expect((await getWish(nobody, missed)).claims[0]).toMatchObject({ outcome: 'missed', kept: 1, due: 2 });
});

test('what comes with a version of PostgreSQL is delivered on the day of its release, by itself', async () => {
  const { id } = await wishOf(await testMember());
  await db
    .insertInto('community.postgres_version')
    .values({ major: 71, released_on: day(30), ends_on: day(2000) })
    .execute();
  await deliverWish(house, id, {
    kind: 'postgresql',
    title: 'PostgreSQL 71',
    url: 'https://www.postgresql.org/docs/71/release.html',
    pgMajor: 71,
  });
  await deliver();
  expect((await getWish(nobody, id)).state).toBe('started');
  await db
    .updateTable('community.postgres_version')
    .set({ released_on: day(0) })
    .where('major', '=', 71)
    .execute();
  await deliver();
  await deliver();
  expect(await getWish(nobody, id)).toMatchObject({ state: 'delivered', changes: { length: 3 } });
});

test('similar wishes come while one is typed, in both languages; lists are found by words, industry and order', async () => {
  const chinese = await wishOf(await testMember(), {
    title: '增量物化视图自动刷新',
    locale: 'zh-CN',
    industry: 'energy',
  });
  const english = await wishOf(await testMember(), { title: 'Incremental refresh of materialised views' });
  const similar = async (title: string) => (await listSimilarWishes(nobody, title)).map(({ id }) => id);
  expect(await similar('物化视图的增量刷新')).toContain(chinese.id);
  expect((await similar('refresh materialised views incrementally'))[0]).toBe(english.id);
  const found = async (query: object) =>
    (
      await listWishes(nobody, { limit: 50, state: 'living', sort: 'newest', scope: 'public', ...query })
    ).items.map(({ id }) => id);
  expect(await found({ q: '物化' })).toEqual([chinese.id]);
  expect(await found({ industry: 'energy' })).toEqual([chinese.id]);
  // Where the wall begins, in each order and state, is what the table says.
  for (const [sort, column] of [
    ['newest', 'id'],
    ['votes', 'votes'],
    ['weight', 'weight'],
  ] as const)
    for (const state of ['open', 'planned', 'declined', 'living'] as const) {
      const { rows } = await sql<{ id: number }>`select id from community.wish
        where not is_private and case ${state} when 'living' then state in ('open', 'planned', 'started') else state = ${state} end
        order by ${sql.ref(column)} desc, id desc limit 50`.execute(db);
      expect(await found({ sort, state }), `${sort} ${state}`).toEqual(rows.map(({ id }) => id));
    }
  const first = await listWishes(nobody, { limit: 2, state: 'all', sort: 'weight', scope: 'public' });
  const second = await listWishes(nobody, {
    limit: 2,
    state: 'all',
    sort: 'weight',
    scope: 'public',
    cursor: first.nextCursor!,
  });
  expect(second.items[0]!.weight).toBeLessThanOrEqual(first.items[1]!.weight);
  expect(first.items.map(({ id }) => id)).not.toContain(second.items[0]!.id);
});

test('of many wishes like the one being typed five come, the most alike first; a merged one leaves its place to the next and leads to the other', async () => {
  const titles = [
    'Show the progress of logical replication slots',
    'Show the progress of logical replication',
    'Show the progress of replication',
    'Show progress of replication',
    'Logical replication',
    'Sequences in logical replication',
    'A quieter log',
  ];
  const ids: number[] = [];
  for (const title of titles.toReversed()) ids.unshift((await wishOf(await testMember(), { title })).id);
  const similar = async () =>
    (await listSimilarWishes(nobody, 'Show the progress of logical replication slots')).map(
      ({ title }) => title,
    );
  expect(await similar()).toEqual(titles.slice(0, 5));
  await mergeWishes(house, ids[0]!, { into: ids[1]! });
  expect(await similar()).toEqual(titles.slice(1, 6));
  expect((await getWish(nobody, ids[0]!)).duplicateOf).toMatchObject({ id: ids[1] });
});

test('a private wish is in no list, feed, count, notification or answer of anyone not named', async () => {
  const { manager, slug } = await vendor();
  const other = await vendor();
  const [author, stranger] = [await testMember(), await testMember()];
  const secret = await wishOf(author, { title: 'Zebra codeword wish', isPrivate: true, vendors: [slug] });
  const publicOne = await wishOf(await testMember(), {
    title: 'Zebra codeword in public',
    hidesDetails: true,
    company: 'Hidden Ltd',
  });
  const { id } = secret;
  for (const reader of [nobody, stranger.ctx, other.manager.ctx]) {
    await expect(getWish(reader, id)).rejects.toMatchObject({ code: 'not_found' });
    for (const scope of ['public', 'mine', 'addressed'] as const)
      for (const sort of ['votes', 'weight', 'newest'] as const) {
        const { items } = await listWishes(reader, { limit: 100, state: 'all', sort, scope, q: 'Zebra' });
        expect(items.map((wish) => wish.id)).not.toContain(id);
        const wall = await listWishes(reader, { limit: 100, state: 'living', sort, scope });
        expect(wall.items.map((wish) => wish.id)).not.toContain(id);
      }
    expect((await listSimilarWishes(reader, 'Zebra codeword wish')).map((wish) => wish.id)).not.toContain(id);
    const found = await searchCommunity(reader, SearchQuery.parse({ q: 'Zebra codeword' }));
    expect(found).toMatchObject({ total: 1, items: [{ title: publicOne.title }] });
    expect(await suggestSearch(reader, 'Zebra codew')).toMatchObject([{ text: publicOne.title }]);
    expect(JSON.stringify(await getFeed(reader, { about: 'wishes' }))).not.toContain('Zebra codeword wish');
    expect(JSON.stringify(await sliceSitemap(reader, { kind: 'wishes', part: '0' }))).not.toContain(
      `/wishes/${id}`,
    );
    expect((await getWish(reader, publicOne.id)).details).toBeNull();
  }
  for (const act of [
    () => voteForWish(stranger.ctx, id, { strength: 'must' }),
    () => claimWish(other.manager.ctx, id, other.slug, { dueOn: day(3) }),
    () =>
      deliverWish(other.manager.ctx, id, {
        kind: 'product',
        title: 'x',
        url: 'https://example.com',
        organisation: other.slug,
      }),
    () => withdrawClaim(other.manager.ctx, id, other.slug),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  // Those who are named see it, and what they promise there shows in no public rate.
  expect((await getWish(manager.ctx, id)).title).toBe('Zebra codeword wish');
  expect(
    (await listWishes(manager.ctx, { limit: 9, state: 'all', sort: 'newest', scope: 'addressed' })).items[0]!
      .id,
  ).toBe(id);
  // So do those who look after wishes.
  expect((await voteForWish(house, id, { strength: 'nice' })).vote).toBe('nice');
  expect((await voteForWish(house, id, { strength: null })).vote).toBeNull();
  await claimWish(manager.ctx, id, slug, { dueOn: day(3) });
  await deliverWish(manager.ctx, id, {
    kind: 'product',
    title: 'Ours',
    url: 'https://example.com',
    organisation: slug,
  });
  await claimWish(manager.ctx, publicOne.id, slug, { dueOn: day(3) });
  expect((await getWish(nobody, publicOne.id)).claims[0]).toMatchObject({ kept: 0, due: 0 });
  expect(JSON.stringify(await getRoadmap(stranger.ctx))).not.toContain('Zebra codeword wish');
  const told = await db
    .selectFrom('community.notification')
    .select('member_id')
    .distinct()
    .where('key', 'like', `wish:${id}:%`)
    .execute();
  expect(told.map(({ member_id }) => member_id).toSorted()).toEqual([manager.id, author.id].toSorted());
  await expect(mergeWishes(house, id, { into: publicOne.id })).rejects.toMatchObject({ code: 'conflict' });
});

test('a newcomer’s wish waits until somebody has looked', async () => {
  await db
    .insertInto('community.setting')
    .values({ name: 'moderation', value: JSON.stringify({ firstWritingsHeld: 1 }) })
    .execute();
  forgetModeration();
  const author = await testMember({ trustLevel: 0 });
  const { id, state } = await wishOf(author);
  expect(state).toBe('pending');
  await expect(getWish(nobody, id)).rejects.toMatchObject({ code: 'not_found' });
  await moveWish(house, id, { state: 'open' });
  expect((await getWish(nobody, id)).state).toBe('open');
});

test('an excellent wish brings its author points once, and none when it is not after all; a private one is never praised', async () => {
  const [author, helper] = [await testMember(), await testMember()];
  const { id } = await wishOf(author);
  const points = async () =>
    (
      await db
        .selectFrom('community.member')
        .select(['points', 'reputation'])
        .where('id', '=', author.id)
        .executeTakeFirstOrThrow()
    ).points;
  const before = await points();
  await expect(praiseWish(helper.ctx, id, true)).rejects.toMatchObject({ code: 'forbidden' });
  await Promise.all([praiseWish(house, id, true), praiseWish(house, id, true)]);
  expect((await getWish(nobody, id)).isExcellent).toBe(true);
  expect(await points()).toBe(before + 50);
  const told = await db
    .selectFrom('community.notification')
    .select('key')
    .where('member_id', '=', author.id)
    .execute();
  expect(told.filter(({ key }) => key === `wish:${id}:excellent`)).toHaveLength(1);
  await praiseWish(house, id, false);
  expect((await getWish(nobody, id)).isExcellent).toBe(false);
  expect(await points()).toBe(before);
  await praiseWish(house, id, true);
  expect(await points()).toBe(before + 50);
  const secret = await wishOf(helper, { isPrivate: true });
  await expect(praiseWish(house, secret.id, true)).rejects.toMatchObject({ code: 'conflict' });
  const own = await writeWish(house, words('A wish of the house'));
  await db.updateTable('community.wish').set({ state: 'open' }).where('id', '=', own.id).execute();
  await expect(praiseWish(house, own.id, true)).rejects.toMatchObject({ code: 'conflict' });
});
