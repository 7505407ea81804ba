import { sql } from 'kysely';
import type { RecordResolution } from '#src/community/contract/resolutions.ts';
import { resolutionText } from '#src/community/contract/resolutions.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

type Wish = ReturnType<typeof RecordResolution.parse>;
type Votes = { meetingId: number | null; yes: number; no: number; abstain: number };

/**
 * The votes of a resolution in the caller's transaction: of the poll or the election that decided it where one is named,
 * otherwise those that were given. Refuses what is not decided yet, what is another committee's, and votes given beside it.
 */
export async function takeVotes(tx: Context, committeeId: string, wish: Wish): Promise<Votes> {
  const { poll, electionId, meetingId, yes, no, abstain } = wish;
  if (poll === null && electionId === null) return { meetingId, yes, no, abstain };
  if ((poll !== null && electionId !== null) || yes + no + abstain > 0)
    throw new AppError('invalid', resolutionText.votesTwice);
  if (poll === null) return { meetingId, ...(await ballotsOf(tx, committeeId, electionId!)) };
  const found = await votesOf(tx, committeeId, poll);
  if (meetingId !== null && meetingId !== found.meetingId)
    throw new AppError('conflict', resolutionText.noSuchMeeting);
  return found;
}

async function votesOf(tx: Context, committeeId: string, poll: NonNullable<Wish['poll']>): Promise<Votes> {
  const { rows } = await sql<Votes & { options: number }>`
    select g.id as "meetingId", cardinality(p.options) as options,
      count(v.option) filter (where v.option = ${poll.yes})::int as yes,
      count(v.option) filter (where v.option is distinct from ${poll.abstain}::int and v.option <> ${poll.yes})::int as no,
      count(v.option) filter (where v.option = ${poll.abstain}::int)::int as abstain
    from community.meeting_poll p join community.meeting g on g.id = p.meeting_id
    left join community.meeting_vote v on v.poll_id = p.id
    where p.id = ${poll.id} and g.committee_id = ${committeeId}
      and (p.closed_at is not null or g.state in ('finished', 'closed'))
    group by g.id, p.id`.execute(tx.db);
  const [found] = rows;
  if (!found) throw new AppError('conflict', resolutionText.noSuchPoll);
  const { options, ...votes } = found;
  if (poll.yes >= options || (poll.abstain ?? 0) >= options || poll.yes === poll.abstain)
    throw new AppError('invalid', resolutionText.noSuchOption);
  return votes;
}

/** Of an election the ballots decided who is elected; one that says nothing abstains. */
async function ballotsOf(tx: Context, committeeId: string, id: number): Promise<Omit<Votes, 'meetingId'>> {
  const { rows } = await sql<{ yes: number; abstain: number }>`
    select count(b.receipt) filter (where b.says)::int as yes, count(b.receipt) filter (where not b.says)::int as abstain
    from community.election e
    left join lateral (select p.receipt, case when e.method = 'score' then 0 < any(p.marks) else cardinality(p.marks) > 0 end
      as says from community.election_paper p where p.election_id = e.id) b on true
    where e.id = ${id} and e.counted_at is not null and coalesce(e.committee_id, ${committeeId}::uuid) = ${committeeId}::uuid
    group by e.id`.execute(tx.db);
  const [found] = rows;
  if (!found) throw new AppError('conflict', resolutionText.noSuchElection);
  return { ...found, no: 0 };
}
