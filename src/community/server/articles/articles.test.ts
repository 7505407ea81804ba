import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { Article, WrittenArticle } from '#src/community/contract/articles.ts';
import type { Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
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
  expect((await read(author, id)).body.may).toEqual({ edit: true, feature: false });
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
