import { rewardText } from '#src/community/contract/rewards.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { endRedemption, lockRedemption } from './end-redemption.ts';

/** Cancels one's own redemption before it is sent: the points come back at once. */
export async function cancelRedemption(ctx: Context, id: string): Promise<void> {
  const member = await requireMember(ctx);
  // not audited: the redemption and the entry of points are the trace
  await inTransaction(ctx, async (tx) => {
    const redemption = await lockRedemption(tx, id);
    if (redemption?.memberId !== member.id) throw new AppError('not_found', rewardText.noSuchRedemption);
    if (redemption.state !== 'ordered') throw new AppError('conflict', rewardText.isUnderWay);
    await endRedemption(tx, redemption, { state: 'cancelled' });
  });
}
