import type { EnableBackups } from '#src/fleet/contract/backups.ts';
import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { Started } from '#src/fleet/contract/clusters.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { getRepository } from '#src/fleet/server/repositories/queries.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { enableBackups as enableOperation } from './enable-backups.operation.ts';
import { refuseRunning } from './refuse-running.ts';
import { getPolicy } from './queries.ts';

/**
 * Gives a cluster a policy and one or two repositories, or others than it had, and starts making it so. What was seen in a
 * repository that it leaves is forgotten; what lies there stays.
 */
export async function enableBackups(ctx: Context, idOrName: string, wish: EnableBackups): Promise<Started> {
  requirePermission(ctx, 'fleet.backup.manage');
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    const policy = await getPolicy(tx, wish.policy);
    const repositories = [];
    for (const name of wish.repositories) repositories.push(await getRepository(tx, name));
    const ids = repositories.map((r) => r.id);
    if (new Set(ids).size < ids.length) throw new AppError('invalid', backupText.sameRepositoryTwice);
    const before = await tx.db
      .selectFrom('fleet.backup_plan')
      .select(['id', 'state'])
      .where('cluster_id', '=', cluster.id)
      .forUpdate()
      .executeTakeFirst();
    if (before) await refuseRunning(tx, before.id);
    const { id } = await tx.db
      .insertInto('fleet.backup_plan')
      .values({
        org_id: tx.actor.orgId,
        cluster_id: cluster.id,
        policy_id: policy.id,
        stanza: cluster.scope,
      })
      .onConflict((oc) => oc.column('cluster_id').doUpdateSet({ policy_id: policy.id, state: 'enabling' }))
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const table of ['fleet.backup', 'fleet.archive_range'] as const)
      await tx.db.deleteFrom(table).where('plan_id', '=', id).where('repository_id', 'not in', ids).execute();
    await tx.db.deleteFrom('fleet.backup_plan_repository').where('plan_id', '=', id).execute();
    await tx.db
      .insertInto('fleet.backup_plan_repository')
      .values(ids.map((repository_id, i) => ({ plan_id: id, position: i + 1, repository_id })))
      .execute();
    const wasOn = before?.state === 'on';
    const operationId = await startOperation(tx, enableOperation, cluster.id, { wasOn });
    await audit(tx, 'fleet.backup.enable', cluster.id, {
      name: cluster.name,
      policy: policy.name,
      repositories: repositories.map((r) => r.name),
    });
    return { operationId };
  });
}
