import { beforeEach, expect, test } from 'vitest';
import { somebody, type Somebody, writePost } from '#tests/support/somebody.ts';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { appealAction } from '../appeals/appeal-action.ts';
import { decideAppeal } from '../appeals/decide-appeal.ts';
import { getOwnModeration } from '../cases/queries.ts';
import { ModerationSettings } from '#src/community/contract/moderation.ts';
import { decideWriting } from '../moderation/decide-writing.ts';
import { getQueue } from '../reviews/queries.ts';
import { SearchQuery } from '#src/community/contract/search.ts';
import { searchCommunity } from '../search/queries.ts';
import { flagWriting } from './flag-writing.ts';
import { withdrawFlag } from './withdraw-flag.ts';

await testContext({ may: [] });
const reviewer = await somebody({}, 'moderator');

let author: Somebody;
let post = 0;
beforeEach(async () => {
  author = await somebody({ trust_level: 0 });
  post = await writePost(author);
});
const flag = async (who: Somebody, subject = `post:${post}`, kind: 'spam' | 'rude' | 'other' = 'rude') =>
  flagWriting(who.ctx, { subject, kind });
const stateOf = async (id: number) =>
  (
    await database.db
      .selectFrom('community.post')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).state;
const settings = ModerationSettings.parse({});

test('five flaggers hide a writing, also when they come at once; four do not', async () => {
  const flaggers = await Promise.all(Array.from({ length: 5 }, () => somebody({ trust_level: 0 })));
  for (const who of flaggers.slice(0, 4)) await flag(who);
  expect(await stateOf(post)).toBe('published');
  await flag(flaggers[4]!);
  expect(await stateOf(post)).toBe('hidden');

  const other = await writePost(author);
  await Promise.all(flaggers.map((who) => flag(who, `post:${other}`)));
  expect(await stateOf(other)).toBe('hidden');
  const acts = await database.db
    .selectFrom('community.moderation_action')
    .select('actor_id')
    .where('post_id', '=', other)
    .execute();
  expect(acts).toEqual([{ actor_id: null }]);
});

test('those who are trusted weigh more: two of level 4 hide what is rude, one of level 3 hides spam of a newcomer', async () => {
  await flag(await somebody({ trust_level: 4 }));
  expect(await stateOf(post)).toBe('published');
  await flag(await somebody({ trust_level: 4 }));
  expect(await stateOf(post)).toBe('hidden');
  const spam = await writePost(author);
  await flag(await somebody({ trust_level: 2 }), `post:${spam}`, 'spam');
  expect(await stateOf(spam)).toBe('published');
  await flag(await somebody({ trust_level: 3 }), `post:${spam}`, 'spam');
  expect(await stateOf(spam)).toBe('hidden');
});

