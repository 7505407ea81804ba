import { sql } from 'kysely';
import type { Office } from '#src/community/contract/committees.ts';
import type { Election, ElectionList, ElectionState } from '#src/community/contract/elections.ts';
import { electionText } from '#src/community/contract/elections.text.ts';
import type { ElectionFile, Tally } from '#src/community/contract/tallies.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';

const stateOf = sql<ElectionState>`case when e.cancelled_at is not null then 'cancelled'
  when e.counted_at is not null then 'counted' when e.opens_at > now() then 'nominations'
  when e.closes_at > now() then 'open' else 'closed' end`;

const elections = ({ db }: Context) =>
  db
    .selectFrom('community.election as e')
    .select(['e.id', 'e.title', 'e.method', 'e.seats', 'e.opens_at', 'e.closes_at', 'e.eligible'])
    .select(stateOf.as('state'));
type Row = Awaited<ReturnType<ReturnType<typeof elections>['executeTakeFirstOrThrow']>>;

const listedOf = (row: Row) => ({
  id: row.id,
  title: row.title,
  method: row.method,
  seats: row.seats,
  state: row.state,
  opensAt: row.opens_at.toISOString(),
  closesAt: row.closes_at.toISOString(),
  eligible: row.eligible,
});

/** Elections, the newest first. */
export async function listElections(ctx: Context): Promise<ElectionList> {
  const [rows, mayCall] = await Promise.all([
    elections(ctx).orderBy('e.opens_at', 'desc').orderBy('e.id', 'desc').limit(200).execute(),
    mayAsStaff(ctx, 'community.election.call'),
  ]);
  return { items: rows.map(listedOf), mayCall };
}

/** The row of a person on the list of voters: under their own name or one that was merged into it. */
export async function findVoter(ctx: Context, electionId: number, memberId: string) {
  const { rows } = await sql<{ memberId: string; hasVoted: boolean }>`
    select v.member_id as "memberId", bool_or(v.has_voted) over () as "hasVoted"
    from community.election_voter v join community.member m on m.id = v.member_id
    where v.election_id = ${electionId} and (m.id = ${memberId} or m.merged_into = ${memberId})
    order by v.has_voted desc, m.merged_into nulls first, m.id limit 1`.execute(ctx.db);
  return rows[0];
}

/** The candidates of an election in the order of the ballot, numbered from 0. */
export async function listCandidates(ctx: Context, electionId: number) {
  const rows = await ctx.db
    .selectFrom('community.election_candidate as k')
    .innerJoin('community.member as m', 'm.id', 'k.member_id')
    .select(['k.member_id', 'k.html', ...cardColumns])
    .where('k.election_id', '=', electionId)
    .orderBy('k.id')
    .execute();
  return rows.map((row, number) => ({
    number,
    memberId: row.member_id,
    member: cardOf(row, ctx.locale),
    html: row.html,
  }));
}

/** An election as everybody may see it; what its ballots say only after the count. */
export async function getElection(ctx: Context, id: number): Promise<Election> {
  const row = await elections(ctx)
    .leftJoin('community.committee as c', 'c.id', 'e.committee_id')
    .select(['e.about_html', 'e.max_score', 'e.office', 'e.term_months', 'e.joined_days', 'e.min_reputation'])
    .select(['e.tally', 'e.unfinished', 'e.seated_at', 'c.slug', 'c.name_en', 'c.name_zh'])
    .select(
      sql<number>`(select count(*)::int from community.election_voter v
        where v.election_id = e.id and v.has_voted)`.as('voted'),
    )
    .where('e.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', electionText.noSuch);
  const reader = await findReader(ctx);
  const [candidates, voter, mayCall] = await Promise.all([
    listCandidates(ctx, id),
    reader ? findVoter(ctx, id, reader.id) : undefined,
    mayAsStaff(ctx, 'community.election.call'),
  ]);
  return {
    ...listedOf(row),
    aboutHtml: row.about_html,
    maxScore: row.max_score,
    fills:
      row.slug === null || row.office === null || row.term_months === null
        ? null
        : {
            slug: row.slug,
            name: (ctx.locale === 'en' ? row.name_en : row.name_zh) ?? '',
            office: row.office as Office,
            months: row.term_months,
          },
    joinedDays: row.joined_days,
    minReputation: row.min_reputation,
    candidates: candidates.map(({ number, member, html }) => ({ number, member, html })),
    voted: row.voted,
    tally: row.tally as Tally | null,
    unfinished: row.unfinished,
    isSeated: row.seated_at !== null,
    viewer: {
      isEligible: voter !== undefined,
      hasVoted: voter?.hasVoted ?? false,
      stands: candidates.some(({ memberId }) => memberId === reader?.id),
      mayCall,
    },
  };
}

/** What is published of an election that was counted, in the order of receipts. Refuses one that is not. */
export async function getElectionFile(ctx: Context, id: number): Promise<ElectionFile> {
  const election = await getElection(ctx, id);
  if (election.tally === null) throw new AppError('conflict', electionText.notCounted);
  const ballots = await ctx.db
    .selectFrom('community.election_paper')
    .select(['receipt', 'marks'])
    .where('election_id', '=', id)
    .orderBy('receipt')
    .execute();
  return {
    format: 'elepherd-election-1',
    id,
    title: election.title,
    method: election.method,
    seats: election.seats,
    maxScore: election.maxScore,
    candidates: election.candidates.map(({ member }) => member.name),
    eligible: election.eligible,
    ballots,
    tally: election.tally,
  };
}

/** The row of an election, locked in the caller's transaction: `share` for those who vote, `update` for those who close. */
export async function lockElection(tx: Context, id: number, how: 'share' | 'update') {
  const asked = tx.db
    .selectFrom('community.election as e')
    .selectAll('e')
    .select(stateOf.as('state'))
    .where('e.id', '=', id);
  const row = await (how === 'share' ? asked.forShare() : asked.forUpdate()).executeTakeFirst();
  if (!row) throw new AppError('not_found', electionText.noSuch);
  return row;
}
