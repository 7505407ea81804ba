import { randomUUID } from 'node:crypto';
import type { AddMember, Cluster, Started } from '#src/fleet/contract/clusters.ts';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { memberPair } from '#src/fleet/server/clusters/create-cluster.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import {
  patroniForSeveral,
  planCluster,
  versionAtLeast,
  type PlanHost,
} from '#src/fleet/server/clusters/plan.rules.ts';
import {
  getCluster,
  getClusterBuild,
  listPlanHosts,
  memberSeal,
  type ClusterBuild,
} from '#src/fleet/server/clusters/queries.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { growCluster } from './grow-cluster.operation.ts';

/** Adds a server on another host, and for the second one a witness beside it. Refuses hosts that do not fit, before anything is touched. */
export async function addMember(ctx: Context, idOrName: string, wish: AddMember): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.resize');
  const cluster = await getCluster(ctx, idOrName);
  const build = await getClusterBuild(ctx.db, cluster.id);
  const { server, witness } = chooseNewHosts(cluster, await listPlanHosts(ctx), wish);
  const joining = await Promise.all(
    [
      { host: server, kind: 'server' as const, name: nextName(build) },
      ...(witness ? [{ host: witness, kind: 'witness' as const, name: `${cluster.name}-witness` }] : []),
    ].map(async (m) => ({ ...m, id: randomUUID(), pair: await memberPair(build.authority, m.name, m.host) })),
  );
  const votes = cluster.members.filter((m) => m.hasEtcd).length;
  return inTransaction(ctx, async (tx) => {
    const locked = await lockCluster(tx, cluster.id);
    await takePorts(
      tx,
      locked,
      joining.map((m) => m.host),
      build.slot,
    );
    await tx.db
      .insertInto('fleet.member')
      .values(
        joining.map((m, i) => ({
          id: m.id,
          cluster_id: locked.id,
          host_id: m.host.id,
          name: m.name,
          kind: m.kind,
          // Three votes are what a cluster of several needs, and all it needs.
          has_etcd: votes + i < 3 && (votes > 1 || witness !== undefined),
          secrets: theVault().seal(JSON.stringify(m.pair), memberSeal(m.id)),
        })),
      )
      .execute();
    const operationId = await startOperation(tx, growCluster, locked.id, {
      joining: joining.map((m) => m.name),
    });
    await audit(tx, 'fleet.member.create', locked.id, {
      name: locked.name,
      hosts: joining.map((m) => m.host.name),
    });
    return { operationId };
  });
}

function chooseNewHosts(cluster: Cluster, hosts: readonly PlanHost[], wish: AddMember) {
  const find = (id: string): PlanHost => {
    const host = hosts.find((h) => h.id === id);
    if (!host) throw new AppError('conflict', clusterText.hostUnknown);
    if (!host.ready || !host.facts) throw new AppError('conflict', clusterText.hostNotReady(host.name));
    if (cluster.members.some((m) => m.hostId === id))
      throw new AppError('conflict', upkeepText.hostHasMember(host.name));
    const ports = Object.values(cluster.ports);
    if (ports.some((p) => host.facts?.listeningPorts.includes(p)))
      throw new AppError('conflict', upkeepText.portsTaken(host.name));
    return host;
  };
  const server = find(wish.hostId);
  const alone = cluster.members.length === 1;
  if (alone && wish.witnessHostId === undefined) throw new AppError('conflict', upkeepText.growNeedsWitness);
  if (!alone && wish.witnessHostId !== undefined)
    throw new AppError('conflict', clusterText.witnessNotNeeded);
  if (wish.witnessHostId === wish.hostId) throw new AppError('conflict', clusterText.hostTwice);
  const witness = wish.witnessHostId === undefined ? undefined : find(wish.witnessHostId);
  checkFit(cluster, hosts, server);
  return { server, witness };
}

/** The new server and those that stand must be able to form one cluster: same libraries, same PostgreSQL, a safe Patroni. */
function checkFit(cluster: Cluster, hosts: readonly PlanHost[], server: PlanHost): void {
  const standing = cluster.members
    .filter((m) => m.kind === 'server')
    .map((m) => hosts.find((h) => h.id === m.hostId));
  for (const host of standing) {
    const version = host?.facts?.parts['patroni']?.installed;
    if (host && version && !versionAtLeast(version, patroniForSeveral)) {
      throw new AppError('conflict', clusterText.planRefused(clusterText.patroniTooOld(host.name, version)));
    }
    const alike = host?.facts?.libc === server.facts?.libc && host?.facts?.icu === server.facts?.icu;
    if (host && !alike)
      throw new AppError(
        'conflict',
        clusterText.planRefused(clusterText.librariesDiffer([host.name, server.name])),
      );
  }
  const { findings } = planCluster(
    { name: cluster.name, hostIds: [server.id], pgVersion: cluster.pgVersion },
    [{ ...server, usedSlots: [] }],
  );
  const blocker = findings.find((f) => f.level === 'blocker');
  if (blocker) throw new AppError('conflict', clusterText.planRefused(blocker.text));
}

function nextName(build: ClusterBuild): string {
  const numbers = build.members.map((m) => Number(/-(\d+)$/.exec(m.name)?.[1] ?? 0));
  return `${build.spec.name}-${Math.max(0, ...numbers) + 1}`;
}

async function takePorts(
  tx: Context,
  cluster: Cluster,
  hosts: readonly PlanHost[],
  slot: number,
): Promise<void> {
  for (const host of hosts) {
    const taken = await tx.db
      .insertInto('fleet.port_slot')
      .values({ host_id: host.id, slot, cluster_id: cluster.id })
      .onConflict((oc) => oc.doNothing())
      .returning('slot')
      .executeTakeFirst();
    if (!taken) throw new AppError('conflict', upkeepText.portsTaken(host.name));
  }
}
