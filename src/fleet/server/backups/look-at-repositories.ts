import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { ClusterBackups } from '#src/fleet/contract/backups.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { askHost } from '#src/fleet/server/tasks/ask-host.ts';
import { requirePermission, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { noteBackups } from './note-backups.ts';
import { findPlanOf, getClusterBackups, type PlanBuild } from './queries.ts';

/** Asks pgBackRest, through a member that is there, what the repositories of a plan hold now, and writes it down. */
export async function lookAtRepositories(db: Db, plan: PlanBuild, timeoutSeconds: number): Promise<void> {
  const host = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select('m.host_id as id')
    .where('m.cluster_id', '=', plan.clusterId)
    .where('m.kind', '=', 'server')
    .where('m.phase', '=', 'ready')
    .where('h.connected', '=', true)
    .orderBy('m.name')
    .executeTakeFirst();
  if (!host) throw new AppError('unavailable', backupText.noMemberThere);
  const { stanza, repositories } = plan.spec;
  const info = await askHost(db, {
    hostId: host.id,
    kind: 'backup-info',
    input: { stanza, repositories: repositories.map((r) => r.position) },
    timeoutSeconds,
  });
  await noteBackups(db, plan, info);
}

/** The same for a person who does not want to wait for the next look. */
export async function lookAgain(ctx: Context, idOrName: string): Promise<ClusterBackups> {
  requirePermission(ctx, 'fleet.backup.read');
  const cluster = await getCluster(ctx, idOrName);
  const plan = await findPlanOf(ctx.db, cluster.id);
  if (!plan) throw new AppError('conflict', backupText.notEnabled);
  await lookAtRepositories(ctx.db, plan, 30);
  return getClusterBackups(ctx, cluster.id);
}
