import { sql } from 'kysely';
import type { ListTags, TagPage, TagQuery, TagSummary } from '#src/community/contract/tags.ts';
import { tagText } from '#src/community/contract/tags.text.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { likeLiteral, type Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { listPosts } from '../posts/queries.ts';

const columns = [
  't.id',
  't.name',
  't.about',
  't.is_reserved as isReserved',
  't.post_count as postCount',
] as const;

/** The tag that a name means, by itself or as a synonym; undefined when there is none. */
export async function findTag(db: Db, name: string): Promise<(TagSummary & { id: number }) | undefined> {
  return db
    .selectFrom('community.tag as t')
    .select(columns)
    .where((eb) =>
      eb.or([
        eb('t.name', '=', name),
        eb(
          't.id',
          'in',
          eb.selectFrom('community.tag_synonym as s').select('s.tag_id').where('s.name', '=', name),
        ),
      ]),
    )
    .orderBy((eb) => eb('t.name', '=', name), 'desc')
    .executeTakeFirst();
}

/** A page of tags: the most used first, or by their names. */
export async function listTags(ctx: Context, wish: ListTags): Promise<Page<TagSummary>> {
  const isPopular = wish.sort === 'popular';
  const after = readTagCursor(wish.cursor);
  const begins = `${likeLiteral(wish.q ?? '')}%`;
  const rows = await ctx.db
    .selectFrom('community.tag as t')
    .select(columns)
    .$if(wish.q !== undefined && wish.q !== '', (q) =>
      q.where((eb) =>
        eb.or([
          eb('t.name', 'like', begins),
          eb(
            't.id',
            'in',
            eb.selectFrom('community.tag_synonym as s').select('s.tag_id').where('s.name', 'like', begins),
          ),
        ]),
      ),
    )
    .$if(after !== undefined, (q) =>
      q.where(
        isPopular
          ? sql<boolean>`(-t.post_count, t.name) > (${-(after?.[0] ?? 0)}::integer, ${after?.[1]})`
          : sql<boolean>`t.name > ${after?.[1]}`,
      ),
    )
    .$if(isPopular, (q) => q.orderBy(sql`-t.post_count`))
    .orderBy('t.name')
    .limit(wish.limit + 1)
    .execute();
  const items = rows.slice(0, wish.limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id: _id, ...tag }) => tag),
    nextCursor: rows.length > wish.limit && last ? writeCursor([last.postCount, last.name]) : null,
  };
}

function readTagCursor(cursor: string | undefined): [number, string] | undefined {
  const values = readCursor(cursor, 2);
  if (values === undefined) return undefined;
  const [count, name] = values;
  if (Number.isSafeInteger(count) && Math.abs(Number(count)) < 2 ** 31 && typeof name === 'string')
    return [Number(count), name];
  throw new AppError('invalid', platformText.cursorNotOurs);
}

const postsAPage = 20;

/** A tag, by its name or another one of it, with the posts about it, the newest first. */
export async function getTagPage(ctx: Context, name: string, query: TagQuery): Promise<TagPage> {
  const tag = await findTag(ctx.db, name);
  if (!tag) throw new AppError('not_found', tagText.noSuchTag);
  const [synonyms, related, posts, mayManage] = await Promise.all([
    ctx.db
      .selectFrom('community.tag_synonym')
      .select('name')
      .where('tag_id', '=', tag.id)
      .orderBy('name')
      .execute(),
    listRelated(ctx.db, tag.id),
    listPosts(ctx, {
      kind: query.kind,
      order: 'new',
      tagId: tag.id,
      cursor: query.cursor,
      limit: postsAPage,
    }),
    mayAsStaff(ctx, 'community.tag.manage'),
  ]);
  const { id: _id, ...summary } = tag;
  return { ...summary, synonyms: synonyms.map((one) => one.name), related, posts, mayManage };
}

/** What the last posts of a tag are about besides; of the last ones only, so that a large tag takes no longer than a small one. */
async function listRelated(db: Db, tagId: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select t.name from (select post_id from community.post_tag where tag_id = ${tagId} order by post_id desc limit 300) last
    join community.post_tag o on o.post_id = last.post_id and o.tag_id <> ${tagId}
    join community.tag t on t.id = o.tag_id
    group by t.name order by count(*) desc, t.name limit 12`.execute(db);
  return rows.map((row) => row.name);
}
