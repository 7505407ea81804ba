import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { applyAsExpert } from './apply-as-expert.ts';
import { changeAvailability } from './change-availability.ts';
import { decideExpert } from './decide-expert.ts';
import { getExpert, listApplications, listExperts } from './queries.ts';
import { withdrawExpert } from './withdraw-expert.ts';

const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };

async function newPerson() {
  const ctx = await testContext({ may: [] });
  const member = await requireMember(ctx);
  const postId = await inTransaction(ctx, (tx) =>
    insertPost(tx, member, {
      kind: 'article',
      title: 'On vacuum',
      markdown: 'x',
      locale: 'en',
      state: 'published',
    }),
  );
  return { ctx, member, postId };
}

const wish = (postId: number, skill = 'vacuum') => ({
  about: 'I know **vacuum**.',
  skills: [skill, 'replication', skill],
  languages: ['zh' as const, 'en' as const],
  availability: 'open' as const,
  rate: { minor: 80_000, currency: 'CNY' as const, unit: 'hour' as const },
  evidence: [
    { postId, note: 'How it works' },
    { url: 'https://example.com/talk', note: 'A talk' },
  ],
});
const handles = async (query: object = {}) =>
  (await listExperts(nobody, { limit: 100, ...query })).items.map(({ member }) => member.handle);

test('an expert has skills, evidence that leads to rows, time and a rate, and is listed once the committee approved', async () => {
  const { ctx, member, postId } = await newPerson();
  await applyAsExpert(ctx, wish(postId));
  expect(await handles()).not.toContain(member.handle);
  await expect(getExpert(nobody, member.handle)).rejects.toMatchObject({ code: 'not_found' });
  expect((await listApplications(staff)).map((one) => one.member.handle)).toContain(member.handle);
  await decideExpert(staff, member.handle, null);
  const seen = await getExpert(nobody, member.handle);
  expect(seen).toMatchObject({
    skills: ['vacuum', 'replication'],
    availability: 'open',
    rate: { minor: 80_000, currency: 'CNY', unit: 'hour' },
    evidence: [{ post: { id: postId, title: 'On vacuum' } }, { url: 'https://example.com/talk', post: null }],
  });
  await expect(decideExpert(staff, member.handle, null)).rejects.toMatchObject({ code: 'conflict' });
});

test('a list by skill, language and time', async () => {
  const { ctx, member, postId } = await newPerson();
  await applyAsExpert(ctx, wish(postId, 'timescale'));
  await decideExpert(staff, member.handle, null);
  const by = (query: object) => handles({ skill: 'timescale', ...query });
  expect(await by({})).toEqual([member.handle]);
  expect(await by({ language: 'de' })).toEqual([]);
  await changeAvailability(ctx, { availability: 'closed', rate: null });
  expect(await by({ availability: 'open' })).toEqual([]);
  expect(await by({ availability: 'closed' })).toEqual([member.handle]);
});

test('posts of others and hidden ones are no evidence', async () => {
  const anna = await newPerson();
  const eve = await newPerson();
  await expect(applyAsExpert(eve.ctx, wish(anna.postId))).rejects.toMatchObject({ code: 'conflict' });
  await applyAsExpert(eve.ctx, wish(eve.postId));
  await decideExpert(staff, eve.member.handle, null);
  await inTransaction(staff, (tx) => unpublishPost(tx, eve.postId, 'hidden'));
  expect((await getExpert(nobody, eve.member.handle)).evidence).toMatchObject([{ note: 'A talk' }]);
});

test('nobody approves themselves, and members without a seat approve nobody', async () => {
  const { ctx, member, postId } = await newPerson();
  await applyAsExpert(ctx, wish(postId));
  await expect(decideExpert(ctx, member.handle, null)).rejects.toMatchObject({ code: 'forbidden' });
  await database.db
    .insertInto('community.staff')
    .values({ member_id: member.id, role: 'administrator' })
    .execute();
  await expect(decideExpert(ctx, member.handle, null)).rejects.toMatchObject({ code: 'conflict' });
});

test('other words wait again, a refusal says why, and who leaves is not listed', async () => {
  const { ctx, member, postId } = await newPerson();
  await applyAsExpert(ctx, wish(postId));
  await decideExpert(staff, member.handle, 'Please add talks.');
  expect((await getExpert(ctx, member.handle)).refusedReason).toBe('Please add talks.');
  await applyAsExpert(ctx, wish(postId));
  await decideExpert(staff, member.handle, null);
  expect(await handles()).toContain(member.handle);
  await applyAsExpert(ctx, wish(postId));
  expect(await handles()).not.toContain(member.handle);
  await withdrawExpert(ctx);
  expect((await listApplications(staff)).map((one) => one.member.handle)).not.toContain(member.handle);
  await expect(withdrawExpert(ctx)).rejects.toMatchObject({ code: 'conflict' });
});
