import type { UpdateCluster, Updated } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { applyConfig } from './apply-config.operation.ts';

/** Changes what a cluster promises and whom it lets in, and starts telling its members. Refuses synchronous protection for one member. */
export async function updateCluster(ctx: Context, idOrName: string, wish: UpdateCluster): Promise<Updated> {
  requirePermission(ctx, 'fleet.cluster.update');
  return inTransaction(ctx, async (tx) => {
    const tellsMembers =
      wish.protection !== undefined || wish.recovery !== undefined || wish.networks !== undefined;
    const cluster = tellsMembers ? await lockCluster(tx, idOrName) : await getCluster(tx, idOrName);
    const alone = cluster.members.filter((m) => m.kind === 'server').length < 2;
    if (alone && wish.protection !== undefined && wish.protection !== 'async') {
      throw new AppError('conflict', upkeepText.strictNeedsTwo);
    }
    await tx.db
      .updateTable('fleet.cluster')
      .set({
        deletion_protected: wish.deletionProtected ?? cluster.deletionProtected,
        protection: wish.protection ?? cluster.protection,
        recovery: wish.recovery ?? cluster.recovery,
        networks: wish.networks ?? cluster.networks,
      })
      .where('id', '=', cluster.id)
      .execute();
    const operationId = tellsMembers
      ? await startOperation(tx, applyConfig, cluster.id, { doors: wish.networks !== undefined })
      : null;
    await audit(tx, 'fleet.cluster.update', cluster.id, { name: cluster.name, ...wish });
    return { cluster: await getCluster(tx, cluster.id), operationId };
  });
}
