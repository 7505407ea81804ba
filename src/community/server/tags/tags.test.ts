import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { TagPage, TagSummary } from '#src/community/contract/tags.ts';
import type { Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { community } from '../room.ts';

const api = testApi([community]);
await writeAtAnyPace();
let member: Context;
let staff: Context;
beforeEach(async () => {
  [member, staff] = [await testContext({ may: [] }), await testContext({ may: [] })];
  const { id } = await requireMember(staff);
  await database.db.insertInto('community.staff').values({ member_id: id, role: 'editor' }).execute();
  await database.db.deleteFrom('community.post_tag').execute();
  await database.db.deleteFrom('community.tag').execute();
  await database.db
    .insertInto('community.tag')
    .values(['postgresql', 'pg', 'vacuum', '索引', 'news'].map((name) => ({ name })))
    .execute();
});

async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community${path}`, body);
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}
let count = 0;
const write = async (tags: string[], who = member) =>
  call<{ id: number }>(who, 'POST', '/articles', {
    title: 'About something',
    markdown: `Words, number ${++count}.`,
    tags,
    locale: 'en',
  });
const page = async (tag: string) =>
  (await call<TagPage>(null, 'GET', `/tags/${encodeURIComponent(tag)}`)).body;
const synonym = (tag: string, name: string, who = staff) =>
  call(who, 'POST', `/tags/${tag}/synonyms`, { name });

test('a synonym leads to its tag, and what is tagged with it carries the tag', async () => {
  expect((await synonym('postgresql', 'postgres', member)).status).toBe(403);
  expect((await synonym('postgresql', 'postgres')).status).toBe(204);
  const { id } = (await write(['postgres', 'vacuum'])).body;
  const tag = await page('postgres');
  expect(tag).toMatchObject({
    name: 'postgresql',
    synonyms: ['postgres'],
    postCount: 1,
    related: ['vacuum'],
  });
  expect(tag.posts.items).toMatchObject([{ id, tags: ['postgresql', 'vacuum'] }]);
  expect((await synonym('vacuum', 'postgres')).status).toBe(409);
  expect((await call(staff, 'DELETE', '/tags/postgresql/synonyms/postgres')).status).toBe(204);
  expect((await call(null, 'GET', '/tags/postgres')).status).toBe(404);
});

test('a tag that becomes a synonym is merged: its posts and its other names move, each post counts once', async () => {
  await synonym('pg', 'pgsql');
  await write(['pg']);
  await write(['pg', 'postgresql']);
  await write(['postgresql']);
  expect((await synonym('postgresql', 'pg')).status).toBe(204);
  const tag = await page('pgsql');
  expect(tag).toMatchObject({ name: 'postgresql', synonyms: ['pg', 'pgsql'], postCount: 3 });
  expect(tag.posts.items).toHaveLength(3);
  expect((await synonym('postgresql', 'postgresql')).status).toBe(409);
});

test('a reserved tag is for staff', async () => {
  const edit = { about: 'What the community announces.', isReserved: true };
  expect((await call(member, 'PUT', '/tags/news', edit)).status).toBe(403);
  expect((await call(staff, 'PUT', '/tags/news', edit)).status).toBe(204);
  expect((await write(['news'])).status).toBe(409);
  expect((await write(['news'], staff)).status).toBe(201);
  expect(await page('news')).toMatchObject({ ...edit, postCount: 1 });
});

test('a new tag takes reputation', async () => {
  expect((await write(['brand-new'])).status).toBe(409);
  const { id } = await requireMember(member);
  await database.db.updateTable('community.member').set({ reputation: 1500 }).where('id', '=', id).execute();
  expect((await write(['brand-new'])).status).toBe(201);
});

test('the list is found by beginnings, also of other names, and goes on page by page', async () => {
  await synonym('postgresql', '象');
  await write(['vacuum', '索引']);
  await write(['vacuum']);
  const names = async (query: string) => {
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await call<{ items: TagSummary[]; nextCursor: string | null }>(
        null,
        'GET',
        `/tags?limit=2&${query}${cursor && `&cursor=${cursor}`}`,
      );
      found.push(...body.items.map(({ name }) => name));
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    return found;
  };
  expect((await names('')).slice(0, 2)).toEqual(['vacuum', '索引']);
  expect(await names('')).toHaveLength(5);
  expect((await names('sort=name'))[0]).toBe('news');
  expect(await names(`q=${encodeURIComponent('象')}`)).toEqual(['postgresql']);
  expect(await names('q=%25')).toEqual([]);
});
