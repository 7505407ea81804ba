import { sql } from 'kysely';
import { meetingText } from '#src/community/contract/meetings.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../members/require-member.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { lockMeeting } from './queries.ts';

/** Ends a poll of a meeting; its votes stand. */
export async function endPoll(ctx: Context, id: number, pollId: number): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { slug } = await lockMeeting(tx, id);
    await requireSeat(tx, slug);
    const ended = await tx.db
      .updateTable('community.meeting_poll')
      .set({ closed_at: sql<Date>`now()` })
      .where('id', '=', pollId)
      .where('meeting_id', '=', id)
      .where('closed_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!ended) throw new AppError('not_found', meetingText.pollClosed);
    await audit(tx, 'community.meeting.end-poll', String(id), { poll: pollId });
  });
}
