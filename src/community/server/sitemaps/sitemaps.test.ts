import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { SitemapIndex, SitemapSlice } from '#src/community/contract/sitemaps.ts';
import { testApi } from '#tests/support/api.ts';
import { database } from '#tests/support/context.ts';
import { testMember } from '#tests/support/members.ts';
import { community } from '../room.ts';

const { db } = database;
const api = testApi([community]);
const get = async <T>(path: string): Promise<T> =>
  (await (await api.call(null, 'GET', `/api/community/sitemaps${path}`)).json()) as T;
const kindsNow = async () => (await get<SitemapIndex>('')).parts.map(({ kind }) => kind);
const pathsOf = async (kind: string) =>
  (await get<SitemapSlice>(`/slice?kind=${kind}&part=0`)).entries.map(({ path }) => path);

test('answers, products, experts, series and decisions are on the map once they are public', async () => {
  const kinds = ['experts', 'faq', 'series', 'offerings', 'decisions'];
  expect((await kindsNow()).filter((kind) => kinds.includes(kind))).toEqual([]);

  const ada = await testMember();
  const bob = await testMember();
  await sql`insert into community.expert (member_id, state, about_markdown, about_html, skills, languages, availability)
    values (${ada.id}, 'approved', 'a', 'a', '{vacuum}', '{en}', 'open'), (${bob.id}, 'applied', 'a', 'a', '{vacuum}', '{en}', 'open')`.execute(
    db,
  );
  await sql`insert into community.faq (title, slug, locale, markdown, html, excerpt, pg_from, curator_id, verified_by, is_retired)
    select title, slug, 'en', 'a', 'a', 'a', 14, ${ada.id}, ${ada.id}, gone
    from (values ('Why it waits', 'why-it-waits', false), ('What was once', 'what-was-once', true)) v (title, slug, gone)`.execute(
    db,
  );
  await sql`insert into community.series (author_id, title) values (${ada.id}, 'Of locks'), (${ada.id}, 'Of nothing')`.execute(
    db,
  );
  await sql`insert into community.post (kind, author_id, title, markdown, state, published_at, series_id)
    select 'article', ${ada.id}, 'One', 'a', 'published', now(), id from community.series where title = 'Of locks'`.execute(
    db,
  );
  await sql`with maker as (insert into community.organisation (slug, name, kind, state)
      values ('maker', 'Maker', 'end-user', 'verified') returning id)
    insert into community.offering (organisation_id, kind, name, shown_revision, is_withdrawn)
    select id, kind, name, revision, gone from maker, (values ('product', 'Shown', 1, false), ('service', 'Helped', 1, false),
      ('product', 'Waiting', null, false), ('product', 'Gone', 1, true)) v (kind, name, revision, gone)`.execute(
    db,
  );
  await sql`insert into community.resolution (committee_id, title, markdown, html, decided_on)
    select id, 'It is so', 'a', 'a', '2026-11-01' from community.committee limit 1`.execute(db);

  expect((await kindsNow()).filter((kind) => kinds.includes(kind)).toSorted()).toEqual(kinds.toSorted());
  const idOf = async (table: string, column: string, value: string) => {
    const { rows } = await sql<{ id: number }>`select id from ${sql.table(`community.${table}`)}
      where ${sql.ref(column)} = ${value}`.execute(db);
    return rows[0]?.id;
  };
  expect(await pathsOf('experts')).toEqual([`/experts/${ada.handle}`]);
  expect(await pathsOf('faq')).toEqual([`/faq/${await idOf('faq', 'slug', 'why-it-waits')}/why-it-waits`]);
  expect(await pathsOf('series')).toEqual([`/series/${await idOf('series', 'title', 'Of locks')}`]);
  expect(await pathsOf('offerings')).toEqual([
    `/products/${await idOf('offering', 'name', 'Shown')}`,
    `/services/${await idOf('offering', 'name', 'Helped')}`,
  ]);
  expect(await pathsOf('decisions')).toEqual([`/decisions/${await idOf('resolution', 'title', 'It is so')}`]);
});

test('a place in the map that nobody was given names nothing', async () => {
  for (const cursor of ['WyJ4Il0', 'WzEsMl0'])
    for (const kind of ['faq', 'experts'])
      expect(
        (await api.call(null, 'GET', `/api/community/sitemaps/slice?kind=${kind}&part=0&cursor=${cursor}`))
          .status,
      ).toBeLessThan(500);
});
