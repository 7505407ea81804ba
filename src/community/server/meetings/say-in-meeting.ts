import { meetingText } from '#src/community/contract/meetings.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { requireAttendant } from './require-attendant.ts';

/** Says something in a meeting that is open; before and after it nothing is in the record. */
export async function sayInMeeting(ctx: Context, id: number, words: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the record of the meeting is the trace
    const member = await requireWriter(tx);
    const { state } = await requireAttendant(tx, id, member.id);
    if (state !== 'open') throw new AppError('conflict', meetingText.notOpen);
    await tx.db
      .insertInto('community.meeting_remark')
      .values({ meeting_id: id, member_id: member.id, words })
      .execute();
  });
}
