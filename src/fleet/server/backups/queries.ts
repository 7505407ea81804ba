// Over 300 lines: all that is read of plans and backups, kept together so that a plan means the same wherever it is read.
import { backupText } from '#src/fleet/contract/backups.text.ts';
import type {
  Backup,
  BackupPlan,
  BackupRetention,
  BackupSchedule,
  ClusterBackups,
  ArchiveRange,
  Policy,
  RepositoryPlace,
} from '#src/fleet/contract/backups.ts';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';
import { dataDirectory, serviceName } from '#src/fleet/server/clusters/files.rules.ts';
import { portsOf } from '#src/fleet/server/clusters/plan.rules.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { openSecrets } from '#src/fleet/server/repositories/queries.ts';
import { addressOf } from '#src/fleet/server/repositories/rules.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { RepositorySpec, StanzaSpec } from './files.rules.ts';
import { nextRun } from './schedule.rules.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Plans that are switched on, of clusters that are ready: what the jobs look after, in every organisation. */
export async function listPlansInForce(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
    .select('p.id')
    .where('p.state', '=', 'on')
    .where('c.phase', '=', 'ready')
    .execute();
  return rows.map(({ id }) => id);
}

const policiesOf = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.backup_policy as y')
    .selectAll('y')
    .select(({ selectFrom }) =>
      selectFrom('fleet.backup_plan as p')
        .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
        .whereRef('p.policy_id', '=', 'y.id')
        .where('p.state', '<>', 'off')
        .select((e) => e.fn.agg<string[] | null>('array_agg', ['c.name']).as('names'))
        .as('clusters'),
    )
    .where('y.org_id', '=', ctx.actor.orgId);
type PolicyRow = Awaited<ReturnType<ReturnType<typeof policiesOf>['execute']>>[number];

const presentPolicy = (row: PolicyRow): Policy => ({
  id: row.id,
  name: row.name,
  schedule: row.schedule as unknown as BackupSchedule,
  retention: row.retention as unknown as BackupRetention,
  processMax: row.process_max,
  compression: row.compression,
  gentle: row.gentle,
  archiveTimeoutSeconds: row.archive_timeout_seconds,
  clusters: (row.clusters ?? []).toSorted(),
  createdAt: row.created_at.toISOString(),
});

/** Policies of the actor's organisation, by name. */
export async function listPolicies(ctx: Context): Promise<Policy[]> {
  return (await policiesOf(ctx).orderBy('y.name').execute()).map(presentPolicy);
}

/** One policy, by id or by name. */
export async function getPolicy(ctx: Context, idOrName: string): Promise<Policy> {
  const row = await policiesOf(ctx)
    .where(uuid.test(idOrName) ? 'y.id' : 'y.name', '=', idOrName)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', backupText.noSuchPolicy);
  return presentPolicy(row);
}

/** A plan with its secrets opened: everything pgBackRest's files are written from. For operations and jobs only. */
export type PlanBuild = {
  id: string;
  orgId: string;
  clusterId: string;
  state: BackupPlan['state'];
  archiving: boolean;
  consideredAt: Date;
  schedule: BackupSchedule;
  retention: BackupRetention;
  gentle: boolean;
  spec: StanzaSpec;
};

async function findBuild(db: Db, by: 'p.id' | 'p.cluster_id', id: string): Promise<PlanBuild | undefined> {
  const plan = await db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.backup_policy as y', 'y.id', 'p.policy_id')
    .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
    .select([
      'p.id',
      'p.org_id',
      'p.cluster_id',
      'p.stanza',
      'p.state',
      'p.archiving',
      'p.considered_at',
      'y.schedule',
      'y.retention',
      'y.process_max',
      'y.compression',
      'y.gentle',
      'c.pg_version',
      'c.scope',
      'c.slot',
    ])
    .where(by, '=', id)
    .executeTakeFirst();
  if (!plan) return undefined;
  const repositories = await db
    .selectFrom('fleet.backup_plan_repository as pr')
    .innerJoin('fleet.repository as r', 'r.id', 'pr.repository_id')
    .select(['pr.position', 'r.id', 'r.name', 'r.place', 'r.secrets'])
    .where('pr.plan_id', '=', plan.id)
    .orderBy('pr.position')
    .execute();
  return {
    id: plan.id,
    orgId: plan.org_id,
    clusterId: plan.cluster_id,
    state: plan.state,
    archiving: plan.archiving,
    consideredAt: plan.considered_at,
    schedule: plan.schedule as unknown as BackupSchedule,
    retention: plan.retention as unknown as BackupRetention,
    gentle: plan.gentle,
    spec: {
      stanza: plan.stanza,
      dataDirectory: dataDirectory({ pgVersion: plan.pg_version, scope: plan.scope }),
      port: portsOf(plan.slot).postgres,
      policy: { processMax: plan.process_max, compression: plan.compression },
      repositories: repositories.map((r): RepositorySpec => ({
        id: r.id,
        name: r.name,
        position: r.position,
        place: r.place as unknown as RepositoryPlace,
        secrets: openSecrets(r.id, r.secrets),
      })),
    },
  };
}

