import type { Started } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { lockCluster, serverOf } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { rebuildMember } from './rebuild-member.operation.ts';

/** Starts the rebuild of a replica. Refuses the primary. */
export async function startRebuild(ctx: Context, idOrName: string, memberId: string): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.resize');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    const member = serverOf(cluster, memberId);
    if (member.role === 'primary') throw new AppError('conflict', upkeepText.primaryNotRebuilt);
    const operationId = await startOperation(tx, rebuildMember, cluster.id, { member: member.name });
    await audit(tx, 'fleet.member.rebuild', cluster.id, { name: cluster.name, member: member.name });
    return { operationId };
  });
}
