import type { Started } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cancelOperation } from '#src/platform/server/operations/cancel-operation.ts';
import { getCluster } from './queries.ts';

/** Brings back a cluster whose grace period still runs. Refuses one whose data is being removed. */
export async function undeleteCluster(ctx: Context, idOrName: string): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.delete');
  return inTransaction(ctx, async (tx) => {
    const cluster = await getCluster(tx, idOrName);
    if (cluster.phase !== 'deleting' || cluster.operationId === null)
      throw new AppError('conflict', upkeepText.notDeleting);
    // Who may delete may also bring back, whatever else they may do to operations.
    await cancelOperation({ ...tx, actor: { ...tx.actor, may: () => true } }, cluster.operationId);
    await audit(tx, 'fleet.cluster.undelete', cluster.id, { name: cluster.name });
    return { operationId: cluster.operationId };
  });
}
