import { sql } from 'kysely';
import type { Series, SeriesPlace, SeriesSummary } from '#src/community/contract/series.ts';
import { seriesText } from '#src/community/contract/series.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf, findMember } from '../members/queries.ts';
import { selectSummaries, summaryOf } from '../posts/queries.ts';

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
    .select('p.state')
    .where('p.series_id', '=', id)
    .where('p.state', 'in', isMine ? ['published', 'scheduled', 'pending'] : ['published'])
    .orderBy('p.series_position')
    .orderBy('p.id')
    .limit(500)
    .execute();
  // A series of nothing public is nobody else's business yet.
  if (rows.length === 0 && !isMine) throw new AppError('not_found', seriesText.noSuchSeries);
  return {
    id: series.id,
    title: series.title,
    about: series.about,
    author: cardOf(series, ctx.locale),
    articles: rows.map((row) => summaryOf(row, ctx.locale)),
    isMine,
  };
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

/** Where an article stands in its series, among the public ones: what comes before it, and what after. */
export async function findSeriesPlace(db: Db, postId: number): Promise<SeriesPlace | null> {
  const { rows } = await sql<SeriesPlace>`
    with place as (
      select s.id, s.title, p.id as post_id, p.series_position as at
      from community.post p join community.series s on s.id = p.series_id where p.id = ${postId}),
    parts as (
      select o.id, o.title, o.slug, o.series_position as at, row_number() over (order by o.series_position, o.id) as number
      from community.post o join place on o.series_id = place.id
      where o.state = 'published' or o.id = place.post_id)
    select place.id, place.title, (select number::integer from parts where parts.id = place.post_id) as number,
      (select count(*)::integer from parts) as count,
      (select json_build_object('id', b.id, 'title', b.title, 'slug', b.slug) from parts b
        where (b.at, b.id) < (place.at, place.post_id) order by b.at desc, b.id desc limit 1) as previous,
      (select json_build_object('id', b.id, 'title', b.title, 'slug', b.slug) from parts b
        where (b.at, b.id) > (place.at, place.post_id) order by b.at, b.id limit 1) as next
    from place`.execute(db);
  return rows[0] ?? null;
}
