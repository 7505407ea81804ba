import { createHash, createPublicKey } from 'node:crypto';
import { sql } from 'kysely';
import type { ClusterDrills, Drill, DrillResults, SignedEvidence } from '#src/fleet/contract/drills.ts';
import { DrillEvidence } from '#src/fleet/contract/drills.ts';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { canonical } from './verdict.rules.ts';

const drillsOf = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.drill as d')
    .innerJoin('fleet.cluster as c', 'c.id', 'd.cluster_id')
    .innerJoin('fleet.repository as p', 'p.id', 'd.repository_id')
    .innerJoin('fleet.host as h', 'h.id', 'd.host_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('platform.operation as o')
          .select(['o.id', 'o.state', 'o.reason'])
          .whereRef('o.subject_id', '=', 'd.id')
          .orderBy('o.created_at', 'desc')
          .limit(1)
          .as('o'),
      (join) => join.onTrue(),
    )
    .selectAll('d')
    .select([
      'c.name as clusterName',
      'p.name as repositoryName',
      'h.name as hostName',
      'o.id as operationId',
      'o.state as operationState',
      'o.reason as operationReason',
    ])
    .where('d.org_id', '=', ctx.actor.orgId);
type Row = Awaited<ReturnType<ReturnType<typeof drillsOf>['execute']>>[number];

function present(row: Row): Drill {
  // An operation that ended without a judgement says nothing of the backup.
  const cutShort = row.state === 'running' && row.operationState === 'failed';
  return {
    id: row.id,
    clusterId: row.cluster_id,
    clusterName: row.clusterName,
    planned: row.planned,
    state: cutShort ? 'infrastructure-failed' : row.state,
    at: row.target_at?.toISOString() ?? null,
    backup: row.label,
    repositoryName: row.repositoryName,
    hostName: row.hostName,
    results: row.results as DrillResults,
    recoverySeconds: row.recovery_seconds,
    lossSeconds: row.loss_seconds,
    reason: (cutShort ? row.operationReason : row.reason) as Text | null,
    hasEvidence: row.signature !== null,
    operationId: row.operationId,
    startedBy: row.started_by,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

/** How often a cluster is drilled, and its drills, the newest first. */
export async function listDrills(ctx: Context, idOrName: string): Promise<ClusterDrills> {
  const cluster = await getCluster(ctx, idOrName);
  const rows = await drillsOf(ctx)
    .where('d.cluster_id', '=', cluster.id)
    .orderBy('d.created_at', 'desc')
    .limit(200)
    .execute();
  const plan = await ctx.db
    .selectFrom('fleet.drill_plan')
    .selectAll()
    .where('cluster_id', '=', cluster.id)
    .executeTakeFirst();
  return {
    plan: plan
      ? {
          clusterId: plan.cluster_id,
          intervalHours: plan.interval_hours,
          hostId: plan.host_id,
          nextAt: plan.next_at.toISOString(),
        }
      : null,
    drills: rows.map(present),
  };
}

/** One drill; another organisation's is as absent as a missing one. */
export async function getDrill(ctx: Context, id: string): Promise<Drill> {
  const row = await drillsOf(ctx).where('d.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', drillText.noSuchDrill);
  return present(row);
}

/** The signed evidence of a drill. Refuses one that has come to no judgement. */
export async function getEvidence(ctx: Context, id: string): Promise<SignedEvidence> {
  await getDrill(ctx, id);
  const row = await ctx.db
    .selectFrom('fleet.drill as d')
    .leftJoin('fleet.drill_key as k', (join) =>
      join.on(sql<boolean>`k.fingerprint = split_part(d.signature, ' ', 1)`),
    )
    .select(['d.evidence', 'd.signature', 'k.public_key as publicKey', 'k.fingerprint'])
    .where('d.id', '=', id)
    .executeTakeFirstOrThrow();
  if (row.signature === null || !row.publicKey || !row.fingerprint)
    throw new AppError('conflict', drillText.noEvidence);
  const evidence = DrillEvidence.parse(row.evidence);
  return {
    evidence,
    text: canonical(evidence),
    signature: row.signature.split(' ')[1] ?? '',
    publicKey: row.publicKey,
    keyFingerprint: row.fingerprint,
  };
}

/** Says which key it is: the start of the SHA-256 of its public half. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256')
    .update(createPublicKey(publicKey).export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32);

/** A drill as its operation works on it. */
export type DrillWork = Awaited<ReturnType<typeof getDrillWork>>;
export async function getDrillWork(db: Db, id: string) {
  return db
    .selectFrom('fleet.drill as d')
    .innerJoin('fleet.repository as p', 'p.id', 'd.repository_id')
    .innerJoin('fleet.backup_plan as b', 'b.id', 'd.plan_id')
    .innerJoin('fleet.backup_policy as y', 'y.id', 'b.policy_id')
    .innerJoin('fleet.backup_plan_repository as pr', (join) =>
      join.onRef('pr.plan_id', '=', 'd.plan_id').onRef('pr.repository_id', '=', 'd.repository_id'),
    )
    .innerJoin('fleet.cluster as c', 'c.id', 'd.cluster_id')
    .innerJoin('fleet.host as h', 'h.id', 'd.host_id')
    .leftJoin('fleet.backup as f', (join) =>
      join
        .onRef('f.plan_id', '=', 'd.plan_id')
        .onRef('f.repository_id', '=', 'd.repository_id')
        .onRef('f.label', '=', 'd.label'),
    )
    .selectAll('d')
    .select([
      'f.ended_at as backupEndedAt',
      'p.name as repositoryName',
      'p.place',
      'p.key_fingerprint as keyFingerprint',
      'pr.position',
      'b.stanza',
      'y.process_max as processMax',
      'y.gentle',
      'c.pg_version as pgVersion',
      'c.name as clusterName',
      'c.scope',
      'h.name as hostName',
      'h.connected as hostConnected',
    ])
    .where('d.id', '=', id)
    .executeTakeFirstOrThrow();
}
