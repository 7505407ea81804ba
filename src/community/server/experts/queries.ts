import { sql } from 'kysely';
import type { Expert, ExpertList, ExpertQuery, ListedExpert, Rate } from '#src/community/contract/experts.ts';
import { expertText } from '#src/community/contract/experts.text.ts';
import type { SpokenLanguage } from '#src/community/contract/offerings.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';

const acceptedAnswers = sql<number>`(select count(*) from community.post a
  join community.post q on q.id = a.parent_id and q.accepted_answer_id = a.id
  where a.author_id = x.member_id and a.state = 'published')`;

const experts = ({ db }: Context) =>
  db
    .selectFrom('community.expert as x')
    .innerJoin('community.member as m', 'm.id', 'x.member_id')
    .selectAll('x')
    .select(cardColumns)
    .select(acceptedAnswers.as('acceptedAnswers'))
    .where('m.erased_at', 'is', null);
type Row = Awaited<ReturnType<ReturnType<typeof experts>['executeTakeFirstOrThrow']>>;

const listedOf = (row: Row, { locale }: Context): ListedExpert => ({
  member: cardOf(row, locale),
  skills: row.skills,
  languages: row.languages as SpokenLanguage[],
  availability: row.availability,
  rate:
    row.rate_minor === null
      ? null
      : ({ minor: row.rate_minor, currency: row.rate_currency, unit: row.rate_unit } as Rate),
  acceptedAnswers: row.acceptedAnswers,
});

/** Approved experts with a skill, a language, time to spare; those with time first, then by reputation. */
export async function listExperts(ctx: Context, query: ExpertQuery): Promise<ExpertList> {
  const skipped = Math.max(0, readNumberCursor(query.cursor) ?? 0);
  const { skill, language, availability } = query;
  const reader = await findReader(ctx);
  const [rows, skills, own, mayDecide] = await Promise.all([
    experts(ctx)
      .where('x.state', '=', 'approved')
      .$if(skill !== undefined, (q) => q.where(sql<boolean>`x.skills @> ${[skill ?? '']}::text[]`))
      .$if(language !== undefined, (q) => q.where(sql<boolean>`x.languages @> ${[language ?? '']}::text[]`))
      .$if(availability !== undefined, (q) => q.where('x.availability', '=', availability ?? 'open'))
      .orderBy(sql`x.availability = 'closed'`)
      .orderBy('m.reputation', 'desc')
      .orderBy('x.member_id')
      .offset(skipped)
      .limit(query.limit + 1)
      .execute(),
    sql<{ skill: string; count: number }>`
      select skill, count(*) from community.expert x join community.member m on m.id = x.member_id
        cross join unnest(x.skills) skill
      where x.state = 'approved' and m.erased_at is null group by skill order by count(*) desc, skill limit 30`.execute(
      ctx.db,
    ),
    reader
      ? ctx.db
          .selectFrom('community.expert')
          .select('state')
          .where('member_id', '=', reader.id)
          .executeTakeFirst()
      : undefined,
    mayAsStaff(ctx, 'community.expert.approve'),
  ]);
  return {
    items: rows.slice(0, query.limit).map((row) => listedOf(row, ctx)),
    nextCursor: rows.length > query.limit ? writeCursor([skipped + query.limit]) : null,
    skills: skills.rows,
    own: own?.state ?? null,
    waiting: mayDecide ? (await listApplications(ctx)).length : null,
  };
}

/** Applications that wait for the committee, the oldest first. */
export async function listApplications(ctx: Context): Promise<ListedExpert[]> {
  const rows = await experts(ctx)
    .where('x.state', '=', 'applied')
    .orderBy('x.applied_at')
    .limit(100)
    .execute();
  return rows.map((row) => listedOf(row, ctx));
}

/** One expert. Who is not approved is there only for themselves and for the committee. */
export async function getExpert(ctx: Context, handle: string): Promise<Expert> {
  const row = await experts(ctx).where('m.handle', '=', handle).executeTakeFirst();
  if (!row) throw new AppError('not_found', expertText.noSuch);
  const reader = await findReader(ctx);
  const isOwn = reader?.id === row.member_id;
  const mayDecide = await mayAsStaff(ctx, 'community.expert.approve');
  if (row.state !== 'approved' && !isOwn && !mayDecide) throw new AppError('not_found', expertText.noSuch);
  const evidence = await ctx.db
    .selectFrom('community.expert_evidence as e')
    .leftJoin('community.post as p', (join) =>
      join.onRef('p.id', '=', 'e.post_id').on('p.state', '=', 'published'),
    )
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select(['e.url', 'e.note', 'e.post_id', 'p.id', 'p.kind', 'p.parent_id', 'p.score'])
    .select([
      sql<string>`coalesce(p.title, q.title, '')`.as('title'),
      sql<string>`coalesce(nullif(p.slug, ''), q.slug, '')`.as('slug'),
      sql<boolean>`coalesce(q.accepted_answer_id = p.id, false)`.as('isAccepted'),
    ])
    .where('e.member_id', '=', row.member_id)
    // A post that is no longer public shows nothing.
    .where((eb) => eb.or([eb('e.post_id', 'is', null), eb('p.id', 'is not', null)]))
    .orderBy('e.position')
    .orderBy('e.id')
    .execute();
  return {
    ...listedOf(row, ctx),
    state: row.state,
    about: row.about_markdown,
    aboutHtml: row.about_html,
    evidence: evidence.map((one) => ({
      post:
        one.id === null || one.kind === null
          ? null
          : {
              id: one.id,
              kind: one.kind,
              parentId: one.parent_id,
              title: one.title,
              slug: one.slug,
              score: one.score ?? 0,
              isAccepted: one.isAccepted,
            },
      url: one.url ?? '',
      note: one.note,
    })),
    appliedAt: row.applied_at.toISOString(),
    refusedReason: isOwn || mayDecide ? row.refused_reason : null,
    viewer: { isOwn, mayDecide: mayDecide && !isOwn },
  };
}
