import { sql } from 'kysely';
import {
  chapterPath,
  memberPath,
  organisationPath,
  postPath,
  tagPath,
  wishPath,
} from '#src/community/contract/addresses.ts';
import type { SitemapQuery, SitemapSlice } from '#src/community/contract/sitemaps.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';

/** The protocol's own limit for one file. */
const addressesAtMost = 50_000;
const sliceSize = 5000;

/** The parts that have an address in them. */
export async function listSitemaps({ db }: Context) {
  const { rows: posts } = await sql<{ part: number }>`
    select n as part from generate_series(0, (select coalesce(max(id), 0) from community.post) / ${addressesAtMost}) n
    where exists (select from community.post where id > n * ${addressesAtMost} and id <= (n + 1) * ${addressesAtMost}
      and state = 'published' and kind <> 'answer') order by n`.execute(db);
  const { rows: others } = await sql<{
    members: string[];
    organisations: boolean;
    chapters: boolean;
    tags: boolean;
    wishes: boolean;
  }>`
    select array(select to_hex(n) from generate_series(0, 15) n where exists (${authorsOf(sql`to_hex(n)`)}) order by n) as members,
      exists (select from community.organisation where state = 'verified') as organisations,
      exists (select from community.chapter where state = 'approved') as chapters,
      exists (select from community.tag where post_count > 0) as tags,
      exists (select from community.wish where ${sql.raw(publicWishes)}) as wishes`.execute(db);
  const { members = [], organisations, chapters, tags, wishes } = others[0] ?? {};
  return [
    ...posts.map(({ part }) => ({ kind: 'posts' as const, part: Number(part).toString(16) })),
    ...members.map((part) => ({ kind: 'members' as const, part })),
    ...(organisations ? [{ kind: 'organisations' as const, part: '0' }] : []),
    ...(chapters ? [{ kind: 'chapters' as const, part: '0' }] : []),
    ...(tags ? [{ kind: 'tags' as const, part: '0' }] : []),
    ...(wishes ? [{ kind: 'wishes' as const, part: '0' }] : []),
  ];
}

/** The next addresses of a part; an unknown part has none. */
export async function sliceSitemap(
  { db }: Context,
  { kind, part, cursor }: SitemapQuery,
): Promise<SitemapSlice> {
  const [after] = readCursor(cursor, 1) ?? [];
  const rows = await {
    posts: slicePosts,
    members: sliceMembers,
    organisations: sliceOrganisations,
    chapters: sliceChapters,
    tags: sliceTags,
    wishes: sliceWishes,
  }[kind](db, part, after === undefined ? undefined : String(after));
  const last = rows.at(-1);
  return {
    entries: rows.map(({ path, updatedAt }) => ({ path, updatedAt: updatedAt?.toISOString() ?? null })),
    nextCursor: rows.length === sliceSize && last ? writeCursor([last.place]) : null,
  };
}

type Row = { path: string; updatedAt: Date | null; place: string | number };
type Slice = (db: Db, part: string, after: string | undefined) => Promise<Row[]>;

const slicePosts: Slice = async (db, part, after) => {
  const first = Number.parseInt(part, 16) * addressesAtMost;
  const known = Number(after);
  const from = after !== undefined && Number.isSafeInteger(known) ? Math.max(first, known) : first;
  const rows = await db
    .selectFrom('community.post')
    .select(['id', 'kind', 'slug', 'edited_at', 'published_at', 'active_at'])
    .where('id', '>', from)
    .where('id', '<=', first + addressesAtMost)
    .where('state', '=', 'published')
    .where('kind', '<>', 'answer')
    .orderBy('id')
    .limit(sliceSize)
    .execute();
  return rows.map((row) => ({
    path: postPath(row),
    updatedAt: row.kind === 'question' ? row.active_at : (row.edited_at ?? row.published_at),
    place: row.id,
  }));
};

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// Members who published something: a page about nobody is worth nobody's visit.
const sliceMembers: Slice = async (db, part, after) => {
  if (!/^[0-9a-f]$/.test(part) || (after !== undefined && !isUuid.test(after))) return [];
  const { rows } = await sql<{ id: string; handle: string }>`
    ${authorsOf(sql`${part}::text`)} ${after === undefined ? sql`` : sql`and m.id > ${after}::uuid`}
    order by m.id limit ${sliceSize}`.execute(db);
  return rows.map(({ id, handle }) => ({ path: memberPath(handle), updatedAt: null, place: id }));
};

const authorsOf = (digit: ReturnType<typeof sql>) => sql`select m.id, m.handle from community.member m
  where m.id >= (${digit} || '0000000-0000-0000-0000-000000000000')::uuid
    and m.id <= (${digit} || 'fffffff-ffff-ffff-ffff-ffffffffffff')::uuid
    and m.erased_at is null
    and exists (select from community.post p where p.author_id = m.id and p.state = 'published')`;

const sliceOrganisations: Slice = async (db, part, after) => {
  if (part !== '0') return [];
  const rows = await db
    .selectFrom('community.organisation')
    .select(['slug', 'confirmed_at'])
    .where('state', '=', 'verified')
    .$if(after !== undefined, (q) => q.where('slug', '>', after ?? ''))
    .orderBy('slug')
    .limit(sliceSize)
    .execute();
  return rows.map(({ slug, confirmed_at: updatedAt }) => ({
    path: organisationPath(slug),
    updatedAt,
    place: slug,
  }));
};

const sliceChapters: Slice = async (db, part, after) => {
  if (part !== '0') return [];
  const rows = await db
    .selectFrom('community.chapter')
    .select('slug')
    .where('state', '=', 'approved')
    .$if(after !== undefined, (q) => q.where('slug', '>', after ?? ''))
    .orderBy('slug')
    .limit(sliceSize)
    .execute();
  return rows.map(({ slug }) => ({ path: chapterPath(slug), updatedAt: null, place: slug }));
};

const publicWishes = "not is_private and state not in ('pending', 'duplicate')";

const sliceWishes: Slice = async (db, part, after) => {
  if (part !== '0') return [];
  const from = Number(after);
  const rows = await db
    .selectFrom('community.wish')
    .select(['id', 'slug', 'state_since'])
    .where(sql.raw<boolean>(publicWishes))
    .$if(Number.isSafeInteger(from), (q) => q.where('id', '>', from))
    .orderBy('id')
    .limit(sliceSize)
    .execute();
  return rows.map((row) => ({ path: wishPath(row), updatedAt: row.state_since, place: row.id }));
};

const sliceTags: Slice = async (db, part, after) => {
  if (part !== '0') return [];
  const rows = await db
    .selectFrom('community.tag')
    .select('name')
    .where('post_count', '>', 0)
    .$if(after !== undefined, (q) => q.where('name', '>', after ?? ''))
    .orderBy('name')
    .limit(sliceSize)
    .execute();
  return rows.map(({ name }) => ({ path: tagPath(name), updatedAt: null, place: name }));
};
