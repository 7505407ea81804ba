import { expect, test } from 'vitest';
import type { Feed } from '#src/community/contract/feeds.ts';
import type { SitemapSlice } from '#src/community/contract/sitemaps.ts';
import type { Context } from '#src/platform/server/context.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { community } from '../room.ts';

const api = testApi([community]);
const get = async <T>(path: string) => {
  const answer = await api.call(null, 'GET', `/api/community/${path}`);
  return { status: answer.status, body: (await answer.json()) as T };
};
const titlesOf = async (query: string) =>
  (await get<Feed>(`feeds?${query}`)).body.entries.map(({ title }) => title);

async function newAuthor(): Promise<{ ctx: Context; member: OwnMember }> {
  const ctx = await testContext({ may: [] });
  return { ctx, member: await requireMember(ctx) };
}
const write = async (
  { ctx, member }: Awaited<ReturnType<typeof newAuthor>>,
  title: string,
  more: Partial<Parameters<typeof insertPost>[2]> = {},
) =>
  insertPost(ctx, member, {
    kind: 'article',
    title,
    markdown: `Words of ${title}.`,
    tags: [],
    locale: 'en',
    state: 'published',
    ...more,
  });

test('a feed has the public posts of its subject, newest first, whole', async () => {
  const ada = await newAuthor();
  const bob = await newAuthor();
  await database.db.insertInto('community.tag').values({ name: 'feeds' }).execute();
  await write(ada, 'Of Ada', { tags: ['feeds'] });
  await write(bob, 'Of Bob', { kind: 'question' });
  await write(bob, 'A draft', { state: 'draft', tags: ['feeds'] });
  expect((await titlesOf('about=all')).slice(0, 2)).toEqual(['Of Bob', 'Of Ada']);
  expect(await titlesOf('about=questions')).toEqual(['Of Bob']);
  expect(await titlesOf('about=articles')).toEqual(['Of Ada']);
  expect(await titlesOf('about=tags&name=feeds')).toEqual(['Of Ada']);
  expect(await titlesOf(`about=members&name=${bob.member.handle}`)).toEqual(['Of Bob']);
  const { body } = await get<Feed>('feeds?about=tags&name=feeds');
  expect(body).toMatchObject({ path: '/tags/feeds', key: 'tags/feeds', name: 'feeds' });
  expect(body.entries[0]?.html).toBe('<p>Words of Of Ada.</p>\n');
});

test('a post that is taken down leaves the feeds; a very long one is there by its first words', async () => {
  const author = await newAuthor();
  const id = await write(author, 'Soon gone');
  await write(author, 'Long', { markdown: 'word '.repeat(20_000) });
  const own = `about=members&name=${author.member.handle}`;
  expect(await titlesOf(own)).toEqual(['Long', 'Soon gone']);
  await unpublishPost(author.ctx, id, 'removed');
  const { body } = await get<Feed>(`feeds?${own}`);
  expect(body.entries).toMatchObject([{ title: 'Long', html: '' }]);
  expect(body.entries[0]?.excerpt).toContain('word word');
});

test.each([
  'about=tags&name=none',
  'about=tags',
  'about=members&name=nobody',
  'about=organisations&name=unknown',
  'about=all&name=x',
  'about=series&name=99999',
  'about=series&name=x',
  'about=series',
  'about=faq&name=12000',
  'about=decisions&name=nobody',
  'about=releases&name=0',
])('there is no feed for %s', async (query) => {
  expect((await get(`feeds?${query}`)).status).toBe(404);
});

test('an organisation that waits for verification has no feed and is on no map', async () => {
  await database.db
    .insertInto('community.organisation')
    .values([
      { slug: 'verified-one', name: 'One', kind: 'university', state: 'verified' },
      { slug: 'waiting-one', name: 'Two', kind: 'university', state: 'pending' },
    ])
    .execute();
  expect((await get('feeds?about=organisations&name=verified-one')).status).toBe(200);
  expect((await get('feeds?about=organisations&name=waiting-one')).status).toBe(404);
  const { body } = await get<SitemapSlice>('sitemaps/slice?kind=organisations&part=0');
  expect(body.entries.map(({ path }) => path)).toEqual(['/organisations/verified-one']);
});

