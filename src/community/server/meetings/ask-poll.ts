import type { AskPoll } from '#src/community/contract/meetings.ts';
import { meetingText } from '#src/community/contract/meetings.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../members/require-member.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { lockMeeting } from './queries.ts';

/** Asks those who are present and represented; only while the meeting is open, and by those with a seat. */
export async function askPoll(
  ctx: Context,
  id: number,
  { question, options }: AskPoll,
): Promise<{ id: number }> {
  requirePerson(ctx);
  return inTransaction(ctx, async (tx) => {
    const { state, slug } = await lockMeeting(tx, id);
    await requireSeat(tx, slug);
    if (state !== 'open') throw new AppError('conflict', meetingText.notOpen);
    const made = await tx.db
      .insertInto('community.meeting_poll')
      .values({ meeting_id: id, question, options })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.meeting.ask', String(id), { poll: made.id, question });
    return made;
  });
}
