import type { Context } from '#src/platform/server/context.ts';
import { endRedemption, lockRedemption } from './end-redemption.ts';

/** Ends what a member who leaves redeemed, in the caller's transaction: nothing not yet sent is sent, and no address stays. */
export async function forgetAddresses(tx: Context, memberId: string): Promise<void> {
  const open = await tx.db
    .selectFrom('community.redemption')
    .select('id')
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .execute();
  for (const { id } of open) {
    const redemption = await lockRedemption(tx, id);
    if (redemption?.state === 'ordered') await endRedemption(tx, redemption, { state: 'cancelled' });
    else if (redemption?.state === 'sent') await endRedemption(tx, redemption, { state: 'delivered' });
  }
}
