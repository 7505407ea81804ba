import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { getArticle } from '../articles/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { editComment } from './edit-comment.ts';
import { getCommentSource } from './queries.ts';
import { removeComment } from './remove-comment.ts';
import { writeComment } from './write-comment.ts';

const { db } = database;
let asker: TestMember;
let helper: TestMember;
let question: number;
let answer: number;
beforeEach(async () => {
  [asker, helper] = [await testMember(), await testMember()];
  question = await testPost(asker, { kind: 'question' });
  answer = await testPost(helper, { kind: 'answer', parentId: question });
});

/** Past the pace that a member keeps. */
const rested = () => db.deleteFrom('community.writing_pace').execute();
const say = async (who: TestMember, post: number, markdown: string) => {
  await rested();
  return writeComment(who.ctx, { post, markdown });
};
const countOf = async (post: number) =>
  (
    await db
      .selectFrom('community.post')
      .select('comment_count')
      .where('id', '=', post)
      .executeTakeFirstOrThrow()
  ).comment_count;
const told = async (who: TestMember, kind: string) =>
  (
    await db
      .selectFrom('community.notification')
      .select('key')
      .where('member_id', '=', who.id)
      .where('kind', '=', kind)
      .execute()
  ).length;

test('a comment takes a reputation of 50, not one less; below what is one’s own nobody asks for it', async () => {
  await expect(say(await testMember({ reputation: 49 }), answer, 'Which version?')).rejects.toMatchObject({
    code: 'conflict',
  });
  await say(await testMember({ reputation: 50 }), answer, 'Which version?');
  await say(asker, question, 'Version 17.');
  await say(asker, answer, 'That helped.');
  await say(helper, answer, 'Glad to hear it.');
  expect([await countOf(question), await countOf(answer)]).toEqual([1, 3]);
});

test('whoever wrote the post is told, and a member called by name once, however often the comment is changed', async () => {
  const called = await testMember();
  const { id } = await say(asker, answer, `Thanks! @${called.handle} said the same, \`@${helper.handle}\`.`);
  expect([
    await told(helper, 'comment'),
    await told(called, 'mention'),
    await told(helper, 'mention'),
  ]).toEqual([1, 1, 0]);
  const other = await testMember();
  const change = async (markdown: string) => {
    await rested();
    await editComment(asker.ctx, id, { markdown });
  };
  await change(`Thanks! @${called.handle} and @${other.handle} said the same.`);
  await change(`Thanks! @${called.handle} and @${other.handle} said the same indeed.`);
  expect([
    await told(helper, 'comment'),
    await told(called, 'mention'),
    await told(other, 'mention'),
  ]).toEqual([1, 1, 1]);
});

test('newcomers call two by name at most', async () => {
  const newcomer = await testMember({ trustLevel: 0 });
  const own = await testPost(newcomer, { kind: 'question' });
  await say(newcomer, own, `@${asker.handle} @${helper.handle} please`);
  await expect(
    say(newcomer, own, `@${asker.handle} @${helper.handle} @${newcomer.handle}x please`),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test('nobody changes or removes what others said, but staff remove it; what is gone is counted no more', async () => {
  const { id } = await say(asker, answer, 'Thanks.');
  await expect(editComment(helper.ctx, id, { markdown: 'No.' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(removeComment(helper.ctx, id)).rejects.toMatchObject({ code: 'forbidden' });
  await removeComment(await theHouse(), id);
  expect(await countOf(answer)).toBe(0);
  await expect(removeComment(asker.ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  const audited = await db
    .selectFrom('platform.audit')
    .select('action')
    .where('subject_id', '=', String(answer))
    .execute();
  expect(audited.map(({ action }) => action)).toEqual(['community.post.moderate']);
});

test('the count of a post is that of its public comments, whoever shows, hides, moves or takes away one', async () => {
  const { id } = await say(asker, answer, 'Thanks.');
  await say(asker, answer, 'And the next day too.');
  const set = (columns: { state?: 'hidden' | 'published' | 'pending'; post_id?: number }) =>
    db.updateTable('community.comment').set(columns).where('id', '=', id).execute();
  const counted: number[][] = [];
  const look = async () => counted.push([await countOf(question), await countOf(answer)]);
  for (const columns of [
    { state: 'hidden' },
    { state: 'pending' },
    { state: 'published' },
    { state: 'published' },
    { post_id: question },
    { state: 'hidden', post_id: answer },
  ] as const) {
    await set(columns);
    await look();
  }
  await db.deleteFrom('community.comment').where('post_id', '=', answer).execute();
  await look();
  expect(counted).toEqual([
    [0, 1],
    [0, 1],
    [0, 2],
    [0, 2],
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
});

test('what is not public takes no comment', async () => {
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', question).execute();
  await expect(say(asker, answer, 'Thanks.')).rejects.toMatchObject({ code: 'not_found' });
});

test('an article is read with what is said below it; what waits only its author and moderators see', async () => {
  const article = await testPost(helper, { kind: 'article' });
  const reader = await testMember({ reputation: 50 });
  await say(helper, article, 'More soon.');
  const { id: waiting } = await say(reader, article, 'I saw the same on 17.');
  await db.updateTable('community.comment').set({ state: 'pending' }).where('id', '=', waiting).execute();
  const seenBy = async ({ ctx }: Pick<TestMember, 'ctx'>) =>
    (await getArticle(ctx, article)).comments.map(({ html, isMine }) => [html.includes('17'), isMine]);
  expect(await seenBy(helper)).toEqual([[false, true]]);
  expect(await seenBy(reader)).toEqual([
    [false, false],
    [true, true],
  ]);
  expect(await seenBy({ ctx: await theHouse() })).toHaveLength(2);
});

test('the page of an article offers its form to whom the command would let comment', async () => {
  const article = await testPost(helper, { kind: 'article' });
  const may = async ({ ctx }: Pick<TestMember, 'ctx'>) => (await getArticle(ctx, article)).may.comment;
  const [below, at] = [await testMember({ reputation: 49 }), await testMember({ reputation: 50 })];
  expect([await may(below), await may(at), await may(helper), await may({ ctx: await theHouse() })]).toEqual([
    false,
    true,
    true,
    true,
  ]);
  await expect(say(below, article, 'Which version?')).rejects.toMatchObject({ code: 'conflict' });
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', article).execute();
  expect(await may(helper)).toBe(false);
});

test('a comment tells its words only to who wrote it, and where it stands to everybody who may read it', async () => {
  const { id } = await say(asker, answer, 'Thanks *a lot*.');
  const source = async ({ ctx }: Pick<TestMember, 'ctx'>) =>
    getCommentSource(ctx, await requireMember(ctx), id);
  expect(await source(asker)).toMatchObject({ markdown: 'Thanks *a lot*.', path: `/questions/${question}` });
  expect(await source(helper)).toMatchObject({ markdown: null, author: { handle: asker.handle } });
  await db.updateTable('community.comment').set({ state: 'pending' }).where('id', '=', id).execute();
  expect(await source(asker)).toMatchObject({ markdown: 'Thanks *a lot*.' });
  await expect(source(helper)).rejects.toMatchObject({ code: 'not_found' });
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', question).execute();
  await expect(source(asker)).rejects.toMatchObject({ code: 'not_found' });
});
