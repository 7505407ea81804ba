import { sql } from 'kysely';
import type { Named } from '#src/community/contract/levels.ts';
import type { RedemptionState } from '#src/community/contract/rewards.ts';
import { rewardPageText } from '#src/community/contract/rewards.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { reversePoints } from '../points/change-points.ts';
import { returnCoupon } from './use-coupon.ts';

/** A redemption that nobody else changes meanwhile, in the caller's transaction. */
export const lockRedemption = (tx: Context, id: string) =>
  tx.db
    .selectFrom('community.redemption')
    .select(['id', 'state', 'member_id as memberId', 'reward_id as rewardId'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export type LockedRedemption = NonNullable<Awaited<ReturnType<typeof lockRedemption>>>;

/** Ends a redemption, in the caller's transaction, which has locked it: its address goes; cancelled, points, coupon and stock come back. */
export async function endRedemption(
  tx: Context,
  { id, memberId, rewardId }: LockedRedemption,
  end: { state: 'delivered' | 'cancelled'; handledBy?: string | null; note?: string },
): Promise<void> {
  await tx.db
    .updateTable('community.redemption')
    .set({
      state: end.state,
      ended_at: sql<Date>`now()`,
      address_sealed: null,
      ...(end.handledBy !== undefined && { handled_by: end.handledBy }),
      ...(end.note !== undefined && end.note !== '' && { note: end.note }),
    })
    .where('id', '=', id)
    .execute();
  if (end.state !== 'cancelled') return;
  // The reward before the member, as whoever redeems locks them.
  await tx.db
    .updateTable('community.reward')
    .set({ stock: sql<number>`stock + 1` })
    .where('id', '=', rewardId)
    .execute();
  await reversePoints(tx, { memberId, cause: 'redeemed', key: id });
  await returnCoupon(tx, memberId, id);
}

/** Tells a member what became of a redemption, in the caller's transaction. */
export async function tellOfRedemption(
  tx: Context,
  { id, memberId, rewardId }: LockedRedemption,
  state: RedemptionState,
): Promise<void> {
  const { name } = await tx.db
    .selectFrom('community.reward')
    .select('name')
    .where('id', '=', rewardId)
    .executeTakeFirstOrThrow();
  await notifyMember(tx, {
    memberId,
    kind: 'reward',
    key: `reward:${id}:${state}`,
    payload: {
      href: '/rewards/mine',
      words: rewardPageText.told(name as Named, rewardPageText[state]),
    },
  });
}
