import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import type { Context } from '#src/platform/server/context.ts';
import { blockMember } from '../blocks/block-member.ts';
import { unblockMember } from '../blocks/unblock-member.ts';
import { followSubject } from '../follows/follow-subject.ts';
import { listFollowed } from '../follows/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { notifyMentioned } from '../mentions/notify-mentioned.ts';
import { answerRequest } from './answer-request.ts';
import { beginConversation } from './begin-conversation.ts';
import { markRead } from './mark-read.ts';
import { countUnread, getConversation, listConversations } from './queries.ts';
import { writeMessage } from './write-message.ts';

await testContext({ may: ['*'] });
const page = { limit: 50 };

/** A member who may begin a conversation. */
async function somebody(trustLevel = 2) {
  const ctx = await testContext({ may: [] });
  const { id, handle } = await requireMember(ctx);
  await database.db
    .updateTable('community.member')
    .set({ trust_level: trustLevel })
    .where('id', '=', id)
    .execute();
  return { ctx, id, handle };
}
const say = async (ctx: Context, handle: string, markdown: string) =>
  (await beginConversation(ctx, { handle, markdown })).id;
/** Messages may follow one another at once. */
const atAnyPace = () => sql`delete from community.writing_pace`.execute(database.db);
const noticesOf = async (id: string) =>
  (
    await database.db
      .selectFrom('community.notification')
      .select('kind')
      .where('member_id', '=', id)
      .execute()
  ).map(({ kind }) => kind);

test('the first message is a request; accepted, both write; others do not find it', async () => {
  const [ann, bob, eve] = [await somebody(), await somebody(0), await somebody()];
  const id = await say(ann.ctx, bob.handle, 'May I **ask** something?');
  expect(await noticesOf(bob.id)).toEqual(['message-request']);
  expect(await getConversation(ann.ctx, id, page)).toMatchObject({
    state: 'requested',
    isMine: true,
    mayWrite: false,
  });
  await expect(writeMessage(ann.ctx, id, { markdown: 'Hello?' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(writeMessage(bob.ctx, id, { markdown: 'Yes' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(answerRequest(ann.ctx, id, 'accept')).rejects.toMatchObject({ code: 'not_found' });
  for (const work of [
    () => getConversation(eve.ctx, id, page),
    () => writeMessage(eve.ctx, id, { markdown: 'Let me in' }),
    () => answerRequest(eve.ctx, id, 'accept'),
    () => markRead(eve.ctx, id),
  ])
    await expect(work()).rejects.toMatchObject({ code: 'not_found' });
  await answerRequest(bob.ctx, id, 'accept');
  await atAnyPace();
  await writeMessage(bob.ctx, id, { markdown: 'Of course ![x](https://example.com/x.png)' });
  const seen = await getConversation(ann.ctx, id, page);
  expect(seen.messages.map(({ isMine }) => isMine)).toEqual([true, false]);
  expect(seen.messages[0]?.html).toContain('<strong>ask</strong>');
  expect(await countUnread(database.db, ann.id)).toBe(1);
  await markRead(ann.ctx, id);
  expect(await countUnread(database.db, ann.id)).toBe(0);
  expect((await listConversations(eve.ctx, page)).items).toEqual([]);
  // To begin again is to go on.
  await atAnyPace();
  expect(await say(bob.ctx, ann.handle, 'And now?')).toBe(id);
});

test('newcomers begin nothing, requests have no pictures, nobody writes to themself', async () => {
  const [ann, bob, newcomer] = [await somebody(), await somebody(), await somebody(0)];
  await expect(say(newcomer.ctx, ann.handle, 'Buy this')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(
    say(ann.ctx, bob.handle, '![x](/api/platform/files/6f1c3f7e-9f5e-4f0b-8f4e-0d2c8f9f1a2b)'),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(say(ann.ctx, ann.handle, 'Hello me')).rejects.toMatchObject({ code: 'conflict' });
  await expect(say(ann.ctx, 'never-was', 'Hello')).rejects.toMatchObject({ code: 'not_found' });
  expect((await listConversations(ann.ctx, page)).items).toEqual([]);
});

test('who asked is not told of a refusal; whom was asked may accept later', async () => {
  const [ann, bob] = [await somebody(), await somebody()];
  const id = await say(ann.ctx, bob.handle, 'Hello');
  await answerRequest(bob.ctx, id, 'refuse');
  expect(await getConversation(ann.ctx, id, page)).toMatchObject({ state: 'requested' });
  expect(await getConversation(bob.ctx, id, page)).toMatchObject({ state: 'refused' });
  await expect(writeMessage(ann.ctx, id, { markdown: 'Hello?' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await countUnread(database.db, bob.id)).toBe(0);
  await answerRequest(bob.ctx, id, 'accept');
  await atAnyPace();
  await writeMessage(ann.ctx, id, { markdown: 'Thanks' });
});

test('a blocked member cannot message, follow or be heard by a mention, until unblocked', async () => {
  const [ann, bob] = [await somebody(), await somebody()];
  await followSubject(bob.ctx, 'member', ann.handle);
  const id = await say(ann.ctx, bob.handle, 'Hello');
  await answerRequest(bob.ctx, id, 'accept');
  await blockMember(ann.ctx, bob.handle);
  expect(await listFollowed(bob.ctx)).toEqual([]);
  await atAnyPace();
  await expect(writeMessage(bob.ctx, id, { markdown: 'Why?' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(followSubject(bob.ctx, 'member', ann.handle)).rejects.toMatchObject({ code: 'conflict' });
  const before = await noticesOf(ann.id);
  const mention = { actorId: bob.id, markdown: `Hey @${ann.handle}`, place: 'post:1', payload: {} };
  await notifyMentioned(bob.ctx, mention);
  expect(await noticesOf(ann.id)).toEqual(before);
  const carl = await somebody();
  await expect(say(bob.ctx, ann.handle, 'Again')).rejects.toMatchObject({ code: 'conflict' });
  await notifyMentioned(carl.ctx, { ...mention, actorId: carl.id });
  await notifyMentioned(carl.ctx, { ...mention, actorId: carl.id });
  expect((await noticesOf(ann.id)).filter((kind) => kind === 'mention')).toHaveLength(1);
  await unblockMember(ann.ctx, bob.handle);
  await atAnyPace();
  await writeMessage(bob.ctx, id, { markdown: 'Sorry' });
});

test('of two who ask each other at once there is one conversation', async () => {
  const [ann, bob] = [await somebody(), await somebody()];
  await Promise.allSettled([say(ann.ctx, bob.handle, 'Hi Bob'), say(bob.ctx, ann.handle, 'Hi Ann')]);
  const { n } = await database.db
    .selectFrom('community.conversation')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('starter_id', 'in', [ann.id, bob.id])
    .executeTakeFirstOrThrow();
  expect(Number(n)).toBe(1);
});
