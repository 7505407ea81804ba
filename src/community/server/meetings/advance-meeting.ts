import { sql } from 'kysely';
import { type MeetingState, meetingStates } from '#src/community/contract/meetings.ts';
import { meetingText } from '#src/community/contract/meetings.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../members/require-member.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { lockMeeting } from './queries.ts';

/** Takes a meeting one step further, never back; what is still asked ends when it is finished. Only for those with a seat. */
export async function advanceMeeting(ctx: Context, id: number, to: MeetingState): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { state, slug } = await lockMeeting(tx, id);
    await requireSeat(tx, slug);
    if (meetingStates.indexOf(to) !== meetingStates.indexOf(state) + 1)
      throw new AppError('conflict', meetingText.wrongStep);
    const now = sql<Date>`now()`;
    await tx.db
      .updateTable('community.meeting')
      .set({
        state: to,
        ...(to === 'open' && { opened_at: now }),
        ...(to === 'finished' && { finished_at: now }),
        ...(to === 'closed' && { closed_at: now }),
      })
      .where('id', '=', id)
      .execute();
    if (to === 'finished')
      await tx.db
        .updateTable('community.meeting_poll')
        .set({ closed_at: now })
        .where('meeting_id', '=', id)
        .where('closed_at', 'is', null)
        .execute();
    await audit(tx, 'community.meeting.advance', String(id), { committee: slug, to });
  });
}
