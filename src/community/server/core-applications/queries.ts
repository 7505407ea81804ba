import { sql } from 'kysely';
import type {
  CoreApplication,
  ListedApplication,
  VoteChoice,
} from '#src/community/contract/core-applications.ts';
import { applicationText } from '#src/community/contract/core-applications.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getSeatOf, listElectors } from '../committees/queries.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';

const applications = ({ db }: Context) =>
  db
    .selectFrom('community.core_application as x')
    .innerJoin('community.member as m', 'm.id', 'x.member_id')
    .innerJoin('community.committee as c', 'c.id', 'x.committee_id')
    .selectAll('x')
    .select(['c.slug', 'c.name_en', 'c.name_zh', ...cardColumns]);
type Row = Awaited<ReturnType<ReturnType<typeof applications>['executeTakeFirstOrThrow']>>;

const listedOf = (row: Row, { locale }: Context, readerId: string | undefined): ListedApplication => ({
  id: row.id,
  committee: { slug: row.slug, name: locale === 'en' ? row.name_en : row.name_zh },
  applicant: cardOf(row, locale),
  state: row.state,
  appliedAt: row.applied_at.toISOString(),
  votesUntil: row.votes_until.toISOString(),
  isOwn: row.member_id === readerId,
});

/** The reader's own applications; with a committee, those that were made to it, for those who read its queue. */
export async function listApplications(ctx: Context, committee?: string): Promise<ListedApplication[]> {
  requirePerson(ctx);
  const reader = await findReader(ctx);
  let listed = applications(ctx);
  if (committee === undefined) {
    if (!reader) return [];
    listed = listed.where('x.member_id', '=', reader.id);
  } else {
    const { committee: asked } = await getSeatOf(ctx, committee);
    listed = listed.where('x.committee_id', '=', asked.id);
    if (!(await mayRead(ctx, asked.id, reader?.id))) {
      if (!reader) return [];
      listed = listed.where('x.member_id', '=', reader.id);
    }
  }
  const rows = await listed
    .orderBy(sql`x.state = 'open'`, 'desc')
    .orderBy('x.applied_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => listedOf(row, ctx, reader?.id));
}

async function mayRead(ctx: Context, committeeId: string, readerId: string | undefined): Promise<boolean> {
  const electors = await listElectors(ctx, committeeId);
  if (readerId !== undefined && electors.includes(readerId)) return true;
  return mayAsStaff(ctx, 'community.committee.manage');
}

/** An application, for whoever made it and for those who vote on it; not there for anybody else. */
export async function getApplication(ctx: Context, id: number): Promise<CoreApplication> {
  requirePerson(ctx);
  const reader = await findReader(ctx);
  const row = await applications(ctx).where('x.id', '=', id).executeTakeFirst();
  const isOwn = row !== undefined && row.member_id === reader?.id;
  const reads = row !== undefined && (await mayRead(ctx, row.committee_id, reader?.id));
  if (!row || (!isOwn && !reads)) throw new AppError('not_found', applicationText.noSuch);
  const electors = (await listElectors(ctx, row.committee_id)).filter((one) => one !== row.member_id);
  const votes = await ctx.db
    .selectFrom('community.core_application_vote as v')
    .innerJoin('community.member as m', 'm.id', 'v.member_id')
    .select(['v.member_id', 'v.choice', 'v.note', 'v.at', ...cardColumns])
    .where('v.application_id', '=', id)
    .orderBy('v.at')
    .execute();
  const own = votes.find((vote) => vote.member_id === reader?.id);
  return {
    ...listedOf(row, ctx, reader?.id),
    answers: {
      whoIAm: row.who_i_am,
      reason: row.reason,
      valueOffered: row.value_offered,
      viewOfPresent: row.view_of_present,
      area: row.area,
      yearlyMeasure: row.yearly_measure,
      consequence: row.consequence,
    },
    decidedAt: row.decided_at?.toISOString() ?? null,
    votes:
      reads && !isOwn
        ? votes.map((vote) => ({
            member: cardOf(vote, ctx.locale),
            choice: vote.choice as VoteChoice,
            note: vote.note,
            at: vote.at.toISOString(),
          }))
        : null,
    electors: electors.length,
    viewer: {
      mayVote: row.state === 'open' && reader !== undefined && electors.includes(reader.id),
      choice: (own?.choice as VoteChoice | undefined) ?? null,
    },
  };
}