/** The plan of a cluster; undefined when it never had one. */
export const findPlanOf = (db: Db, clusterId: string): Promise<PlanBuild | undefined> =>
  findBuild(db, 'p.cluster_id', clusterId);

/** One plan. */
export async function getPlanBuild(db: Db, planId: string): Promise<PlanBuild> {
  const found = await findBuild(db, 'p.id', planId);
  if (!found) throw new Error(`there is no backup plan ${planId}`);
  return found;
}

const plansOf = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
    .select([
      'p.id',
      'p.cluster_id',
      'p.policy_id',
      'p.stanza',
      'p.state',
      'p.considered_at',
      'c.name as cluster_name',
      'c.scope',
    ])
    .where('p.org_id', '=', ctx.actor.orgId);
type PlanRow = Awaited<ReturnType<ReturnType<typeof plansOf>['execute']>>[number];

async function presentPlans(ctx: Context, rows: readonly PlanRow[]): Promise<BackupPlan[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const policies = await listPolicies(ctx);
  const repositories = await ctx.db
    .selectFrom('fleet.backup_plan_repository as pr')
    .innerJoin('fleet.repository as r', 'r.id', 'pr.repository_id')
    .select(({ selectFrom }) => {
      const backups = () =>
        selectFrom('fleet.backup as b')
          .whereRef('b.plan_id', '=', 'pr.plan_id')
          .whereRef('b.repository_id', '=', 'pr.repository_id');
      return [
        'pr.plan_id',
        'pr.position',
        'r.id',
        'r.name',
        'r.place',
        'pr.seen_at',
        'pr.problem',
        backups()
          .select((e) => e.fn.countAll<number>().as('n'))
          .as('backups'),
        backups()
          .select((e) => e.fn.sum<number | null>('b.repository_bytes').as('n'))
          .as('repository_bytes'),
        backups()
          .select((e) => e.fn.max('b.ended_at').as('at'))
          .as('last_backup_at'),
        backups()
          .where('b.type', '=', 'full')
          .select((e) => e.fn.max('b.ended_at').as('at'))
          .as('last_full_at'),
        selectFrom('fleet.archive_range as a')
          .whereRef('a.plan_id', '=', 'pr.plan_id')
          .whereRef('a.repository_id', '=', 'pr.repository_id')
          .select((e) => e.fn.max('a.last_at').as('at'))
          .as('archived_until'),
      ];
    })
    .where('pr.plan_id', 'in', ids)
    .orderBy('pr.position')
    .execute();
  const archivers = await archiversOf(ctx, rows);
  const operations = await ctx.db
    .selectFrom('platform.operation')
    .distinctOn('subject_id')
    .select(['id', 'subject_id'])
    .where('subject_id', 'in', [...ids, ...rows.map((row) => row.cluster_id)])
    .where('kind', 'in', ['fleet.enable-backups', 'fleet.disable-backups', 'fleet.run-backup'])
    .orderBy('subject_id')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => {
    const policy = policies.find((one) => one.id === row.policy_id)!;
    const mine = repositories.filter((one) => one.plan_id === row.id);
    const newest = Math.max(...mine.map((one) => one.last_backup_at?.getTime() ?? 0), 0);
    const next = (cron: string | null) =>
      row.state !== 'on' || cron === null
        ? null
        : (nextRun(cron, policy.schedule.timeZone, row.considered_at)?.toISOString() ?? null);
    return {
      id: row.id,
      clusterId: row.cluster_id,
      clusterName: row.cluster_name,
      stanza: row.stanza,
      state: row.state,
      policy,
      repositories: mine.map((one) => ({
        position: one.position,
        id: one.id,
        name: one.name,
        address: addressOf(one.place as unknown as RepositoryPlace),
        seenAt: one.seen_at?.toISOString() ?? null,
        problem: one.problem as Text | null,
        backups: Number(one.backups ?? 0),
        repositoryBytes: Number(one.repository_bytes ?? 0),
        lastBackupAt: one.last_backup_at?.toISOString() ?? null,
        lastFullAt: one.last_full_at?.toISOString() ?? null,
        archivedUntil: one.archived_until?.toISOString() ?? null,
      })),
      next: {
        full: next(policy.schedule.full),
        diff: next(policy.schedule.diff),
        incr: next(policy.schedule.incr),
      },
      backupAgeSeconds: newest === 0 ? null : Math.max(0, Math.round((Date.now() - newest) / 1000)),
      archive: archivers.get(row.id) ?? noArchiver,
      operationId:
        operations.find((o) => o.subject_id === row.id)?.id ??
        operations.find((o) => o.subject_id === row.cluster_id)?.id ??
        null,
    };
  });
}

