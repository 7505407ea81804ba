import { expect, test } from 'vitest';
import { ReputationTerms } from '#src/community/contract/privileges.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse } from '#tests/support/members.ts';
import { somebody } from '#tests/support/somebody.ts';
import { castVote } from '../votes/cast-vote.ts';
import { changeTerms } from './change-terms.ts';
import { getReputationPage, getReputationTerms } from './queries.ts';

const { db } = database;
const usual = ReputationTerms.parse({ privileges: {}, amounts: {}, questions: {} });

test('only who may change settings decides, and the change is in the audit log with what was before', async () => {
  const house = await theHouse();
  for (const { ctx } of [await somebody({ reputation: 9000 }), await somebody({}, 'editor')])
    await expect(changeTerms(ctx, usual)).rejects.toMatchObject({ code: 'forbidden' });
  const wished = { ...usual, privileges: { ...usual.privileges, voteUp: 1 } };
  expect(await changeTerms(house, wished)).toEqual(wished);
  expect(await getReputationTerms(db)).toEqual(wished);
  const { details } = await db
    .selectFrom('platform.audit')
    .select('details')
    .where('action', '=', 'community.setting.change')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(details).toMatchObject({
    name: 'reputation',
    before: { privileges: { voteUp: 15 } },
    after: { privileges: { voteUp: 1 } },
  });
});

test('what was decided holds: who has the reputation may, and a vote is worth what was said', async () => {
  const house = await theHouse();
  const [author, voter] = [await testMember(), await testMember({ reputation: 3 })];
  const post = await testPost(author, { kind: 'question' });
  await changeTerms(house, usual);
  await expect(castVote(voter.ctx, post, { value: 1 })).rejects.toMatchObject({ code: 'conflict' });
  await changeTerms(house, {
    ...usual,
    privileges: { ...usual.privileges, voteUp: 3 },
    amounts: { ...usual.amounts, upVote: 7 },
  });
  await castVote(voter.ctx, post, { value: 1 });
  expect((await getReputationPage(author.ctx)).own).toBe(8);
});

test('its page says what is one’s own, and who may decide', async () => {
  const member = await testMember({ reputation: 42 });
  expect(await getReputationPage(member.ctx)).toMatchObject({ own: 42, mayChange: false });
  expect(await getReputationPage(await theHouse())).toMatchObject({ mayChange: true });
  expect(await getReputationPage({ ...member.ctx, actor: anonymous })).toMatchObject({
    own: null,
    mayChange: false,
  });
});
