import { PlanDrills, type DrillPlan } from '#src/fleet/contract/drills.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** Has a cluster's backups proved every so many hours from now on. Refuses a host that is not there. */
export async function planDrills(ctx: Context, idOrName: string, given: PlanDrills): Promise<DrillPlan> {
  requirePermission(ctx, 'fleet.drill.manage');
  const wish = PlanDrills.parse(given);
  const cluster = await getCluster(ctx, idOrName);
  return inTransaction(ctx, async (tx) => {
    if (wish.hostId !== null) {
      const host = await tx.db
        .selectFrom('fleet.host')
        .select('id')
        .where('id', '=', wish.hostId)
        .where('org_id', '=', tx.actor.orgId)
        .where('phase', '<>', 'removed')
        .executeTakeFirst();
      if (!host) throw new AppError('not_found', restoreText.noSuchHost);
    }
    const values = {
      interval_hours: wish.intervalHours,
      host_id: wish.hostId,
      next_at: new Date(Date.now() + wish.intervalHours * 3_600_000),
    };
    const row = await tx.db
      .insertInto('fleet.drill_plan')
      .values({ cluster_id: cluster.id, org_id: tx.actor.orgId, ...values })
      .onConflict((oc) => oc.column('cluster_id').doUpdateSet(values))
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(tx, 'fleet.drill.plan', cluster.id, {
      name: cluster.name,
      intervalHours: wish.intervalHours,
    });
    return {
      clusterId: row.cluster_id,
      intervalHours: row.interval_hours,
      hostId: row.host_id,
      nextAt: row.next_at.toISOString(),
    };
  });
}

/** Ends planned drills of a cluster; what they proved stays. */
export async function unplanDrills(ctx: Context, idOrName: string): Promise<void> {
  requirePermission(ctx, 'fleet.drill.manage');
  const cluster = await getCluster(ctx, idOrName);
  await inTransaction(ctx, async (tx) => {
    await tx.db.deleteFrom('fleet.drill_plan').where('cluster_id', '=', cluster.id).execute();
    await audit(tx, 'fleet.drill.unplan', cluster.id, { name: cluster.name });
  });
}
