// Over 300 lines: one believable story of backups, restores and drills, told in order.
import type { DrillEvidence } from '#src/fleet/contract/drills.ts';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import type { DumpContents } from '#src/fleet/contract/logical-backups.ts';
import { createPolicy } from '#src/fleet/server/backups/create-policy.ts';
import { createExternal } from '#src/fleet/server/logical-backups/create-external.ts';
import { signEvidence } from '#src/fleet/server/drills/sign-evidence.ts';
import { createRepository } from '#src/fleet/server/repositories/create-repository.ts';
import { showKey } from '#src/fleet/server/repositories/show-key.ts';
import { nameWal } from '#src/fleet/server/restores/window.rules.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { SampleFleet } from './sample-fleet.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const GiB = 1024 ** 3;

export type SampleBackups = {
  /** Moments of `orders` between which WAL is missing. */
  gap: { from: Date; to: Date };
};

/** Believable repositories, policies, backups, restores and drills over a sample fleet: one cluster well, one failing, one stale, one bare. */
export async function insertSampleBackups(ctx: Context, fleet: SampleFleet): Promise<SampleBackups> {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const nas = await createRepository(ctx, {
    name: 'office-nas',
    place: { kind: 'path', path: '/mnt/backup/postgres' },
  });
  const cloud = await createRepository(ctx, {
    name: 'oss-hangzhou',
    place: {
      kind: 's3',
      endpoint: 'oss-cn-hangzhou.aliyuncs.com',
      bucket: 'morninglight-pg',
      region: 'oss-cn-hangzhou',
      uriStyle: 'host',
    },
    accessKeyId: 'LTAI5tSample',
    secretAccessKey: 'sample-secret',
  });
  await showKey(ctx, nas.id);
  const nightly = await createPolicy(ctx, {
    name: 'nightly',
    schedule: { full: '0 1 * * 0', diff: '0 1 * * 1-6', incr: null, timeZone: 'Asia/Shanghai' },
  });
  await createPolicy(ctx, {
    name: 'hourly-strict',
    schedule: { full: '30 0 * * 0', diff: '30 0 * * 1-6', incr: '0 */2 * * *', timeZone: 'Asia/Shanghai' },
    retention: { days: 30, weeks: 8, months: 12 },
    archiveTimeoutSeconds: 15,
    compression: 'zst',
  });
  const clusters = await ctx.db
    .selectFrom('fleet.cluster')
    .select(['id', 'name', 'scope', 'pg_version as pgVersion'])
    .execute();
  const cluster = (name: string) => clusters.find((one) => one.name === name)!;

  const plan = async (name: string, repositories: string[]) => {
    const { id: clusterId, scope } = cluster(name);
    const { id } = await ctx.db
      .insertInto('fleet.backup_plan')
      .values({
        org_id: ctx.actor.orgId,
        cluster_id: clusterId,
        policy_id: nightly.id,
        stanza: scope,
        state: 'on',
        archiving: true,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto('fleet.backup_plan_repository')
      .values(
        repositories.map((repository, index) => ({
          plan_id: id,
          repository_id: repository,
          position: index + 1,
          seen_at: new Date(now - 40_000),
        })),
      )
      .execute();
    return { id, clusterId, pgVersion: String(cluster(name).pgVersion) };
  };
  type Plan = Awaited<ReturnType<typeof plan>>;

  // Five minutes a segment, so that names and moments can be turned into each other.
  const wal = (at: number) => nameWal(3, 40_000 + Math.floor((at - (now - 120 * day)) / (5 * minute)));
  const backup = async (
    { id, pgVersion }: Plan,
    repository: string,
    type: 'full' | 'diff',
    endedAt: number,
    full: string | null,
    databaseBytes: number,
  ) => {
    const took = (type === 'full' ? 21 : 4) * minute;
    const stamp = (at: number) =>
      new Date(at).toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-');
    const label = type === 'full' ? `${stamp(endedAt - took)}F` : `${full}_${stamp(endedAt - took)}D`;
    await ctx.db
      .insertInto('fleet.backup')
      .values({
        plan_id: id,
        repository_id: repository,
        label,
        type,
        prior: full,
        started_at: new Date(endedAt - took),
        ended_at: new Date(endedAt),
        wal_start: wal(endedAt - took),
        wal_stop: wal(endedAt),
        lsn_start: null,
        lsn_stop: null,
        database_bytes: databaseBytes,
        backup_bytes: type === 'full' ? databaseBytes : Math.round(databaseBytes * 0.07),
        repository_bytes: Math.round((type === 'full' ? databaseBytes : databaseBytes * 0.07) * 0.31),
        pg_version: pgVersion,
        database_id: 1,
        system_id: '7412598370012345678',
        error: false,
      })
      .execute();
    return label;
  };
  const run = async ({ id, pgVersion }: Plan, repository: string, from: number, to: number) => {
    await ctx.db
      .insertInto('fleet.archive_range')
      .values({
        plan_id: id,
        repository_id: repository,
        archive_id: `${pgVersion}-1`,
        timeline: 3,
        wal_first: wal(from),
        wal_last: wal(to),
        first_at: new Date(from),
        last_at: new Date(to),
        files: Math.round((to - from) / (5 * minute)) + 1,
      })
      .execute();
  };
  const marks = async (clusterId: string, moments: number[]) => {
    await ctx.db
      .insertInto('fleet.recovery_mark')
      .values(
        moments.map((at, index) => ({
          cluster_id: clusterId,
          at: new Date(at),
          began_at: new Date(at - 4),
          wal: wal(at),
          xid: String(901_000 + index),
        })),
      )
      .execute();
  };
  /** Midnight in China, so many days ago, and one hour: when the policy runs. */
  const night = (daysAgo: number) =>
    Math.floor((now + 8 * hour) / day) * day - 8 * hour - daysAgo * day + hour;
  const lastNight = night(0) + 21 * minute < now - 10 * minute ? 0 : 1;

  const orders = await plan('orders', [nas.id, cloud.id]);
  const gap = { from: new Date(now - 5 * day - 3 * hour), to: new Date(now - 5 * day + 2 * hour) };
  const sizes = (daysAgo: number) => Math.round((212 - daysAgo * 0.7) * GiB);
  for (const repository of [nas.id, cloud.id]) {
    // Beyond two weeks only full backups are kept, with just the WAL that makes each of them whole.
    const later = repository === nas.id ? 0 : 26 * minute;
    for (const daysAgo of [83, 55, 41, 34, 27]) {
      const ended = night(daysAgo) + 21 * minute + later;
      await backup(orders, repository, 'full', ended, null, sizes(daysAgo));
      await run(orders, repository, ended - 21 * minute, ended);
    }
    let full: string | null = null;
    for (let daysAgo = 20 + lastNight; daysAgo >= lastNight; daysAgo--) {
      const isFull = (daysAgo - lastNight) % 7 === 6;
      const ended = night(daysAgo) + (isFull ? 21 : 4) * minute + later;
      if (isFull) full = await backup(orders, repository, 'full', ended, null, sizes(daysAgo));
      else if (full) await backup(orders, repository, 'diff', ended, full, sizes(daysAgo));
    }
    await run(orders, repository, night(20 + lastNight), gap.from.getTime());
    await run(orders, repository, gap.to.getTime(), now - 30_000);
  }
  const hours = Array.from({ length: 21 * 24 }, (_, index) => now - 21 * day + index * hour);
  await marks(
    orders.clusterId,
    [...hours, gap.from.getTime() - 1000, now - 41_000].toSorted((a, b) => a - b),
  );

  const members = await plan('members', [nas.id]);
  const first = await backup(members, nas.id, 'full', night(6) + 9 * minute, null, 38 * GiB);
  await backup(members, nas.id, 'diff', night(lastNight) + 4 * minute, first, 39 * GiB);
  await run(members, nas.id, night(6) - 20 * minute, now - 38 * minute);
  await marks(members.clusterId, [now - 39 * minute]);

  const reports = await plan('reports', [cloud.id]);
  await backup(reports, cloud.id, 'full', now - 4 * day, null, 84 * GiB);
  await run(reports, cloud.id, now - 4 * day - hour, now - minute);
  await marks(reports.clusterId, [now - 70_000]);

  await insertExternal(ctx, fleet.hostIds.get('db-bj-04') ?? '');
  await insertDrills(ctx, fleet, { orders, members, now, repositoryId: nas.id });
  await insertRestores(ctx, fleet, { orders, reports, now, repositoryId: nas.id, cloudId: cloud.id });
  return { gap };
}

type Made = {
  orders: { id: string; clusterId: string };
  reports: { id: string; clusterId: string };
  now: number;
  repositoryId: string;
  cloudId: string;
};

async function insertRestores(ctx: Context, fleet: SampleFleet, made: Made): Promise<void> {
  const { orders, reports, now, repositoryId, cloudId } = made;
  const shared = {
    org_id: ctx.actor.orgId,
    needs_bytes: 240 * GiB,
    started_by: 'Chen Wei',
    label: '20261115-010000F',
  };
  await ctx.db
    .insertInto('fleet.restore')
    .values([
      {
        ...shared,
        cluster_id: orders.clusterId,
        plan_id: orders.id,
        kind: 'scratch',
        state: 'done',
        target_at: new Date(now - 26 * hour),
        repository_id: repositoryId,
        host_id: fleet.hostIds.get('db-bj-01') ?? '',
        directory: '/var/lib/postgresql/18/scratch-7c1f0a52-9be0',
        port: 5432,
        keep_until: new Date(now + 6 * hour),
        restore_seconds: 412,
        replay_seconds: 37,
        bytes: 209 * GiB,
        reached_at: new Date(now - 26 * hour),
        created_at: new Date(now - 2 * hour),
        ended_at: new Date(now - 2 * hour + 449_000),
      },
      {
        ...shared,
        cluster_id: reports.clusterId,
        plan_id: reports.id,
        kind: 'in-place',
        state: 'done',
        target_at: new Date(now - 30 * hour),
        repository_id: cloudId,
        host_id: fleet.hostIds.get('db-bj-04') ?? '',
        directory: '/var/lib/postgresql/18/reports',
        aside: '/var/lib/postgresql/18/reports-before-51b2c3d4',
        keep_until: new Date(now + 6 * day),
        restore_seconds: 731,
        replay_seconds: 88,
        bytes: 84 * GiB,
        reached_at: new Date(now - 30 * hour),
        created_at: new Date(now - 28 * hour),
        ended_at: new Date(now - 28 * hour + 819_000),
      },
    ])
    .execute();
}

/** A database of another department, with one dump of last night. */
async function insertExternal(ctx: Context, hostId: string): Promise<void> {
  const { id, keyFingerprint } = await createExternal(ctx, {
    name: 'legacy-erp',
    dsn: 'postgresql://backup:sample-secret@erp.morninglight.example:5432/postgres?sslmode=require',
    hostId,
    folder: '/mnt/backup/dumps',
    timeZone: 'Asia/Shanghai',
  });
  const file = (name: string, database: string | null, bytes: number) => ({
    file: name,
    database,
    bytes,
    sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  });
  const contents: DumpContents = {
    pgVersion: '14.19',
    withPasswords: true,
    seconds: 388,
    keyFingerprint,
    files: [
      file('globals.sql.enc', null, 18_208),
      file('001-erp.dump.enc', 'erp', 6.1 * GiB),
      file('002-postgres.dump.enc', 'postgres', 9_312),
    ],
  };
  await ctx.db
    .insertInto('fleet.logical_backup')
    .values({
      external_id: id,
      label: '20261128-173000Z',
      state: 'done',
      started_at: new Date(Date.now() - 9 * hour),
      ended_at: new Date(Date.now() - 9 * hour + 388_000),
      contents: JSON.stringify(contents),
    })
    .execute();
}

/** What the newest drill of a cluster saw, signed as every drill is, so that its sheet can be read and checked. */
async function signNewest(ctx: Context, clusterId: string): Promise<void> {
  const { id, target_at, ...drill } = await ctx.db
    .selectFrom('fleet.drill')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('state', '=', 'passed')
    .orderBy('ended_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const cluster = await ctx.db
    .selectFrom('fleet.cluster')
    .select(['name', 'scope', 'pg_version as pgVersion'])
    .where('id', '=', clusterId)
    .executeTakeFirstOrThrow();
  const repository = await ctx.db
    .selectFrom('fleet.repository')
    .select(['name', 'key_fingerprint'])
    .where('id', '=', drill.repository_id)
    .executeTakeFirstOrThrow();
  const results = {
    bytes: 211 * GiB,
    restoreSeconds: 412,
    replaySeconds: 37,
    walSegments: 41,
    reachedAt: new Date(target_at!.getTime() - 800).toISOString(),
    marks: { before: 200, missing: 0, after: 20, tooNew: 0 },
    databases: [
      {
        name: 'crm',
        tables: 88,
        rows: 41_208_331,
        bytes: 61 * GiB,
        known: { tables: 88, rows: 731, missing: [] },
      },
      {
        name: 'shop',
        tables: 134,
        rows: 512_904_117,
        bytes: 149 * GiB,
        known: { tables: 131, rows: 1204, missing: [] },
      },
    ],
    pagesSound: true,
    pagesSeconds: 288,
  };
  const evidence: DrillEvidence = {
    form: 'elepherd drill 1',
    id,
    cluster: { ...cluster, systemId: '7412598370012345678' },
    backup: {
      label: drill.label,
      repository: repository.name,
      address: '/mnt/backup/postgres',
      keyFingerprint: repository.key_fingerprint,
    },
    host: 'db-bj-04',
    at: target_at!.toISOString(),
    began: drill.created_at.toISOString(),
    ended: drill.ended_at!.toISOString(),
    startedBy: drill.started_by,
    planned: drill.planned,
    verdict: 'passed',
    reason: null,
    recoverySeconds: drill.recovery_seconds,
    lossSeconds: drill.loss_seconds,
    results,
  };
  await ctx.db
    .updateTable('fleet.drill')
    .set({
      results: JSON.stringify(results),
      evidence: JSON.stringify(evidence),
      signature: await signEvidence(ctx.db, evidence),
    })
    .where('id', '=', id)
    .execute();
}

type Drilled = {
  orders: { id: string; clusterId: string };
  members: { id: string; clusterId: string };
  now: number;
  repositoryId: string;
};

async function insertDrills(ctx: Context, fleet: SampleFleet, made: Drilled): Promise<void> {
  const { orders, members, now, repositoryId } = made;
  const shared = {
    org_id: ctx.actor.orgId,
    label: '20261115-010000F',
    repository_id: repositoryId,
    needs_bytes: 240 * GiB,
    host_id: fleet.hostIds.get('db-bj-04') ?? '',
    directory: '/var/lib/postgresql/18/drill-sample',
    port: 5432,
    started_by: 'Elepherd',
    planned: true,
  };
  const passed = [
    [56, 521, 44],
    [49, 534, 52],
    [42, 498, 41],
    [35, 551, 58],
    [28, 562, 39],
    [14, 447, 47],
    [7, 441, 55],
    [0.6, 449, 43],
  ] as const;
  await ctx.db
    .insertInto('fleet.drill')
    .values([
      ...passed.map(([daysAgo, recovery, loss]) => ({
        ...shared,
        cluster_id: orders.clusterId,
        plan_id: orders.id,
        state: 'passed' as const,
        target_at: new Date(now - (daysAgo + 3.3) * day),
        recovery_seconds: recovery,
        loss_seconds: loss,
        signature: 'sample sample',
        created_at: new Date(now - daysAgo * day),
        ended_at: new Date(now - daysAgo * day + (recovery + 340) * 1000),
      })),
      {
        ...shared,
        cluster_id: orders.clusterId,
        plan_id: orders.id,
        state: 'infrastructure-failed' as const,
        target_at: new Date(now - 24 * day),
        reason: JSON.stringify(drillText.hostAway('db-bj-04')),
        created_at: new Date(now - 21 * day),
        ended_at: new Date(now - 21 * day + 600_000),
      },
      {
        ...shared,
        cluster_id: members.clusterId,
        plan_id: members.id,
        state: 'backup-bad' as const,
        planned: false,
        started_by: 'Chen Wei',
        target_at: new Date(now - 5 * day),
        reason: JSON.stringify(
          drillText.badFiles('[023]: base/16384/16391.gz does not match its checksum in the manifest.'),
        ),
        signature: 'sample sample',
        created_at: new Date(now - 4 * day),
        ended_at: new Date(now - 4 * day + 240_000),
      },
    ])
    .execute();
  await signNewest(ctx, orders.clusterId);
  await ctx.db
    .insertInto('fleet.drill_plan')
    .values({
      cluster_id: orders.clusterId,
      org_id: ctx.actor.orgId,
      interval_hours: 168,
      next_at: new Date(now + 6.4 * day),
    })
    .execute();
}
