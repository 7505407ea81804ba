import { beforeEach, expect, test } from 'vitest';
import { newEmployer, somebody, type Somebody, writePost } from '#tests/support/somebody.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { DecideWriting, ModerationSettings } from '#src/community/contract/moderation.ts';
import { listActions } from '../cases/queries.ts';
import { requireWriter } from '../members/require-member.ts';
import { getQueue } from '../reviews/queries.ts';
import { approveAll } from './approve-all.ts';
import { decideWriting } from './decide-writing.ts';
import { forgetModeration } from './judge-writing.ts';
import { restrictMember } from './restrict-member.ts';
import { undoAction } from './undo-action.ts';

// The oldest organisation runs the installation; members of tests belong to others.
await testContext({ may: [] });

let author: Somebody;
let reviewer: Somebody;
beforeEach(async () => {
  await decideSettings({});
  author = await somebody({ trust_level: 0 });
  reviewer = await somebody({}, 'moderator');
});

async function decideSettings(settings: Partial<ModerationSettings>): Promise<void> {
  const value = JSON.stringify(settings);
  await database.db
    .insertInto('community.setting')
    .values({ name: 'moderation', value })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value }))
    .execute();
  forgetModeration();
}
const stateOf = async (id: number) =>
  (
    await database.db
      .selectFrom('community.post')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).state;
const decide = (
  who: Somebody,
  subject: string,
  verdict: 'approve' | 'decline',
  more: Partial<DecideWriting> = {},
) => decideWriting(who.ctx, { subject, verdict, ...more });
const waiting = (writing: Parameters<typeof writePost>[1] = {}) =>
  writePost(author, { state: 'pending', ...writing });
const noticesOf = ({ member }: Somebody) =>
  database.db
    .selectFrom('community.notification')
    .select(['kind', 'payload'])
    .where('member_id', '=', member.id)
    .orderBy('id')
    .execute();

test('what waits is in the queue, is published by an approval, and its author is told', async () => {
  const id = await waiting();
  const { items, counts } = await getQueue(reviewer.ctx, reviewer.member.id, 'pending');
  expect(items).toMatchObject([{ subject: `post:${id}`, kind: 'question', conflict: null, needed: 1 }]);
  expect(counts.pending).toBe(1);
  expect(await decide(reviewer, `post:${id}`, 'approve')).toMatchObject({ outcome: 'approved' });
  expect(await stateOf(id)).toBe('published');
  expect(await noticesOf(author)).toMatchObject([{ kind: 'moderation', payload: { what: 'approved' } }]);
  await expect(decide(reviewer, `post:${id}`, 'approve')).rejects.toMatchObject({ code: 'conflict' });
});

