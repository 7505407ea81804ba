import type { Started, Switchover } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { lockCluster, serverOf } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { switchOver } from './switch-over.operation.ts';

/** Starts a switchover to the given member, or to the fittest. Refuses a cluster of one, a witness, and the present primary. */
export async function startSwitchover(ctx: Context, idOrName: string, wish: Switchover): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.switchover');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    if (cluster.members.filter((m) => m.kind === 'server').length < 2)
      throw new AppError('conflict', upkeepText.onlyOneMember);
    const candidate = wish.memberId === undefined ? undefined : serverOf(cluster, wish.memberId);
    if (candidate?.role === 'primary')
      throw new AppError('conflict', upkeepText.alreadyPrimary(candidate.name));
    const operationId = await startOperation(
      tx,
      switchOver,
      cluster.id,
      candidate ? { candidate: candidate.name } : {},
    );
    await audit(tx, 'fleet.cluster.switchover', cluster.id, {
      name: cluster.name,
      candidate: candidate?.name ?? null,
    });
    return { operationId };
  });
}
