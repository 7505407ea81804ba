// Over 300 lines: every number with its rows, and who is shown which.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { ValueFigure, ValueNumber } from '#src/community/contract/value.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { getProfile } from '../profiles/queries.ts';
import { getMemberValue, getOrganisationValue, listMemberRows, listOrganisationRows } from './queries.ts';

const { db } = database;
const house = await theHouse();
const nobody: Context = { ...house, actor: anonymous };

type Answer = { figures: ValueFigure[] };
const counted = ({ figures }: Answer) =>
  Object.fromEntries(figures.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows]));
const sumOf = ({ figures }: Answer, name: ValueNumber) =>
  figures.find((one) => one.name === name)?.sums.map(({ unit, amount }) => `${amount} ${unit}`);

/** Reads every number through, a few rows at a time, and holds its rows against what it says. */
async function readThrough(
  { figures }: Answer,
  list: (name: ValueNumber, query: { limit: number; cursor?: string }) => ReturnType<typeof listMemberRows>,
): Promise<void> {
  for (const figure of figures) {
    const keys: string[] = [];
    const sums = new Map<string, number>();
    const times: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await list(figure.name, { limit: 2, ...(cursor !== undefined && { cursor }) });
      expect(page.figure).toEqual(figure);
      for (const { key, at, amount, unit } of page.items) {
        keys.push(key);
        times.push(at);
        if (unit !== null) sums.set(unit, (sums.get(unit) ?? 0) + (amount ?? 0));
      }
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(keys, figure.name).toHaveLength(figure.rows);
    expect(new Set(keys).size, figure.name).toBe(figure.rows);
    expect(times, figure.name).toEqual(times.toSorted().toReversed());
    expect(Object.fromEntries(sums), figure.name).toEqual(
      Object.fromEntries(figure.sums.map(({ unit, amount }) => [unit, amount])),
    );
  }
}
const readMember = async (ctx: Context, { handle }: TestMember) => {
  const value = await getMemberValue(ctx, handle);
  await readThrough(value, (name, query) => listMemberRows(ctx, handle, name, query));
  return value;
};
const readOrganisation = async (ctx: Context, slug: string) => {
  const value = await getOrganisationValue(ctx, slug);
  await readThrough(value, (name, query) => listOrganisationRows(ctx, slug, name, query));
  return value;
};

let organisationCount = 0;
async function newOrganisation(): Promise<{ id: string; slug: string }> {
  const slug = `value-org-${(organisationCount += 1)}`;
  return db
    .insertInto('community.organisation')
    .values({ slug, name: slug, kind: 'database-vendor', state: 'verified' })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow();
}
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const employ = (who: TestMember, organisation: { id: string }, from: number, until?: number) =>
  db
    .insertInto('community.employment')
    .values({
      member_id: who.id,
      organisation_id: organisation.id,
      period: `[${dayOf(daysAgo(from))},${until === undefined ? '' : dayOf(daysAgo(until))})`,
    })
    .execute();

