// Over 300 lines: all that is read of clusters, kept together so that a cluster means the same wherever it is read.
import type { Cluster, CreateCluster, ClusterPreview, DerivedSetting } from '#src/fleet/contract/clusters.ts';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import type { HostFacts, ServerSeen } from '#src/fleet/contract/hosts.ts';
import { checkSettings } from '#src/fleet/server/settings/check-settings.ts';
import type { Page, PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import type { KeyPair } from '#src/platform/server/x509.ts';
import { clusterNow, healthOf, membersNow, type MemberFacts } from './health.rules.ts';
import { packagesOf, serviceName, type ClusterSpec, type MemberSpec } from './files.rules.ts';
import { consequences, planCluster, portsOf, type PlanHost, type PlanResult } from './plan.rules.ts';
import { deriveSettings } from './sizing.rules.ts';

const clustersOf = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.cluster')
    .select([
      'id',
      'name',
      'scope',
      'pg_version',
      'phase',
      'protection',
      'recovery',
      'slot',
      'networks',
      'deletion_protected',
      'delete_after',
      'created_at',
    ])
    .where('org_id', '=', ctx.actor.orgId)
    .where('phase', '<>', 'deleted');
type Row = Awaited<ReturnType<ReturnType<typeof clustersOf>['execute']>>[number];

/** Members that are not gone, with what their hosts last said, by cluster. */
export async function listMemberFacts(
  db: Db,
  clusters: readonly { id: string; scope: string }[],
): Promise<Map<string, MemberFacts[]>> {
  if (clusters.length === 0) return new Map();
  const scopes = new Map(clusters.map((c) => [c.id, c.scope]));
  const rows = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select([
      'm.id',
      'm.cluster_id',
      'm.name',
      'm.kind',
      'm.phase',
      'm.has_etcd as hasEtcd',
      'm.host_id as hostId',
      'h.name as hostName',
      'h.connected as hostOnline',
      'h.address',
      'h.failure_domain as failureDomain',
      'h.servers',
    ])
    .where('m.cluster_id', 'in', [...scopes.keys()])
    .where('m.phase', '<>', 'gone')
    .orderBy('m.created_at')
    .orderBy('m.name')
    .execute();
  const facts = rows.map(({ cluster_id, servers, ...row }) => {
    const unit = serviceName.patroni(scopes.get(cluster_id) ?? '');
    const seen = (servers as unknown as ServerSeen[]).find((s) => s.name === unit) ?? null;
    return { clusterId: cluster_id, facts: { ...row, seen } satisfies MemberFacts };
  });
  return new Map(
    [...Map.groupBy(facts, (f) => f.clusterId)].map(([id, list]) => [id, list.map((f) => f.facts)]),
  );
}

async function present(ctx: Context, rows: Row[]): Promise<Cluster[]> {
  if (rows.length === 0) return [];
  const members = await listMemberFacts(ctx.db, rows);
  const operations = await ctx.db
    .selectFrom('platform.operation')
    .distinctOn('subject_id')
    .select(['id', 'subject_id'])
    .where(
      'subject_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('subject_id')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => {
    const facts = members.get(row.id) ?? [];
    const now = membersNow(facts);
    return {
      id: row.id,
      name: row.name,
      scope: row.scope,
      pgVersion: row.pg_version,
      phase: row.phase,
      health: healthOf(row.phase, now, row.protection),
      protection: row.protection,
      recovery: row.recovery,
      networks: row.networks,
      ports: portsOf(row.slot),
      members: now,
      ...clusterNow(facts),
      deletionProtected: row.deletion_protected,
      deleteAfter: row.delete_after?.toISOString() ?? null,
      operationId: operations.find((o) => o.subject_id === row.id)?.id ?? null,
      createdAt: row.created_at.toISOString(),
    };
  });
}

