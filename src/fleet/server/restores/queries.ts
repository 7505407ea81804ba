import { sql } from 'kysely';
import type { Restore, RestoreWindow } from '#src/fleet/contract/restores.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { scratchPort } from './rules.ts';
import {
  recoverableWindow,
  type Fork,
  type Mark,
  type Speeds,
  type WalRun,
  type WindowBackup,
} from './window.rules.ts';

/** All that is known of what a cluster can be restored from. Repositories are numbered as in pgBackRest's files. */
export type Known = {
  planId: string;
  stanza: string;
  pgVersion: number;
  processMax: number;
  repositories: { id: string; name: string; position: number }[];
  backups: WindowBackup[];
  runs: WalRun[];
  marks: Mark[];
  forks: Fork[];
  speeds: Speeds;
  seenAt: Date | null;
};

/** What the repositories of a cluster hold, as pgBackRest last said it; undefined without a plan. */
export async function findKnown(db: Db, clusterId: string): Promise<Known | undefined> {
  const plan = await db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.backup_policy as y', 'y.id', 'p.policy_id')
    .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
    .select(['p.id', 'p.stanza', 'y.process_max as processMax', 'c.pg_version as pgVersion'])
    .where('p.cluster_id', '=', clusterId)
    .executeTakeFirst();
  if (!plan) return undefined;
  const repositories = await db
    .selectFrom('fleet.backup_plan_repository as pr')
    .innerJoin('fleet.repository as r', 'r.id', 'pr.repository_id')
    .select(['r.id', 'r.name', 'pr.position', 'pr.seen_at as seenAt'])
    .where('pr.plan_id', '=', plan.id)
    .orderBy('pr.position')
    .execute();
  const position = new Map(repositories.map((r) => [r.id, r.position]));
  const backups = await db
    .selectFrom('fleet.backup')
    .selectAll()
    .where('plan_id', '=', plan.id)
    .orderBy('ended_at')
    .execute();
  const ranges = await db
    .selectFrom('fleet.archive_range')
    .selectAll()
    .where('plan_id', '=', plan.id)
    .orderBy('wal_first')
    .execute();
  // After an upgrade a stanza holds the lives of two versions; a restore follows the newest.
  const life = new Map<string, number>();
  for (const backup of backups)
    life.set(backup.repository_id, Math.max(life.get(backup.repository_id) ?? 0, backup.database_id));
  return {
    planId: plan.id,
    stanza: plan.stanza,
    pgVersion: plan.pgVersion,
    processMax: plan.processMax,
    repositories: repositories.map(({ id, name, position: at }) => ({ id, name, position: at })),
    backups: backups
      .filter(
        (b) =>
          position.has(b.repository_id) &&
          b.database_id === life.get(b.repository_id) &&
          b.wal_start !== null &&
          b.wal_stop !== null,
      )
      .map((b) => ({
        repo: position.get(b.repository_id)!,
        label: b.label,
        kind: b.type as WindowBackup['kind'],
        startedAt: b.started_at,
        stoppedAt: b.ended_at,
        startWal: b.wal_start!,
        stopWal: b.wal_stop!,
        databaseBytes: Number(b.database_bytes),
        hasErrors: b.error,
      })),
    runs: ranges
      .filter(
        (r) => position.has(r.repository_id) && r.archive_id.endsWith(`-${life.get(r.repository_id) ?? 0}`),
      )
      .map((r) => ({
        repo: position.get(r.repository_id)!,
        firstWal: r.wal_first,
        lastWal: r.wal_last,
        lastAt: r.last_at,
      })),
    marks: await listMarks(db, clusterId),
    forks: await listForks(db, clusterId),
    speeds: await measuredSpeeds(db, clusterId),
    seenAt: repositories.reduce<Date | null>(
      (newest, { seenAt }) => (seenAt && (!newest || seenAt > newest) ? seenAt : newest),
      null,
    ),
  };
}

async function listMarks(db: Db, clusterId: string): Promise<Mark[]> {
  return db
    .selectFrom('fleet.recovery_mark')
    .select(['began_at as beganAt', 'at', 'wal'])
    .where('cluster_id', '=', clusterId)
    .orderBy('at')
    .execute();
}

async function listForks(db: Db, clusterId: string): Promise<Fork[]> {
  const rows = await db
    .selectFrom('fleet.restore')
    .select(['reached_timeline', 'reached_at', 'target_at', 'created_at'])
    .where('cluster_id', '=', clusterId)
    .where('kind', '=', 'in-place')
    .where('state', '=', 'done')
    .where('reached_timeline', 'is not', null)
    .execute();
  return rows.flatMap((row) => {
    const restoredTo = row.target_at ?? row.reached_at;
    return restoredTo && row.reached_timeline !== null
      ? [{ timeline: row.reached_timeline, restoredTo, began: row.created_at }]
      : [];
  });
}

/** Bytes a second, over the last restores and drills of a cluster. */
async function measuredSpeeds(db: Db, clusterId: string): Promise<Speeds> {
  const { rows } = await sql<{ restore: number | null; replay: number | null }>`
    select sum(bytes)::float8 / nullif(sum(restore_seconds), 0) as restore,
           sum(replayed)::float8 / nullif(sum(replay_seconds), 0) as replay
    from (
      select bytes, restore_seconds, null::bigint as replayed, null::float8 as replay_seconds, created_at
      from fleet.restore where cluster_id = ${clusterId} and bytes is not null
      union all
      select (results->>'bytes')::bigint, (results->>'restoreSeconds')::float8,
             (results->>'walSegments')::bigint * 16777216, (results->>'replaySeconds')::float8, created_at
      from fleet.drill where cluster_id = ${clusterId} and results ? 'bytes'
      order by created_at desc limit 5
    ) as measured`.execute(db);
  return {
    restoreBytesPerSecond: rows[0]?.restore ?? null,
    replayBytesPerSecond: rows[0]?.replay ?? null,
  };
}