async function newWish(author: TestMember, more: { is_private?: boolean; state?: 'open' | 'planned' } = {}) {
  const { id } = await db
    .insertInto('community.wish')
    .values({
      author_id: author.id,
      locale: 'en',
      title: 'A wish of ours',
      industry: 'finance',
      capability: 'It does this by itself.',
      problem: 'We do it by hand.',
      ...more,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
const vote = (postId: number, by: TestMember) =>
  db.insertInto('community.vote').values({ post_id: postId, member_id: by.id, value: 1 }).execute();
const award = (who: TestMember, postId: number, cause = 'featured') =>
  inTransaction(who.ctx, (tx) => awardPoints(tx, { memberId: who.id, cause, key: String(postId), postId }));
const hide = (postId: number) =>
  db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', postId).execute();

/** Something behind nearly every number of a member. */
async function makeBusy(who: TestMember, other: TestMember): Promise<void> {
  const area = await db
    .insertInto('community.area')
    .values({
      committee_id: db.selectFrom('community.committee').select('id').where('slug', '=', 'website'),
      kind: 'other',
      name: 'Questions',
      measure: 'questions',
      monthly_target: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const articles = [];
  for (let n = 0; n < 3; n += 1) articles.push(await testPost(who, { kind: 'article' }));
  const [article, translated] = articles as [number, number];
  await db
    .updateTable('community.post')
    .set({ origin: 'translated', source_url: 'https://example.com' })
    .where('id', '=', translated)
    .execute();
  await db.updateTable('community.post').set({ featured_at: new Date() }).where('id', '=', article).execute();
  const asked = await testPost(who, { kind: 'question' });
  const othersQuestion = await testPost(other, { kind: 'question' });
  const answer = await testPost(who, { kind: 'answer', parentId: othersQuestion });
  await testPost(who, { kind: 'answer', parentId: othersQuestion });
  await testPost(other, { kind: 'answer', parentId: asked });
  await db
    .updateTable('community.post')
    .set({ accepted_answer_id: answer })
    .where('id', '=', othersQuestion)
    .execute();
  for (const post of articles) await vote(post, other);
  await vote(othersQuestion, who);
  for (const post of articles) await award(who, post);
  await reverseOne(who, articles[2]!);
  await db
    .insertInto('community.comment')
    .values({ post_id: othersQuestion, author_id: who.id, markdown: 'Yes.', html: '<p>Yes.</p>' })
    .execute();
  await db
    .insertInto('community.suggested_edit')
    .values({
      post_id: othersQuestion,
      editor_id: who.id,
      base_revision: 1,
      markdown: 'Better.',
      state: 'approved',
      decided_at: new Date(),
    })
    .execute();
  const wish = await newWish(who, { state: 'planned' });
  await db
    .insertInto('community.wish_vote')
    .values({ wish_id: wish, member_id: other.id, strength: 'must', weight: 100 })
    .execute();
  await db
    .insertInto('community.bounty')
    .values({
      question_id: othersQuestion,
      offered_by: other.id,
      amount: 30,
      state: 'paid',
      answer_id: answer,
      ends_at: new Date(),
      ended_at: new Date(),
    })
    .execute();
  await sql`insert into community.area_owner (area_id, member_id, period)
    values (${area.id}, ${who.id}, tstzrange(now() - interval '70 days', null))`.execute(db);
  await sql`insert into community.area_month (area_id, month, member_id, value, target)
    values (${area.id}, date_trunc('month', now() - interval '40 days')::date, ${who.id}, 3, 1)`.execute(db);
  for (const minutes of [60, 90])
    await db
      .insertInto('community.volunteer_hours')
      .values({
        member_id: who.id,
        area_id: area.id,
        day: dayOf(new Date()),
        minutes,
        what: 'Sorting',
        confirmed_by: other.id,
        confirmed_at: new Date(),
      })
      .execute();
  await db
    .insertInto('community.play')
    .values({ post_id: article, day: dayOf(new Date()), count: 7 })
    .execute();
  await db.insertInto('community.page_read').values({ post_id: article, count: 12 }).execute();
}
const reverseOne = (who: TestMember, postId: number) =>
  inTransaction(who.ctx, (tx) =>
    reversePoints(tx, { memberId: who.id, cause: 'featured', key: String(postId) }),
  );

test('every number has as many rows as it says, and they sum to what it says', async () => {
  const [who, other] = [await testMember(), await testMember()];
  await makeBusy(who, other);
  const value = await readMember(nobody, who);
  expect(counted(value)).toEqual({
    articles: 3,
    translations: 1,
    answers: 2,
    'accepted-answers': 1,
    questions: 1,
    comments: 1,
    edits: 1,
    wishes: 1,
    'areas-held': 1,
    'areas-met': 1,
    hours: 2,
    points: 2,
    'up-votes': 3,
    featured: 1,
    'answers-received': 1,
    'bounties-won': 1,
    'wish-votes': 1,
    'wishes-accepted': 1,
    reads: 1,
    plays: 1,
  });
  expect(sumOf(value, 'hours')).toEqual(['150 minutes']);
  expect(sumOf(value, 'plays')).toEqual(['7 plays']);
  expect(sumOf(value, 'reads')).toEqual(['12 reads']);
  expect(sumOf(value, 'bounties-won')).toEqual(['30 points']);
  // The house gives one point to begin with, which no entry explains.
  const { reputation, counts } = await getProfile(nobody, who.handle, { view: 'articles', limit: 1 });
  expect(sumOf(value, 'points')).toEqual([`${reputation - 1} points`]);
  expect(counts).toMatchObject({ articles: 3, questions: 1, answers: 2, accepted: 1 });
  const { items } = await listMemberRows(nobody, who.handle, 'up-votes', { limit: 10 });
  expect(JSON.stringify(items)).not.toContain(other.id);
  expect(items[0]?.href).toMatch(/^\/articles\/\d+/);
});

test('a private wish and a hidden post count nowhere for others', async () => {
  const [who, other, vendor] = [await testMember(), await testMember(), await testMember()];
  const organisation = await newOrganisation();
  const ours = await newOrganisation();
  await employ(who, ours, 30);
  await db
    .insertInto('community.organisation_manager')
    .values({ organisation_id: organisation.id, member_id: vendor.id })
    .execute();
  const hidden = await testPost(who, { kind: 'question' });
  const below = await testPost(who, { kind: 'answer', parentId: hidden });
  await testPost(other, { kind: 'answer', parentId: hidden });
  for (const post of [hidden, below]) await vote(post, other);
  await db
    .insertInto('community.comment')
    .values({ post_id: hidden, author_id: who.id, markdown: 'Yes.', html: '<p>Yes.</p>' })
    .execute();
  await hide(hidden);
  const secret = await newWish(who, { is_private: true, state: 'planned' });
  await db
    .insertInto('community.wish_vendor')
    .values({ wish_id: secret, organisation_id: organisation.id })
    .execute();
  await db
    .insertInto('community.wish_claim')
    .values({
      wish_id: secret,
      organisation_id: organisation.id,
      claimed_by: who.id,
      due_on: '2099-01-01',
      delivered_on: dayOf(new Date()),
    })
    .execute();
  for (const ctx of [nobody, other.ctx]) {
    expect(counted(await readMember(ctx, who))).toEqual({});
    expect(counted(await readOrganisation(ctx, ours.slug))).toEqual({});
    expect(counted(await readOrganisation(ctx, organisation.slug))).toEqual({});
  }
  const inside = { wishes: 1, 'wishes-accepted': 1, 'claims-delivered': 1 };
  expect(counted(await readMember(who.ctx, who))).toEqual(inside);
  expect(counted(await readMember(vendor.ctx, who))).toEqual(inside);
  expect(counted(await readOrganisation(vendor.ctx, organisation.slug))).toEqual({
    'claims-kept': 1,
    'wishes-addressed': 1,
  });
});

test('what is a member’s own, and what an organisation’s managers know, nobody else is told', async () => {
  const [who, other] = [await testMember(), await testMember()];
  const organisation = await newOrganisation();
  await db
    .insertInto('community.organisation_manager')
    .values({ organisation_id: organisation.id, member_id: who.id })
    .execute();
  await award(who, await testPost(who, { kind: 'article' }));
  const reward = await db
    .insertInto('community.reward')
    .values({
      kind: 'digital',
      name: JSON.stringify({ en: 'A book', 'zh-CN': '一本书' }),
      about: JSON.stringify({ en: '', 'zh-CN': '' }),
      price: 10,
      stock: 1,
      value_minor: 1,
      currency: 'CNY',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const order = { reward_id: reward.id, member_id: who.id, price: 10, value_minor: 1, currency: 'CNY' };
  await db
    .insertInto('community.redemption')
    .values([
      { ...order, is_taxable: false },
      { ...order, is_taxable: false, state: 'cancelled', ended_at: new Date() },
    ])
    .execute();
  const payment = (year: number, reverses: number | null = null) =>
    db
      .insertInto('community.sponsorship')
      .values({
        organisation_id: organisation.id,
        year,
        amount_minor: 100_00,
        currency: 'CNY',
        counted_minor: 100_00,
        counted_in: 'CNY',
        paid_on: `${year}-02-01`,
        reverses,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  await payment(2025);
  await payment(2025);
  const wrong = await payment(2024);
  await payment(2024, wrong.id);

  const own = await readMember(who.ctx, who);
  expect(counted(own)).toMatchObject({ spendable: 1, orders: 1 });
  expect(sumOf(own, 'orders')).toEqual(['10 points']);
  expect(own.figures.filter(({ isInner }) => isInner).map(({ name }) => name)).toEqual([
    'votes-given',
    'spendable',
    'orders',
  ]);
  const theirs = await readOrganisation(who.ctx, organisation.slug);
  expect(sumOf(theirs, 'payments')).toEqual(['20000 CNY']);
  expect(counted(theirs)).toEqual({ 'sponsored-years': 1, payments: 2 });
  for (const ctx of [nobody, other.ctx, house]) {
    const seen = [await readMember(ctx, who), await readOrganisation(ctx, organisation.slug)];
    for (const { figures } of seen) expect(figures.filter(({ isInner }) => isInner)).toEqual([]);
    for (const name of ['spendable', 'orders', 'votes-given'] as const)
      await expect(listMemberRows(ctx, who.handle, name, { limit: 1 })).rejects.toMatchObject({
        code: 'not_found',
      });
    await expect(
      listOrganisationRows(ctx, organisation.slug, 'payments', { limit: 1 }),
    ).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('an organisation has what its people had while they worked there, and keeps it when they go or are erased', async () => {
  const [a, b, other] = [await testMember(), await testMember(), await testMember()];
  const [first, second] = [await newOrganisation(), await newOrganisation()];
  await employ(a, first, 200, 20);
  await employ(a, second, 20);
  await employ(b, first, 200);
  await makeBusy(a, other);
  await makeBusy(b, other);
  const early = await testPost(a, { kind: 'article' });
  await db
    .updateTable('community.post')
    .set({ published_at: daysAgo(100) })
    .where('id', '=', early)
    .execute();
  const sum = new Map<string, number>();
  for (const who of [a, b])
    for (const { name, rows } of (await getMemberValue(nobody, who.handle)).figures)
      sum.set(name, (sum.get(name) ?? 0) + rows);
  const both = [await readOrganisation(nobody, first.slug), await readOrganisation(nobody, second.slug)];
  for (const [name, rows] of sum)
    expect(
      both.reduce((all, { figures }) => all + (figures.find((one) => one.name === name)?.rows ?? 0), 0),
      name,
    ).toBe(rows);
  expect(counted(both[0]!)).toMatchObject({ articles: 4, answers: 2, hours: 2 });
  expect(counted(both[1]!)).toMatchObject({ articles: 3, answers: 2 });
  // A dispute takes it away, as it does from the posts of an organisation.
  await db
    .updateTable('community.employment')
    .set({ standing: 'disputed' })
    .where('member_id', '=', a.id)
    .execute();
  expect(counted(await readOrganisation(nobody, second.slug))).toEqual({});
  await db
    .updateTable('community.employment')
    .set({ standing: 'stated' })
    .where('member_id', '=', a.id)
    .execute();

  await db
    .updateTable('community.member')
    .set({ erased_at: new Date(), handle: `deleted-${a.handle}`.slice(0, 40), name: '—', account_id: null })
    .where('id', '=', a.id)
    .execute();
  await expect(getMemberValue(nobody, a.handle)).rejects.toMatchObject({ code: 'not_found' });
  await expect(getMemberValue(nobody, `deleted-${a.handle}`.slice(0, 40))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(counted(await readOrganisation(nobody, second.slug))).toEqual(counted(both[1]!));
  const { items } = await listOrganisationRows(nobody, second.slug, 'articles', { limit: 10 });
  expect(items.map(({ member }) => member?.handle)).toEqual([null, null, null]);
});
