import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost, type Writing } from './insert-post.ts';
import { publishPost, unpublishPost } from './publish-post.ts';
import { revisePost } from './revise-post.ts';

let ctx: Context;
let author: OwnMember;
beforeEach(async () => {
  ctx = await testContext({ may: [] });
  author = await requireMember(ctx);
  await database.db
    .insertInto('community.tag')
    .values(['index', 'vacuum'].map((name) => ({ name })))
    .onConflict((oc) => oc.column('name').doUpdateSet({ post_count: 0 }))
    .execute();
});

const write = (more: Partial<Writing> = {}) =>
  inTransaction(ctx, (tx) =>
    insertPost(tx, author, {
      kind: 'question',
      title: 'How to choose an index',
      markdown: 'Which one?',
      tags: ['index'],
      locale: 'en',
      state: 'draft',
      ...more,
    }),
  );
const publish = (id: number) => inTransaction(ctx, (tx) => publishPost(tx, id));
const hide = (id: number) => inTransaction(ctx, (tx) => unpublishPost(tx, id, 'hidden'));

async function counts() {
  const rows = await database.db
    .selectFrom('community.tag')
    .select(['name', 'post_count as count'])
    .where('name', 'in', ['index', 'vacuum'])
    .execute();
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}
const answersOf = async (id: number) =>
  (
    await database.db
      .selectFrom('community.post')
      .select('answer_count')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).answer_count;

test('a post counts for its tags while it is public, however often it is shown or hidden at once', async () => {
  const id = await write();
  expect(await counts()).toEqual({ index: 0, vacuum: 0 });
  const shown = await Promise.all(Array.from({ length: 10 }, () => publish(id)));
  expect(shown.filter(Boolean)).toHaveLength(1);
  expect(await counts()).toEqual({ index: 1, vacuum: 0 });
  const hidden = await Promise.all(Array.from({ length: 10 }, () => hide(id)));
  expect(hidden.filter(Boolean)).toHaveLength(1);
  expect(await counts()).toEqual({ index: 0, vacuum: 0 });
});

test('other tags of a public post count instead of those before', async () => {
  const id = await write({ state: 'published' });
  await inTransaction(ctx, (tx) => revisePost(tx, author, id, { markdown: 'Which?', tags: ['vacuum'] }));
  expect(await counts()).toEqual({ index: 0, vacuum: 1 });
});

test('posts with the same tags in another order never wait for one another for ever', async () => {
  const ids = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      write({ tags: at % 2 === 0 ? ['index', 'vacuum'] : ['vacuum', 'index'] }),
    ),
  );
  await Promise.all(ids.map(publish));
  expect(await counts()).toEqual({ index: 12, vacuum: 12 });
});

test('a question counts its public answers', async () => {
  const question = await write({ state: 'published' });
  const {
    title: _,
    tags: __,
    ...answer
  }: Writing = {
    kind: 'answer',
    parentId: question,
    markdown: 'B-tree.',
    locale: 'en',
    state: 'published',
  };
  const id = await write({ ...answer, title: undefined as never, tags: [] });
  expect(await answersOf(question)).toBe(1);
  await hide(id);
  expect(await answersOf(question)).toBe(0);
  await publish(id);
  expect(await answersOf(question)).toBe(1);
});

test('publication is a fact that other rooms may hear', async () => {
  const id = await write({ state: 'published' });
  const { rows } = await sql<{ fact: string }>`select fact from platform.event
    where payload->>'postId' = ${String(id)}`.execute(database.db);
  expect(rows).toEqual([{ fact: 'community.post-published' }]);
});
