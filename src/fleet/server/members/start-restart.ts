import type { Restart, Started } from '#src/fleet/contract/clusters.ts';
import { lockCluster, serverOf } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { restartCluster } from './restart-cluster.operation.ts';

/** Starts a restart of all members in order, or of one. */
export async function startRestart(ctx: Context, idOrName: string, wish: Restart): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.restart');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    const member = wish.memberId === undefined ? undefined : serverOf(cluster, wish.memberId);
    const operationId = await startOperation(
      tx,
      restartCluster,
      cluster.id,
      member ? { member: member.name } : {},
    );
    await audit(tx, 'fleet.cluster.restart', cluster.id, {
      name: cluster.name,
      member: member?.name ?? null,
    });
    return { operationId };
  });
}
