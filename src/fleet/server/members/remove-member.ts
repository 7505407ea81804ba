import type { Started } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { shrinkCluster } from './shrink-cluster.operation.ts';

/** Starts taking a server out of a cluster for good. Refuses the last one, and a remainder that could not decide who is primary. */
export async function removeMember(ctx: Context, idOrName: string, memberId: string): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.resize');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    const leaving = cluster.members.find((m) => m.id === memberId);
    if (!leaving) throw new AppError('not_found', upkeepText.noSuchMember);
    const left = cluster.members.filter((m) => m.id !== memberId);
    const serversLeft = left.filter((m) => m.kind === 'server').length;
    if (serversLeft === 0) throw new AppError('conflict', upkeepText.lastMember);
    // Three parts must stay, each with a vote of its own; growing back from fewer would need a majority that is gone.
    if (left.length < 3) throw new AppError('conflict', upkeepText.tooFewLeft);
    await tx.db.updateTable('fleet.member').set({ phase: 'removing' }).where('id', '=', memberId).execute();
    const operationId = await startOperation(tx, shrinkCluster, cluster.id, { leaving: leaving.name });
    await audit(tx, 'fleet.member.remove', cluster.id, {
      name: cluster.name,
      member: leaving.name,
      host: leaving.hostName,
    });
    return { operationId };
  });
}
