import { type RawBuilder, sql } from 'kysely';
import { LevelTerms } from '#src/community/contract/levels.ts';
import { Privileges } from '#src/community/contract/privileges.ts';
import type { ListTags, TagPage, TagQuery, TagSummary, WeightPreview } from '#src/community/contract/tags.ts';
import { tagText } from '#src/community/contract/tags.text.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { likeLiteral, type Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { yearlyGrowth } from '../levels/queries.ts';
import { mayAsStaff, requireStaff } from '../members/require-staff.ts';
import { livingEntry } from '../points/change-points.ts';
import { listPosts } from '../posts/queries.ts';
import { findSetting } from '../settings/queries.ts';

const columns = [
  't.id',
  't.name',
  't.about',
  't.is_reserved as isReserved',
  't.post_count as postCount',
  sql<TagSummary['weight']>`t.weight`.as('weight'),
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
  const [synonyms, related, posts, mayManage, mayWeigh] = await Promise.all([
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
    mayAsStaff(ctx, 'community.point.manage'),
  ]);
  const { id: _id, ...summary } = tag;
  return { ...summary, synonyms: synonyms.map((one) => one.name), related, posts, mayManage, mayWeigh };
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

/** What posts under a tag would bring with another weight of it, to whom, and what those may then. Changes nothing. */
export async function getWeightPreview(
  ctx: Context,
  name: string,
  wished: TagSummary['weight'],
): Promise<WeightPreview> {
  await requireStaff(ctx, 'community.point.manage');
  const tag = await findTag(ctx.db, name);
  if (!tag) throw new AppError('not_found', tagText.noSuchTag);
  const [privileges, { levels }] = await Promise.all([
    findSetting(ctx.db, 'privileges', Privileges),
    findSetting(ctx.db, 'levels', LevelTerms),
  ]);
  const reached = (growth: RawBuilder<unknown>, yearly: RawBuilder<unknown>) =>
    sql`(select coalesce(max(place), 0) from levels l where ${growth} >= l.growth and ${yearly} >= l.yearly)`;
  const { rows } = await sql<
    Pick<WeightPreview, 'posts' | 'entries' | 'members' | 'before' | 'after' | 'privileges' | 'levels'>
  >`
    with roots as materialized (
      select pt.post_id as id, coalesce(least(min(o.weight), ${wished}::smallint), 1) as weight
      from community.post_tag pt
      left join community.post_tag ot on ot.post_id = pt.post_id and ot.tag_id <> pt.tag_id
      left join community.tag o on o.id = ot.tag_id
      where pt.tag_id = ${tag.id} group by pt.post_id
    ), weighed as (
      select id, weight from roots
      union all select p.id, r.weight from community.post p join roots r on p.parent_id = r.id
    ), changed as (
      select e.member_id, e.post_id, e.base * (w.weight - e.weight) as by, e.at > now() - interval '12 months' as is_recent
      from weighed w join community.point_entry e on e.post_id = w.id
      where e.base <> 0 and e.weight <> w.weight and e.contra = 'mint' and ${livingEntry}
    ), by_member as (
      select c.member_id as id, sum(c.by)::integer as by, coalesce(sum(c.by) filter (where c.is_recent), 0)::integer as recent
      from changed c group by 1
    ), standing as materialized (
      select m.reputation as growth, b.by, b.recent, ${yearlyGrowth} as yearly
      from by_member b join community.member m on m.id = b.id
    ), levels as (
      select (place - 1)::integer as place, (one ->> 'growth')::integer as growth, (one ->> 'yearly')::integer as yearly
      from jsonb_array_elements(${JSON.stringify(levels)}::jsonb) with ordinality as l (one, place)
    ), placed as (
      select ${reached(sql`s.growth + s.by`, sql`s.yearly + s.recent`)} - ${reached(sql`s.growth`, sql`s.yearly`)} as step
      from standing s
    )
    select (select count(distinct post_id) from changed)::integer as posts, (select count(*) from changed)::integer as entries,
      (select count(*) from standing)::integer as members, (select coalesce(sum(growth), 0) from standing)::integer as before,
      (select coalesce(sum(growth + by), 0) from standing)::integer as after,
      (select jsonb_build_object('gain', count(*) filter (where step > 0), 'lose', count(*) filter (where step < 0))
        from placed) as levels,
      (select coalesce(jsonb_agg(jsonb_build_object('privilege', p.privilege, 'gain', p.gain, 'lose', p.lose)
          order by p.needed) filter (where p.gain + p.lose > 0), '[]'::jsonb)
        from (select n.key as privilege, n.value::integer as needed,
            count(*) filter (where s.growth < n.value::integer and s.growth + s.by >= n.value::integer) as gain,
            count(*) filter (where s.growth >= n.value::integer and s.growth + s.by < n.value::integer) as lose
          from jsonb_each_text(${JSON.stringify(privileges)}::jsonb) n cross join standing s group by 1, 2) p) as privileges`.execute(
    ctx.db,
  );
  return { name: tag.name, weight: tag.weight, wished, ...rows[0]! };
}
