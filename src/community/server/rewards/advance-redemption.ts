import { sql } from 'kysely';
import { AdvanceRedemption } from '#src/community/contract/rewards.ts';
import { rewardText } from '#src/community/contract/rewards.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { endRedemption, lockRedemption, tellOfRedemption } from './end-redemption.ts';

/** Notes that a redemption was sent, has arrived, or is cancelled with its points returned; tells the member. */
export async function advanceRedemption(ctx: Context, id: string, given: AdvanceRedemption): Promise<void> {
  await requireStaff(ctx, 'community.reward.manage');
  const { state, note } = AdvanceRedemption.parse(given);
  await inTransaction(ctx, async (tx) => {
    const redemption = await lockRedemption(tx, id);
    if (!redemption) throw new AppError('not_found', rewardText.noSuchRedemption);
    if (redemption.state === 'delivered' || redemption.state === 'cancelled')
      throw new AppError('conflict', rewardText.notNow);
    const handledBy = (await findReader(tx))?.id ?? null;
    if (state === 'sent')
      await tx.db
        .updateTable('community.redemption')
        .set({ state, sent_at: sql<Date>`now()`, note, handled_by: handledBy })
        .where('id', '=', id)
        .execute();
    else await endRedemption(tx, redemption, { state, note, handledBy });
    await tellOfRedemption(tx, redemption, state);
    await audit(tx, 'community.reward.advance', id, { state });
  });
}
