import { sql } from 'kysely';
import { ChangeReward } from '#src/community/contract/rewards.ts';
import { rewardText } from '#src/community/contract/rewards.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';

/** Changes what a reward costs from now on, how many are left by so many, and whether it is shown. Refuses to leave fewer than none. */
export async function changeReward(ctx: Context, id: number, given: ChangeReward): Promise<void> {
  await requireStaff(ctx, 'community.reward.manage');
  const { price, addStock, isListed } = ChangeReward.parse(given);
  await inTransaction(ctx, async (tx) => {
    const reward = await tx.db
      .selectFrom('community.reward')
      .select('stock')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!reward) throw new AppError('not_found', rewardText.noSuch);
    if (reward.stock + addStock < 0) throw new AppError('conflict', rewardText.stockBelowNothing);
    await tx.db
      .updateTable('community.reward')
      .set({ price, is_listed: isListed, stock: sql<number>`stock + ${addStock}` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.reward.change', String(id), { price, addStock, isListed });
  });
}
