import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { Started } from '#src/fleet/contract/clusters.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { disableBackups as disableOperation } from './disable-backups.operation.ts';
import { refuseRunning } from './refuse-running.ts';

/** Ends archiving and scheduled backups of a cluster; its backups stay. Refuses while one runs. */
export async function disableBackups(ctx: Context, idOrName: string): Promise<Started> {
  requirePermission(ctx, 'fleet.backup.manage');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    const plan = await tx.db
      .selectFrom('fleet.backup_plan')
      .select('id')
      .where('cluster_id', '=', cluster.id)
      .where('state', '<>', 'off')
      .forUpdate()
      .executeTakeFirst();
    if (!plan) throw new AppError('conflict', backupText.notEnabled);
    await refuseRunning(tx, plan.id);
    await tx.db
      .updateTable('fleet.backup_plan')
      .set({ state: 'disabling' })
      .where('id', '=', plan.id)
      .execute();
    const operationId = await startOperation(tx, disableOperation, cluster.id);
    await audit(tx, 'fleet.backup.disable', cluster.id, { name: cluster.name });
    return { operationId };
  });
}
