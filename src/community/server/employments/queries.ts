import { sql } from 'kysely';
import { communityText } from '#src/community/contract/community.text.ts';
import type {
  Employment,
  OrganisationFigures,
  OrganisationPerson,
  PeopleQuery,
} from '#src/community/contract/employments.ts';
import { employmentText } from '#src/community/contract/employments.text.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { findOrganisation, findReader } from '../organisations/queries.ts';

const first = sql<string>`lower(e.period)::text`;
const last = sql<string | null>`(upper(e.period) - 1)::text`;

/**
 * When a member worked where, the latest first. What is disputed, and what is at an organisation that is not public, is
 * there only for the member.
 */
export async function listEmployments(
  { db }: Context,
  memberId: string,
  { isOwn }: { isOwn: boolean },
): Promise<Employment[]> {
  const rows = await db
    .selectFrom('community.employment as e')
    .innerJoin('community.organisation as o', 'o.id', 'e.organisation_id')
    .select(['e.id', 'e.title', 'e.standing', 'o.slug', 'o.name', 'o.kind', 'o.state'])
    .select([first.as('from'), last.as('until')])
    .where('e.member_id', '=', memberId)
    .$if(!isOwn, (query) => query.where('o.state', '=', 'verified').where('e.standing', '<>', 'disputed'))
    .orderBy('e.period', 'desc')
    .execute();
  return rows.map(({ id, title, standing, from, until, slug, name, kind, state }) => ({
    id,
    organisation: { slug, name, kind, isPublic: state === 'verified' },
    from,
    until,
    title,
    standing,
  }));
}

/** The reader's own times of employment, the latest first. */
export async function listOwnEmployments(ctx: Context): Promise<Employment[]> {
  if (ctx.actor.kind !== 'user') throw new AppError('forbidden', communityText.personOnly);
  const reader = await findReader(ctx);
  return reader ? listEmployments(ctx, reader.id, { isOwn: true }) : [];
}

/** One time of employment of a member. */
export async function getEmployment(ctx: Context, memberId: string, id: string): Promise<Employment> {
  const found = (await listEmployments(ctx, memberId, { isOwn: true })).find((one) => one.id === id);
  if (!found) throw new AppError('not_found', employmentText.noSuch);
  return found;
}

/** Where the member worked in a part of these days, apart from one employment; undefined when nowhere. */
export async function findOverlap(
  { db }: Context,
  memberId: string,
  { from, until }: { from: string; until: string | null },
  exceptId?: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('community.employment as e')
    .innerJoin('community.organisation as o', 'o.id', 'e.organisation_id')
    .select('o.name')
    .where('e.member_id', '=', memberId)
    .where(sql<boolean>`e.period && daterange(${from}::date, ${until}::date, '[]')`)
    .$if(exceptId !== undefined, (query) => query.where('e.id', '<>', exceptId ?? ''))
    .orderBy('e.period')
    .executeTakeFirst();
  return row?.name;
}

/**
 * Who works at an organisation and who did, those of today first, then by what they published there. Its managers see what
 * is disputed, too.
 */
export async function listPeople(
  ctx: Context,
  slug: string,
  query: PeopleQuery,
): Promise<Page<OrganisationPerson>> {
  const found = await findOrganisation(ctx, slug);
  if (!found) throw new AppError('not_found', organisationText.noSuch);
  const skipped = Math.max(0, readNumberCursor(query.cursor) ?? 0);
  const rows = await ctx.db
    .selectFrom('community.employment as e')
    .innerJoin('community.member as m', 'm.id', 'e.member_id')
    .select(['e.id', 'e.title', 'e.standing'])
    .select([first.as('from'), last.as('until')])
    .select(sql<boolean>`e.period @> current_date`.as('isCurrent'))
    .select(postsIn.as('posts'))
    .select(acceptedIn.as('acceptedAnswers'))
    .select(cardColumns)
    .where('e.organisation_id', '=', found.id)
    .$if(!found.isManager, (query) => query.where('e.standing', '<>', 'disputed'))
    .orderBy('isCurrent', 'desc')
    .orderBy('posts', 'desc')
    .orderBy('e.id')
    .offset(skipped)
    .limit(query.limit + 1)
    .execute();
  return {
    items: rows.slice(0, query.limit).map((row) => ({
      employmentId: row.id,
      member: cardOf(row, ctx.locale),
      title: row.title,
      from: row.from,
      until: row.until,
      isCurrent: row.isCurrent,
      standing: row.standing,
      posts: row.posts,
      acceptedAnswers: row.acceptedAnswers,
    })),
    nextCursor: rows.length > query.limit ? writeCursor([skipped + query.limit]) : null,
  };
}

/** An answer is read on the page of its question: below a hidden one it counts nowhere. */
const isRead = sql<boolean>`(p.parent_id is null or exists (select from community.post a
  where a.id = p.parent_id and a.state = 'published'))`;
const inTheirTime = sql`p.author_id = e.member_id and p.organisation_id = e.organisation_id and p.state = 'published'
  and ${isRead} and e.period @> (p.published_at at time zone 'UTC')::date`;
const postsIn = sql<number>`(select count(*) from community.post p where ${inTheirTime})`;
const acceptedIn = sql<number>`(select count(*) from community.post p
  join community.post q on q.id = p.parent_id and q.accepted_answer_id = p.id where ${inTheirTime})`;

/** How many people an organisation has and had, and what they published on the days they worked there, by year. */
export async function getFigures(ctx: Context, slug: string): Promise<OrganisationFigures> {
  const found = await findOrganisation(ctx, slug);
  if (!found) throw new AppError('not_found', organisationText.noSuch);
  const [people, years] = await Promise.all([
    ctx.db
      .selectFrom('community.employment as e')
      .select(sql<number>`count(distinct e.member_id)`.as('all'))
      .select(sql<number>`count(distinct e.member_id) filter (where e.period @> current_date)`.as('current'))
      .where('e.organisation_id', '=', found.id)
      .where('e.standing', '<>', 'disputed')
      .executeTakeFirstOrThrow(),
    ctx.db
      .selectFrom('community.post as p')
      .leftJoin('community.post as q', (join) =>
        join.onRef('q.id', '=', 'p.parent_id').onRef('q.accepted_answer_id', '=', 'p.id'),
      )
      .select(sql<number>`extract(year from p.published_at at time zone 'UTC')::integer`.as('year'))
      .select(sql<number>`count(*) filter (where p.kind = 'article')`.as('articles'))
      .select(sql<number>`count(*) filter (where p.kind = 'question')`.as('questions'))
      .select(sql<number>`count(*) filter (where p.kind = 'answer')`.as('answers'))
      .select(sql<number>`count(q.id)`.as('acceptedAnswers'))
      .where('p.organisation_id', '=', found.id)
      .where('p.state', '=', 'published')
      .where(isRead)
      .groupBy('year')
      .orderBy('year', 'desc')
      .execute(),
  ]);
  const sum = (count: (year: (typeof years)[number]) => number) =>
    years.reduce((all, year) => all + count(year), 0);
  return {
    people: people.current,
    formerPeople: people.all - people.current,
    posts: sum((year) => year.articles + year.questions + year.answers),
    acceptedAnswers: sum((year) => year.acceptedAnswers),
    years,
  };
}
