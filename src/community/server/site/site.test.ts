import { beforeEach, expect, test } from 'vitest';
import type { CommunityHome, SiteFrame, SiteSettings } from '#src/community/contract/site.ts';
import type { Context } from '#src/platform/server/context.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { community } from '../room.ts';

const api = testApi([community]);
async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community/site${path}`, body);
  return { status: answer.status, body: (await answer.json()) as T };
}

/** Somebody with a seat in the staff; nobody of the organisation that runs this Elepherd. */
async function administrator(): Promise<Context> {
  await testContext({ may: [] });
  const ctx = await testContext({ may: [] });
  const { id } = await requireMember(ctx);
  await database.db.insertInto('community.staff').values({ member_id: id, role: 'administrator' }).execute();
  return ctx;
}

const decided: SiteSettings = {
  start: 'auto',
  profile: 'china',
  icpNumber: '京ICP备12345678号-1',
  policeNumber: '京公网安备11010802012345号',
};

beforeEach(async () => {
  await database.db.deleteFrom('community.setting').where('name', '=', 'site').execute();
});

test('a community with nothing in it leads strangers to sign in, and to itself from the first post on', async () => {
  const start = async () => (await call<{ page: string }>(null, 'GET', '/start')).body.page;
  expect(await start()).toBe('sign-in');
  const author = await testContext({ may: [] });
  const member = await requireMember(author);
  await insertPost(author, member, {
    kind: 'question',
    title: 'Why is it slow?',
    markdown: 'It is.',
    tags: [],
    locale: 'en',
    state: 'published',
  });
  expect(await start()).toBe('community');
  const staff = await administrator();
  await call(staff, 'PUT', '/settings', { start: 'sign-in' });
  expect(await start()).toBe('sign-in');
});

test('the front page shows public posts alone, each where it belongs', async () => {
  const author = await testContext({ may: [] });
  const member = await requireMember(author);
  const post = async (kind: 'article' | 'question', title: string, state: 'published' | 'draft') =>
    insertPost(author, member, { kind, title, markdown: 'Words.', tags: [], locale: 'en', state });
  await post('question', 'A public question', 'published');
  await post('article', 'A public article', 'published');
  await post('article', 'A draft of an article', 'draft');
  await post('question', 'A draft of a question', 'draft');
  const { body } = await call<CommunityHome>(null, 'GET', '/home');
  const titles = (posts: CommunityHome['articles']) => posts.map(({ title }) => title);
  expect(titles(body.questions)).toContain('A public question');
  expect(titles(body.unanswered)).toContain('A public question');
  expect(titles(body.articles)).toEqual(['A public article']);
  expect(JSON.stringify(body)).not.toContain('draft');
  expect(body.newcomers.map(({ handle }) => handle)).toContain(member.handle);
});

test('the frame knows its reader, and shows the registrations of China in that profile alone', async () => {
  const reader = await testContext({ may: [] });
  const frame = async (who: Context | null) => (await call<SiteFrame>(who, 'GET', '/frame')).body;
  expect(await frame(null)).toEqual({ me: null, china: null });
  expect((await frame(reader)).me).toEqual({
    handle: null,
    name: 'Test Person',
    avatar: null,
    isStaff: false,
    mayChangeSite: false,
    unread: 0,
  });
  const { id } = await requireMember(reader);
  await database.db
    .insertInto('community.notification')
    .values(['a', 'b'].map((key) => ({ member_id: id, kind: 'answer', key })))
    .execute();
  expect((await frame(reader)).me?.unread).toBe(2);
  const staff = await administrator();
  expect((await frame(staff)).me).toMatchObject({ isStaff: true, mayChangeSite: true });
  await call(staff, 'PUT', '/settings', decided);
  expect((await frame(null)).china).toEqual({
    icpNumber: decided.icpNumber,
    policeNumber: decided.policeNumber,
  });
  await call(staff, 'PUT', '/settings', { ...decided, profile: 'international' });
  expect((await frame(null)).china).toBeNull();
});

test('only who may change settings reads and changes them, and each change is on record', async () => {
  const reader = await testContext({ may: [] });
  expect((await call(reader, 'GET', '/settings')).status).toBe(403);
  expect((await call(reader, 'PUT', '/settings', decided)).status).toBe(403);
  expect((await call(null, 'GET', '/settings')).status).toBe(401);
  const staff = await administrator();
  expect((await call(staff, 'PUT', '/settings', decided)).body).toEqual(decided);
  expect((await call(staff, 'GET', '/settings')).body).toEqual(decided);
  const row = await database.db
    .selectFrom('platform.audit')
    .select(['action', 'actor_id'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ action: 'community.setting.change', actor_id: staff.actor.id });
});

test('a registration without digits, or of several lines, is refused', async () => {
  const staff = await administrator();
  for (const wrong of [{ policeNumber: '京公网安备' }, { icpNumber: 'a\nb' }, { icpNumber: 'x'.repeat(61) }])
    expect((await call(staff, 'PUT', '/settings', { ...decided, ...wrong })).status).toBe(422);
});
