import { meetingText } from '#src/community/contract/meetings.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { lockMeeting } from './queries.ts';

/** Takes no part after all, or takes one's proxy back, until the meeting is open; proxies that one held end with it. */
export async function leaveMeeting(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: who joins may leave
    const member = await requireMember(tx);
    const { state } = await lockMeeting(tx, id);
    if (state !== 'available') throw new AppError('conflict', meetingText.isUnderWay);
    await tx.db
      .deleteFrom('community.meeting_attendant')
      .where('meeting_id', '=', id)
      .where('member_id', '=', member.id)
      .execute();
    await tx.db
      .deleteFrom('community.meeting_proxy')
      .where('meeting_id', '=', id)
      .where((eb) => eb.or([eb('giver_id', '=', member.id), eb('holder_id', '=', member.id)]))
      .execute();
  });
}
