import { RunBackup } from '#src/fleet/contract/backups.ts';
import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { Started } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { getRepository } from '#src/fleet/server/repositories/queries.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { refuseRunning } from './refuse-running.ts';
import { runBackup } from './run-backup.operation.ts';

/** Starts a backup of a cluster now. Refuses while another one runs, and where backups are not enabled. */
export async function startBackup(ctx: Context, idOrName: string, given: RunBackup): Promise<Started> {
  requirePermission(ctx, 'fleet.backup.run');
  const wish = RunBackup.parse(given);
  return inTransaction(ctx, async (tx) => {
    const cluster = await getCluster(tx, idOrName);
    if (cluster.phase !== 'ready') throw new AppError('conflict', upkeepText.notReady);
    const plan = await tx.db
      .selectFrom('fleet.backup_plan')
      .select('id')
      .where('cluster_id', '=', cluster.id)
      .where('state', '=', 'on')
      .forUpdate()
      .executeTakeFirst();
    if (!plan) throw new AppError('conflict', backupText.notEnabled);
    await refuseRunning(tx, plan.id);
    const repository = wish.repository === undefined ? undefined : await getRepository(tx, wish.repository);
    const used = await tx.db
      .selectFrom('fleet.backup_plan_repository')
      .select('position')
      .where('plan_id', '=', plan.id)
      .$if(repository !== undefined, (qb) => qb.where('repository_id', '=', repository!.id))
      .orderBy('position')
      .execute();
    if (used.length === 0) throw new AppError('not_found', backupText.noSuchRepository);
    const positions = used.map((one) => one.position);
    const operationId = await startOperation(tx, runBackup, plan.id, { type: wish.type, positions });
    await audit(tx, 'fleet.backup.run', cluster.id, {
      name: cluster.name,
      type: wish.type,
      repository: repository?.name ?? null,
    });
    return { operationId };
  });
}
