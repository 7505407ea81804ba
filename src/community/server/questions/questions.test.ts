import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { forgetModeration } from '../moderation/judge-writing.ts';
import { getQuestionPage } from '../threads/queries.ts';
import { acceptAnswer } from './accept-answer.ts';
import { answerQuestion } from './answer-question.ts';
import { askQuestion } from './ask-question.ts';
import { listQuestions } from './queries.ts';

const { db } = database;
let asker: TestMember;
let helper: TestMember;
beforeEach(async () => {
  [asker, helper] = [await testMember(), await testMember()];
});

const first = { order: 'score', page: 1 } as const;
const nobody = async () => ({ ...(await theHouse()), actor: anonymous });

async function standing(member: TestMember) {
  const { reputation } = await db
    .selectFrom('community.member')
    .select('reputation')
    .where('id', '=', member.id)
    .executeTakeFirstOrThrow();
  const entries = await db
    .selectFrom('community.point_entry')
    .select('growth')
    .where('member_id', '=', member.id)
    .execute();
  const sum = entries.reduce((all, { growth }) => all + growth, 0);
  expect(reputation).toBe(1 + sum);
  return sum;
}

test('a question is asked, answered and read by anybody', async () => {
  const { id } = await askQuestion(asker.ctx, {
    title: 'Why is autovacuum slow?',
    markdown: 'It runs for **hours**.',
  });
  const answer = await answerQuestion(helper.ctx, id, { markdown: 'Raise `autovacuum_vacuum_cost_limit`.' });
  const page = await getQuestionPage(await nobody(), id, first);
  expect(page.question).toMatchObject({
    title: 'Why is autovacuum slow?',
    answerCount: 1,
    vote: 0,
    isMine: false,
  });
  expect(page.question.html).toContain('<strong>hours</strong>');
  expect(page.answers.map((one) => one.id)).toEqual([answer.id]);
  expect(page.may).toMatchObject({ answer: false, accept: false });
  const told = await db
    .selectFrom('community.notification')
    .select(['kind', 'key'])
    .where('member_id', '=', asker.id)
    .execute();
  expect(told).toEqual([{ kind: 'answer', key: `answer:${answer.id}` }]);
});

test('what waits for a reviewer is seen by who wrote it and by those who look after posts, and by nobody else', async () => {
  const newcomer = await testMember({ trustLevel: 0 });
  const question = await testPost(asker, { kind: 'question' });
  const held = JSON.stringify({ firstWritingsHeld: 1 });
  await db.insertInto('community.setting').values({ name: 'moderation', value: held }).execute();
  forgetModeration();
  const { id, state } = await answerQuestion(newcomer.ctx, question, { markdown: 'My first words.' });
  expect(state).toBe('pending');
  const seen = async (who: TestMember) =>
    (await getQuestionPage(who.ctx, question, first)).answers.map((one) => one.id);
  expect(await seen(newcomer)).toEqual([id]);
  expect(await seen(asker)).toEqual([]);
  const house = await getQuestionPage(await theHouse(), question, first);
  expect(house.answers.map((one) => one.id)).toEqual([id]);
  expect(house.question.answerCount).toBe(0);
});

test('a hidden question is not found, and takes no answer', async () => {
  const question = await testPost(asker, { kind: 'question' });
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', question).execute();
  await expect(getQuestionPage(helper.ctx, question, first)).rejects.toMatchObject({ code: 'not_found' });
  await expect(answerQuestion(helper.ctx, question, { markdown: 'Words.' })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await getQuestionPage(asker.ctx, question, first)).question.state).toBe('hidden');
});