test('only staff decide, of two who decide at once one does, and what never was is not found', async () => {
  const id = await waiting();
  await expect(decide(author, `post:${id}`, 'approve')).rejects.toMatchObject({ code: 'forbidden' });
  const other = await somebody({}, 'moderator');
  const both = await Promise.allSettled([
    decide(reviewer, `post:${id}`, 'approve'),
    decide(other, `post:${id}`, 'decline'),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(decide(reviewer, 'post:999999', 'approve')).rejects.toMatchObject({ code: 'not_found' });
});

test('each action can be undone once, and is in the log and the audit log', async () => {
  const id = await waiting({ markdown: 'Wonderful offer for you all.' });
  const { action } = await decide(reviewer, `post:${id}`, 'decline', {
    reason: 'Not about PostgreSQL.',
    isSpam: true,
    suspendDays: 3,
  });
  expect(await stateOf(id)).toBe('removed');
  await expect(requireWriter(author.ctx)).rejects.toMatchObject({ code: 'forbidden' });
  const log = await listActions(reviewer.ctx, { limit: 2 });
  expect(log.items).toMatchObject([
    { kind: 'suspend', canUndo: true },
    { kind: 'decline', reason: 'Not about PostgreSQL.', canUndo: true },
  ]);
  await undoAction(reviewer.ctx, { action: log.items[0]?.id ?? 0 });
  await requireWriter(author.ctx);
  await undoAction(reviewer.ctx, { action: action ?? 0 });
  expect(await stateOf(id)).toBe('pending');
  expect(await database.db.selectFrom('community.declined_text').selectAll().execute()).toEqual([]);
  await expect(undoAction(reviewer.ctx, { action: action ?? 0 })).rejects.toMatchObject({ code: 'conflict' });
  const audited = await database.db
    .selectFrom('platform.audit')
    .select('action')
    .where('actor_id', '=', reviewer.ctx.actor.id)
    .orderBy('id')
    .execute();
  expect(audited.map(({ action: name }) => name)).toEqual([
    'community.moderation.decline',
    'community.moderation.suspend',
    'community.moderation.undo',
    'community.moderation.undo',
  ]);
});

test('what something else happened to since is not undone blindly', async () => {
  const id = await waiting();
  const { action } = await decide(reviewer, `post:${id}`, 'approve');
  await database.db.updateTable('community.post').set({ state: 'removed' }).where('id', '=', id).execute();
  await expect(undoAction(reviewer.ctx, { action: action ?? 0 })).rejects.toMatchObject({ code: 'conflict' });
  expect(await stateOf(id)).toBe('removed');
});

test('where two reviewers are wanted, two distinct ones approve; the same one twice is one', async () => {
  await decideSettings({ reviewersNeeded: 2 });
  const id = await waiting();
  expect(await decide(reviewer, `post:${id}`, 'approve')).toEqual({ outcome: 'waiting', action: null });
  expect(await decide(reviewer, `post:${id}`, 'approve')).toEqual({ outcome: 'waiting', action: null });
  expect(await stateOf(id)).toBe('pending');
  const second = await somebody({}, 'moderator');
  const { items } = await getQueue(second.ctx, second.member.id, 'pending');
  expect(items.find(({ subject }) => subject === `post:${id}`)).toMatchObject({ approvals: 1, needed: 2 });
  expect(await decide(second, `post:${id}`, 'approve')).toMatchObject({ outcome: 'approved' });
  expect(await stateOf(id)).toBe('published');
});

test('one click approves all that waits of one member, and of nobody else', async () => {
  const ids = [await waiting(), await waiting({ kind: 'article', title: 'About locks' })];
  const answer = await waiting({ kind: 'answer', parentId: await writePost(reviewer) });
  const comment = await database.db
    .insertInto('community.comment')
    .values({
      post_id: answer,
      author_id: author.member.id,
      state: 'pending',
      markdown: 'Hm.',
      html: '<p>Hm.</p>',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const others = await writePost(await somebody(), { state: 'pending' });
  expect(await approveAll(reviewer.ctx, { member: author.member.handle })).toEqual({ approved: 4, left: 0 });
  for (const id of [...ids, answer]) expect(await stateOf(id)).toBe('published');
  const shown = await database.db
    .selectFrom('community.comment as c')
    .innerJoin('community.post as p', 'p.id', 'c.post_id')
    .select(['c.state', 'p.comment_count'])
    .where('c.id', '=', comment.id)
    .executeTakeFirst();
  expect(shown).toEqual({ state: 'published', comment_count: 1 });
  expect(await stateOf(others)).toBe('pending');
});

test('nobody decides about themselves, a colleague, or who employs them: refused with the reason, shown before', async () => {
  const colleague = await somebody({}, 'moderator');
  await newEmployer([author, colleague], `Tusk Cloud ${Math.random()}`);
  const vendor = `Ivory ${Math.random().toString(36).slice(2, 8)}`;
  const employed = await somebody({}, 'moderator');
  await newEmployer([employed], vendor, 'https://www.ivory.example/');

  const own = await writePost(reviewer, { state: 'pending' });
  await expect(decide(reviewer, `post:${own}`, 'approve')).rejects.toMatchObject({
    code: 'conflict',
    text: { en: expect.stringContaining('about yourself') },
  });
  const id = await waiting();
  await expect(decide(colleague, `post:${id}`, 'decline')).rejects.toMatchObject({
    text: { en: expect.stringContaining('Tusk Cloud') },
  });
  const named = await waiting({ title: `What to think of ${vendor} today` });
  const linked = await waiting({ markdown: 'See https://docs.ivory.example/why for this.' });
  for (const about of [named, linked]) {
    await expect(decide(employed, `post:${about}`, 'approve')).rejects.toMatchObject({
      code: 'conflict',
      text: { en: expect.stringContaining(vendor) },
    });
    expect(await stateOf(about)).toBe('pending');
  }
  const queue = await getQueue(employed.ctx, employed.member.id, 'pending');
  expect(queue.items.find(({ subject }) => subject === `post:${named}`)?.conflict).toEqual({
    kind: 'employer',
    organisation: vendor,
  });
  expect(queue.items.find(({ subject }) => subject === `post:${id}`)?.conflict).toBeNull();
  // One click leaves alone what the reviewer may not decide, and the others can.
  expect(await approveAll(employed.ctx, { member: author.member.handle })).toMatchObject({ left: 2 });
  expect(await decide(reviewer, `post:${named}`, 'approve')).toMatchObject({ outcome: 'approved' });
});

test('who left an employer is no longer bound by it', async () => {
  const former = await somebody({}, 'moderator');
  await newEmployer([author, former], `Former ${Math.random()}`);
  const id = await waiting();
  await expect(decide(former, `post:${id}`, 'approve')).rejects.toMatchObject({ code: 'conflict' });
  await database.pool.query(
    `update community.employment set period = daterange(lower(period), current_date) where member_id = '${former.member.id}'`,
  );
  expect(await decide(former, `post:${id}`, 'approve')).toMatchObject({ outcome: 'approved' });
});

test('an undoing is bound by neutrality too, and staff are not suspended', async () => {
  const id = await waiting();
  const { action } = await decide(reviewer, `post:${id}`, 'approve');
  const colleague = await somebody({}, 'moderator');
  await newEmployer([author, colleague], `Later ${Math.random()}`);
  await expect(undoAction(colleague.ctx, { action: action ?? 0 })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(
    restrictMember(reviewer.ctx, {
      member: colleague.member.handle,
      kind: 'suspend',
      days: 1,
      reason: 'Because.',
    }),
  ).rejects.toMatchObject({ code: 'conflict' });
});