test('each flags a thing once, not their own, not what is not public, and ten a day', async () => {
  const who = await somebody();
  await flag(who);
  await expect(flag(who)).rejects.toMatchObject({ code: 'conflict' });
  await expect(flag(author)).rejects.toMatchObject({ code: 'conflict' });
  await expect(flag(who, undefined, 'other')).rejects.toMatchObject({ code: 'conflict' });
  const draft = await writePost(author, { state: 'draft' });
  await expect(flag(who, `post:${draft}`)).rejects.toMatchObject({ code: 'not_found' });
  await expect(flag({ ...who, ctx: { ...who.ctx, actor: anonymous } })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  for (let done = 1; done < 10; done++) await flag(who, `post:${await writePost(author)}`);
  await expect(flag(who, `post:${await writePost(author)}`)).rejects.toMatchObject({ code: 'too_many' });
});

test('a flag that is taken back no longer counts', async () => {
  const who = await somebody({ trust_level: 4 });
  await flag(who);
  await withdrawFlag(who.ctx, `post:${post}`);
  await expect(withdrawFlag(who.ctx, `post:${post}`)).rejects.toMatchObject({ code: 'not_found' });
  await flag(await somebody({ trust_level: 4 }));
  expect(await stateOf(post)).toBe('published');
});

test('what was hidden is brought back by a reviewer, and its flags were wrong', async () => {
  for (let n = 0; n < 2; n++) await flag(await somebody({ trust_level: 4 }));
  const { items } = await getQueue(reviewer.ctx, reviewer.member.id, 'flagged');
  expect(items.find(({ subject }) => subject === `post:${post}`)).toMatchObject({
    isHidden: true,
    flags: [{ kind: 'rude' }, { kind: 'rude' }],
  });
  await decideWriting(reviewer.ctx, { subject: `post:${post}`, verdict: 'approve' });
  expect(await stateOf(post)).toBe('published');
  const flags = await database.db
    .selectFrom('community.flag')
    .select('state')
    .where('post_id', '=', post)
    .execute();
  expect(flags.map(({ state }) => state)).toEqual(['declined', 'declined']);
});

test('a flagged comment goes from its post and its count, a flagged profile is blanked', async () => {
  const { id } = await database.db
    .insertInto('community.comment')
    .values({ post_id: post, author_id: author.member.id, markdown: 'You fool.', html: '<p>You fool.</p>' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db.updateTable('community.post').set({ comment_count: 1 }).where('id', '=', post).execute();
  for (let n = 0; n < 2; n++) await flag(await somebody({ trust_level: 4 }), `comment:${id}`);
  const count = await database.db
    .selectFrom('community.post')
    .select('comment_count')
    .where('id', '=', post)
    .executeTakeFirst();
  expect(count).toEqual({ comment_count: 0 });

  await database.db
    .updateTable('community.member')
    .set({ headline: 'Cheap loans' })
    .where('id', '=', author.member.id)
    .execute();
  await flag(await somebody(), `member:${author.member.handle}`);
  await decideWriting(reviewer.ctx, { subject: `member:${author.member.handle}`, verdict: 'decline' });
  const profile = await database.db
    .selectFrom('community.member')
    .select('headline')
    .where('id', '=', author.member.id)
    .executeTakeFirst();
  expect(profile).toEqual({ headline: '' });
});

test('a newcomer with three hidden writings is silenced until somebody looks', async () => {
  for (let n = 0; n < 3; n++) {
    await flag(await somebody({ trust_level: 3 }), `post:${await writePost(author)}`, 'spam');
    const row = await database.db
      .selectFrom('community.member')
      .select('silenced_until')
      .where('id', '=', author.member.id)
      .executeTakeFirstOrThrow();
    expect(row.silenced_until !== null).toBe(n === 2);
  }
});

test('nothing hidden is found by the search, and it comes back with its answers', async () => {
  const word = `wombat${Math.random().toString(36).slice(2, 8)}`;
  const question = await writePost(author, { title: `Why does ${word} wait?` });
  const answer = await writePost(await somebody(), {
    kind: 'answer',
    parentId: question,
    markdown: `Since ${word} sleeps.`,
  });
  const found = async () => {
    const query = SearchQuery.parse({ q: word });
    const { items } = await searchCommunity({ ...author.ctx, actor: anonymous }, query);
    return items.length;
  };
  expect(await found()).toBeGreaterThan(0);
  for (let n = 0; n < 2; n++) await flag(await somebody({ trust_level: 4 }), `post:${question}`);
  expect(await stateOf(question)).toBe('hidden');
  expect(await stateOf(answer)).toBe('published');
  expect(await found()).toBe(0);
  await decideWriting(reviewer.ctx, { subject: `post:${question}`, verdict: 'approve' });
  expect(await found()).toBeGreaterThan(0);
});

test('an author appeals once, within the days there are; somebody else than who acted answers, and granting undoes', async () => {
  await flag(await somebody());
  await decideWriting(reviewer.ctx, { subject: `post:${post}`, verdict: 'decline', reason: 'Rude.' });
  const own = await getOwnModeration(author.ctx, author.member.id, settings);
  expect(own.actions).toMatchObject([
    { kind: 'decline', actor: null, appeal: null, appealUntil: expect.any(String) },
  ]);
  const action = own.actions[0]?.id ?? 0;
  const stranger = await somebody();
  await expect(appealAction(stranger.ctx, { action, words: 'Me too.' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await appealAction(author.ctx, { action, words: 'It was a joke.' });
  await expect(appealAction(author.ctx, { action, words: 'Again.' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const second = await somebody({}, 'moderator');
  const { appeals } = await getQueue(second.ctx, second.member.id, 'appeals');
  const appeal = appeals.find((one) => one.action.id === action);
  expect(appeal).toMatchObject({ words: 'It was a joke.', isOverdue: false, isOwnAction: false });
  const verdict = { appeal: appeal?.id ?? 0, verdict: 'grant' as const, answer: 'You are right.' };
  await expect(decideAppeal(reviewer.ctx, verdict)).rejects.toMatchObject({ code: 'conflict' });
  await decideAppeal(second.ctx, verdict);
  expect(await stateOf(post)).toBe('published');
  await expect(decideAppeal(second.ctx, verdict)).rejects.toMatchObject({ code: 'not_found' });
});

test('after thirty days there is nothing to appeal against', async () => {
  await flag(await somebody());
  const { action } = await decideWriting(reviewer.ctx, { subject: `post:${post}`, verdict: 'decline' });
  const move = (days: number) =>
    database.pool.query(
      `update community.moderation_action set at = now() - interval '${days} days' where id = ${action}`,
    );
  await move(31);
  await expect(appealAction(author.ctx, { action: action ?? 0, words: 'Late.' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await move(29);
  await appealAction(author.ctx, { action: action ?? 0, words: 'In time.' });
});
