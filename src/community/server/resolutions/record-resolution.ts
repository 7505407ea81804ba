import { RecordResolution } from '#src/community/contract/resolutions.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { resolutionText } from '#src/community/contract/resolutions.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { findByHandle } from '../members/queries.ts';
import { takeVotes } from './take-votes.ts';

/** Writes into the decision log what a committee decided; it is never changed, only followed up. Only for those with a seat. */
export async function recordResolution(ctx: Context, given: RecordResolution): Promise<{ id: number }> {
  const wish = RecordResolution.parse(given);
  return inTransaction(ctx, async (tx) => {
    const { committee, reader } = await requireSeat(tx, wish.committee);
    const owner = wish.owner === null ? undefined : await findByHandle(tx.db, wish.owner);
    if (wish.owner !== null && !owner) throw new AppError('not_found', memberText.noSuchMember);
    if (wish.meetingId !== null) await refuseForeignMeeting(tx, wish.meetingId, committee.id);
    const votes = await takeVotes(tx, committee.id, wish);
    const made = await tx.db
      .insertInto('community.resolution')
      .values({
        committee_id: committee.id,
        meeting_id: votes.meetingId,
        poll_id: wish.poll?.id ?? null,
        election_id: wish.electionId,
        title: wish.title,
        markdown: wish.text,
        html: renderMarkdown(wish.text).html,
        decided_on: wish.decidedOn,
        votes_yes: votes.yes,
        votes_no: votes.no,
        votes_abstain: votes.abstain,
        owner_id: owner?.id ?? null,
        due_on: wish.dueOn,
        recorded_by: reader?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.resolution.record', String(made.id), {
      committee: committee.slug,
      title: wish.title,
    });
    return made;
  });
}

async function refuseForeignMeeting(tx: Context, meetingId: number, committeeId: string): Promise<void> {
  const meeting = await tx.db
    .selectFrom('community.meeting')
    .select('id')
    .where('id', '=', meetingId)
    .where('committee_id', '=', committeeId)
    .executeTakeFirst();
  if (!meeting) throw new AppError('conflict', resolutionText.noSuchMeeting);
}
