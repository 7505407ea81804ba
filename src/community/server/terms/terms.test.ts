import { expect, test } from 'vitest';
import { anonymous } from '#src/platform/server/context.ts';
import { testMember, theHouse } from '#tests/support/members.ts';
import { voteForWish } from '../wishes/vote-for-wish.ts';
import { writeWish } from '../wishes/write-wish.ts';
import { changeTerms } from './change-terms.ts';
import { getTerms } from './queries.ts';

const house = await theHouse();
const nobody = { ...house, actor: anonymous };

test('who may change settings decides about wishes, rewards and levels; a change holds for later votes', async () => {
  const [author, voter, other] = [await testMember(), await testMember(), await testMember()];
  const before = await getTerms(nobody);
  expect(before.mayChange).toBe(false);
  expect((await getTerms(house)).mayChange).toBe(true);
  await expect(changeTerms(author.ctx, 'wishes', before.wishes)).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await writeWish(author.ctx, {
    title: 'A wish of ours',
    industry: 'finance',
    capability: 'It should do this by itself.',
    problem: 'We do it by hand every night.',
    strength: 'must',
    locale: 'en',
  });
  const first = await voteForWish(voter.ctx, id, { strength: 'must' });
  await changeTerms(house, 'wishes', { ...before.wishes, must: 1000, perLevel: 0, budget: [0, 0, 1, 1, 1] });
  const second = await voteForWish(other.ctx, id, { strength: 'must' });
  expect(second.weight - first.weight).toBe(1000);
  expect(second.votesLeft).toBe(0);

  await changeTerms(house, 'rewards', { taxableFromMinor: 5, deliveredAfterDays: 3, couponWorth: 7 });
  const band = { name: { en: 'Friend', 'zh-CN': '伙伴' }, atLeastMinor: 100 };
  await changeTerms(house, 'organisations', { currency: 'EUR', bands: [band] });
  expect(await getTerms(nobody)).toMatchObject({
    wishes: { must: 1000 },
    rewards: { taxableFromMinor: 5, deliveredAfterDays: 3, couponWorth: 7 },
    organisations: { currency: 'EUR', bands: [band] },
  });
  await expect(changeTerms(house, 'organisations', { currency: 'EUR', bands: [band, band] })).rejects.toThrow(
    'must be higher',
  );
});
