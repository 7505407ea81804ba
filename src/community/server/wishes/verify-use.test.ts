import { expect, test } from 'vitest';
import { anonymous } from '#src/platform/server/context.ts';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { stateEmployment } from '../employments/state-employment.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { editOrganisation } from '../organisations/edit-organisation.ts';
import { listRevisions } from '../organisations/queries.ts';
import { enterSponsorship } from '../sponsorships/enter-sponsorship.ts';
import { mergeWishes } from './merge-wishes.ts';
import { getWish } from './queries.ts';
import { verifyUse } from './verify-use.ts';
import { voteForWish } from './vote-for-wish.ts';
import { writeWish } from './write-wish.ts';

const { db } = database;
const house = await theHouse();
const nobody = { ...house, actor: anonymous };
const newcomer = () => testMember({ trustLevel: 0 });
let count = 0;
const wishOf = ({ ctx }: TestMember, more: { isPrivate?: boolean } = {}) =>
  writeWish(ctx, {
    ...wishWords,
    title: `Wish number ${(count += 1)} of ours`,
    ...more,
  });
const weightOf = async (id: number) => (await getWish(nobody, id)).weight;

async function company(size: '250-999' | undefined, paidMinor?: number) {
  const manager = await testMember();
  const words = { name: `Company ${(count += 1)}`, kind: 'end-user' as const, size };
  const { slug } = await createOrganisation(manager.ctx, { ...words, evidence: 'We are it.' });
  await decideOrganisation(house, slug, { isVerified: true });
  if (paidMinor !== undefined)
    await enterSponsorship(house, slug, {
      year: new Date().getUTCFullYear(),
      amountMinor: paidMinor,
      currency: 'CNY',
      paidOn: new Date().toISOString().slice(0, 10),
    });
  return { slug, manager };
}
const worksAt = ({ ctx }: TestMember, organisation: string) =>
  stateEmployment(ctx, { organisation, from: '2020-01-01' });

test('a vote weighs more at a verified organisation, and more with each of its levels as a sponsor', async () => {
  const [plain, gold] = [await company('250-999'), await company(undefined, 20_000_000)];
  const { id } = await wishOf(await newcomer());
  const [atPlain, atGold] = [await newcomer(), await newcomer()];
  await worksAt(atPlain, plain.slug);
  await worksAt(atGold, gold.slug);
  await voteForWish(atPlain.ctx, id, { strength: 'nice' });
  expect(await weightOf(id)).toBe(200 + 150);
  await voteForWish(atGold.ctx, id, { strength: 'nice' });
  // Gold is the third level: 50 % for the organisation, three times 25 % for its level.
  expect(await weightOf(id)).toBe(200 + 150 + 225);
});

test('a use that staff verified makes the vote weigh more, cast before or after; what shows it is for staff', async () => {
  const { id } = await wishOf(await newcomer());
  const [early, late] = [await newcomer(), await newcomer()];
  await voteForWish(early.ctx, id, { strength: 'nice' });
  const use = (member: TestMember) => ({ member: member.handle, evidence: 'Their logs of last week.' });
  await expect(verifyUse(early.ctx, id, use(late))).rejects.toMatchObject({ code: 'forbidden' });
  await verifyUse(house, id, use(early));
  await verifyUse(house, id, use(late));
  await expect(verifyUse(house, id, use(late))).rejects.toMatchObject({ code: 'conflict' });
  await expect(verifyUse(house, id, { ...use(late), member: 'never-was' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await weightOf(id)).toBe(200 + 200);
  await voteForWish(late.ctx, id, { strength: 'must' });
  expect(await weightOf(id)).toBe(200 + 200 + 400);
  // Taken back and cast again it is verified still.
  await voteForWish(late.ctx, id, { strength: null });
  await voteForWish(late.ctx, id, { strength: 'nice' });
  expect(await weightOf(id)).toBe(200 + 200 + 200);
  expect((await getWish(house, id)).verifiedUses).toMatchObject([
    { member: { handle: late.handle }, evidence: 'Their logs of last week.' },
    { member: { handle: early.handle } },
  ]);
  for (const reader of [nobody, early.ctx]) expect((await getWish(reader, id)).verifiedUses).toEqual([]);
  const told = await db
    .selectFrom('community.notification')
    .select('member_id')
    .where('key', '=', `wish:${id}:use`)
    .execute();
  expect(told).toEqual([{ member_id: early.id }]);
});

test('a use that was verified goes with its vote when wishes are merged', async () => {
  const [from, into] = [(await wishOf(await newcomer())).id, (await wishOf(await newcomer())).id];
  const voter = await newcomer();
  await voteForWish(voter.ctx, from, { strength: 'nice' });
  await verifyUse(house, from, { member: voter.handle, evidence: 'Their logs.' });
  await mergeWishes(house, from, { into });
  await voteForWish(voter.ctx, into, { strength: 'must' });
  expect((await getWish(house, into)).byUse).toContainEqual({
    name: 'verified',
    votes: 1,
    mustVotes: 1,
    weight: 400,
  });
});

test('of a private wish nobody is told who may not see it', async () => {
  const { id } = await wishOf(await newcomer(), { isPrivate: true });
  const voter = await newcomer();
  await db
    .insertInto('community.wish_vote')
    .values({ wish_id: id, member_id: voter.id, strength: 'nice', weight: 100 })
    .execute();
  await verifyUse(house, id, { member: voter.handle, evidence: 'Their logs.' });
  const told = await db
    .selectFrom('community.notification')
    .select('key')
    .where('member_id', '=', voter.id)
    .execute();
  expect(told.filter(({ key }) => key.startsWith('wish:'))).toEqual([]);
});

test('votes are shown by role and by the size of the company, each with how many must have it', async () => {
  const { slug, manager } = await company('250-999');
  const { id } = await wishOf(await newcomer());
  const [dba, both, none] = [await newcomer(), await newcomer(), await newcomer()];
  const roles = (member: TestMember, ...given: string[]) =>
    db.updateTable('community.member').set({ roles: given }).where('id', '=', member.id).execute();
  await roles(dba, 'dba');
  await roles(both, 'dba', 'decision-maker');
  await worksAt(dba, slug);
  await voteForWish(dba.ctx, id, { strength: 'must' });
  await voteForWish(both.ctx, id, { strength: 'nice' });
  await voteForWish(none.ctx, id, { strength: 'nice' });
  const wish = await getWish(nobody, id);
  expect(wish.byRole).toEqual([
    { name: 'dba', votes: 2, mustVotes: 1, weight: 300 + 100 },
    { name: 'decision-maker', votes: 1, mustVotes: 0, weight: 100 },
    { name: 'none', votes: 2, mustVotes: 1, weight: 200 + 100 },
  ]);
  expect(wish.byOrganisationSize).toEqual([
    { name: '250-999', votes: 1, mustVotes: 1, weight: 300 },
    { name: 'none', votes: 3, mustVotes: 1, weight: 200 + 100 + 100 },
  ]);
  expect(wish.byOrganisationKind.map(({ name, votes }) => [name, votes])).toEqual([
    ['end-user', 1],
    ['none', 3],
  ]);
  // What is left out stays; each save is kept.
  const page = { name: 'Company', kind: 'end-user', website: '', country: '', about: '' } as const;
  await editOrganisation(manager.ctx, slug, page);
  await editOrganisation(manager.ctx, slug, { ...page, size: '5000+' });
  expect((await listRevisions(manager.ctx, slug)).map(({ size }) => size)).toEqual([
    '5000+',
    '250-999',
    '250-999',
  ]);
});
