import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { indexPost } from '../search/index-post.ts';
import { getQuestionPage } from '../threads/queries.ts';
import { closeQuestion, reopenQuestion } from './close-question.ts';
import { editPost } from './edit-post.ts';
import { inviteExpert } from './invite-expert.ts';
import { getPostSource, getResponseBoard, listSimilar } from './queries.ts';

const { db } = database;
let asker: TestMember;
let helper: TestMember;
let question: number;
let answer: number;
beforeEach(async () => {
  await theHouse();
  await db.deleteFrom('community.writing_pace').execute();
  [asker, helper] = [await testMember(), await testMember()];
  question = await testPost(asker, { kind: 'question' });
  answer = await testPost(helper, { kind: 'answer', parentId: question });
});
const first = { order: 'score', page: 1 } as const;
const conflict = { code: 'conflict' };

test('one’s own words are changed at once; others’ from a reputation of 2000 on, not one less; revisions are kept', async () => {
  const edit = (who: TestMember, revision: number) =>
    editPost(who.ctx, answer, { markdown: `Words of ${who.handle}.`, revision, note: 'Clearer' });
  expect((await getPostSource(helper.ctx, answer)).isDirect).toBe(true);
  await edit(helper, 1);
  const almost = await testMember({ reputation: 1999 });
  expect((await getPostSource(almost.ctx, answer)).isDirect).toBe(false);
  await expect(edit(almost, 2)).rejects.toMatchObject(conflict);
  const enough = await testMember({ reputation: 2000 });
  expect((await getPostSource(enough.ctx, answer)).isDirect).toBe(true);
  await expect(edit(enough, 1)).rejects.toMatchObject(conflict);
  await edit(enough, 2);
  const revisions = await db
    .selectFrom('community.post_revision')
    .select(['number', 'editor_id', 'note'])
    .where('post_id', '=', answer)
    .orderBy('number')
    .execute();
  expect(revisions.map((one) => [one.number, one.editor_id])).toEqual([
    [1, helper.id],
    [2, helper.id],
    [3, enough.id],
  ]);
});

test('three members with the reputation close a question, and three open it again; a change of mind is one vote', async () => {
  const judges = [];
  for (let i = 0; i < 3; i++) judges.push(await testMember({ reputation: 3000 }));
  const [a, b, c] = judges as [TestMember, TestMember, TestMember];
  const close = (who: TestMember) => closeQuestion(who.ctx, question, { reason: 'unclear' });
  await expect(close(await testMember({ reputation: 2999 }))).rejects.toMatchObject(conflict);
  expect(await close(a)).toEqual({ isClosed: false, votesMissing: 2 });
  expect(await close(a)).toEqual({ isClosed: false, votesMissing: 2 });
  expect(await close(b)).toEqual({ isClosed: false, votesMissing: 1 });
  expect(await close(c)).toEqual({ isClosed: true, votesMissing: 0 });
  await expect(close(a)).rejects.toMatchObject(conflict);
  expect((await getQuestionPage(asker.ctx, question, first)).question.closed?.reason).toBe('unclear');
  expect(await reopenQuestion(a.ctx, question)).toEqual({ isClosed: true, votesMissing: 2 });
  expect(await reopenQuestion(b.ctx, question)).toEqual({ isClosed: true, votesMissing: 1 });
  expect(await reopenQuestion(c.ctx, question)).toEqual({ isClosed: false, votesMissing: 0 });
});

test('who asked closes at once, and opens what they closed themselves; staff do both, which is audited', async () => {
  expect(await closeQuestion(asker.ctx, question, { reason: 'resolved' })).toMatchObject({ isClosed: true });
  expect(await reopenQuestion(asker.ctx, question)).toMatchObject({ isClosed: false });
  const house = await theHouse();
  await closeQuestion(house, question, { reason: 'off-topic' });
  expect(await reopenQuestion(asker.ctx, question)).toMatchObject({ votesMissing: 2 });
  await reopenQuestion(house, question);
  const audited = await db
    .selectFrom('platform.audit')
    .select('details')
    .where('subject_id', '=', String(question))
    .execute();
  expect(audited).toHaveLength(2);
});

test('a duplicate leads to the original, however many were in between, and never to itself', async () => {
  const [one, two] = [
    await testPost(asker, { kind: 'question' }),
    await testPost(asker, { kind: 'question' }),
  ];
  const closeAs = (id: number, duplicateOf: number) =>
    closeQuestion(asker.ctx, id, { reason: 'duplicate', duplicateOf });
  await expect(closeAs(one, one)).rejects.toMatchObject(conflict);
  await closeAs(one, two);
  await expect(closeAs(two, one)).rejects.toMatchObject(conflict);
  await closeAs(two, question);
  const leadsTo = async (id: number) =>
    (await getQuestionPage(asker.ctx, id, first)).question.duplicateOf?.id;
  expect([await leadsTo(one), await leadsTo(two)]).toEqual([question, question]);
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', question).execute();
  expect(await leadsTo(one)).toBeUndefined();
});

