import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, type TestMember } from '#tests/support/members.ts';
import { withoutLocks } from '#tests/support/without-locks.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { offerBounty } from '../bounties/offer-bounty.ts';
import { payBounty } from '../bounties/pay-bounty.ts';
import { acceptAnswer } from '../questions/accept-answer.ts';
import { castVote } from './cast-vote.ts';

const { db } = database;
const clients = 200;
// Connections of their own: all of them wait for the same rows, and none gives up meanwhile.
const crowd = createDb(createPool(database.url, 24));
afterAll(() => crowd.destroy());
const among = ({ ctx, ...member }: TestMember): TestMember => ({ ...member, ctx: { ...ctx, db: crowd } });

/** Many at once; what is refused is no failure here. */
const all = async (work: ((at: number) => Promise<unknown>)[]) => {
  const done = await Promise.allSettled(work.map((one, at) => one(at)));
  const broken = done
    .filter((one) => one.status === 'rejected')
    .map(({ reason }) => reason as Error)
    .filter(({ name }) => name !== 'AppError')
    .map(({ message }) => message);
  expect([...new Set(broken)]).toEqual([]);
  return done.filter((one) => one.status === 'fulfilled').length;
};

/** Sums that do not agree with the rows they are sums of. */
async function disagreements() {
  const { rows } = await sql<{ what: string }>`
    select 'reputation of ' || m.handle as what from community.member m
    where m.reputation <> (select 1 + coalesce(sum(e.growth), 0) from community.point_entry e where e.member_id = m.id)
    union all
    select 'points of ' || m.handle from community.member m
    where m.points <> (select 1 + coalesce(sum(e.spendable), 0) from community.point_entry e where e.member_id = m.id)
    union all
    select 'score of ' || p.id from community.post p
    where array[p.score, p.up_votes, p.down_votes] <> (select array[coalesce(sum(v.value), 0)::int,
        count(*) filter (where v.value = 1)::int, count(*) filter (where v.value = -1)::int]
      from community.vote v where v.post_id = p.id)
    union all
    select 'two acceptances of ' || q.id from community.post q
    where (select count(*) from community.point_entry e where e.cause = 'accepted' and e.reverses is null
      and split_part(e.cause_key, ':', 1) = q.id::text
      and not exists (select from community.point_entry r where r.reverses = e.id)) > 1
    union all
    select 'less than nothing: ' || handle from community.member where points < 0`.execute(db);
  return rows.map(({ what }) => what);
}

/** Members who begin with 1 as everybody does, and got the rest by an entry, so that sums can be told. */
async function members(count: number, reputation: number): Promise<TestMember[]> {
  const made: TestMember[] = [];
  for (let i = 0; i < count; i++) made.push(among(await testMember({ reputation })));
  await sql`insert into community.point_entry (member_id, contra, base, spendable, cause, cause_key)
    select id, 'mint', ${reputation - 1}, ${reputation - 1}, 'test', 'begin' from community.member
    where id in (${sql.join(made.map(({ id }) => id))}) and ${reputation} <> 1`.execute(db);
  return made;
}

async function world() {
  const [asker] = await members(1, 500);
  const helpers = await members(4, 500);
  const question = await testPost(asker!, { kind: 'question' });
  const answers: number[] = [];
  for (const helper of helpers) answers.push(await testPost(helper, { kind: 'answer', parentId: question }));
  return { asker: asker!, helpers, question, answers };
}

test('200 clients vote, change their minds and take votes back on the same posts: every sum is exact', async () => {
  const { question, answers, helpers } = await world();
  const voters = [...(await members(16, 200)), ...helpers];
  const posts = [question, ...answers];
  const work = Array.from({ length: clients }, (_, at) => () => {
    const voter = voters[(at * 7) % voters.length]!;
    const post = posts[(at * 3) % posts.length]!;
    return castVote(voter.ctx, post, { value: ([1, -1, 1, 0] as const)[at % 4]! });
  });
  expect(await all(work)).toBeGreaterThan(clients / 2);
  expect(await disagreements()).toEqual([]);
});

test('200 clients accept now this answer, now that: one is accepted, and one has the points', async () => {
  const { asker, question, answers } = await world();
  const work = Array.from(
    { length: clients },
    (_, at) => () =>
      acceptAnswer(asker.ctx, question, { answerId: at % 9 === 8 ? null : answers[at % answers.length]! }),
  );
  expect(await all(work)).toBe(clients);
  expect(await disagreements()).toEqual([]);
});

test('200 clients offer what one member has, and give it away: never more than there is, each bounty once', async () => {
  const { helpers } = await world();
  const [patron] = await members(1, 500);
  const questions: number[] = [];
  for (let i = 0; i < 20; i++) questions.push(await testPost(patron!, { kind: 'question' }));
  const offered = await all(
    Array.from(
      { length: clients },
      (_, at) => () => offerBounty(patron!.ctx, { question: questions[at % 20]!, amount: 60 }),
    ),
  );
  // 500, 440, … 80: from 80 on one more would be more than there is.
  expect(offered).toBe(8);
  expect(await disagreements()).toEqual([]);
  const bounties = await db
    .selectFrom('community.bounty')
    .select(['id', 'question_id'])
    .where('offered_by', '=', patron!.id)
    .execute();
  const answers = new Map<number, number>();
  for (const { question_id } of bounties)
    answers.set(question_id, await testPost(helpers[0]!, { kind: 'answer', parentId: question_id }));
  const paid = await all(
    Array.from({ length: clients }, (_, at) => () => {
      const { id, question_id } = bounties[at % bounties.length]!;
      return payBounty(patron!.ctx, id, { answer: answers.get(question_id)! });
    }),
  );
  expect(paid).toBe(8);
  expect(await disagreements()).toEqual([]);
});

test('negative control: without the locks the same commands lose count', async () => {
  const { asker, question, answers } = await world();
  const [patron, voter] = await members(2, 500);
  const wrong = new Set<string>();
  for (let round = 0; round < 20 && wrong.size < 2; round++) {
    await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) =>
        acceptAnswer(withoutLocks(asker.ctx), question, { answerId: answers[at % answers.length]! }),
      ),
    );
    await Promise.allSettled(
      Array.from({ length: 40 }, () => castVote(withoutLocks(voter!.ctx), answers[0]!, { value: 1 })),
    );
    await castVote(voter!.ctx, answers[0]!, { value: 0 });
    const questions: number[] = [];
    for (let i = 0; i < 4; i++) questions.push(await testPost(patron!, { kind: 'question' }));
    await Promise.allSettled(
      questions.map((one) => offerBounty(withoutLocks(patron!.ctx), { question: one, amount: 400 })),
    );
    for (const one of await disagreements()) wrong.add(one.replace(/\d+$/, ''));
  }
  expect(wrong.size).toBeGreaterThan(0);
});
