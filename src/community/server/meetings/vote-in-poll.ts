import type { VoteInPoll } from '#src/community/contract/meetings.ts';
import { meetingText } from '#src/community/contract/meetings.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireAttendant } from './require-attendant.ts';

/** Votes in a poll for oneself, or for somebody by their proxy; one vote for each, changed while the poll is open. */
export async function voteInPoll(
  ctx: Context,
  id: number,
  pollId: number,
  { option, as }: VoteInPoll,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row is the trace
    const member = await requireMember(tx);
    const { state } = await requireAttendant(tx, id, member.id);
    if (state !== 'open') throw new AppError('conflict', meetingText.notOpen);
    const poll = await tx.db
      .selectFrom('community.meeting_poll')
      .select('options')
      .where('id', '=', pollId)
      .where('meeting_id', '=', id)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    if (!poll || option >= poll.options.length) throw new AppError('not_found', meetingText.pollClosed);
    const voter =
      as === undefined || as === member.handle ? member.id : await findGiver(tx, id, member.id, as);
    await tx.db
      .insertInto('community.meeting_vote')
      .values({ poll_id: pollId, member_id: voter, cast_by: member.id, option })
      .onConflict((oc) => oc.columns(['poll_id', 'member_id']).doUpdateSet({ option, cast_by: member.id }))
      .execute();
  });
}

async function findGiver(tx: Context, meetingId: number, holderId: string, handle: string): Promise<string> {
  const giver = await tx.db
    .selectFrom('community.meeting_proxy as p')
    .innerJoin('community.member as m', 'm.id', 'p.giver_id')
    .select('m.id')
    .where('p.meeting_id', '=', meetingId)
    .where('p.holder_id', '=', holderId)
    .where('m.handle', '=', handle)
    .executeTakeFirst();
  if (!giver) throw new AppError('not_found', meetingText.noProxy(handle));
  return giver.id;
}