/** The same, of a cluster of the actor's organisation; refuses one without backups. */
export async function getKnown(ctx: Context, idOrName: string) {
  const cluster = await getCluster(ctx, idOrName);
  const known = await findKnown(ctx.db, cluster.id);
  if (!known) throw new AppError('conflict', restoreText.noPlan);
  return { cluster, known };
}

/** Moments to which a cluster can be brought back, and what is missing in between. */
export async function getRestoreWindow(ctx: Context, idOrName: string): Promise<RestoreWindow> {
  const cluster = await getCluster(ctx, idOrName);
  const known = await findKnown(ctx.db, cluster.id);
  if (!known) return { ranges: [], gaps: [], seenAt: null };
  const { ranges, gaps } = recoverableWindow(known);
  return {
    ranges: ranges.map((range) => {
      const { id, name } = known.repositories.find((r) => r.position === range.repo)!;
      return {
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        timeline: range.timeline,
        repositoryId: id,
        repositoryName: name,
        backups: range.backups,
      };
    }),
    gaps: gaps.map((gap) => ({ ...gap, from: gap.from.toISOString(), to: gap.to.toISOString() })),
    seenAt: known.seenAt?.toISOString() ?? null,
  };
}

const restoresOf = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.restore as r')
    .innerJoin('fleet.cluster as c', 'c.id', 'r.cluster_id')
    .innerJoin('fleet.repository as p', 'p.id', 'r.repository_id')
    .innerJoin('fleet.host as h', 'h.id', 'r.host_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('platform.operation as o')
          .select(['o.id', 'o.state'])
          .where(sql<boolean>`o.input->>'restoreId' = r.id::text`)
          .orderBy('o.created_at', 'desc')
          .limit(1)
          .as('o'),
      (join) => join.onTrue(),
    )
    .selectAll('r')
    .select([
      'c.name as clusterName',
      'p.name as repositoryName',
      'h.name as hostName',
      'o.id as operationId',
      'o.state as operationState',
    ])
    .where('r.org_id', '=', ctx.actor.orgId);
type Row = Awaited<ReturnType<ReturnType<typeof restoresOf>['execute']>>[number];

function present(row: Row): Restore {
  const isKept = row.state === 'done' && row.keep_until !== null;
  return {
    id: row.id,
    clusterId: row.cluster_id,
    clusterName: row.clusterName,
    kind: row.kind,
    state: row.state === 'running' && row.operationState === 'failed' ? 'failed' : row.state,
    at: row.target_at?.toISOString() ?? null,
    backup: row.label,
    repositoryName: row.repositoryName,
    hostName: row.hostName,
    targetClusterId: row.target_cluster_id,
    asideUntil: isKept && row.aside !== null ? row.keep_until!.toISOString() : null,
    scratch:
      isKept && row.kind === 'scratch'
        ? { directory: row.directory, port: row.port ?? scratchPort, until: row.keep_until!.toISOString() }
        : null,
    restoreSeconds: row.restore_seconds,
    replaySeconds: row.replay_seconds,
    bytes: row.bytes === null ? null : Number(row.bytes),
    reachedAt: row.reached_at?.toISOString() ?? null,
    operationId: row.operationId,
    startedBy: row.started_by,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

/** Restores of a cluster, the newest first. */
export async function listRestores(ctx: Context, idOrName: string): Promise<Restore[]> {
  const cluster = await getCluster(ctx, idOrName);
  const rows = await restoresOf(ctx)
    .where('r.cluster_id', '=', cluster.id)
    .orderBy('r.created_at', 'desc')
    .limit(100)
    .execute();
  return rows.map(present);
}

/** One restore; another organisation's is as absent as a missing one. */
export async function getRestore(ctx: Context, id: string): Promise<Restore> {
  const row = await restoresOf(ctx).where('r.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', restoreText.noSuchRestore);
  return present(row);
}

/** A restore as its operation works on it. */
export type RestoreWork = Awaited<ReturnType<typeof getRestoreWork>>;
export async function getRestoreWork(db: Db, id: string) {
  const row = await db
    .selectFrom('fleet.restore as r')
    .innerJoin('fleet.repository as p', 'p.id', 'r.repository_id')
    .innerJoin('fleet.backup_plan as b', 'b.id', 'r.plan_id')
    .innerJoin('fleet.backup_policy as y', 'y.id', 'b.policy_id')
    .innerJoin('fleet.backup_plan_repository as pr', (join) =>
      join.onRef('pr.plan_id', '=', 'r.plan_id').onRef('pr.repository_id', '=', 'r.repository_id'),
    )
    .innerJoin('fleet.cluster as c', 'c.id', 'r.cluster_id')
    .selectAll('r')
    .select([
      'p.name as repositoryName',
      'pr.position',
      'b.stanza',
      'y.process_max as processMax',
      'c.pg_version as pgVersion',
    ])
    .where('r.id', '=', id)
    .executeTakeFirstOrThrow();
  return row;
}