/** Clusters of the actor's organisation by name, a page at a time. */
export async function listClusters(ctx: Context, query: PageQuery): Promise<Page<Cluster>> {
  const after = readCursor(query.cursor, 1)?.[0];
  const rows = await clustersOf(ctx)
    .$if(after !== undefined, (qb) => qb.where('name', '>', String(after)))
    .orderBy('name')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: await present(ctx, kept),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.name]) : null,
  };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** One cluster, by id or by name; another organisation's is as absent as a missing one. */
export async function getCluster(ctx: Context, idOrName: string): Promise<Cluster> {
  const row = await clustersOf(ctx)
    .where(uuid.test(idOrName) ? 'id' : 'name', '=', idOrName)
    .executeTakeFirst();
  const [cluster] = row ? await present(ctx, [row]) : [];
  if (!cluster) throw new AppError('not_found', clusterText.noSuchCluster);
  return cluster;
}

/** Hosts of the organisation as planning sees them. */
export async function listPlanHosts(ctx: Context): Promise<PlanHost[]> {
  const rows = await ctx.db
    .selectFrom('fleet.host as h')
    .select((eb) => [
      'h.id',
      'h.name',
      'h.address',
      'h.failure_domain as failureDomain',
      'h.facts',
      'h.connected',
      'h.phase',
      eb
        .selectFrom('fleet.port_slot as s')
        .whereRef('s.host_id', '=', 'h.id')
        .select((e) =>
          e.fn.coalesce(e.fn.agg<number[]>('array_agg', ['s.slot']), e.val<number[]>([])).as('slots'),
        )
        .as('usedSlots'),
      eb
        .selectFrom('fleet.member as m')
        .whereRef('m.host_id', '=', 'h.id')
        .where('m.phase', '<>', 'gone')
        .where('m.kind', '=', 'server')
        .select((e) => e.fn.countAll<number>().as('n'))
        .as('serverCount'),
    ])
    .where('h.org_id', '=', ctx.actor.orgId)
    .where('h.phase', '<>', 'removed')
    .orderBy('h.name')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    address: row.address,
    failureDomain: row.failureDomain,
    ready: row.connected && row.phase === 'active',
    // An agent that has not described its machine yet leaves an empty object.
    facts: Object.keys(row.facts as object).length > 0 ? (row.facts as unknown as HostFacts) : null,
    usedSlots: row.usedSlots ?? [],
    serverCount: row.serverCount ?? 0,
  }));
}

/** Settings that follow from the smallest of the hosts a cluster would be on. */
export function derivedFor(hosts: readonly PlanHost[], pgVersion: number): DerivedSetting[] {
  const smallest = (of: (h: PlanHost) => number) => Math.min(...hosts.map(of));
  const dataDisk = (h: PlanHost) => {
    const mounts = [...(h.facts?.disks ?? [])].filter((d) => '/var/lib/postgresql'.startsWith(d.mount));
    return mounts.sort((a, b) => b.mount.length - a.mount.length)[0]?.freeBytes ?? 10 * 1024 ** 3;
  };
  return deriveSettings(
    {
      memoryBytes: smallest((h) => h.facts?.memoryBytes ?? 1024 ** 3),
      cores: smallest((h) => h.facts?.cpu.cores ?? 1),
      dataDiskFreeBytes: smallest(dataDisk),
      serversOnHost: Math.max(...hosts.map((h) => h.serverCount + 1)),
    },
    pgVersion,
  );
}