test('a closed question takes no answer', async () => {
  const question = await testPost(asker, { kind: 'question' });
  await db.updateTable('community.post').set({ closed_at: new Date() }).where('id', '=', question).execute();
  await expect(answerQuestion(helper.ctx, question, { markdown: 'Words.' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('acceptance gives 15 and 2, moves exactly when it is changed, and goes when it is taken back', async () => {
  const other = await testMember();
  const question = await testPost(asker, { kind: 'question' });
  const [one, two, own] = [
    await testPost(helper, { kind: 'answer', parentId: question }),
    await testPost(other, { kind: 'answer', parentId: question }),
    await testPost(asker, { kind: 'answer', parentId: question }),
  ];
  const accept = async (answerId: number | null) => {
    await acceptAnswer(asker.ctx, question, { answerId });
    return [await standing(asker), await standing(helper), await standing(other)];
  };
  expect(await accept(one)).toEqual([2, 15, 0]);
  expect(await accept(one)).toEqual([2, 15, 0]);
  expect(await accept(two)).toEqual([2, 0, 15]);
  expect(await accept(own)).toEqual([0, 0, 0]);
  expect(await accept(one)).toEqual([2, 15, 0]);
  expect(await accept(null)).toEqual([0, 0, 0]);
  const page = await getQuestionPage(asker.ctx, question, first);
  expect(page.question.acceptedAnswerId).toBeNull();
});

test('only the person who asked accepts; after 14 days an experienced member may, if nothing is accepted and not their own', async () => {
  const expert = await testMember({ trustLevel: 3 });
  const question = await testPost(asker, { kind: 'question' });
  const answer = await testPost(helper, { kind: 'answer', parentId: question });
  const own = await testPost(expert, { kind: 'answer', parentId: question });
  const accept = (who: TestMember, answerId: number | null) => acceptAnswer(who.ctx, question, { answerId });
  await expect(accept(helper, answer)).rejects.toMatchObject({ code: 'conflict' });
  await expect(accept(expert, answer)).rejects.toMatchObject({ code: 'conflict' });
  const age = (days: number, seconds: number) =>
    db
      .updateTable('community.post')
      .set({ published_at: new Date(Date.now() - days * 86_400_000 - seconds * 1000) })
      .where('id', '=', question)
      .execute();
  await age(14, -60);
  await expect(accept(expert, answer)).rejects.toMatchObject({ code: 'conflict' });
  await age(14, 1);
  await expect(accept(helper, answer)).rejects.toMatchObject({ code: 'conflict' });
  await expect(accept(expert, own)).rejects.toMatchObject({ code: 'conflict' });
  await accept(expert, answer);
  expect([await standing(asker), await standing(helper), await standing(expert)]).toEqual([0, 15, 0]);
  await expect(accept(expert, own)).rejects.toMatchObject({ code: 'conflict' });
  await accept(asker, null);
  expect(await standing(helper)).toBe(0);
});

test('an answer of another question cannot be accepted', async () => {
  const question = await testPost(asker, { kind: 'question' });
  const answer = await testPost(helper, {
    kind: 'answer',
    parentId: await testPost(helper, { kind: 'question' }),
  });
  await expect(acceptAnswer(asker.ctx, question, { answerId: answer })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('lists have an order, go on where they stopped, and leave out what does not belong', async () => {
  await db.updateTable('community.post').set({ state: 'hidden' }).execute();
  const ids: number[] = [];
  for (let i = 0; i < 5; i++) {
    const id = await testPost(asker, { kind: 'question' });
    const hoursAgo = 50 - i;
    await db
      .updateTable('community.post')
      .set({
        score: (i * 3) % 5,
        published_at: new Date(Date.now() - hoursAgo * 3_600_000),
        active_at: new Date(Date.now() - ((i * 2) % 5) * 60_000),
      })
      .where('id', '=', id)
      .execute();
    ids.push(id);
  }
  await testPost(helper, { kind: 'answer', parentId: ids[1]! });
  const fresh = await testPost(asker, { kind: 'question' });
  const all = async (order: 'newest' | 'active' | 'unanswered' | 'votes') => {
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listQuestions(await nobody(), { order, limit: 2, cursor });
      found.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  };
  const [a, b, c, d, e] = ids;
  expect(await all('newest')).toEqual([fresh, e, d, c, b, a]);
  expect(await all('unanswered')).toEqual([e, d, c, a]);
  expect(await all('votes')).toEqual([d, b, e, c, fresh, a]);
  expect((await all('active')).slice(0, 2)).toEqual([fresh, b]);
  await expect(
    listQuestions(await nobody(), { order: 'votes', limit: 2, cursor: 'WyJ4IiwxXQ' }),
  ).rejects.toMatchObject({ code: 'invalid' });
});