test('an expert is invited once, from a reputation of 1000 on or by who asked; how long they took is counted', async () => {
  const expert = await testMember();
  const invite = (who: TestMember) => inviteExpert(who.ctx, question, { handle: expert.handle });
  await expect(invite(await testMember({ reputation: 999 }))).rejects.toMatchObject(conflict);
  await invite(await testMember({ reputation: 1000 }));
  await invite(asker);
  await expect(inviteExpert(asker.ctx, question, { handle: 'never-was' })).rejects.toMatchObject(conflict);
  await expect(inviteExpert(asker.ctx, question, { handle: asker.handle })).rejects.toMatchObject(conflict);
  const told = await db
    .selectFrom('community.notification')
    .select('kind')
    .where('member_id', '=', expert.id)
    .execute();
  expect(told).toEqual([{ kind: 'invitation' }]);
  const invited = async () => (await getQuestionPage(asker.ctx, question, first)).question.invitations;
  expect(await invited()).toMatchObject([{ member: { handle: expert.handle }, answeredAfterSeconds: null }]);
  await db
    .updateTable('community.answer_invitation')
    .set({ at: new Date(Date.now() - 3_600_000) })
    .execute();
  await testPost(expert, { kind: 'answer', parentId: question });
  const [{ answeredAfterSeconds } = { answeredAfterSeconds: 0 }] = await invited();
  expect(answeredAfterSeconds).toBeGreaterThanOrEqual(3600);
  expect(answeredAfterSeconds).toBeLessThan(3700);
});

test('the board has the median time to the first answer by somebody else, week by week', async () => {
  await db.updateTable('community.post').set({ state: 'hidden' }).execute();
  const hour = 3_600_000;
  const now = Date.now();
  for (const hours of [1, 3, 20]) {
    const id = await testPost(asker, { kind: 'question' });
    const at = (ms: number) => ({ published_at: new Date(ms) });
    await db
      .updateTable('community.post')
      .set(at(now - 30 * hour))
      .where('id', '=', id)
      .execute();
    for (const [who, after] of [
      [asker, 0],
      [helper, hours],
    ] as const) {
      const reply = await testPost(who, { kind: 'answer', parentId: id });
      await db
        .updateTable('community.post')
        .set(at(now - (30 - after) * hour))
        .where('id', '=', reply)
        .execute();
    }
  }
  const waiting = await testPost(asker, { kind: 'question' });
  await db
    .updateTable('community.post')
    .set({ published_at: new Date(now - 30 * hour) })
    .where('id', '=', waiting)
    .execute();
  const board = await getResponseBoard(asker.ctx);
  expect(board.unanswered).toBe(1);
  expect(board.weeks).toEqual([{ week: expect.any(String), asked: 4, answered: 3, medianSeconds: 3 * 3600 }]);
});

test('questions like the one being typed are found in both languages, the most alike first, five at most, duplicates not', async () => {
  const ask = async (title: string) => {
    const id = await testPost(asker, { kind: 'question', title });
    await inTransaction(asker.ctx, (tx) => indexPost(tx, id));
    return id;
  };
  const slow = await ask('Why is my index scan slower than a sequential scan?');
  await ask('How do I back up a cluster?');
  const chinese = await ask('为什么分区表的索引没有被使用？');
  const similar = async (title: string) => (await listSimilar(asker.ctx, title)).map(({ id }) => id);
  expect((await similar('index scan is slower than sequential'))[0]).toBe(slow);
  expect((await similar('分区表 索引 不使用'))[0]).toBe(chinese);
  expect(await similar('wz')).toEqual([]);
  for (let i = 0; i < 6; i++) await ask(`Why is the index scan number ${i} slow?`);
  expect(await similar('Why is the index scan slow?')).toHaveLength(5);
  await closeQuestion(asker.ctx, chinese, { reason: 'duplicate', duplicateOf: slow });
  expect(await similar('分区表 索引 不使用')).not.toContain(chinese);
});

test('of many questions like the one being typed five come, the most alike first; a duplicate leaves its place to the next and leads to its original', async () => {
  const titles = [
    'How do I tune autovacuum for very large tables?',
    'How do I tune autovacuum for large tables?',
    'How do I tune autovacuum for tables?',
    'How do I tune autovacuum?',
    'How does autovacuum tune itself?',
    'Is autovacuum on?',
    'How do I back up a cluster?',
  ];
  const ids: number[] = [];
  // The least alike first, so that nothing but likeness puts them in order.
  for (const title of titles.toReversed()) ids.unshift(await testPost(asker, { kind: 'question', title }));
  const similar = async () =>
    (await listSimilar(asker.ctx, 'How do I tune autovacuum for very large tables')).map(
      ({ title }) => title,
    );
  expect(await similar()).toEqual(titles.slice(0, 5));
  const [best, second] = [ids[0]!, ids[1]!];
  await closeQuestion(asker.ctx, best, { reason: 'duplicate', duplicateOf: second });
  expect(await similar()).toEqual(titles.slice(1, 6));
  expect((await getQuestionPage(asker.ctx, best, first)).question.duplicateOf?.id).toBe(second);
});
