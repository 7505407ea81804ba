import { rewardText } from '#src/community/contract/rewards.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { reversePoints, transferPoints } from '../points/change-points.ts';

/**
 * Pays for goods with a coupon, in the caller's transaction: the ledger gives the member what it is worth, at most the price,
 * which the redemption then takes. Refuses one that is not theirs, or no longer open.
 */
export async function useCoupon(
  tx: Context,
  {
    memberId,
    coupon,
    redemption,
    price,
  }: { memberId: string; coupon: string; redemption: string; price: number },
): Promise<void> {
  const used = await tx.db
    .updateTable('community.coupon')
    .set({ state: 'used', redemption_id: redemption })
    .where('id', '=', coupon)
    .where('member_id', '=', memberId)
    .where('state', '=', 'open')
    .returning('worth')
    .executeTakeFirst();
  if (!used) throw new AppError('conflict', rewardText.noSuchCoupon);
  await transferPoints(tx, {
    memberId,
    contra: 'mint',
    spendable: Math.min(used.worth, price),
    cause: 'coupon',
    key: redemption,
  });
}

/** Gives back the coupon of a redemption that was cancelled, in the caller's transaction, after its points came back. */
export async function returnCoupon(tx: Context, memberId: string, redemption: string): Promise<void> {
  await reversePoints(tx, { memberId, cause: 'coupon', key: redemption });
  await tx.db
    .updateTable('community.coupon')
    .set({ state: 'open', redemption_id: null })
    .where('redemption_id', '=', redemption)
    .execute();
}
