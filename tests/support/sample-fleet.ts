// Over 300 lines: one fleet, told in one file.
import { sql, type Kysely } from 'kysely';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import type { CreateCluster } from '#src/fleet/contract/clusters.ts';
import type { HostFacts, ServerSeen } from '#src/fleet/contract/hosts.ts';
import type { TaskInput } from '#src/fleet/contract/tasks.ts';
import { buildCluster } from '#src/fleet/server/clusters/build-cluster.operation.ts';
import { createCluster } from '#src/fleet/server/clusters/create-cluster.ts';
import { serviceName } from '#src/fleet/server/clusters/files.rules.ts';
import { extensionsScript, listScript } from '#src/fleet/server/contents/rules.ts';
import { inUnit, settingsScript } from '#src/fleet/server/settings/rules.ts';
import { reportTask } from '#src/fleet/server/tasks/report-task.ts';
import { takeTasks } from '#src/fleet/server/tasks/take-tasks.ts';
import { purgeCluster } from '#src/fleet/server/clusters/purge-cluster.operation.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { someFacts } from './hosts.ts';
import { sampleLocks, sampleLog } from './sample-activity.ts';

const GiB = 1024 ** 3;

type Machine = {
  name: string;
  domain: string | null;
  address: string;
  cores: number;
  memory: number;
  disk: number;
  silent?: boolean;
};

const machines: Machine[] = [
  { name: 'db-bj-01', domain: 'rack-a', address: '10.20.1.11', cores: 16, memory: 64, disk: 720 },
  { name: 'db-bj-02', domain: 'rack-b', address: '10.20.1.12', cores: 16, memory: 64, disk: 690 },
  { name: 'db-bj-03', domain: 'rack-c', address: '10.20.1.13', cores: 16, memory: 64, disk: 705 },
  { name: 'db-bj-04', domain: 'rack-b', address: '10.20.1.14', cores: 8, memory: 32, disk: 350 },
  {
    name: 'db-old-07',
    domain: 'rack-a',
    address: '10.20.1.27',
    cores: 8,
    memory: 24,
    disk: 210,
    silent: true,
  },
  { name: 'mini-01', domain: 'office', address: '10.20.9.5', cores: 2, memory: 2, disk: 24 },
];

type Part = {
  role: ServerSeen['role'];
  state: string;
  lagBytes?: number;
  pendingRestart?: boolean;
  silent?: boolean;
};
type Sample = {
  wish: Omit<CreateCluster, 'hostIds' | 'witnessHostId'> & { hosts: string[]; witness?: string };
  timeline: number;
  parts: Part[];
  /** What waits to be archived and why; nothing waits when left out. */
  archiveFails?: { files: number; minutes: number; words: string };
};

const samples: Sample[] = [
  {
    wish: {
      name: 'orders',
      hosts: ['db-bj-01', 'db-bj-02', 'db-bj-03'],
      protection: 'sync',
      networks: ['10.20.0.0/16'],
      settings: { work_mem: '48MB', log_min_duration_statement: '250ms' },
    },
    timeline: 3,
    parts: [
      { role: 'primary', state: 'running' },
      { role: 'sync_standby', state: 'streaming', lagBytes: 0 },
      { role: 'replica', state: 'streaming', lagBytes: 16_384, pendingRestart: true },
    ],
  },
  {
    wish: {
      name: 'members',
      hosts: ['db-bj-02', 'db-bj-01'],
      witness: 'mini-01',
      networks: ['10.20.4.0/24'],
      recovery: 'fast',
    },
    timeline: 1,
    parts: [
      { role: 'primary', state: 'running' },
      { role: 'replica', state: 'streaming', lagBytes: 81_920 },
    ],
    archiveFails: {
      files: 23,
      minutes: 38,
      words: "unable to write '/mnt/backup/postgres/archive': [28] No space left on device.",
    },
  },
  {
    wish: {
      name: 'payments',
      hosts: ['db-bj-03', 'db-bj-04', 'db-old-07'],
      protection: 'strict',
      networks: ['10.20.6.0/24'],
    },
    timeline: 7,
    parts: [
      { role: 'primary', state: 'running' },
      { role: 'sync_standby', state: 'streaming', lagBytes: 0 },
      { role: 'replica', state: 'streaming' },
    ],
  },
  {
    wish: { name: 'reports', hosts: ['db-bj-04'] },
    timeline: 1,
    parts: [{ role: 'primary', state: 'running' }],
  },
];

export type SampleFleet = {
  hostIds: Map<string, string>;
  /** Makes every host report anew, with a little movement in the lag. */
  beat(): Promise<void>;
  /** Answers what pages ask of the hosts, until `stop`. */
  answer(): { stop(): Promise<void> };
};

