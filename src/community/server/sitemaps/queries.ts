import { sql } from 'kysely';
import { memberPath, postPath } from '#src/community/contract/addresses.ts';
import type { SitemapIndex, SitemapQuery, SitemapSlice } from '#src/community/contract/sitemaps.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { type SmallKind, smallKinds } from './small-kinds.ts';

/** The protocol's own limit for one file. */
const addressesAtMost = 50_000;
const sliceSize = 5000;

/** The parts that have an address in them. */
export async function listSitemaps({ db }: Context): Promise<SitemapIndex['parts']> {
  const { rows: posts } = await sql<{ part: number }>`
    select n as part from generate_series(0, (select coalesce(max(id), 0) from community.post) / ${addressesAtMost}) n
    where exists (select from community.post where id > n * ${addressesAtMost} and id <= (n + 1) * ${addressesAtMost}
      and state = 'published' and kind <> 'answer') order by n`.execute(db);
  const { rows: members } = await sql<{ part: string }>`
    select to_hex(n) as part from generate_series(0, 15) n where exists (${authorsOf(sql`to_hex(n)`)}) order by n`.execute(
    db,
  );
  const smalls = Object.keys(smallKinds) as SmallKind[];
  const { rows: known } = await sql<Record<SmallKind, boolean>>`select ${sql.join(
    smalls.map((kind) => sql`exists (${smallKinds[kind].rows}) as ${sql.ref(kind)}`),
  )}`.execute(db);
  return [
    ...posts.map(({ part }) => ({ kind: 'posts' as const, part: Number(part).toString(16) })),
    ...members.map(({ part }) => ({ kind: 'members' as const, part })),
    ...smalls.filter((kind) => known[0]?.[kind]).map((kind) => ({ kind, part: '0' })),
  ];
}

/** The next addresses of a part; an unknown part has none. */
export async function sliceSitemap(
  { db }: Context,
  { kind, part, cursor }: SitemapQuery,
): Promise<SitemapSlice> {
  const [after] = readCursor(cursor, 1) ?? [];
  const slice = kind === 'posts' ? slicePosts : kind === 'members' ? sliceMembers : sliceSmall(kind);
  const rows = await slice(db, part, after === undefined ? undefined : String(after));
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

const sliceSmall =
  (kind: SmallKind): Slice =>
  async (db, part, after) => {
    const { rows: all, path, isNumbered } = smallKinds[kind];
    const number = Number(after);
    if (part !== '0' || (isNumbered && after !== undefined && !Number.isSafeInteger(number))) return [];
    const { rows } = await sql<{ place: string | number; slug: string; updatedAt: Date | null }>`
      select * from (${all}) one
      ${after === undefined ? sql`` : sql`where place > ${isNumbered ? sql`${number}::bigint` : sql`${after}::text`}`}
      order by place limit ${sliceSize}`.execute(db);
    return rows.map((row) => ({ path: path(row), updatedAt: row.updatedAt, place: row.place }));
  };
