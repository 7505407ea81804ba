import { expect, test } from 'vitest';
import { anonymous } from '#src/platform/server/context.ts';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse } from '#tests/support/members.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { adviseWish } from './advise-wish.ts';
import { getWish } from './queries.ts';
import { voteForWish } from './vote-for-wish.ts';
import { writeWish } from './write-wish.ts';

const house = await theHouse();
const nobody = { ...house, actor: anonymous };

test('who finds it neither a must nor nice says in their own words how much it matters; the vote counts as nice', async () => {
  const { ctx } = await testMember({ trustLevel: 0 });
  await expect(writeWish(ctx, { ...wishWords, strength: 'other' })).rejects.toThrow(/how much it matters/);
  const needNote = 'Without it we stay with what we have.';
  const { id } = await writeWish(ctx, { ...wishWords, strength: 'other', needNote });
  expect(await getWish(nobody, id)).toMatchObject({
    need: 'other',
    needNote,
    votes: 1,
    mustVotes: 0,
    viewer: { vote: null },
  });
  const must = await writeWish((await testMember()).ctx, { ...wishWords, needNote: 'By June.' });
  expect(must).toMatchObject({ need: 'must', needNote: 'By June.', mustVotes: 1 });
});

test('those who look after wishes say what serves until then and what helps to build it; who needs it is told once', async () => {
  const [author, voter] = [await testMember(), await testMember()];
  const { id } = await writeWish(author.ctx, wishWords);
  await voteForWish(voter.ctx, id, { strength: 'nice' });
  const advice = { alternatives: 'A job that refreshes it at night.', hints: 'See how pg_ivm does it.' };
  await expect(adviseWish(author.ctx, id, advice)).rejects.toMatchObject({ code: 'forbidden' });
  await adviseWish(house, id, { alternatives: advice.alternatives });
  await adviseWish(house, id, advice);
  expect(await getWish(nobody, id)).toMatchObject(advice);
  const told = await database.db
    .selectFrom('community.notification')
    .select('member_id')
    .where('key', '=', `wish:${id}:advice`)
    .execute();
  expect(told.map(({ member_id }) => member_id).toSorted()).toEqual([author.id, voter.id].toSorted());
});

test('advice on a private wish is as private as it: nobody who is not named reads it or is told', async () => {
  const [author, stranger] = [await testMember(), await testMember()];
  const { id } = await writeWish(author.ctx, { ...wishWords, isPrivate: true });
  await database.db
    .insertInto('community.wish_vote')
    .values({ wish_id: id, member_id: stranger.id, strength: 'nice', weight: 100 })
    .execute();
  await adviseWish(house, id, { hints: 'See how pg_ivm does it.' });
  await expect(getWish(stranger.ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await getWish(author.ctx, id)).hints).toBe('See how pg_ivm does it.');
  const told = await database.db
    .selectFrom('community.notification')
    .select('member_id')
    .where('key', '=', `wish:${id}:advice`)
    .execute();
  expect(told).toEqual([{ member_id: author.id }]);
});
