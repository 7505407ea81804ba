import { sql } from 'kysely';
import type { DeleteCluster, Started } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { purgeCluster } from './purge-cluster.operation.ts';
import { lockCluster } from './lock-cluster.ts';

/** Stops a cluster now and removes its data after the grace period. Refuses one that is protected, and a name not typed exactly. */
export async function deleteCluster(ctx: Context, idOrName: string, wish: DeleteCluster): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.delete');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    if (cluster.deletionProtected) throw new AppError('conflict', upkeepText.protectedFromDeletion);
    if (wish.confirm !== cluster.name) throw new AppError('invalid', upkeepText.nameNotTyped(cluster.name));
    await tx.db
      .updateTable('fleet.cluster')
      .set({ phase: 'deleting', delete_after: sql<Date>`now() + make_interval(hours => ${wish.graceHours})` })
      .where('id', '=', cluster.id)
      .execute();
    const operationId = await startOperation(tx, purgeCluster, cluster.id);
    await audit(tx, 'fleet.cluster.delete', cluster.id, { name: cluster.name, graceHours: wish.graceHours });
    return { operationId };
  });
}