test('a chapter has a feed of what its members write, once it is approved', async () => {
  const author = await newAuthor();
  await write(author, 'From the chapter');
  const chapter = { name: 'Hangzhou', country: 'CN' };
  const { id } = await database.db
    .insertInto('community.chapter')
    .values({ ...chapter, slug: 'hangzhou' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('community.chapter_member')
    .values({ chapter_id: id, member_id: author.member.id })
    .execute();
  expect((await get('feeds?about=chapters&name=hangzhou')).status).toBe(404);
  await database.db
    .updateTable('community.chapter')
    .set({ state: 'approved' })
    .where('id', '=', id)
    .execute();
  expect(await titlesOf('about=chapters&name=hangzhou')).toEqual(['From the chapter']);
});

test('the map names every public page once, part by part, and nothing else', async () => {
  const author = await newAuthor();
  const silent = await newAuthor();
  const shown = await write(author, 'On the map');
  await write(author, 'Not on the map', { state: 'draft' });
  const { body: index } = await get<{ parts: { kind: string; part: string }[] }>('sitemaps');
  const paths: string[] = [];
  for (const { kind, part } of index.parts) {
    const { body } = await get<SitemapSlice>(`sitemaps/slice?kind=${kind}&part=${part}`);
    expect(body.entries.length).toBeGreaterThan(0);
    paths.push(...body.entries.map(({ path }) => path));
  }
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toContain(`/articles/${shown}/on-the-map`);
  expect(paths).toContain(`/members/${author.member.handle}`);
  expect(paths.join(' ')).not.toMatch(/not-on-the-map/);
  expect(paths).not.toContain(`/members/${silent.member.handle}`);
});

test('a part of the map is read in slices that follow one another', async () => {
  const author = await newAuthor();
  await database.db
    .insertInto('community.post')
    .values(
      Array.from({ length: 5100 }, (_, at) => ({
        kind: 'article' as const,
        author_id: author.member.id,
        title: `Number ${at}`,
        markdown: 'x',
        published_at: new Date(),
      })),
    )
    .execute();
  const first = await get<SitemapSlice>('sitemaps/slice?kind=posts&part=0');
  expect(first.body.entries).toHaveLength(5000);
  const rest = await get<SitemapSlice>(`sitemaps/slice?kind=posts&part=0&cursor=${first.body.nextCursor}`);
  const all = [...first.body.entries, ...rest.body.entries].map(({ path }) => path);
  expect(new Set(all).size).toBe(all.length);
  expect(rest.body.nextCursor).toBeNull();
  expect((await get<SitemapSlice>('sitemaps/slice?kind=posts&part=ff')).body.entries).toEqual([]);
  expect((await get<SitemapSlice>('sitemaps/slice?kind=members&part=zz')).status).toBe(422);
  expect((await get<SitemapSlice>('sitemaps/slice?kind=members&part=0&cursor=WzFd')).body.entries).toEqual(
    [],
  );
});

test('a series has a feed of its own as soon as something in it is public', async () => {
  const author = await newAuthor();
  const { id } = await database.db
    .insertInto('community.series')
    .values({ author_id: author.member.id, title: 'Of locks' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const articles = [await write(author, 'First'), await write(author, 'Waiting', { state: 'draft' })];
  expect((await get(`feeds?about=series&name=${id}`)).status).toBe(404);
  await database.db
    .updateTable('community.post')
    .set({ series_id: id })
    .where('id', 'in', articles)
    .execute();
  const { body } = await get<Feed>(`feeds?about=series&name=${id}`);
  expect(body).toMatchObject({ name: 'Of locks', path: `/series/${id}`, key: `series/${id}` });
  expect(body.entries.map(({ title }) => title)).toEqual(['First']);
});

test('the FAQ has feeds, whole and for each version of PostgreSQL it holds for', async () => {
  const { member } = await newAuthor();
  const entry = (title: string, pg_from: number, pg_to: number | null, is_retired = false) => ({
    title,
    slug: 'x',
    locale: 'en' as const,
    markdown: 'x',
    html: '<p>x</p>',
    excerpt: 'x',
    tags: ['vacuum'],
    pg_from,
    pg_to,
    curator_id: member.id,
    verified_by: member.id,
    is_retired,
    verified_at: new Date('2026-11-29T10:00:00Z'),
    created_at: new Date('2026-11-01T10:00:00Z'),
    changed_at: new Date('2026-11-01T10:00:00Z'),
  });
  await database.db
    .insertInto('community.faq')
    .values([
      entry('What old versions do', 13, 16),
      entry('What new versions do', 17, null),
      entry('What nobody asks any more', 13, null, true),
    ])
    .execute();
  expect(await titlesOf('about=faq')).toEqual(['What new versions do', 'What old versions do']);
  expect(await titlesOf('about=faq&name=16')).toEqual(['What old versions do']);
  const { body } = await get<Feed>('feeds?about=faq&name=17');
  expect(body).toMatchObject({ name: 'PostgreSQL 17', path: '/faq?version=17', key: 'faq/17' });
  // Verified anew is news.
  expect(body.entries).toMatchObject([
    {
      html: '<p>x</p>',
      author: { name: member.name, path: `/members/${member.handle}` },
      tags: ['vacuum'],
      publishedAt: '2026-11-01T10:00:00.000Z',
      updatedAt: '2026-11-29T10:00:00.000Z',
    },
  ]);
});

test('decisions have a feed, of all committees and of each', async () => {
  const committee = async (slug: string) =>
    (
      await database.db
        .selectFrom('community.committee')
        .select('id')
        .where('slug', '=', slug)
        .executeTakeFirstOrThrow()
    ).id;
  const decide = async (slug: string, title: string, decided_on: string) =>
    database.db
      .insertInto('community.resolution')
      .values({ committee_id: await committee(slug), title, markdown: 'x', html: '<p>x</p>', decided_on })
      .execute();
  await decide('translation', 'We translate', '2026-11-02');
  await decide('business', 'We sell', '2026-11-01');
  expect(await titlesOf('about=decisions')).toEqual(['We translate', 'We sell']);
  const { body } = await get<Feed>('feeds?about=decisions&name=business');
  expect(body).toMatchObject({ path: '/committees/business', key: 'decisions/business' });
  expect(body.entries).toMatchObject([{ title: 'We sell', author: { path: '/committees/business' } }]);
});

test('new versions have a feed: of products that are shown, once they are out, and of PostgreSQL itself', async () => {
  const { member } = await newAuthor();
  const offer = async (slug: string, state: 'verified' | 'pending') => {
    const { id: organisation_id } = await database.db
      .insertInto('community.organisation')
      .values({ slug, name: slug, kind: 'database-vendor', state })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id } = await database.db
      .insertInto('community.offering')
      .values({ organisation_id, kind: 'product', name: `Of ${slug}`, shown_revision: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    const release = (version: string, released_on: string) => ({
      offering_id: id,
      version,
      released_on,
      entered_by: member.id,
    });
    await database.db
      .insertInto('community.offering_release')
      .values([release('1.0', '2026-01-01'), release('9.0', '2090-01-01')])
      .execute();
    return id;
  };
  const shown = await offer('maker', 'verified');
  const hidden = await offer('unknown-maker', 'pending');
  const { body } = await get<Feed>(`feeds?about=releases&name=${shown}`);
  expect(body).toMatchObject({ name: 'Of maker', path: `/products/${shown}`, key: `releases/${shown}` });
  expect(body.entries).toMatchObject([
    {
      title: 'Of maker 1.0',
      path: `/products/${shown}`,
      author: { path: '/organisations/maker' },
      publishedAt: '2026-01-01T00:00:00.000Z',
    },
  ]);
  expect((await get(`feeds?about=releases&name=${hidden}`)).status).toBe(404);
  const all = await titlesOf('about=releases');
  expect(all[0]).toBe('Of maker 1.0');
  expect(all).toContain('PostgreSQL 18');
  expect(all.join()).not.toMatch(/unknown-maker|9\.0/);
});
