import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, type TestMember } from '#tests/support/members.ts';
import { castVote } from './cast-vote.ts';

const { db } = database;
let author: TestMember;
let voter: TestMember;
let question: number;
let answer: number;
beforeEach(async () => {
  [author, voter] = [await testMember({ reputation: 0 }), await testMember({ reputation: 500 })];
  question = await testPost(author, { kind: 'question' });
  answer = await testPost(author, { kind: 'answer', parentId: question });
});

const vote = (who: TestMember, post: number, value: -1 | 0 | 1) => castVote(who.ctx, post, { value });

async function reputationOf(member: TestMember) {
  const row = await db
    .selectFrom('community.member')
    .select('reputation')
    .where('id', '=', member.id)
    .executeTakeFirstOrThrow();
  return row.reputation;
}

test('a vote moves the score and the reputation, changed it moves both exactly, taken back it was never there', async () => {
  const seen = async (value: -1 | 0 | 1, post = answer) => [
    (await vote(voter, post, value)).score,
    await reputationOf(author),
    await reputationOf(voter),
  ];
  expect(await seen(1)).toEqual([1, 10, 500]);
  expect(await seen(1)).toEqual([1, 10, 500]);
  expect(await seen(-1)).toEqual([-1, -2, 499]);
  expect(await seen(1)).toEqual([1, 10, 500]);
  expect(await seen(0)).toEqual([0, 0, 500]);
  // Voting down a question costs nothing.
  expect(await seen(-1, question)).toEqual([-1, -2, 500]);
});

test('nobody votes on their own, nor on what is not public', async () => {
  await expect(vote(author, answer, 1)).rejects.toMatchObject({ code: 'conflict' });
  await db.updateTable('community.post').set({ state: 'pending' }).where('id', '=', answer).execute();
  await expect(vote(voter, answer, 1)).rejects.toMatchObject({ code: 'not_found' });
});

test.each([
  [1, 15],
  [-1, 125],
] as const)('a vote of %i takes a reputation of %i: not one less', async (value, needed) => {
  await expect(vote(await testMember({ reputation: needed - 1 }), answer, value)).rejects.toMatchObject({
    code: 'conflict',
    text: { en: expect.stringContaining(String(needed)) },
  });
  expect((await vote(await testMember({ reputation: needed }), answer, value)).score).toBe(value);
});

test('what the community decided for itself holds instead', async () => {
  await db
    .insertInto('community.setting')
    .values({ name: 'privileges', value: JSON.stringify({ voteUp: 0 }) })
    .execute();
  await ruleUpVotes(7, 200);
  await vote(await testMember({ reputation: 0 }), answer, 1);
  expect(await reputationOf(author)).toBe(7);
  await ruleUpVotes(10, 200);
  await db.deleteFrom('community.setting').execute();
});

/** Lets up-votes bring something else from the beginning on. */
const ruleUpVotes = (points: number, cap: number) =>
  sql`update community.point_rule set growth = ${points}, spendable = ${points}, daily_cap = ${cap} where cause = 'up-vote'`.execute(
    db,
  );

test('up-votes bring at most 200 a day; the one that reaches the cap brings the rest, and takes back no more', async () => {
  await ruleUpVotes(10, 25);
  const voters = await Promise.all(Array.from({ length: 4 }, () => testMember({ reputation: 50 })));
  const after: number[] = [];
  for (const one of voters) {
    await vote(one, answer, 1);
    after.push(await reputationOf(author));
  }
  expect(after).toEqual([10, 20, 25, 25]);
  await vote(voters[3]!, answer, 0);
  expect(await reputationOf(author)).toBe(25);
  await vote(voters[2]!, answer, 0);
  expect(await reputationOf(author)).toBe(20);
  await ruleUpVotes(10, 200);
});
