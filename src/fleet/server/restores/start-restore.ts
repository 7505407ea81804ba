import { randomUUID } from 'node:crypto';
import { RestorePlace, type RestoreStarted, type StartRestore } from '#src/fleet/contract/restores.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { createCluster } from '#src/fleet/server/clusters/create-cluster.ts';
import { dataDirectory } from '#src/fleet/server/clusters/files.rules.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { makeScratch } from './make-scratch.operation.ts';
import { memberToRestore, planRestore, type Plan } from './plan-restore.ts';
import { getKnown } from './queries.ts';
import { restoreCluster } from './restore-cluster.operation.ts';
import { restoreInPlace } from './restore-in-place.operation.ts';
import { asideOf, refusalWords, scratchDirectory, scratchPort } from './rules.ts';

/** Starts to bring a cluster's data back. Refuses a target that nothing leads to, with the nearest that something does; in place, without the cluster's name typed. */
export async function startRestore(
  ctx: Context,
  idOrName: string,
  wish: StartRestore,
): Promise<RestoreStarted> {
  requirePermission(ctx, 'fleet.restore.start');
  const { cluster, known } = await getKnown(ctx, idOrName);
  const plan = planRestore(known, wish.target ?? {});
  if (!plan.choice) throw new AppError('conflict', refusalWords(plan.refusal));
  const place = RestorePlace.parse(wish.place);
  if (place.kind === 'in-place' && wish.confirm !== cluster.name)
    throw new AppError('invalid', restoreText.confirmName(cluster.name));
  return inTransaction(ctx, (tx) => begin(tx, cluster.id, plan, place));
}

async function begin(
  tx: Context,
  clusterId: string,
  plan: Plan,
  place: RestorePlace,
): Promise<RestoreStarted> {
  const id = randomUUID();
  const { known } = plan;
  const row = rowOf(tx, id, clusterId, plan);
  if (place.kind === 'in-place') {
    const cluster = await lockCluster(tx, clusterId);
    const member = memberToRestore(cluster, place.memberId);
    const directory = dataDirectory(cluster);
    await insert(tx, {
      ...row,
      kind: 'in-place',
      host_id: member.hostId,
      directory,
      aside: asideOf(directory, id),
    });
    const operationId = await startOperation(tx, restoreInPlace, clusterId, { restoreId: id });
    await note(tx, clusterId, cluster.name, row, 'in-place');
    return { id, operationId };
  }
  if (place.kind === 'scratch') {
    const host = await tx.db
      .selectFrom('fleet.host')
      .select(['id', 'name', 'phase', 'connected'])
      .where('id', '=', place.hostId)
      .where('org_id', '=', tx.actor.orgId)
      .executeTakeFirst();
    if (!host) throw new AppError('not_found', restoreText.noSuchHost);
    if (host.phase !== 'active' || !host.connected)
      throw new AppError('conflict', restoreText.hostUnfit(host.name));
    await insert(tx, {
      ...row,
      kind: 'scratch',
      host_id: host.id,
      directory: scratchDirectory(known.pgVersion, id),
      port: scratchPort,
      lifetime_seconds: place.hours * 3600,
    });
    const operationId = await startOperation(tx, makeScratch, id, { restoreId: id });
    await note(tx, clusterId, host.name, row, 'scratch');
    return { id, operationId };
  }
  const { pgVersion } = place.cluster;
  if (pgVersion !== undefined && pgVersion !== known.pgVersion)
    throw new AppError('invalid', restoreText.otherVersion(known.pgVersion));
  const made = await createCluster(
    tx,
    { ...place.cluster, pgVersion: known.pgVersion },
    { operation: restoreCluster, input: { restoreId: id } },
  );
  const server = made.members.find((m) => m.kind === 'server')!;
  await insert(tx, {
    ...row,
    kind: 'new-cluster',
    host_id: server.hostId,
    directory: dataDirectory(made),
    target_cluster_id: made.id,
  });
  await note(tx, clusterId, made.name, row, 'new-cluster');
  return { id, operationId: made.operationId! };
}

function rowOf(tx: Context, id: string, clusterId: string, { known, choice, at, isNewest }: Plan) {
  if (!choice) throw new Error('a restore needs a choice');
  return {
    id,
    org_id: tx.actor.orgId,
    cluster_id: clusterId,
    plan_id: known.planId,
    target_at: at,
    newest: isNewest,
    label: choice.backup.label,
    repository_id: choice.repositoryId,
    timeline: choice.timeline,
    needs_bytes: choice.needsBytes,
    started_by: tx.actor.name,
  };
}

type NewRestore = ReturnType<typeof rowOf> & {
  kind: 'in-place' | 'new-cluster' | 'scratch';
  host_id: string;
  directory: string;
  aside?: string;
  port?: number;
  lifetime_seconds?: number;
  target_cluster_id?: string;
};

async function insert(tx: Context, row: NewRestore): Promise<void> {
  await tx.db.insertInto('fleet.restore').values(row).execute();
}

async function note(
  tx: Context,
  clusterId: string,
  to: string,
  row: ReturnType<typeof rowOf>,
  kind: NewRestore['kind'],
): Promise<void> {
  await audit(tx, 'fleet.restore.start', clusterId, {
    restore: row.id,
    kind,
    to,
    backup: row.label,
    at: row.target_at?.toISOString() ?? (row.newest ? 'newest' : 'end of backup'),
  });
}
