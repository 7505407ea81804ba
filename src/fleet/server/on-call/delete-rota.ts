import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getPolicy, getRota } from './queries.ts';

/** Removes a rota; refuses one that the way up tells. */
export async function deleteRota(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'fleet.alert.manage');
  await inTransaction(ctx, async (tx) => {
    const { name } = await getRota(tx, id);
    if ((await getPolicy(tx)).steps.some(({ rotaIds }) => rotaIds.includes(id))) {
      throw new AppError('conflict', alertText.rotaInUse);
    }
    await tx.db
      .deleteFrom('fleet.on_call_rota')
      .where('org_id', '=', tx.actor.orgId)
      .where('id', '=', id)
      .execute();
    await audit(tx, 'fleet.alert.delete-rota', id, { name });
  });
}
