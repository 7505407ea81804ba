import type { Policy, UpdatePolicy } from '#src/fleet/contract/backups.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { checkSchedule } from './create-policy.ts';
import { enableBackups } from './enable-backups.operation.ts';
import { getPolicy } from './queries.ts';

/** Changes a policy, and gives what hosts must know to every cluster under it. Refuses while one of them is being changed. */
export async function updatePolicy(ctx: Context, idOrName: string, wish: UpdatePolicy): Promise<Policy> {
  requirePermission(ctx, 'fleet.backup.manage');
  if (wish.schedule) checkSchedule(wish.schedule);
  return inTransaction(ctx, async (tx) => {
    const before = await getPolicy(tx, idOrName);
    const after = { ...before, ...wish };
    await tx.db
      .updateTable('fleet.backup_policy')
      .set({
        schedule: JSON.stringify(after.schedule),
        retention: JSON.stringify(after.retention),
        process_max: after.processMax,
        compression: after.compression,
        gentle: after.gentle,
        archive_timeout_seconds: after.archiveTimeoutSeconds,
      })
      .where('id', '=', before.id)
      .execute();
    const plans = await tx.db
      .selectFrom('fleet.backup_plan')
      .select(['id', 'cluster_id', 'state'])
      .where('policy_id', '=', before.id)
      .where('state', '<>', 'off')
      .forUpdate()
      .execute();
    // A new schedule counts from now: what the old one missed is not made up for.
    if (wish.schedule)
      await tx.db
        .updateTable('fleet.backup_plan')
        .set({ considered_at: new Date() })
        .where('policy_id', '=', before.id)
        .execute();
    const onHosts = (['processMax', 'compression', 'archiveTimeoutSeconds'] as const).some(
      (name) => after[name] !== before[name],
    );
    for (const plan of onHosts ? plans : []) {
      const cluster = await lockCluster(tx, plan.cluster_id);
      await startOperation(tx, enableBackups, cluster.id, { wasOn: plan.state === 'on' });
    }
    await audit(tx, 'fleet.backup.update-policy', before.id, { name: before.name, ...wish });
    return getPolicy(tx, before.id);
  });
}
