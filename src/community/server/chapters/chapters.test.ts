import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { appointLeader } from './appoint-leader.ts';
import { decideChapter } from './decide-chapter.ts';
import { editChapter } from './edit-chapter.ts';
import { foundChapter } from './found-chapter.ts';
import { joinChapter } from './join-chapter.ts';
import { leaveChapter } from './leave-chapter.ts';
import { getChapter, listChapterPosts, listChapters } from './queries.ts';

const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };

async function newPerson() {
  const ctx = await testContext({ may: [] });
  return { ctx, member: await requireMember(ctx) };
}
const wish = () => ({
  name: `Hangzhou ${randomUUID().slice(0, 8)}`,
  country: 'CN',
  city: 'Hangzhou',
  locale: 'zh-CN' as const,
});

async function approved() {
  const leader = await newPerson();
  const { slug } = await foundChapter(leader.ctx, wish());
  await decideChapter(staff, slug, null);
  return { leader, slug };
}
const publish = ({ ctx, member }: Awaited<ReturnType<typeof newPerson>>, title: string) =>
  inTransaction(ctx, (tx) =>
    insertPost(tx, member, { kind: 'article', title, markdown: 'x', locale: 'en', state: 'published' }),
  );
const titles = async (slug: string, query: object = {}) =>
  (await listChapterPosts(nobody, slug, { limit: 10, ...query })).items.map(({ title }) => title);

test('a chapter is public once it was approved, never by its own leader', async () => {
  const { ctx } = await newPerson();
  const { slug } = await foundChapter(ctx, wish());
  await expect(getChapter(nobody, slug)).rejects.toMatchObject({ code: 'not_found' });
  await expect(joinChapter((await newPerson()).ctx, slug)).rejects.toMatchObject({ code: 'not_found' });
  await expect(decideChapter(ctx, slug, null)).rejects.toMatchObject({ code: 'forbidden' });
  await decideChapter(staff, slug, 'Which city?');
  expect(await getChapter(ctx, slug)).toMatchObject({ state: 'refused', refusedReason: 'Which city?' });
  await editChapter(ctx, slug, { ...wish(), city: '杭州' });
  await decideChapter(staff, slug, null);
  expect(await getChapter(nobody, slug)).toMatchObject({ state: 'approved', city: '杭州', members: 1 });
  expect((await listChapters(nobody)).items.map((one) => one.slug)).toContain(slug);
});

test('members join and leave, and the last one who leads stays', async () => {
  const { leader, slug } = await approved();
  const anna = await newPerson();
  await joinChapter(anna.ctx, slug);
  await joinChapter(anna.ctx, slug);
  expect((await getChapter(nobody, slug)).members).toBe(2);
  await expect(leaveChapter(leader.ctx, slug)).rejects.toMatchObject({ code: 'conflict' });
  await expect(editChapter(anna.ctx, slug, wish())).rejects.toMatchObject({ code: 'forbidden' });
  await appointLeader(leader.ctx, slug, anna.member.handle, true);
  const left = await Promise.allSettled([
    leaveChapter(leader.ctx, slug),
    appointLeader(anna.ctx, slug, anna.member.handle, false),
  ]);
  expect(left.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await getChapter(nobody, slug)).leaders).toHaveLength(1);
});

test('its feed holds what its members publish, newest first, page by page, and nothing that is hidden', async () => {
  const { leader, slug } = await approved();
  const anna = await newPerson();
  await joinChapter(anna.ctx, slug);
  await publish(leader, 'One article');
  const second = await publish(anna, 'Two article');
  await publish(leader, 'Three article');
  await publish(await newPerson(), 'Not of here');
  expect(await titles(slug)).toEqual(['Three article', 'Two article', 'One article']);
  const first = await listChapterPosts(nobody, slug, { limit: 2 });
  expect(await titles(slug, { limit: 2, cursor: first.nextCursor })).toEqual(['One article']);
  expect(await titles(slug, { year: 2001 })).toEqual([]);
  expect(await titles(slug, { kind: 'question' })).toEqual([]);
  await inTransaction(staff, (tx) => unpublishPost(tx, second, 'hidden'));
  await leaveChapter(anna.ctx, slug);
  expect(await titles(slug)).toEqual(['Three article', 'One article']);
});
