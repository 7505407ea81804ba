import { sql } from 'kysely';
import type { Industry } from '#src/community/contract/industries.ts';
import type { MemberRole } from '#src/community/contract/members.ts';
import type { PostKind, PostSummary } from '#src/community/contract/posts.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf, type CardRow } from '../members/queries.ts';

/** Names of the tags of `community.post as p`, in their order. */
export const tagNames = sql<string[]>`array(select t.name from community.post_tag pt
  join community.tag t on t.id = pt.tag_id where pt.post_id = p.id order by t.name)`;

/** Posts `p` with their authors `m`, with all that a summary is made of; the caller says which and in which order. */
export const selectSummaries = (db: Db) =>
  db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select([
      'p.id',
      'p.kind',
      'p.title',
      'p.slug',
      'p.excerpt',
      'p.locale',
      'p.score',
      'p.answer_count',
      'p.comment_count',
      'p.view_count',
      'p.accepted_answer_id',
      'p.featured_at',
      'p.closed_at',
      'p.published_at',
      'p.active_at',
      ...cardColumns,
    ])
    .select(tagNames.as('tags'));

export type SummaryRow = CardRow &
  Pick<
    Awaited<ReturnType<ReturnType<typeof selectSummaries>['execute']>>[number],
    | 'id'
    | 'kind'
    | 'title'
    | 'slug'
    | 'excerpt'
    | 'locale'
    | 'score'
    | 'answer_count'
    | 'comment_count'
    | 'view_count'
    | 'accepted_answer_id'
    | 'featured_at'
    | 'closed_at'
    | 'published_at'
    | 'active_at'
    | 'tags'
  >;

/** A row of `selectSummaries` as lists show it. */
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
    answerCount: row.answer_count,
    commentCount: row.comment_count,
    viewCount: Number(row.view_count),
    isAccepted: row.accepted_answer_id !== null,
    isFeatured: row.featured_at !== null,
    isClosed: row.closed_at !== null,
    publishedAt: (row.published_at ?? row.active_at).toISOString(),
    activeAt: row.active_at.toISOString(),
  };
}

/** The orders of a list, each with the column that it follows. */
const orders = {
  new: 'p.published_at',
  active: 'p.active_at',
  top: 'p.score',
  featured: 'p.featured_at',
} as const;

export type PostFilter = {
  /** Both, when it is left out. */
  kind?: Exclude<PostKind, 'answer'> | undefined;
  order: keyof typeof orders;
  tagId?: number | undefined;
  authorId?: string | undefined;
  organisationId?: string | undefined;
  locale?: Locale | undefined;
  industry?: Industry | undefined;
  /** Written for readers of this role. */
  role?: MemberRole | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** One more than a page of posts, from a place on. */
function selectPage(db: Db, filter: PostFilter, after?: (string | number)[]) {
  const column = orders[filter.order];
  const type = sql.raw(filter.order === 'top' ? 'integer' : 'timestamptz');
  return selectSummaries(db)
    .select(sql<string>`${sql.ref(column)}::text`.as('place'))
    .$if(filter.kind !== undefined, (q) => q.where('p.kind', '=', filter.kind!))
    .where('p.kind', '<>', 'answer')
    .where('p.state', '=', 'published')
    .$if(filter.order === 'featured', (q) => q.where('p.featured_at', 'is not', null))
    .$if(filter.tagId !== undefined, (q) =>
      q.where(
        sql<boolean>`exists (select from community.post_tag pt where pt.post_id = p.id and pt.tag_id = ${filter.tagId})`,
      ),
    )
    .$if(filter.authorId !== undefined, (q) => q.where('p.author_id', '=', filter.authorId!))
    .$if(filter.organisationId !== undefined, (q) =>
      q.where('p.organisation_id', '=', filter.organisationId!),
    )
    .$if(filter.locale !== undefined, (q) => q.where('p.locale', '=', filter.locale!))
    .$if(filter.industry !== undefined, (q) =>
      q.where(sql<boolean>`p.industries @> array[${filter.industry}]::text[]`),
    )
    .$if(filter.role !== undefined, (q) =>
      q.where(sql<boolean>`p.for_roles @> array[${filter.role}]::text[]`),
    )
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(${sql.ref(column)}, p.id) < (${after?.[0]}::${type}, ${after?.[1]}::bigint)`),
    )
    .orderBy(column, 'desc')
    .orderBy('p.id', 'desc')
    .limit(filter.limit + 1);
}

const firstPages = new Map<
  string,
  (db: Db, given: Record<string, unknown>) => ReturnType<ReturnType<typeof selectPage>['execute']>
>();

/** Where lists begin is read far more often than anything else of them; its size stands in the plan. */
function selectFirstPage(db: Db, { kind, order, limit }: PostFilter) {
  const shape = `${kind ?? ''} ${order} ${limit}`;
  let select = firstPages.get(shape);
  if (select === undefined) {
    select = prepareQuery((on) => selectPage(on, { kind, order, limit }));
    firstPages.set(shape, select);
  }
  return select(db, {});
}

/** A page of public articles, questions or both. */
export async function listPosts(ctx: Context, filter: PostFilter): Promise<Page<PostSummary>> {
  const { tagId, authorId, organisationId, locale, industry, role } = filter;
  const after = readPostCursor(filter.cursor, filter.order === 'top');
  const parts = [after, tagId, authorId, organisationId, locale, industry, role];
  const isWhole = parts.every((one) => one === undefined);
  const rows = await (isWhole
    ? selectFirstPage(ctx.db, filter)
    : selectPage(ctx.db, filter, after).execute());
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => summaryOf(row, ctx.locale)),
    nextCursor: rows.length > filter.limit && last ? writeCursor([last.place, last.id]) : null,
  };
}

const isTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

function readPostCursor(cursor: string | undefined, isNumber: boolean): (string | number)[] | undefined {
  const values = readCursor(cursor, 2);
  if (values === undefined) return undefined;
  const [place, id] = values;
  const fits = isNumber
    ? /^-?\d{1,9}$/.test(String(place))
    : isTime.test(String(place)) && !Number.isNaN(Date.parse(String(place).slice(0, 19).replace(' ', 'T')));
  if (fits && Number.isSafeInteger(id)) return values;
  throw new AppError('invalid', platformText.cursorNotOurs);
}
