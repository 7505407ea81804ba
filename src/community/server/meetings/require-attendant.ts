import { meetingText } from '#src/community/contract/meetings.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { lockMeeting } from './queries.ts';

/** The meeting, its row locked, for a member who takes part; refuses everybody else. */
export async function requireAttendant(tx: Context, id: number, memberId: string) {
  const meeting = await lockMeeting(tx, id);
  const attends = await tx.db
    .selectFrom('community.meeting_attendant')
    .select('member_id')
    .where('meeting_id', '=', id)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (!attends) throw new AppError('conflict', meetingText.notAttending);
  return meeting;
}