/** WAL that has waited longer is late, whatever the reason. */
const lateSeconds = 60;

const noArchiver: BackupPlan['archive'] = {
  waitingFiles: null,
  lagSeconds: null,
  failing: null,
  seenAt: null,
};

/** How archiving stands on the primary of each plan, as its agent said last. */
async function archiversOf(
  ctx: Context,
  plans: readonly PlanRow[],
): Promise<Map<string, BackupPlan['archive']>> {
  const hosts = await ctx.db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select(['m.cluster_id', 'h.servers'])
    .where(
      'm.cluster_id',
      'in',
      plans.map((p) => p.cluster_id),
    )
    .where('m.phase', '<>', 'gone')
    .execute();
  const found = new Map<string, BackupPlan['archive']>();
  for (const plan of plans) {
    const seen = hosts
      .filter((h) => h.cluster_id === plan.cluster_id)
      .flatMap((h) => h.servers as unknown as ServerSeen[])
      .find((s) => s.name === serviceName.patroni(plan.scope) && s.role === 'primary');
    if (!seen?.archiver) continue;
    const { waitingFiles, waitingSince, problem } = seen.archiver;
    const lagSeconds =
      waitingSince === null ? 0 : Math.max(0, (Date.now() - Date.parse(waitingSince)) / 1000);
    const isLate = lagSeconds > lateSeconds;
    found.set(plan.id, {
      waitingFiles,
      lagSeconds,
      failing:
        problem !== null
          ? backupText.archiveFails(problem)
          : isLate
            ? backupText.archiveLate(waitingFiles, Math.round(lagSeconds))
            : null,
      seenAt: seen.seenAt,
    });
  }
  return found;
}

/** How every cluster of the organisation is protected, by the cluster's name. */
export async function listPlans(ctx: Context): Promise<BackupPlan[]> {
  return presentPlans(ctx, await plansOf(ctx).orderBy('c.name').execute());
}

/** Everything about the backups of one cluster. */
export async function getClusterBackups(ctx: Context, idOrName: string): Promise<ClusterBackups> {
  const cluster = await getCluster(ctx, idOrName);
  const rows = await plansOf(ctx).where('p.cluster_id', '=', cluster.id).execute();
  const [plan] = await presentPlans(ctx, rows);
  if (!plan) return { plan: null, backups: [], archive: [] };
  return {
    plan,
    backups: await listBackups(ctx.db, plan.id),
    archive: await listArchive(ctx.db, plan.id),
  };
}

/** Backups of a plan as last seen, newest first. */
export async function listBackups(db: Db, planId: string): Promise<Backup[]> {
  const rows = await db
    .selectFrom('fleet.backup as b')
    .innerJoin('fleet.backup_plan as p', 'p.id', 'b.plan_id')
    .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
    .innerJoin('fleet.repository as r', 'r.id', 'b.repository_id')
    .selectAll('b')
    .select(['p.cluster_id', 'c.name as cluster_name', 'r.name as repository_name'])
    .where('b.plan_id', '=', planId)
    .orderBy('b.ended_at', 'desc')
    .orderBy('r.name')
    .execute();
  return rows.map((row) => ({
    clusterId: row.cluster_id,
    clusterName: row.cluster_name,
    repositoryId: row.repository_id,
    repositoryName: row.repository_name,
    label: row.label,
    type: row.type,
    prior: row.prior,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at.toISOString(),
    lsnStart: row.lsn_start,
    lsnStop: row.lsn_stop,
    walStart: row.wal_start,
    walStop: row.wal_stop,
    databaseBytes: Number(row.database_bytes),
    backupBytes: Number(row.backup_bytes),
    repositoryBytes: Number(row.repository_bytes),
    pgVersion: row.pg_version,
    databaseId: row.database_id,
    systemId: row.system_id,
    error: row.error,
  }));
}

/** Archived WAL of a plan without a hole, as last listed. */
export async function listArchive(db: Db, planId: string): Promise<ArchiveRange[]> {
  const rows = await db
    .selectFrom('fleet.archive_range as a')
    .innerJoin('fleet.repository as r', 'r.id', 'a.repository_id')
    .selectAll('a')
    .select('r.name as repository_name')
    .where('a.plan_id', '=', planId)
    .orderBy('a.repository_id')
    .orderBy('a.archive_id')
    .orderBy('a.wal_first')
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    repositoryName: row.repository_name,
    archiveId: row.archive_id,
    timeline: row.timeline,
    walFirst: row.wal_first,
    walLast: row.wal_last,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    files: row.files,
  }));
}
