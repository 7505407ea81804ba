import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database, testContext } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import type { Article, WrittenArticle } from '#src/community/contract/articles.ts';
import type { ListedCaseStudy } from '#src/community/contract/case-studies.ts';
import type { PostSummary } from '#src/community/contract/posts.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { publishPost, unpublishPost } from '../posts/publish-post.ts';
import { community } from '../room.ts';

const api = testApi([community]);
const { db } = database;
await writeAtAnyPace({ firstWritingsHeld: 5 });
let author: TestMember;
let manager: TestMember;
let customer: string;

beforeEach(async () => {
  [author, manager] = [await testMember(), await testMember()];
  customer = await organisation(manager);
});

/** A verified organisation with one manager. */
async function organisation(who: TestMember): Promise<string> {
  const slug = `bank-${randomUUID().slice(0, 8)}`;
  const { id } = await db
    .insertInto('community.organisation')
    .values({ slug, name: 'Reliable Bank', kind: 'end-user', state: 'verified' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('community.organisation_manager')
    .values({ organisation_id: id, member_id: who.id })
    .execute();
  return slug;
}

async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community/${path}`, body);
  return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as T };
}
const study = (more: object = {}) => ({
  customer,
  industry: 'finance',
  companySize: '1000-4999',
  figures: [
    { measure: 'Nightly report', before: 240, after: 12, unit: 'min' },
    { measure: 'Cost a month', before: 9000.5, after: 0, unit: 'CNY' },
  ],
  quote: 'We sleep again.',
  quotedPerson: 'Lin Xiao',
  quotedTitle: 'Head of data',
  ...more,
});
const words = (caseStudy: object | null = study()) => ({
  title: 'How a bank sleeps again',
  markdown: `Words. ${randomUUID()}`,
  locale: 'en',
  caseStudy,
});
const write = async () => (await call<WrittenArticle>(author.ctx, 'POST', 'articles', words())).body;
const read = (who: Context | null, id: number) => call<Article>(who, 'GET', `articles/${id}`);
const approve = (who: Context | null, id: number, revision = 1) =>
  call(who, 'PUT', `case-studies/${id}/approval`, { revision });
const withdraw = (who: Context | null, id: number) => call(who, 'DELETE', `case-studies/${id}/approval`);
const listed = async (query = '') =>
  (await call<{ items: ListedCaseStudy[] }>(null, 'GET', `case-studies${query}`)).body.items;
const isPublic = async (id: number) => (await read(null, id)).status === 200;

test('a case study waits for its customer: the author and the customer’s managers read it, and nobody else', async () => {
  const { id, state } = await write();
  expect(state).toBe('draft');
  const stranger = await testMember();
  for (const who of [null, stranger.ctx]) expect((await read(who, id)).status).toBe(404);
  expect((await read(author.ctx, id)).body.caseStudy).toMatchObject({ approvedAt: null, mayApprove: false });
  const { body } = await read(manager.ctx, id);
  expect(body.caseStudy).toMatchObject({ ...study({ customer: { slug: customer } }), mayApprove: true });
  const { items } = (await call<{ items: PostSummary[] }>(null, 'GET', 'articles')).body;
  expect(items.map((one) => one.id)).not.toContain(id);
  expect((await listed()).map(({ post }) => post.id)).not.toContain(id);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from community.notification
    where member_id = ${manager.id} and kind = 'case-study'`.execute(db);
  expect(rows[0]?.count).toBe(1);
});

test('a manager of the customer approves it, and it is public with its figures; anybody else finds nothing to approve', async () => {
  const { id } = await write();
  const [elsewhere, stranger] = [await testMember(), await testMember()];
  await organisation(elsewhere);
  for (const who of [author.ctx, elsewhere.ctx, stranger.ctx])
    expect((await approve(who, id)).status).toBe(404);
  expect((await approve(null, id)).status).toBe(401);
  expect(await isPublic(id)).toBe(false);
  expect((await approve(manager.ctx, id)).status).toBe(204);
  expect((await approve(manager.ctx, id)).status).toBe(204);
  const { body } = await read(null, id);
  expect(body).toMatchObject({
    state: 'published',
    caseStudy: { quotedPerson: 'Lin Xiao', mayApprove: false },
  });
  expect(body.caseStudy?.figures).toEqual(study().figures);
  expect(Date.now() - Date.parse(body.caseStudy?.approvedAt ?? '')).toBeLessThan(60_000);
  const mine = ({ post }: ListedCaseStudy) => post.id === id;
  expect((await listed('?industry=finance')).find(mine)).toMatchObject({
    customer: { slug: customer, name: 'Reliable Bank' },
    figure: { measure: 'Nightly report', before: 240, after: 12 },
  });
  expect((await listed('?industry=retail')).some(mine)).toBe(false);
});

