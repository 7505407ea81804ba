import { randomUUID } from 'node:crypto';
import { Redeem, RewardTerms } from '#src/community/contract/rewards.ts';
import { rewardText } from '#src/community/contract/rewards.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { requireWriter } from '../members/require-member.ts';
import { spendPoints } from '../points/change-points.ts';
import { findSetting } from '../settings/queries.ts';
import { useCoupon } from './use-coupon.ts';
import { addressSeal, isTaxable } from './rules.ts';

/** Gives a reward for points of the member, or goods for a coupon and what it leaves to pay: the last one to one member only, and never for more points than there are. */
export async function redeemReward(ctx: Context, given: Redeem): Promise<{ id: string }> {
  const member = await requireWriter(ctx);
  const { reward: rewardId, address, coupon } = Redeem.parse(given);
  // not audited: the redemption and the entry of points are the trace
  return inTransaction(ctx, async (tx) => {
    const reward = await tx.db
      .selectFrom('community.reward')
      .select(['kind', 'price', 'stock', 'value_minor', 'currency'])
      .where('id', '=', rewardId)
      .where('is_listed', '=', true)
      // Whoever else wants one waits: what is left now is what is left.
      .forUpdate()
      .executeTakeFirst();
    if (!reward) throw new AppError('not_found', rewardText.noSuch);
    if (reward.stock < 1) throw new AppError('conflict', rewardText.soldOut);
    if (reward.kind === 'goods' && address === '') throw new AppError('conflict', rewardText.needsAddress);
    if (coupon !== null && reward.kind !== 'goods') throw new AppError('conflict', rewardText.onlyForGoods);
    const { price, value_minor, currency } = reward;
    const id = randomUUID();
    const { taxableFromMinor } = await findSetting(tx.db, 'rewards', RewardTerms);
    await tx.db
      .updateTable('community.reward')
      .set({ stock: reward.stock - 1 })
      .where('id', '=', rewardId)
      .execute();
    await tx.db
      .insertInto('community.redemption')
      .values({
        id,
        reward_id: rewardId,
        member_id: member.id,
        price,
        value_minor,
        currency,
        is_taxable: isTaxable(reward.kind, value_minor, taxableFromMinor),
        address_sealed: reward.kind === 'goods' ? theVault().seal(address, addressSeal(id)) : null,
      })
      .execute();
    if (coupon !== null) await useCoupon(tx, { memberId: member.id, coupon, redemption: id, price });
    const short = await spendPoints(tx, {
      memberId: member.id,
      contra: 'shop',
      amount: price,
      cause: 'redeemed',
      key: id,
    });
    if (short) throw new AppError('conflict', rewardText.notEnough(short.has, price));
    return { id };
  });
}
