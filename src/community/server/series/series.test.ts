import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import type { Article } from '#src/community/contract/articles.ts';
import type { BegunSeries, Series } from '#src/community/contract/series.ts';
import type { Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { exportEverything } from '../privacy/export-everything.ts';
import { eraseMember } from '../privacy/erase-member.ts';
import { community } from '../room.ts';

const api = testApi([community]);
const { db } = database;
let author: TestMember;
let reader: TestMember;
let series: number;
let parts: number[];

/** Articles of one author in a series, in this order. */
async function makeSeries(writer: TestMember, titles: string[]) {
  const { id } = await db
    .insertInto('community.series')
    .values({ author_id: writer.id, title: `Series of ${titles[0]}` })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ids: number[] = [];
  for (const title of titles) {
    const post = await testPost(writer, { kind: 'article', title });
    await db
      .updateTable('community.post')
      .set({ series_id: id, series_position: ids.length + 1 })
      .where('id', '=', post)
      .execute();
    ids.push(post);
  }
  return { id, ids };
}

beforeEach(async () => {
  author = await testMember();
  reader = await testMember();
  ({ id: series, ids: parts } = await makeSeries(author, [
    'Part one',
    'Part two',
    'Part three',
    'Part four',
  ]));
});

const get = async <T>(who: Context | null, path: string) =>
  (await (await api.call(who, 'GET', `/api/community/${path}`)).json()) as T;
const mark = async (who: Context, id: number | undefined, method = 'PUT') =>
  (await api.call(who, method, `/api/community/series/readings/${id}`)).status;
const progress = async (who: Context | null) => (await get<Series>(who, `series/${series}`)).progress;
const begun = (who: Context) => get<BegunSeries[]>(who, 'series/readings');

test('each part leads to the one before and the one after, and says how far its reader got', async () => {
  const [first, second, third] = parts;
  expect((await get<Article>(null, `articles/${second}`)).series).toMatchObject({
    number: 2,
    count: 4,
    previous: { id: first, title: 'Part one' },
    next: { id: third, title: 'Part three' },
    reading: null,
  });
  expect(await mark(reader.ctx, first)).toBe(204);
  expect(await mark(reader.ctx, second)).toBe(204);
  expect((await get<Article>(reader.ctx, `articles/${second}`)).series?.reading).toEqual({
    isRead: true,
    read: 2,
  });
  expect((await get<Article>(reader.ctx, `articles/${third}`)).series?.reading).toEqual({
    isRead: false,
    read: 2,
  });
});

test('a reader goes on after what they read last, then with what they left out; marked twice counts once', async () => {
  const [first, second, third, fourth] = parts;
  expect(await progress(reader.ctx)).toMatchObject({ read: 0, count: 4, next: { id: first } });
  expect(await begun(reader.ctx)).toEqual([]);
  await mark(reader.ctx, second);
  await mark(reader.ctx, second);
  expect(await progress(reader.ctx)).toMatchObject({ read: 1, next: { id: third, title: 'Part three' } });
  await mark(reader.ctx, third);
  await mark(reader.ctx, fourth);
  expect(await progress(reader.ctx)).toMatchObject({ read: 3, next: { id: first } });
  expect(await begun(reader.ctx)).toMatchObject([{ id: series, read: 3, count: 4, next: { id: first } }]);
  await mark(reader.ctx, first);
  expect(await progress(reader.ctx)).toEqual({ read: 4, count: 4, next: null });
  expect(await begun(reader.ctx)).toEqual([]);
  await mark(reader.ctx, third, 'DELETE');
  expect(await progress(reader.ctx)).toMatchObject({ read: 3, next: { id: third } });
  const { articles } = await get<Series>(reader.ctx, `series/${series}`);
  expect(articles.map(({ isRead }) => isRead)).toEqual([true, true, false, true]);
});

test('what is hidden counts for nobody, and a series of another order goes on in that order', async () => {
  const [first, second, third, fourth] = parts;
  await mark(reader.ctx, first);
  await mark(reader.ctx, second);
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', first!).execute();
  expect(await progress(reader.ctx)).toMatchObject({ read: 1, count: 3, next: { id: third } });
  const title = 'In another order';
  const order = [fourth, first, second, third];
  await db.updateTable('community.post').set({ state: 'published' }).where('id', '=', first!).execute();
  const moved = await api.call(author.ctx, 'PUT', `/api/community/series/${series}`, { title, order });
  expect(moved.status).toBe(204);
  expect(await progress(reader.ctx)).toMatchObject({ read: 2, next: { id: third } });
  await mark(reader.ctx, third);
  expect(await progress(reader.ctx)).toMatchObject({ read: 3, next: { id: fourth } });
});

test('what somebody read is seen by them alone, goes with them, and counts for nobody else', async () => {
  await mark(reader.ctx, parts[0]);
  expect(await progress(null)).toBeNull();
  expect(await progress(author.ctx)).toMatchObject({ read: 0 });
  expect((await get<Series>(null, `series/${series}`)).articles.every(({ isRead }) => !isRead)).toBe(true);
  // Who never took part reads like anybody, and becomes no member by it.
  const newcomer = await testContext({ may: [] });
  expect(await progress(newcomer)).toMatchObject({ read: 0, next: { id: parts[0] } });
  expect(await begun(newcomer)).toEqual([]);
  const given = await exportEverything(reader.ctx);
  expect(given.parts['profile']?.['community.reading']).toMatchObject([{ post_id: parts[0] }]);
  expect((await exportEverything(author.ctx)).parts['profile']?.['community.reading']).toEqual([]);
  const { actor } = await theHouse();
  const leaving = await testContext({ may: [], orgId: actor.orgId });
  const { id, handle } = await requireMember(leaving);
  expect(await mark(leaving, parts[0])).toBe(204);
  const kept = () =>
    db.selectFrom('community.reading').select('post_id').where('member_id', '=', id).execute();
  expect(await kept()).toHaveLength(1);
  await eraseMember(leaving, { confirm: handle });
  expect(await kept()).toEqual([]);
});

test('what is in no series, not public, or not there is not marked', async () => {
  const alone = await testPost(author, { kind: 'article', title: 'In no series' });
  await db.updateTable('community.post').set({ state: 'pending' }).where('id', '=', parts[3]!).execute();
  for (const id of [alone, parts[3], 999_999_999]) expect(await mark(reader.ctx, id)).toBe(409);
  expect((await api.call(null, 'PUT', `/api/community/series/readings/${parts[0]}`)).status).toBe(401);
});
