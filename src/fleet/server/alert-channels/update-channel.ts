import type { AlertChannel, UpdateAlertChannel } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getChannel } from './queries.ts';

/** Changes a channel; its address and key never change: another address is another channel. */
export async function updateChannel(
  ctx: Context,
  id: string,
  wish: UpdateAlertChannel,
): Promise<AlertChannel> {
  requirePermission(ctx, 'fleet.alert.manage');
  return inTransaction(ctx, async (tx) => {
    const before = await getChannel(tx, id);
    if (wish.recipients !== undefined && before.kind !== 'mail') {
      throw new AppError('conflict', alertText.onlyMailHasRecipients);
    }
    if (wish.name !== undefined && wish.name !== before.name) {
      const taken = await tx.db
        .selectFrom('fleet.alert_channel')
        .select('id')
        .where('org_id', '=', tx.actor.orgId)
        .where('name', '=', wish.name)
        .executeTakeFirst();
      if (taken) throw new AppError('conflict', alertText.nameTaken(wish.name));
    }
    if (Object.keys(wish).length > 0) {
      await tx.db
        .updateTable('fleet.alert_channel')
        .set(wish)
        .where('id', '=', id)
        .where('org_id', '=', tx.actor.orgId)
        .execute();
    }
    await audit(tx, 'fleet.alert.update-channel', id, { ...wish });
    return getChannel(tx, id);
  });
}