test('withdrawn, it goes out of public view at once; approved again, it is back', async () => {
  const { id } = await write();
  await approve(manager.ctx, id);
  expect((await withdraw(author.ctx, id)).status).toBe(404);
  expect((await withdraw(manager.ctx, id)).status).toBe(204);
  expect(await isPublic(id)).toBe(false);
  expect((await listed()).map(({ post }) => post.id)).not.toContain(id);
  expect((await read(author.ctx, id)).status).toBe(200);
  await approve(manager.ctx, id);
  expect(await isPublic(id)).toBe(true);
});

test('whatever is changed is approved anew, and only what was read', async () => {
  const { id } = await write();
  await approve(manager.ctx, id);
  const edit = await call(author.ctx, 'PUT', `articles/${id}`, {
    ...words(study({ quote: 'We sleep very well.' })),
    revision: 1,
  });
  expect(edit.status).toBe(200);
  expect(await isPublic(id)).toBe(false);
  expect((await approve(manager.ctx, id, 1)).status).toBe(409);
  expect((await approve(manager.ctx, id, 2)).status).toBe(204);
  expect((await read(null, id)).body.caseStudy?.quote).toBe('We sleep very well.');
  // Somebody of the staff, who says nothing of the case.
  const house = await theHouse();
  const words3 = { ...words(null), title: 'How the bank sleeps', revision: 2 };
  expect((await call(house, 'PUT', `articles/${id}`, words3)).status).toBe(200);
  expect(await isPublic(id)).toBe(false);
  expect((await approve(manager.ctx, id, 3)).status).toBe(204);
  expect((await read(null, id)).body.caseStudy?.quote).toBe('We sleep very well.');
});

test('nothing publishes it without its customer: no moderator, and no row written by hand', async () => {
  const { id } = await write();
  const house = await theHouse();
  await inTransaction(house, (tx) => unpublishPost(tx, id, 'hidden'));
  await inTransaction(house, (tx) => publishPost(tx, id));
  expect(await isPublic(id)).toBe(false);
  await expect(
    sql`update community.post set state = 'published', published_at = now() where id = ${id}`.execute(db),
  ).rejects.toMatchObject({ code: '23001' });
  await approve(manager.ctx, id);
  await expect(
    sql`update community.post set revision = revision + 1 where id = ${id}`.execute(db),
  ).rejects.toMatchObject({ code: '23001' });
  // What moderators hid stays hidden when its customer withdraws and approves.
  await inTransaction(house, (tx) => unpublishPost(tx, id, 'hidden'));
  await withdraw(manager.ctx, id);
  await approve(manager.ctx, id);
  expect(await isPublic(id)).toBe(false);
  await inTransaction(house, (tx) => publishPost(tx, id));
  expect(await isPublic(id)).toBe(true);
});

test('the words of a newcomer go to the reviewers after the customer approved them', async () => {
  author = await testMember({ trustLevel: 0 });
  const { id, state } = await write();
  expect(state).toBe('draft');
  await approve(manager.ctx, id);
  expect((await read(author.ctx, id)).body.state).toBe('pending');
  await inTransaction(await theHouse(), (tx) => publishPost(tx, id));
  expect(await isPublic(id)).toBe(true);
});

test('what makes no case study is refused', async () => {
  const refused = [
    study({ customer: 'never-was' }),
    study({ figures: [] }),
    study({ quotedPerson: '' }),
    study({ companySize: '' }),
    study({ figures: [{ measure: 'Speed', before: 'slow', after: 1, unit: '' }] }),
  ];
  for (const one of refused)
    expect((await call(author.ctx, 'POST', 'articles', words(one))).status).toBe(422);
  const publishAt = new Date(Date.now() + 3600_000).toISOString();
  expect((await call(author.ctx, 'POST', 'articles', { ...words(), publishAt })).status).toBe(422);
  const { body } = await call<WrittenArticle>(author.ctx, 'POST', 'articles', words(null));
  expect((await approve(manager.ctx, body.id)).status).toBe(404);
  const turned = { ...words(), revision: 1 };
  expect((await call(author.ctx, 'PUT', `articles/${body.id}`, turned)).status).toBe(409);
  expect((await approve(await testContext({ may: [] }), 999_999_999)).status).toBe(404);
});