/** Believable hosts, clusters and operations in one organisation, for looking at pages without machines. Opens the vault first. */
export async function insertSampleFleet(ctx: Context): Promise<SampleFleet> {
  const hostIds = new Map<string, string>();
  for (const machine of machines) hostIds.set(machine.name, await insertHost(ctx, machine));
  const scopes = new Map<string, string>();
  for (const [index, sample] of samples.entries()) {
    scopes.set(sample.wish.name, await insertCluster(ctx, sample, hostIds, samples.length - index));
  }
  await insertBuilding(ctx, hostIds);
  await insertDeleting(ctx, hostIds);
  // Silent only now: a cluster is never planned on a host that is away.
  for (const { name } of machines.filter((machine) => machine.silent)) {
    await ctx.db.updateTable('fleet.host').set({ connected: false }).where('name', '=', name).execute();
  }
  const fleet: SampleFleet = {
    hostIds,
    beat: () => beat(ctx, hostIds, scopes),
    answer: () => answer(ctx, hostIds),
  };
  await fleet.beat();
  return fleet;
}

async function insertHost(ctx: Context, machine: Machine): Promise<string> {
  const facts: HostFacts = someFacts({
    cpu: { cores: machine.cores, model: 'Intel(R) Xeon(R) Gold 5318Y' },
    memoryBytes: machine.memory * GiB,
    memoryAvailableBytes: machine.memory * 0.8 * GiB,
    disks: [
      { mount: '/', fileSystem: 'ext4', sizeBytes: machine.disk * 1.4 * GiB, freeBytes: machine.disk * GiB },
    ],
    addresses: [machine.address],
    postgresOffered: [18, 17, 16, 15].map((major) => ({ major, version: `${major}.4-1.pgdg13+1` })),
    parts: { patroni: { installed: null, offered: '4.1.0-1.pgdg13+1' } },
  });
  const row = await ctx.db
    .insertInto('fleet.host')
    .values({
      org_id: ctx.actor.orgId,
      name: machine.name,
      address: machine.address,
      failure_domain: machine.domain,
      facts: JSON.stringify(facts),
      facts_at: new Date(),
      connected: true,
      last_seen_at: new Date(),
      agent_version: 'a'.repeat(64),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function insertCluster(
  ctx: Context,
  sample: Sample,
  hostIds: Map<string, string>,
  daysOld: number,
): Promise<string> {
  const { hosts, witness, ...wish } = sample.wish;
  const made = await createCluster(ctx, {
    ...wish,
    hostIds: hosts.map((name) => hostIds.get(name) ?? ''),
    ...(witness && { witnessHostId: hostIds.get(witness) ?? '' }),
  });
  const at = new Date(Date.now() - daysOld * 86_400_000);
  await ctx.db
    .updateTable('fleet.cluster')
    .set({ phase: 'ready', created_at: at })
    .where('id', '=', made.id)
    .execute();
  await ctx.db
    .updateTable('fleet.member')
    .set({ phase: 'ready' })
    .where('cluster_id', '=', made.id)
    .execute();
  const operationId = made.operationId ?? '';
  await forgetJob(ctx, operationId);
  const names = Object.entries(buildCluster.steps).flatMap(([name, step]) => (step.hidden ? [] : [name]));
  await writeSteps(ctx, operationId, names, at, 'done');
  await ctx.db
    .updateTable('platform.operation')
    .set({
      state: 'succeeded',
      step: names.at(-1) ?? '',
      created_at: at,
      ended_at: new Date(at.getTime() + 96_000),
    })
    .where('id', '=', operationId)
    .execute();
  return made.scope;
}

// Nobody works on samples: a worker that found the job would ask hosts that are not there.
async function forgetJob(ctx: Context, operationId: string): Promise<void> {
  await sql`select graphile_worker.remove_job(${`operation:${operationId}`})`.execute(ctx.db);
}

const stepSeconds: Record<string, number> = {
  checkHosts: 2,
  installPackages: 31,
  startEtcd: 4,
  createPrimary: 9,
  addReplicas: 38,
};

async function writeSteps(
  ctx: Context,
  operationId: string,
  names: string[],
  from: Date,
  last: 'done' | 'running',
): Promise<void> {
  await ctx.db.deleteFrom('platform.operation_step').where('operation_id', '=', operationId).execute();
  let at = from.getTime();
  for (const name of names) {
    const state = name === names.at(-1) ? last : 'done';
    const started = new Date(at);
    at += (stepSeconds[name] ?? 3) * 1000;
    await ctx.db
      .insertInto('platform.operation_step')
      .values({
        operation_id: operationId,
        name,
        state,
        started_at: started,
        ended_at: state === 'done' ? new Date(at) : null,
      })
      .execute();
  }
}

/** One that is being built just now: the replicas are copying. */
async function insertBuilding(ctx: Context, hostIds: Map<string, string>): Promise<void> {
  const hosts = ['db-bj-01', 'db-bj-02', 'db-bj-03'];
  const made = await createCluster(ctx, {
    name: 'analytics',
    hostIds: hosts.map((name) => hostIds.get(name) ?? ''),
    protection: 'sync',
  });
  const operationId = made.operationId ?? '';
  await forgetJob(ctx, operationId);
  const all = Object.keys(buildCluster.steps);
  const steps = all.slice(0, all.indexOf('addReplicas') + 1);
  const from = new Date(Date.now() - 58_000);
  await writeSteps(ctx, operationId, steps, from, 'running');
  const reason = clusterText.waitsForReplicas(['analytics-2', 'analytics-3']);
  await ctx.db
    .updateTable('platform.operation')
    .set({ step: 'addReplicas', created_at: from, reason: JSON.stringify(reason) })
    .where('id', '=', operationId)
    .execute();
  const versions =
    'postgresql-18 18.4-1.pgdg13+1, patroni 4.1.0-1.pgdg13+1, etcd-server 3.5.16-4, pgbouncer 1.25.0, haproxy 3.0.11';
  const lines: [number, string, Text][] = [
    [1, 'checkHosts', clusterText.hostsChecked(3)],
    [21, 'installPackages', clusterText.installed('db-bj-01', versions)],
    [26, 'installPackages', clusterText.installed('db-bj-03', versions)],
    [32, 'installPackages', clusterText.installed('db-bj-02', versions)],
    [36, 'startEtcd', clusterText.etcdReady(3)],
    [46, 'createPrimary', clusterText.primaryReady('analytics-1')],
    [50, 'addReplicas', clusterText.waitsForReplicas(['analytics-2', 'analytics-3'])],
  ];
  for (const [seconds, step, text] of lines) {
    await ctx.db
      .insertInto('platform.operation_log')
      .values({
        operation_id: operationId,
        step,
        text: JSON.stringify(text),
        at: new Date(from.getTime() + seconds * 1000),
      })
      .execute();
  }
}

/** One that somebody deleted yesterday and may still want back. */
async function insertDeleting(ctx: Context, hostIds: Map<string, string>): Promise<void> {
  const made = await createCluster(ctx, { name: 'wiki-old', hostIds: [hostIds.get('db-bj-04') ?? ''] });
  await forgetJob(ctx, made.operationId ?? '');
  const yesterday = new Date(Date.now() - 86_400_000);
  await ctx.db
    .updateTable('platform.operation')
    .set({
      state: 'succeeded',
      created_at: new Date(yesterday.getTime() - 86_400_000 * 40),
      ended_at: yesterday,
    })
    .where('id', '=', made.operationId)
    .execute();
  await ctx.db
    .updateTable('fleet.cluster')
    .set({
      phase: 'deleting',
      deletion_protected: false,
      delete_after: new Date(Date.now() + 2 * 86_400_000 - 3_900_000),
    })
    .where('id', '=', made.id)
    .execute();
  await ctx.db
    .updateTable('fleet.member')
    .set({ phase: 'ready' })
    .where('cluster_id', '=', made.id)
    .execute();
  const operationId = await ctx.db
    .transaction()
    .execute((db) => startOperation({ ...ctx, db }, purgeCluster, made.id));
  await forgetJob(ctx, operationId);
  await writeSteps(ctx, operationId, ['stopServers', 'grace'], yesterday, 'running');
  await ctx.db
    .updateTable('platform.operation')
    .set({ step: 'grace', created_at: yesterday })
    .where('id', '=', operationId)
    .execute();
}

async function beat(ctx: Context, hostIds: Map<string, string>, scopes: Map<string, string>): Promise<void> {
  const now = new Date().toISOString();
  const jitter = (bytes: number | undefined) =>
    bytes === undefined || bytes === 0
      ? (bytes ?? null)
      : Math.round((bytes * (0.5 + Math.random())) / 8192) * 8192;
  for (const machine of machines.filter(({ silent }) => !silent)) {
    const servers = samples.flatMap(({ wish, timeline, parts, archiveFails }): ServerSeen[] => {
      const part = parts[wish.hosts.indexOf(machine.name)];
      if (!part) return [];
      return [
        {
          name: serviceName.patroni(scopes.get(wish.name) ?? ''),
          running: true,
          role: part.role,
          state: part.state,
          timeline,
          position: 4_611_686_018,
          pendingRestart: part.pendingRestart ?? false,
          paused: false,
          archiver: {
            waitingFiles: archiveFails?.files ?? 0,
            waitingSince: archiveFails
              ? new Date(Date.now() - archiveFails.minutes * 60_000).toISOString()
              : null,
            problem: archiveFails?.words ?? null,
          },
          seenAt: now,
          members: parts.map((other, index) => ({
            name: `${wish.name}-${index + 1}`,
            role: other.role,
            state: other.state,
            timeline,
            lagBytes: other.role === 'primary' ? null : jitter(other.lagBytes),
            pendingRestart: other.pendingRestart ?? false,
          })),
        },
      ];
    });
    await ctx.db
      .updateTable('fleet.host')
      .set({ servers: JSON.stringify(servers), last_seen_at: new Date() })
      .where('id', '=', hostIds.get(machine.name) ?? '')
      .execute();
  }
}

function answer(ctx: Context, hostIds: Map<string, string>) {
  const db = ctx.db as Kysely<DB>;
  let stopped = false;
  const work = (async () => {
    while (!stopped) {
      for (const hostId of hostIds.values()) {
        const { orders } = await takeTasks(db, hostId, []);
        for (const order of orders) {
          const output = await outputOf(db, hostId, order);
          if (output) await reportTask(db, hostId, order.id, { state: 'succeeded', output, lines: [] });
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await work;
    },
  };
}

/** What a host says to what pages ask of it; to everything else nothing, as one that is still at work. */
async function outputOf(
  db: Kysely<DB>,
  hostId: string,
  { kind, input }: { kind: string; input: unknown },
): Promise<object | undefined> {
  if (kind === 'run-sql') return { rows: await rowsFor(db, hostId, input as TaskInput<'run-sql'>) };
  if (kind === 'look-at-locks') return { sessions: sampleLocks };
  if (kind !== 'read-log') return undefined;
  const { only } = input as TaskInput<'read-log'>;
  return { lines: sampleLog.filter(({ errorClass }) => only === 'all' || errorClass !== null) };
}

type Row = Record<string, string | null>;

async function rowsFor(db: Kysely<DB>, hostId: string, input: TaskInput<'run-sql'>): Promise<Row[]> {
  if (input.script === settingsScript) return settingsOf(db, hostId, input.port);
  if (input.script === extensionsScript) {
    const { rows } = await sql.raw<Row>(extensionsScript).execute(db);
    return [
      { kind: 'installed', name: 'pg_stat_statements', version: '1.12', newest: '1.12', comment: null },
      { kind: 'installed', name: 'pg_trgm', version: '1.6', newest: '1.6', comment: null },
      ...rows.filter((row) => row['kind'] === 'offered'),
    ];
  }
  if (input.script === listScript) return contents;
  return [];
}

/** Settings as the cluster on these ports would run them, one of them waiting for a restart. */
async function settingsOf(db: Kysely<DB>, hostId: string, port: number): Promise<Row[]> {
  const cluster = await db
    .selectFrom('fleet.port_slot as s')
    .innerJoin('fleet.cluster as c', 'c.id', 's.cluster_id')
    .select(['c.derived_settings as derived', 'c.settings'])
    .where('s.host_id', '=', hostId)
    .where('s.slot', '=', port - 5432)
    .executeTakeFirst();
  const wished = new Map([
    ...((cluster?.derived as { name: string; value: string }[] | undefined) ?? []).map(
      ({ name, value }) => [name, value] as const,
    ),
    ...Object.entries((cluster?.settings as Record<string, string> | undefined) ?? {}),
  ]);
  const { rows } = await sql.raw<Row>(settingsScript).execute(db);
  return rows.map((row) => {
    const waits = row['name'] === 'max_worker_processes';
    const value = waits ? undefined : wished.get(row['name'] ?? '');
    const number = value === undefined ? undefined : inUnit(value, row['unit'] ?? null);
    return {
      ...row,
      setting: String(number ?? value ?? row['setting'] ?? ''),
      pending_restart: String(waits),
    };
  });
}

const database = (name: string, owner: string, size: number): Row => ({
  kind: 'database',
  name,
  owner,
  size: String(size),
  connection_limit: '-1',
  encoding: 'UTF8',
  can_login: null,
  superuser: null,
  member_of: null,
});
const role = (name: string, login: boolean, superuser: boolean, memberOf: string | null): Row => ({
  kind: 'role',
  name,
  owner: null,
  size: null,
  connection_limit: '-1',
  encoding: null,
  can_login: String(login),
  superuser: String(superuser),
  member_of: memberOf,
});

const contents: Row[] = [
  database('app', 'app', 41_875_931_136),
  database('archive', 'archivist', 312_475_648_000),
  database('postgres', 'postgres', 7_800_000),
  role('app', true, false, 'readwrite'),
  role('archivist', true, false, null),
  role('bi_reader', true, false, 'readonly'),
  role('pgbouncer', true, false, null),
  role('postgres', true, true, null),
  role('readonly', false, false, null),
  role('readwrite', false, false, null),
  role('replicator', true, false, null),
];
