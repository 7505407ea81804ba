import { RewardTerms } from '#src/community/contract/rewards.ts';
import type { Context } from '#src/platform/server/context.ts';
import { findSetting } from '../settings/queries.ts';

type Cause = { memberId: string; cause: string; key: string };

/** Gives a member a coupon for goods of the shop, in the caller's transaction: once a cause, and again when it was taken back unused. */
export async function giveCoupon(tx: Context, { memberId, cause, key }: Cause): Promise<void> {
  const { couponWorth } = await findSetting(tx.db, 'rewards', RewardTerms);
  if (couponWorth === 0) return;
  await tx.db
    .insertInto('community.coupon')
    .values({ member_id: memberId, cause, cause_key: key, worth: couponWorth })
    .onConflict((oc) =>
      oc
        .columns(['cause', 'cause_key'])
        .doUpdateSet({ state: 'open' })
        .where('community.coupon.state', '=', 'withdrawn'),
    )
    .execute();
}

/** Takes the coupon of a cause back, in the caller's transaction; one that was used stays used. */
export async function withdrawCoupon(tx: Context, { cause, key }: Omit<Cause, 'memberId'>): Promise<void> {
  await tx.db
    .updateTable('community.coupon')
    .set({ state: 'withdrawn' })
    .where('cause', '=', cause)
    .where('cause_key', '=', key)
    .where('state', '=', 'open')
    .execute();
}
