import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import type { Fact } from '#src/platform/server/events.ts';
import { createLog } from '#src/platform/server/log.ts';
import { blockMember } from '../blocks/block-member.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { followSubject } from './follow-subject.ts';
import { listFollowed } from './queries.ts';
import { unfollowSubject } from './unfollow-subject.ts';
import { whenPostPublished } from './when-post-published.ts';

await testContext({ may: ['*'] });
const { db } = database;

async function somebody() {
  const ctx = await testContext({ may: [] });
  const { id, handle } = await requireMember(ctx);
  return { ctx, id, handle };
}
const publish = (ctx: Awaited<ReturnType<typeof somebody>>['ctx'], markdown: string) =>
  inTransaction(ctx, async (tx) =>
    insertPost(tx, await requireMember(tx), {
      kind: 'question',
      title: 'How do locks queue?',
      markdown,
      tags: ['locks'],
      locale: 'en',
      state: 'published',
    }),
  );
const tell = (postId: number) =>
  whenPostPublished.run(
    db,
    { id: 1, fact: 'community.post-published', subjectId: null, payload: { postId } } satisfies Fact,
    createLog('test', 'silent'),
  );
const noticesOf = async (memberId: string) =>
  (
    await db
      .selectFrom('community.notification')
      .select('kind')
      .where('member_id', '=', memberId)
      .orderBy('id')
      .execute()
  ).map(({ kind }) => kind);

test('followers of the author and of a tag hear of a post once, who is called by name too; who blocked the author does not', async () => {
  await db.insertInto('community.tag').values({ name: 'locks' }).execute();
  const [author, fan, reader, called, deaf] = await Promise.all([1, 2, 3, 4, 5].map(somebody));
  if (!author || !fan || !reader || !called || !deaf) throw new Error('nobody');
  await followSubject(fan.ctx, 'member', author.handle);
  await followSubject(fan.ctx, 'tag', 'Locks');
  await followSubject(reader.ctx, 'tag', 'locks');
  await followSubject(deaf.ctx, 'tag', 'locks');
  await blockMember(deaf.ctx, author.handle);
  const post = await publish(author.ctx, `Ask @${called.handle} and @${author.handle}.`);
  await tell(post);
  await tell(post);
  expect(await noticesOf(fan.id)).toEqual(['followed']);
  expect(await noticesOf(reader.id)).toEqual(['followed']);
  expect(await noticesOf(called.id)).toEqual(['mention']);
  expect(await noticesOf(deaf.id)).toEqual([]);
  expect(await noticesOf(author.id)).toEqual(['follow']);
});

test('what is followed is listed with its address, and no longer once it is gone or unfollowed', async () => {
  const [me, other] = [await somebody(), await somebody()];
  const post = await publish(other.ctx, 'Words.');
  await followSubject(me.ctx, 'post', String(post));
  await followSubject(me.ctx, 'member', other.handle);
  await followSubject(me.ctx, 'member', other.handle);
  expect((await listFollowed(me.ctx)).map(({ href }) => href)).toEqual([
    `/members/${other.handle}`,
    `/questions/${post}/how-do-locks-queue`,
  ]);
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', post).execute();
  expect((await listFollowed(me.ctx)).map(({ kind }) => kind)).toEqual(['member']);
  await unfollowSubject(me.ctx, 'member', other.handle);
  expect(await listFollowed(me.ctx)).toEqual([]);
  for (const [kind, key] of [
    ['member', 'never-was'],
    ['tag', 'never-was'],
    ['post', '999999'],
    ['post', 'x'],
    ['post', String(post)],
  ] as const)
    await expect(followSubject(me.ctx, kind, key)).rejects.toMatchObject({ code: 'not_found' });
  await expect(followSubject(me.ctx, 'member', me.handle)).rejects.toMatchObject({ code: 'conflict' });
});
