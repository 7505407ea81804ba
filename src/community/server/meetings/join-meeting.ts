import { meetingText } from '#src/community/contract/meetings.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getSeatOf } from '../committees/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { lockMeeting } from './queries.ts';

/** Takes part in a meeting; a proxy that one gave ends with it. Nobody new once it is open. */
export async function joinMeeting(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row is the trace
    const member = await requireMember(tx);
    const { state, slug, for_all: forAll } = await lockMeeting(tx, id);
    if (state !== 'available') throw new AppError('conflict', meetingText.isUnderWay);
    const { office, managesAll } = await getSeatOf(tx, slug);
    if (!forAll && office === null && !managesAll) throw new AppError('conflict', meetingText.notInvited);
    await tx.db
      .deleteFrom('community.meeting_proxy')
      .where('meeting_id', '=', id)
      .where('giver_id', '=', member.id)
      .execute();
    await tx.db
      .insertInto('community.meeting_attendant')
      .values({ meeting_id: id, member_id: member.id })
      .onConflict((oc) => oc.doNothing())
      .execute();
  });
}
