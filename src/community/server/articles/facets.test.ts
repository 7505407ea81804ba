import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database } from '#tests/support/context.ts';
import { testMember, type TestMember } from '#tests/support/members.ts';
import type { Article, ArticleSource, WrittenArticle } from '#src/community/contract/articles.ts';
import type { Feed } from '#src/community/contract/feeds.ts';
import { industries } from '#src/community/contract/industries.ts';
import { type MemberList, MemberRole } from '#src/community/contract/members.ts';
import type { OrganisationList } from '#src/community/contract/organisations.ts';
import type { PostSummary } from '#src/community/contract/posts.ts';
import { Wish } from '#src/community/contract/wishes.ts';
import type { Context } from '#src/platform/server/context.ts';
import { measure } from '../measures/queries.ts';
import { editProfile } from '../profiles/edit-profile.ts';
import { community } from '../room.ts';

const api = testApi([community]);
const { db } = database;
await writeAtAnyPace();
let author: TestMember;
const titles: Record<string, number> = {};

async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community/${path}`, body);
  return { status: answer.status, body: (await answer.json()) as T };
}
const words = (title: string, more: object = {}) => ({
  title,
  markdown: `Words. ${randomUUID()}`,
  locale: 'en',
  ...more,
});
const listed = async (query: string) =>
  (await call<{ items: PostSummary[] }>(null, 'GET', `articles?${query}`)).body.items
    .map(({ title }) => title)
    .toSorted();

beforeAll(async () => {
  author = await testMember();
  const facets: Record<string, object> = {
    'For bankers who run databases': { industries: ['finance'], roles: ['dba'] },
    'For shops and banks': { industries: ['retail', 'finance'], roles: ['decision-maker'] },
    'For those who decide': { roles: ['decision-maker'] },
    'For everybody': {},
  };
  for (const [title, more] of Object.entries(facets)) {
    const { body } = await call<WrittenArticle>(author.ctx, 'POST', 'articles', words(title, more));
    titles[title] = body.id;
  }
});

test('lists of articles are split by industry and by role of readers, and by both', async () => {
  expect(await listed('industry=finance')).toEqual(['For bankers who run databases', 'For shops and banks']);
  expect(await listed('role=decision-maker')).toEqual(['For shops and banks', 'For those who decide']);
  expect(await listed('industry=finance&role=dba')).toEqual(['For bankers who run databases']);
  expect(await listed('industry=energy')).toEqual([]);
  expect(await listed('')).toHaveLength(4);
  expect((await call(null, 'GET', 'articles?industry=alchemy')).status).toBe(422);
});

test('feeds carry the articles of an industry and for a role; what is neither has none', async () => {
  const feed = (about: string, name: string) => call<Feed>(null, 'GET', `feeds?about=${about}&name=${name}`);
  const { body } = await feed('industries', 'finance');
  expect(body.entries.map(({ title }) => title)).toEqual([
    'For shops and banks',
    'For bankers who run databases',
  ]);
  expect(body).toMatchObject({ key: 'industries/finance', path: '/articles?industry=finance' });
  const { body: ofRole } = await feed('roles', 'dba');
  expect(ofRole.entries.map(({ title }) => title)).toEqual(['For bankers who run databases']);
  for (const [about, name] of [
    ['industries', 'alchemy'],
    ['roles', 'finance'],
  ] as const)
    expect((await feed(about, name)).status).toBe(404);
});

test('an article says its facets, an edit gives it others, and there are not too many of them', async () => {
  const id = titles['For shops and banks'];
  const { body } = await call<Article>(null, 'GET', `articles/${id}`);
  expect(body).toMatchObject({ industries: ['retail', 'finance'], roles: ['decision-maker'] });
  const { body: source } = await call<ArticleSource>(author.ctx, 'GET', `articles/${id}/source`);
  const change = words('For shops alone', {
    industries: ['retail', 'retail'],
    roles: source.roles,
    revision: source.revision,
  });
  expect((await call(author.ctx, 'PUT', `articles/${id}`, change)).status).toBe(200);
  expect(await listed('industry=finance')).toEqual(['For bankers who run databases']);
  expect((await call<Article>(null, 'GET', `articles/${id}`)).body.industries).toEqual(['retail']);
  for (const more of [{ industries: industries.slice(0, 4) }, { roles: MemberRole.options.slice(0, 5) }])
    expect((await call(author.ctx, 'POST', 'articles', words('Too many facets', more))).status).toBe(422);
});

test('members and organisations are found by industry, out of the one list that wishes have', async () => {
  const bankers = [await testMember(), await testMember()];
  for (const { ctx } of bankers)
    await editProfile(ctx, {
      name: 'Lin',
      headline: '',
      about: '',
      location: '',
      website: '',
      skills: [],
      roles: ['dba'],
      industry: 'finance',
    });
  const { body } = await call<MemberList>(null, 'GET', 'members?industry=finance');
  expect(body.items.map(({ handle }) => handle).toSorted()).toEqual(
    bankers.map(({ handle }) => handle).toSorted(),
  );
  expect(body.industries).toEqual([{ industry: 'finance', count: 2 }]);
  const made = await call<{ slug: string }>(author.ctx, 'POST', 'organisations', {
    name: 'Reliable Bank',
    kind: 'end-user',
    evidence: 'The register of companies.',
    industry: 'finance',
  });
  await sql`update community.organisation set state = 'verified' where slug = ${made.body.slug}`.execute(db);
  const found = async (industry: string) =>
    (await call<OrganisationList>(null, 'GET', `organisations?industry=${industry}`)).body.items.map(
      ({ name }) => name,
    );
  expect(await found('finance')).toEqual(['Reliable Bank']);
  expect(await found('retail')).toEqual([]);
  expect(Wish.shape.industry.options).toEqual([...industries]);
});

test('figures are split by both: new and active members by who they are, articles by whom they are for', async () => {
  const span = { from: new Date(0), until: new Date(Date.now() + 1000) };
  const [banker] = (await call<MemberList>(null, 'GET', 'members?industry=finance')).body.items;
  const coverage = { industry: 'finance' };
  expect(await measure(db, 'new-members', span, coverage)).toBe(2);
  expect(await measure(db, 'active-members', span, coverage)).toBe(0);
  await sql`update community.post set author_id = (select id from community.member where handle = ${banker?.handle})
    where id = ${titles['For those who decide']}`.execute(db);
  expect(await measure(db, 'active-members', span, coverage)).toBe(1);
  expect(await measure(db, 'active-members', span, { ...coverage, role: 'student' })).toBe(0);
  expect(await measure(db, 'articles', span, coverage)).toBe(1);
  expect(await measure(db, 'articles', span, { role: 'decision-maker' })).toBe(2);
});
