import { expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, type TestMember } from '#tests/support/members.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { castVote } from '../votes/cast-vote.ts';
import { decidePattern } from './decide-pattern.ts';
import { findPatterns } from './find-patterns.job.ts';
import { listPatterns } from './queries.ts';
import { patternOf } from './rules.ts';

const { db } = database;
const look = () =>
  findPatterns.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);

async function reviewer() {
  const member = await testMember();
  await db.insertInto('community.staff').values({ member_id: member.id, role: 'moderator' }).execute();
  return member;
}
async function voteFor(giver: TestMember, taker: TestMember, times: number) {
  for (let i = 0; i < times; i++)
    await castVote(giver.ctx, await testPost(taker, { kind: 'article' }), { value: 1 });
}
const reputationOf = async ({ id }: TestMember) =>
  (
    await db
      .selectFrom('community.member')
      .select('reputation')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).reputation;

test.each([
  ['few votes say nothing', { given: 4, givenAll: 4, returned: 4, returnedAll: 4 }, undefined],
  ['each for the other', { given: 5, givenAll: 10, returned: 5, returnedAll: 10 }, 'ring'],
  [
    'each for the other among many others',
    { given: 5, givenAll: 50, returned: 5, returnedAll: 10 },
    undefined,
  ],
  ['most to one', { given: 12, givenAll: 20, returned: 0, returnedAll: 0 }, 'one-sided'],
  ['many to one who is good', { given: 12, givenAll: 40, returned: 0, returnedAll: 0 }, undefined],
  ['nine of nine', { given: 9, givenAll: 9, returned: 0, returnedAll: 0 }, undefined],
] as const)('%s', (_, flow, kind) => {
  const alone = { isSamePlace: false, isCircle: false, isChain: false };
  expect(patternOf({ ...flow, ...alone })).toBe(kind);
});

test('from the same place five are enough', () => {
  const flow = {
    givenAll: 500,
    returned: 0,
    returnedAll: 0,
    isSamePlace: true,
    isCircle: true,
    isChain: true,
  };
  expect([patternOf({ given: 4, ...flow }), patternOf({ given: 5, ...flow })]).toEqual([
    undefined,
    'same-place',
  ]);
});

test('two who vote for each other are laid before a reviewer, once; agreed, exactly what they brought goes', async () => {
  const [anna, bert, fair, judge] = [
    await testMember({ reputation: 100 }),
    await testMember({ reputation: 100 }),
    await testMember({ reputation: 100 }),
    await reviewer(),
  ];
  await voteFor(anna, bert, 6);
  await voteFor(bert, anna, 5);
  await voteFor(fair, anna, 2);
  expect([await reputationOf(anna), await reputationOf(bert)]).toEqual([170, 160]);
  await look();
  await look();
  const found = await listPatterns(judge.ctx);
  expect(
    found.map(({ kind, giver, taker, given, points }) => [kind, giver.handle, taker.handle, given, points]),
  ).toEqual(
    expect.arrayContaining([
      ['ring', anna.handle, bert.handle, 6, 60],
      ['ring', bert.handle, anna.handle, 5, 50],
    ]),
  );
  expect(found).toHaveLength(2);
  const [one, other] = [
    found.find(({ giver }) => giver.handle === anna.handle)!,
    found.find(({ giver }) => giver.handle === bert.handle)!,
  ];
  await expect(decidePattern(fair.ctx, one.id, { verdict: 'agree' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await decidePattern(judge.ctx, one.id, { verdict: 'agree' });
  await decidePattern(judge.ctx, other.id, { verdict: 'decline' });
  await expect(decidePattern(judge.ctx, one.id, { verdict: 'agree' })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect([await reputationOf(anna), await reputationOf(bert)]).toEqual([170, 100]);
  await look();
  expect(await listPatterns(judge.ctx)).toEqual([]);
});

test('accounts that signed in from one address with one browser are told from those that did not; nobody judges their own', async () => {
  const [giver, judge, stranger] = [
    await testMember({ reputation: 100 }),
    await reviewer(),
    await testMember({ reputation: 100 }),
  ];
  await voteFor(giver, judge, 5);
  await voteFor(giver, stranger, 5);
  for (const { ctx, id } of [giver, judge, stranger])
    await db
      .insertInto('identity.session')
      .values({
        token: `place ${id}`,
        account_id: ctx.actor.id!,
        ip: '203.0.113.9',
        user_agent: id === stranger.id ? 'Another browser' : 'One browser',
        expires_at: new Date(Date.now() + 3600_000),
      })
      .execute();
  await look();
  const [found, ...others] = await listPatterns(judge.ctx);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ kind: 'same-place', given: 5, taker: { handle: judge.handle } });
  await expect(decidePattern(judge.ctx, found!.id, { verdict: 'decline' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('three who vote round are laid before a reviewer as one circle; accounts that hang together by a third as a chain', async () => {
  const standing = { reputation: 100 };
  const [anna, bert, cora, dora, emil, between, judge] = [
    await testMember(standing),
    await testMember(standing),
    await testMember(standing),
    await testMember(standing),
    await testMember(standing),
    await testMember(standing),
    await reviewer(),
  ];
  await voteFor(anna, bert, 6);
  await voteFor(bert, cora, 5);
  await voteFor(cora, anna, 7);
  // Dora and Emil share no place; each shares one with somebody between, who is voted for as well.
  await voteFor(dora, emil, 5);
  await voteFor(dora, between, 5);
  const signIn = ({ ctx, id }: TestMember, ip: string) =>
    db
      .insertInto('identity.session')
      .values({
        token: `chain ${id} ${ip}`,
        account_id: ctx.actor.id!,
        ip,
        user_agent: 'One browser',
        expires_at: new Date(Date.now() + 3600_000),
      })
      .execute();
  for (const [member, ip] of [
    [dora, '203.0.113.20'],
    [between, '203.0.113.20'],
    [between, '203.0.113.21'],
    [emil, '203.0.113.21'],
  ] as const)
    await signIn(member, ip);
  await look();
  await look();
  const found = (await listPatterns(judge.ctx)).map(({ kind, giver, taker, circleOf }) => [
    kind,
    giver.handle,
    taker.handle,
    circleOf,
  ]);
  const ours = new Set([anna, bert, cora, dora, emil, between].map(({ handle }) => handle));
  const mine = found.filter(([, giver]) => ours.has(String(giver)));
  expect(mine).toHaveLength(5);
  expect(mine).toEqual(
    expect.arrayContaining([
      ['circle', anna.handle, bert.handle, 3],
      ['circle', bert.handle, cora.handle, 3],
      ['circle', cora.handle, anna.handle, 3],
      ['chain', dora.handle, emil.handle, null],
      ['same-place', dora.handle, between.handle, null],
    ]),
  );
});
