import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost } from '#tests/support/members.ts';
import { type Counted, countReads } from './count-reads.ts';

const { db } = database;
const ctx = systemContext(db, noOrg);

const read = (post: number | string, count: number, accountId: string | null = null): Counted => ({
  kind: typeof post === 'number' ? 'post' : 'organisation',
  name: String(post),
  accountId,
  count,
});
const counted = async () =>
  db
    .selectFrom('community.page_read')
    .select(['post_id', 'organisation_id', 'count'])
    .orderBy('count')
    .execute();
const viewsOf = async (id: number) =>
  (await db.selectFrom('community.post').select('view_count').where('id', '=', id).executeTakeFirstOrThrow())
    .view_count;

test('reads are added up by page and day, but for those of the author, of managers and of what is not there', async () => {
  const [author, reader, manager] = [await testMember(), await testMember(), await testMember()];
  const post = await testPost(author, { kind: 'article' });
  const hidden = await testPost(author, { kind: 'article' });
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', hidden).execute();
  const organisation = await db
    .insertInto('community.organisation')
    .values({ slug: 'read-often', name: 'Read Often', kind: 'end-user', state: 'verified' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('community.organisation_manager')
    .values({ organisation_id: organisation.id, member_id: manager.id })
    .execute();
  const accountOf = ({ ctx: { actor } }: typeof author) => actor.id;
  const batch = [
    read(post, 3),
    read(post, 2, accountOf(reader)),
    // Somebody with an account who is no member yet.
    read(post, 1, randomUUID()),
    read(post, 50, accountOf(author)),
    read(hidden, 9),
    read(999_999_999, 9),
    read('read-often', 20),
    read('read-often', 9, accountOf(manager)),
    read('nobody', 9),
  ];
  await countReads(ctx, batch);
  const once = [
    { post_id: post, organisation_id: null, count: 6 },
    { post_id: null, organisation_id: organisation.id, count: 20 },
  ];
  expect(await counted()).toEqual(once);
  // Two servers at once lose nothing.
  await Promise.all([countReads(ctx, batch), countReads(ctx, batch.toReversed())]);
  expect(await counted()).toEqual(once.map((row) => ({ ...row, count: row.count * 3 })));
  expect(await viewsOf(post)).toBe(18);
  expect(await viewsOf(hidden)).toBe(0);
});
