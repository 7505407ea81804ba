import type { Db } from '#src/platform/server/db.ts';
import type { ForcedLabels } from './lines.rules.ts';

/** Labels of everything a host sends: its own, and those of each cluster that has a member there, by the cluster's scope. */
export async function findHostLabels(
  db: Db,
  hostId: string,
): Promise<{ orgId: string; own: ForcedLabels; scopes: Map<string, ForcedLabels> } | undefined> {
  const host = await db
    .selectFrom('fleet.host')
    .select(['org_id', 'name'])
    .where('id', '=', hostId)
    .where('phase', '<>', 'removed')
    .executeTakeFirst();
  if (!host) return undefined;
  const members = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.cluster as c', 'c.id', 'm.cluster_id')
    .select(['c.id', 'c.scope', 'c.name as cluster', 'm.name as member'])
    .where('m.host_id', '=', hostId)
    .where('m.phase', '<>', 'gone')
    .execute();
  const own = { org: host.org_id, host_id: hostId, host: host.name };
  return {
    orgId: host.org_id,
    own,
    scopes: new Map(
      members.map(({ id, scope, cluster, member }) => [scope, { ...own, cluster_id: id, cluster, member }]),
    ),
  };
}

/** Every host that should be heard, and every member that should run, with the labels of their series. */
export async function listExpected(db: Db): Promise<{
  hosts: { labels: ForcedLabels; connected: boolean }[];
  members: { labels: ForcedLabels; kind: string }[];
}> {
  const hosts = await db
    .selectFrom('fleet.host')
    .select(['id', 'org_id', 'name', 'connected'])
    .where('phase', '<>', 'removed')
    .execute();
  const members = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.cluster as c', 'c.id', 'm.cluster_id')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select([
      'h.org_id',
      'h.id',
      'h.name as host',
      'c.id as clusterId',
      'c.name as cluster',
      'm.name',
      'm.kind',
    ])
    .where('m.phase', '=', 'ready')
    .where('c.phase', '=', 'ready')
    .execute();
  return {
    hosts: hosts.map(({ id, org_id, name, connected }) => ({
      labels: { org: org_id, host_id: id, host: name },
      connected,
    })),
    members: members.map((row) => ({
      labels: {
        org: row.org_id,
        host_id: row.id,
        host: row.host,
        cluster_id: row.clusterId,
        cluster: row.cluster,
        member: row.name,
      },
      kind: row.kind,
    })),
  };
}
