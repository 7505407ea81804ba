import { type SelectQueryBuilder, sql } from 'kysely';
import type { PostSummary } from '#src/community/contract/posts.ts';
import type { QuestionsQuery } from '#src/community/contract/questions.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db, DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf, type CardRow } from '../members/queries.ts';

/** Hours without an answer after which a question stands on the board of the unanswered. */
const unansweredAfterHours = 24;

/** The published questions in an order, a page at a time. */
export async function listQuestions(ctx: Context, query: QuestionsQuery): Promise<Page<PostSummary>> {
  const { order, tag, limit } = query;
  const key = order === 'active' ? 'p.active_at' : order === 'votes' ? 'p.score' : 'p.published_at';
  const after = readPlace(query.cursor, order === 'votes');
  let rows = summaries(ctx.db)
    .select(sql<string>`${sql.ref(key)}::text`.as('place'))
    .where('p.kind', '=', 'question')
    .where('p.state', '=', 'published')
    .orderBy(sql.ref(key), 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1);
  if (order === 'unanswered')
    rows = rows
      .where('p.answer_count', '=', 0)
      .where('p.closed_at', 'is', null)
      .where('p.published_at', '<', sql<Date>`now() - make_interval(hours => ${unansweredAfterHours})`);
  if (tag !== undefined)
    rows = rows.where(
      sql<boolean>`exists (select from community.post_tag pt where pt.post_id = p.id and pt.tag_id = ${tagOf(tag)})`,
    );
  if (after !== undefined)
    rows = rows.where(
      sql<boolean>`(${sql.ref(key)}, p.id) < (${after.place}::${sql.raw(order === 'votes' ? 'int' : 'timestamptz')}, ${after.id})`,
    );
  const found = await rows.execute();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => summaryOf(row, ctx.locale)),
    nextCursor: found.length > limit && last ? writeCursor([last.place, last.id]) : null,
  };
}

/** The tag of this name or synonym. */
const tagOf = (name: string) => sql`(select id from community.tag where name = ${name}
  union all select tag_id from community.tag_synonym where name = ${name} limit 1)`;

const timestamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

function readPlace(cursor: string | undefined, isScore: boolean): { place: string; id: number } | undefined {
  const [place, id] = readCursor(cursor, 2) ?? [];
  if (place === undefined) return undefined;
  const isPlace = isScore
    ? /^-?\d{1,9}$/.test(String(place))
    : timestamp.test(String(place)) &&
      !Number.isNaN(
        Date.parse(
          String(place)
            .replace(' ', 'T')
            .replace(/[+-][\d:]+$/, 'Z'),
        ),
      );
  if (isPlace && Number.isSafeInteger(id)) return { place: String(place), id: Number(id) };
  throw new AppError('invalid', platformText.cursorNotOurs);
}

/** What a post says of itself in a list, with its author and tags. */
export const summaries = (db: Db) =>
  db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(cardColumns)
    .select([
      'p.id',
      'p.kind',
      'p.title',
      'p.slug',
      'p.excerpt',
      'p.locale',
      'p.score',
      'p.answer_count as answerCount',
      'p.comment_count as commentCount',
      'p.view_count as viewCount',
      'p.accepted_answer_id as acceptedAnswerId',
      'p.featured_at as featuredAt',
      'p.closed_at as closedAt',
      'p.published_at as publishedAt',
      'p.active_at as activeAt',
    ])
    .select(tagNames.as('tags'));

/** The names of the tags of `community.post as p`. */
export const tagNames = sql<string[]>`array(select t.name from community.post_tag pt
  join community.tag t on t.id = pt.tag_id where pt.post_id = p.id order by t.name)`;

type SummaryRow = (typeof summaries extends (db: Db) => SelectQueryBuilder<DB, never, infer R> ? R : never) &
  CardRow;

/** A row of `summaries` as it travels. */
export function summaryOf(row: SummaryRow, locale: Locale): PostSummary {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title ?? '',
    slug: row.slug,
    excerpt: row.excerpt,
    locale: row.locale,
    author: cardOf(row, locale),
    tags: row.tags,
    score: row.score,
    answerCount: row.answerCount,
    commentCount: row.commentCount,
    viewCount: row.viewCount,
    isAccepted: row.acceptedAnswerId !== null,
    isFeatured: row.featuredAt !== null,
    isClosed: row.closedAt !== null,
    publishedAt: (row.publishedAt ?? row.activeAt).toISOString(),
    activeAt: row.activeAt.toISOString(),
  };
}
