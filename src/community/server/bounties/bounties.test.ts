import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, type TestMember } from '#tests/support/members.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { castVote } from '../votes/cast-vote.ts';
import { acceptAnswer } from '../questions/accept-answer.ts';
import { endDueBounties } from './end-due-bounties.job.ts';
import { offerBounty } from './offer-bounty.ts';
import { payBounty } from './pay-bounty.ts';
import { winnerOf } from './rules.ts';

const { db } = database;
let patron: TestMember;
let helper: TestMember;
let question: number;
let answer: number;
beforeEach(async () => {
  await db.deleteFrom('community.bounty').execute();
  [patron, helper] = [await testMember({ reputation: 200 }), await testMember({ reputation: 10 })];
  question = await testPost(patron, { kind: 'question' });
  answer = await testPost(helper, { kind: 'answer', parentId: question });
});

const pointsOf = async (...members: TestMember[]) => {
  const found: number[] = [];
  for (const { id } of members)
    found.push(
      (
        await db
          .selectFrom('community.member')
          .select('points')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
      ).points,
    );
  return found;
};
const past = () =>
  db
    .updateTable('community.bounty')
    .set({ ends_at: new Date(Date.now() - 1000) })
    .execute();
const runJob = () =>
  endDueBounties.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);

test('what is offered is gone at once, and comes to the answer it is given to; once', async () => {
  const { id } = await offerBounty(patron.ctx, { question, amount: 60 });
  expect(await pointsOf(patron, helper)).toEqual([140, 10]);
  await expect(payBounty(helper.ctx, id, { answer })).rejects.toMatchObject({ code: 'not_found' });
  await payBounty(patron.ctx, id, { answer });
  expect(await pointsOf(patron, helper)).toEqual([140, 70]);
  await expect(payBounty(patron.ctx, id, { answer })).rejects.toMatchObject({ code: 'conflict' });
  await past();
  await runJob();
  expect(await pointsOf(patron, helper)).toEqual([140, 70]);
});

test('a bounty is between 50 and 500, one a question, on what is open, and never to oneself', async () => {
  const offer = (amount: number) => offerBounty(patron.ctx, { question, amount });
  for (const amount of [49, 501]) await expect(offer(amount)).rejects.toMatchObject({ code: 'conflict' });
  await expect(offer(201)).rejects.toMatchObject({ code: 'conflict' });
  const own = await testPost(patron, { kind: 'answer', parentId: question });
  const { id } = await offer(50);
  await expect(offer(50)).rejects.toMatchObject({ code: 'conflict' });
  await expect(payBounty(patron.ctx, id, { answer: own })).rejects.toMatchObject({ code: 'conflict' });
  expect(await pointsOf(patron)).toEqual([150]);
});

test('offering takes a reputation of 75: not one less', async () => {
  const poor = await testMember({ reputation: 74 });
  await expect(offerBounty(poor.ctx, { question, amount: 50 })).rejects.toMatchObject({ code: 'conflict' });
  const enough = await testMember({ reputation: 75 });
  await offerBounty(enough.ctx, { question, amount: 50 });
  expect(await pointsOf(poor, enough)).toEqual([74, 25]);
});

test('at the deadline it goes to the accepted answer, else to the one voted for since, else back', async () => {
  const end = async () => {
    await past();
    await runJob();
    await runJob();
    return pointsOf(patron, helper);
  };
  await offerBounty(patron.ctx, { question, amount: 50 });
  expect(await end()).toEqual([200, 10]);
  await offerBounty(patron.ctx, { question, amount: 50 });
  const later = await testPost(helper, { kind: 'answer', parentId: question });
  for (let i = 0; i < 2; i++) await castVote((await testMember({ reputation: 15 })).ctx, later, { value: 1 });
  expect(await end()).toEqual([150, 80]);
  await acceptAnswer(patron.ctx, question, { answerId: answer });
  await offerBounty(patron.ctx, { question, amount: 50 });
  expect(await end()).toEqual([102, 145]);
});

test('who gets it: never who offered it, the accepted before the others, the earlier of two alike', () => {
  const offer = { offeredBy: 'p', offeredAt: new Date(1000) };
  const one = (id: number, authorId: string, score: number, isAccepted = false, at = 2000) => ({
    id,
    authorId,
    score,
    isAccepted,
    at: new Date(at),
  });
  expect(winnerOf([one(1, 'p', 9, true), one(2, 'a', 2)], offer, 2)?.id).toBe(2);
  expect(winnerOf([one(1, 'a', 0, true, 500), one(2, 'b', 9)], offer, 2)?.id).toBe(1);
  expect(winnerOf([one(1, 'a', 9, false, 500), one(2, 'b', 1)], offer, 2)).toBeUndefined();
  expect(winnerOf([one(3, 'a', 5), one(2, 'b', 5)], offer, 2)?.id).toBe(2);
});

test('whatever is offered, paid and runs out, what members have and what is set aside is always the same sum', async () => {
  const step = fc.record({
    what: fc.constantFrom('offer', 'offer', 'pay', 'deadline'),
    amount: fc.integer({ min: 50, max: 90 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      await db.deleteFrom('community.bounty').execute();
      patron = await testMember({ reputation: 200 });
      helper = await testMember({ reputation: 0 });
      question = await testPost(patron, { kind: 'question' });
      answer = await testPost(helper, { kind: 'answer', parentId: question });
      for (const { what, amount } of steps) {
        if (what === 'offer')
          await offerBounty(patron.ctx, { question, amount }).catch((e: { code: string }) =>
            expect(e.code).toBe('conflict'),
          );
        const open = await db
          .selectFrom('community.bounty')
          .select(['id', 'amount'])
          .where('state', '=', 'open')
          .executeTakeFirst();
        if (what === 'pay' && open) await payBounty(patron.ctx, open.id, { answer });
        if (what === 'deadline') {
          await past();
          await runJob();
        }
        const held = await db
          .selectFrom('community.bounty')
          .select(sql<number>`coalesce(sum(amount), 0)::int`.as('sum'))
          .where('state', '=', 'open')
          .executeTakeFirstOrThrow();
        const [a = 0, b = 0] = await pointsOf(patron, helper);
        expect(a).toBeGreaterThanOrEqual(0);
        expect(a + b + Number(held.sum)).toBe(200);
      }
    }),
    { numRuns: 8 },
  );
});
