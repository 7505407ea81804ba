import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { Article, WrittenArticle } from '#src/community/contract/articles.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { requireMember } from '../members/require-member.ts';
import { publishDue } from '../posts/publish-due.job.ts';
import { community } from '../room.ts';

const api = testApi([community]);
await writeAtAnyPace();
let author: Context;
beforeEach(async () => {
  author = await testContext({ may: [] });
  await database.db
    .insertInto('community.tag')
    .values(['index', 'vacuum'].map((name) => ({ name })))
    .onConflict((oc) => oc.doNothing())
    .execute();
});

const words = { title: 'Choosing an index', markdown: 'B-tree **first**.', tags: ['index'], locale: 'en' };
async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community/articles${path}`, body);
  return { status: answer.status, body: (await answer.json()) as T };
}
const write = async (more = {}) =>
  (
    await call<WrittenArticle>(author, 'POST', '', {
      ...words,
      // The same words twice are refused.
      markdown: `${words.markdown}\n\n${randomUUID()}`,
      ...more,
    })
  ).body;
const read = (who: Context | null, id: number) => call<Article>(who, 'GET', `/${id}`);

test('what a member publishes is read by everybody and stands in the lists', async () => {
  const { id, state } = await write();
  expect(state).toBe('published');
  const { body } = await read(null, id);
  expect(body).toMatchObject({ title: words.title, tags: ['index'], revision: 1, may: { edit: false } });
  expect(body.html).toContain('<p>B-tree <strong>first</strong>.</p>\n');
  expect((await read(author, id)).body.may).toEqual({
    edit: true,
    feature: false,
    vote: false,
    comment: true,
    suggest: false,
  });
  const { body: list } = await call<{ items: Article[] }>(null, 'GET', '?tag=index');
  expect(list.items.map((one) => one.id)).toContain(id);
});

test('pages of a list follow one another without gaps', async () => {
  const { handle } = await requireMember(author);
  const ids = [];
  for (let at = 0; at < 5; at++) ids.unshift((await write()).id);
  for (const sort of ['new', 'top']) {
    const seen: number[] = [];
    let cursor = '';
    do {
      const path = `?author=${handle}&limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`;
      const { body } = await call<{ items: Article[]; nextCursor: string | null }>(null, 'GET', path);
      seen.push(...body.items.map((one) => one.id));
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(ids);
  }
  expect((await call(null, 'GET', '?cursor=W10')).status).toBe(422);
});

test('an article that is not public is found by its author and nobody else', async () => {
  const stranger = await testContext({ may: [] });
  const later = new Date(Date.now() + 3600_000).toISOString();
  const { id, state } = await write({ publishAt: later });
  expect(state).toBe('scheduled');
  expect((await read(author, id)).status).toBe(200);
  for (const who of [null, stranger]) {
    expect((await read(who, id)).status).toBe(404);
  }
  expect((await call(stranger, 'GET', `/${id}/source`)).status).toBe(404);
  expect((await call(stranger, 'PUT', `/${id}`, { ...words, revision: 1 })).status).toBe(404);
  expect((await call(author, 'POST', '', { ...words, publishAt: '2020-01-01T00:00:00Z' })).status).toBe(409);
});

test('the author writes over what they saw; what changed meanwhile is not lost, and strangers change nothing', async () => {
  const { id } = await write();
  const change = { ...words, title: 'Choosing an index well', revision: 1 };
  expect((await call(author, 'PUT', `/${id}`, change)).body).toMatchObject({ revision: 2 });
  expect((await call(author, 'PUT', `/${id}`, change)).status).toBe(409);
  const stranger = await testContext({ may: [] });
  expect((await call(stranger, 'PUT', `/${id}`, { ...change, revision: 2 })).status).toBe(403);
  expect((await read(null, id)).body.title).toBe(change.title);
});

test('what is not original says where it comes from', async () => {
  expect((await call(author, 'POST', '', { ...words, origin: 'translated' })).status).toBe(422);
  expect(
    (await call(author, 'POST', '', { ...words, origin: 'translated', sourceUrl: 'javascript:alert(1)' }))
      .status,
  ).toBe(422);
  const { id } = await write({
    origin: 'translated',
    sourceUrl: 'https://www.postgresql.org/docs/',
    licence: 'CC-BY-4.0',
  });
  expect((await read(null, id)).body).toMatchObject({
    origin: 'translated',
    sourceUrl: 'https://www.postgresql.org/docs/',
    licence: 'CC-BY-4.0',
  });
});

const log = createLog('test', 'silent');
const publishNow = () => publishDue.run({ db: database.db, log, config: readConfig({}) }, {} as never);

test('what is timed comes out at its time, once, however many look; what waits for another time waits', async () => {
  const later = new Date(Date.now() + 3600_000).toISOString();
  const [due, waiting] = [await write({ publishAt: later }), await write({ publishAt: later })];
  await database.db
    .updateTable('community.post')
    .set({ publish_at: new Date(Date.now() - 1000) })
    .where('id', '=', due.id)
    .execute();
  await Promise.all(Array.from({ length: 8 }, publishNow));
  expect((await read(null, due.id)).body.state).toBe('published');
  expect((await read(null, waiting.id)).status).toBe(404);
  const { rows } = await sql<{ fact: string }>`select fact from platform.event
    where payload->>'postId' = ${String(due.id)}`.execute(database.db);
  expect(rows).toHaveLength(1);
});

test('what a suspended member timed does not come out until they may write again', async () => {
  const { id } = await write({ publishAt: new Date(Date.now() + 3600_000).toISOString() });
  await sql`update community.post set publish_at = now() - interval '1 minute' where id = ${id}`.execute(
    database.db,
  );
  const suspend = (until: string) =>
    sql`update community.member set suspended_until = now() + ${until}::interval where account_id = ${author.actor.id}`.execute(
      database.db,
    );
  await suspend('1 hour');
  await publishNow();
  expect((await read(null, id)).status).toBe(404);
  await suspend('-1 hour');
  await publishNow();
  expect((await read(null, id)).status).toBe(200);
});

async function editor(): Promise<Context> {
  const ctx = await testContext({ may: [] });
  const { id } = await requireMember(ctx);
  await database.db.insertInto('community.staff').values({ member_id: id, role: 'editor' }).execute();
  return ctx;
}
const reputation = async () => (await requireMember(author)).reputation;

test('an editor features once, and the author gets the reputation once, on a double click and after a change of mind', async () => {
  const by = await editor();
  const { id } = await write();
  const before = await reputation();
  const feature = (who = by) => api.call(who, 'PUT', `/api/community/articles/${id}/featured`);
  const answers = await Promise.all(Array.from({ length: 10 }, () => feature()));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 204));
  expect(await reputation()).toBe(before + 50);
  expect((await read(null, id)).body.isFeatured).toBe(true);
  await Promise.all(
    Array.from({ length: 5 }, () => api.call(by, 'DELETE', `/api/community/articles/${id}/featured`)),
  );
  expect(await reputation()).toBe(before);
  await feature();
  expect(await reputation()).toBe(before + 50);
  const told = await database.db
    .selectFrom('community.notification')
    .select('kind')
    .where('key', '=', `featured:${id}`)
    .execute();
  expect(told).toHaveLength(1);
});

test('nobody but an editor features, and no editor what is their own', async () => {
  const { id } = await write();
  const feature = (who: Context, what = id) =>
    api.call(who, 'PUT', `/api/community/articles/${what}/featured`);
  expect((await feature(await testContext({ may: [] }))).status).toBe(403);
  const by = await editor();
  author = by;
  expect((await feature(by, (await write()).id)).status).toBe(409);
  expect((await feature(by, 999_999_999)).status).toBe(404);
});

test('a series keeps its order; each part knows what comes before and after', async () => {
  const ids: number[] = [];
  for (let at = 0; at < 3; at++)
    ids.push((await write({ series: at === 1 ? 'planner basics' : 'Planner basics' })).id);
  const place = async (id: number) => (await read(null, id)).body.series;
  expect(await place(ids[1]!)).toMatchObject({
    title: 'Planner basics',
    number: 2,
    count: 3,
    previous: { id: ids[0] },
    next: { id: ids[2] },
  });
  const { id: series } = (await place(ids[0]!))!;
  const call = (who: Context | null, method: string, body?: unknown) =>
    api.call(who, method, `/api/community/series/${series}`, body);
  const order = [ids[2], ids[0], ids[1]];
  const stranger = await testContext({ may: [] });
  expect((await call(stranger, 'PUT', { title: 'Mine', order })).status).toBe(404);
  expect((await call(author, 'PUT', { title: 'Planner', order: order.slice(1) })).status).toBe(409);
  expect((await call(author, 'PUT', { title: 'Planner', order })).status).toBe(204);
  expect(await place(ids[2]!)).toMatchObject({
    title: 'Planner',
    number: 1,
    previous: null,
    next: { id: ids[0] },
  });
  const waiting = await write({
    series: 'Planner',
    publishAt: new Date(Date.now() + 3600_000).toISOString(),
  });
  const seen = async (who: Context | null) =>
    ((await (await call(who, 'GET')).json()) as { articles: { id: number }[] }).articles.map(({ id }) => id);
  expect(await seen(null)).toEqual(order);
  expect(await seen(author)).toEqual([...order, waiting.id]);
  expect(await place(ids[1]!)).toMatchObject({ count: 3, next: null });
});
