import { sql } from 'kysely';
import type { BegunSeries, Series, SeriesPlace, SeriesSummary } from '#src/community/contract/series.ts';
import { seriesText } from '#src/community/contract/series.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf, findMember } from '../members/queries.ts';
import { selectSummaries, summaryOf } from '../posts/queries.ts';

/** Of `series s`: whether something in it is public; one of nothing public is nobody else's business yet. */
export const isPublicSeries = sql<boolean>`exists (select from community.post p where p.series_id = s.id and p.state = 'published')`;

/** A series with its articles in order: the public ones, and for its author those that wait, too. */
export async function getSeries(ctx: Context, id: number): Promise<Series> {
  const series = await ctx.db
    .selectFrom('community.series as s')
    .innerJoin('community.member as m', 'm.id', 's.author_id')
    .select(['s.id', 's.title', 's.about', 's.author_id as authorId', ...cardColumns])
    .where('s.id', '=', id)
    .executeTakeFirst();
  if (!series) throw new AppError('not_found', seriesText.noSuchSeries);
  const { actor } = ctx;
  const me = actor.kind === 'user' && actor.id !== null ? await findMember(ctx.db, actor.id) : undefined;
  const isMine = me?.id === series.authorId;
  const rows = await selectSummaries(ctx.db)
    .select(
      sql<boolean>`exists (select from community.reading r where r.post_id = p.id and r.member_id = ${me?.id ?? null})`.as(
        'isRead',
      ),
    )
    .where('p.series_id', '=', id)
    .where('p.state', 'in', isMine ? ['published', 'scheduled', 'pending'] : ['published'])
    .orderBy('p.series_position')
    .orderBy('p.id')
    .limit(500)
    .execute();
  if (rows.length === 0 && !isMine) throw new AppError('not_found', seriesText.noSuchSeries);
  return {
    id: series.id,
    title: series.title,
    about: series.about,
    author: cardOf(series, ctx.locale),
    articles: rows.map((row) => ({ ...summaryOf(row, ctx.locale), isRead: row.isRead })),
    progress: actor.kind === 'user' ? await findProgress(ctx.db, series.id, me?.id) : null,
    isMine,
  };
}

/**
 * Where a reader goes on in series `s`: the first public part without a mark after the one that was marked last, or else the
 * first without one.
 */
const placeToGoOn = (memberId: string | null) => sql`
  (select json_build_object('id', o.id, 'title', o.title, 'slug', o.slug) from community.post o
    where o.series_id = s.id and o.state = 'published'
      and not exists (select from community.reading r where r.post_id = o.id and r.member_id = ${memberId})
    order by coalesce((o.series_position, o.id) < (select l.series_position, l.id from community.reading r
        join community.post l on l.id = r.post_id
        where r.member_id = ${memberId} and l.series_id = s.id and l.state = 'published' order by r.read_at desc, l.id desc limit 1), false),
      o.series_position, o.id limit 1)`;

/** How far a reader got in a series; somebody who never took part has read nothing. */
async function findProgress(db: Db, seriesId: number, memberId = null as string | null) {
  const { rows } = await sql<NonNullable<Series['progress']>>`
    select count(r.post_id)::integer as read, count(p.id)::integer as count, ${placeToGoOn(memberId)} as next
    from community.series s
    left join community.post p on p.series_id = s.id and p.state = 'published'
    left join community.reading r on r.post_id = p.id and r.member_id = ${memberId}
    where s.id = ${seriesId} group by s.id`.execute(db);
  return rows[0] ?? null;
}

/** Series that a member has begun and not finished, the one read last first. */
export async function listBegunSeries(db: Db, memberId: string): Promise<BegunSeries[]> {
  const { rows } = await sql<BegunSeries>`
    with begun as (
      select p.series_id, count(*)::integer as read, max(r.read_at) as read_at
      from community.reading r join community.post p on p.id = r.post_id
      where r.member_id = ${memberId} and p.state = 'published' and p.series_id is not null group by p.series_id)
    select id, title, read, count, next from (
      select s.id, s.title, begun.read, begun.read_at, ${placeToGoOn(memberId)} as next,
        (select count(*)::integer from community.post o where o.series_id = s.id and o.state = 'published') as count
      from begun join community.series s on s.id = begun.series_id) mine
    where next is not null order by read_at desc, id desc limit 20`.execute(db);
  return rows;
}

/** The series of a member, for the form that puts an article into one. */
export async function listOwnSeries(db: Db, memberId: string): Promise<SeriesSummary[]> {
  return db
    .selectFrom('community.series as s')
    .select(['s.id', 's.title'])
    .select(
      sql<number>`(select count(*)::integer from community.post p where p.series_id = s.id and p.state <> 'removed')`.as(
        'count',
      ),
    )
    .where('s.author_id', '=', memberId)
    .orderBy('s.id', 'desc')
    .limit(100)
    .execute();
}

/** Where an article stands in its series, among the public ones: what comes before it, what after, and what a person who reads has read of them. */
export async function findSeriesPlace(
  { db, actor }: Context,
  postId: number,
  readerId: string | undefined,
): Promise<SeriesPlace | null> {
  const { rows } = await sql<Omit<SeriesPlace, 'reading'> & NonNullable<SeriesPlace['reading']>>`
    with place as (
      select s.id, s.title, p.id as post_id, p.series_position as at
      from community.post p join community.series s on s.id = p.series_id where p.id = ${postId}),
    parts as (
      select o.id, o.title, o.slug, o.series_position as at, row_number() over (order by o.series_position, o.id) as number,
        exists (select from community.reading r where r.post_id = o.id and r.member_id = ${readerId ?? null}) as is_read
      from community.post o join place on o.series_id = place.id
      where o.state = 'published' or o.id = place.post_id)
    select place.id, place.title, (select number::integer from parts where parts.id = place.post_id) as number,
      (select count(*)::integer from parts) as count,
      (select count(*)::integer from parts where is_read) as read,
      (select is_read from parts where parts.id = place.post_id) as "isRead",
      (select json_build_object('id', b.id, 'title', b.title, 'slug', b.slug) from parts b
        where (b.at, b.id) < (place.at, place.post_id) order by b.at desc, b.id desc limit 1) as previous,
      (select json_build_object('id', b.id, 'title', b.title, 'slug', b.slug) from parts b
        where (b.at, b.id) > (place.at, place.post_id) order by b.at, b.id limit 1) as next
    from place`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { isRead, read, ...place } = row;
  return { ...place, reading: actor.kind === 'user' ? { isRead, read } : null };
}
