import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getPolicy } from '../on-call/queries.ts';
import { getChannel } from './queries.ts';

/** Removes a channel and what was on its way over it; refuses one that the way up tells. */
export async function deleteChannel(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'fleet.alert.manage');
  await inTransaction(ctx, async (tx) => {
    const { name } = await getChannel(tx, id);
    const { chosen, steps } = await getPolicy(tx);
    if (chosen && steps.some(({ channelIds }) => channelIds.includes(id))) {
      throw new AppError('conflict', alertText.channelInUse);
    }
    await tx.db
      .deleteFrom('fleet.alert_channel')
      .where('id', '=', id)
      .where('org_id', '=', tx.actor.orgId)
      .execute();
    await audit(tx, 'fleet.alert.delete-channel', id, { name });
  });
}