/** What a wish would become, with every finding; touches nothing. */
export async function previewCluster(ctx: Context, wish: CreateCluster): Promise<ClusterPreview> {
  const result: PlanResult = planCluster(wish, await listPlanHosts(ctx));
  const { plan } = result;
  const wrong = await checkSettings(ctx.db, wish.settings ?? {});
  const servers = plan?.members.map((m) => m.host) ?? [];
  return {
    members:
      plan?.members.map((m) => ({
        name: m.name,
        hostId: m.host.id,
        hostName: m.host.name,
        failureDomain: m.host.failureDomain,
      })) ?? [],
    witness: plan?.witness ? { hostId: plan.witness.id, hostName: plan.witness.name } : null,
    etcdHostNames: plan?.etcdHosts.map((h) => h.name) ?? [],
    pgVersion: plan?.pgVersion ?? wish.pgVersion ?? 0,
    pgVersionsOffered: result.pgVersionsOffered,
    ports: portsOf(plan?.slot ?? 0),
    settings: plan ? derivedFor(servers, plan.pgVersion) : [],
    packages: plan ? packagesOf('server', true, plan.pgVersion) : [],
    ...consequences(
      plan?.members.length ?? wish.members ?? wish.hostIds?.length ?? 1,
      Boolean(plan ? plan.witness : wish.witnessHostId),
      wish.protection ?? 'async',
      wish.recovery ?? 'normal',
    ),
    findings: [
      ...result.findings,
      ...(wrong ? [{ check: 'settings', level: 'blocker' as const, text: wrong }] : []),
    ],
  };
}

/** A cluster with its secrets opened, for the operations that write its files. */
export type ClusterBuild = {
  id: string;
  orgId: string;
  phase: string;
  slot: number;
  spec: ClusterSpec;
  authority: KeyPair;
  appPassword: string;
  members: (MemberSpec & { id: string; hostId: string; hostName: string; phase: string; pair: KeyPair })[];
};

/** What a cluster's secrets hold, sealed as one. */
export type ClusterSecrets = {
  authorityKey: string;
  passwords: ClusterSpec['passwords'];
  appPassword: string;
};

export const clusterSeal = (id: string) => `fleet.cluster:${id}`;
export const memberSeal = (id: string) => `fleet.member:${id}`;

/** Everything the files of a cluster are written from, of members that are not gone. For operations only. */
export async function getClusterBuild(db: Db, id: string): Promise<ClusterBuild> {
  const cluster = await db
    .selectFrom('fleet.cluster')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const members = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select([
      'm.id',
      'm.name',
      'm.kind',
      'm.phase',
      'm.has_etcd',
      'm.host_id',
      'm.secrets',
      'h.name as host_name',
      'h.address',
    ])
    .where('m.cluster_id', '=', id)
    .where('m.phase', '<>', 'gone')
    .orderBy('m.created_at')
    .orderBy('m.name')
    .execute();
  const archive = await db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.backup_policy as y', 'y.id', 'p.policy_id')
    .select(['p.stanza', 'y.archive_timeout_seconds as timeoutSeconds'])
    .where('p.cluster_id', '=', id)
    .where('p.archiving', '=', true)
    .executeTakeFirst();
  const secrets = JSON.parse(theVault().open(cluster.secrets, clusterSeal(id)).toString()) as ClusterSecrets;
  const derived = cluster.derived_settings as unknown as DerivedSetting[];
  const list = members.map((m) => ({
    id: m.id,
    name: m.name,
    kind: m.kind,
    phase: m.phase,
    hasEtcd: m.has_etcd,
    address: m.address,
    hostId: m.host_id,
    hostName: m.host_name,
    pair: JSON.parse(theVault().open(m.secrets, memberSeal(m.id)).toString()) as KeyPair,
  }));
  return {
    id,
    orgId: cluster.org_id,
    phase: cluster.phase,
    slot: cluster.slot,
    authority: { certificate: cluster.authority, key: secrets.authorityKey },
    appPassword: secrets.appPassword,
    members: list,
    spec: {
      name: cluster.name,
      scope: cluster.scope,
      pgVersion: cluster.pg_version,
      protection: cluster.protection,
      recovery: cluster.recovery,
      networks: cluster.networks,
      ports: portsOf(cluster.slot),
      settings: {
        ...Object.fromEntries(derived.map((s) => [s.name, s.value])),
        ...(cluster.settings as Record<string, string>),
      },
      authority: cluster.authority,
      passwords: secrets.passwords,
      members: list.map(({ name, address, kind, hasEtcd }) => ({ name, address, kind, hasEtcd })),
      ...(archive ? { archive } : {}),
    },
  };
}
