import { meetingText } from '#src/community/contract/meetings.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getSeatOf } from '../committees/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { lockMeeting } from './queries.ts';

/**
 * Lets somebody who takes part vote for a member who does not, until the meeting is open. A proxy is one vote, of one giver by
 * one holder, and is not handed on.
 */
export async function giveProxy(ctx: Context, id: number, handle: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row is the trace
    const member = await requireMember(tx);
    const { state, slug, for_all: forAll } = await lockMeeting(tx, id);
    if (state !== 'available') throw new AppError('conflict', meetingText.isUnderWay);
    const { office, managesAll } = await getSeatOf(tx, slug);
    if (!forAll && office === null && !managesAll) throw new AppError('conflict', meetingText.notInvited);
    const held = await tx.db
      .selectFrom('community.meeting_proxy')
      .select('giver_id')
      .where('meeting_id', '=', id)
      .where('holder_id', '=', member.id)
      .executeTakeFirst();
    if (held) throw new AppError('conflict', meetingText.holdsProxy);
    const holder = await tx.db
      .selectFrom('community.meeting_attendant as a')
      .innerJoin('community.member as m', 'm.id', 'a.member_id')
      .select('m.id')
      .where('a.meeting_id', '=', id)
      .where('m.handle', '=', handle)
      .where('m.id', '<>', member.id)
      .executeTakeFirst();
    if (!holder) throw new AppError('not_found', meetingText.holderAbsent(handle));
    await tx.db
      .deleteFrom('community.meeting_attendant')
      .where('meeting_id', '=', id)
      .where('member_id', '=', member.id)
      .execute();
    await tx.db
      .insertInto('community.meeting_proxy')
      .values({ meeting_id: id, giver_id: member.id, holder_id: holder.id })
      .onConflict((oc) => oc.columns(['meeting_id', 'giver_id']).doUpdateSet({ holder_id: holder.id }))
      .execute();
  });
}
