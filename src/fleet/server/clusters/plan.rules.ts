import type { ClusterPreview, CreateCluster, Protection, Recovery } from '#src/fleet/contract/clusters.ts';
import { recoveryTimes } from '#src/fleet/contract/clusters.ts';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import type { HostFacts } from '#src/fleet/contract/hosts.ts';
import type { Finding } from '#src/fleet/contract/tasks.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** A host as planning sees it. */
export type PlanHost = {
  id: string;
  name: string;
  address: string;
  failureDomain: string | null;
  ready: boolean;
  facts: HostFacts | null;
  usedSlots: readonly number[];
  serverCount: number;
};

export type Plan = {
  members: { name: string; host: PlanHost }[];
  witness: PlanHost | null;
  etcdHosts: PlanHost[];
  pgVersion: number;
  slot: number;
};

export type PlanResult = { plan: Plan | null; findings: Finding[]; pgVersionsOffered: number[] };

/** The first Patroni that ignores a stale etcd after a partition (patroni#3318); older ones lost acknowledged rows in 7 of 27 cuts. */
export const patroniForSeveral = '4.0.7';

const slotsAtMost = 100;

export type Ports = ClusterPreview['ports'];

/** The ports of a cluster at an offset; the first cluster of a host has the well-known ones. */
export function portsOf(slot: number): Ports {
  return {
    postgres: 5432 + slot,
    patroni: 8008 + slot,
    etcdClient: 2379 + 10 * slot,
    etcdPeer: 2380 + 10 * slot,
    pooler: 6432 + slot,
    readWrite: 5000 + 2 * slot,
    readOnly: 5001 + 2 * slot,
  };
}

/** True when `version` (a Debian or upstream version) is at least `wanted`, by its numbers. */
export function versionAtLeast(version: string, wanted: string): boolean {
  const numbers = (v: string) =>
    v
      .replace(/^\d+:/, '')
      .split('-')[0]!
      .split(/[.+~]/)
      .map((n) => Number.parseInt(n, 10) || 0);
  const [have, want] = [numbers(version), numbers(wanted)];
  for (let i = 0; i < want.length; i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Chooses hosts, version, etcd members and ports for a wish; every reason against it is a finding of level blocker. */
export function planCluster(wish: CreateCluster, hosts: readonly PlanHost[]): PlanResult {
  const findings: Finding[] = [];
  const block = (check: string, text: Text) => findings.push({ check, level: 'blocker', text });
  const chosen = chooseHosts(wish, hosts, block);
  if (!chosen) return { plan: null, findings, pgVersionsOffered: [] };
  const { servers, witness } = chosen;
  const protection: Protection = wish.protection ?? 'async';
  if (protection !== 'async' && servers.length < 2) block('protection', clusterText.syncNeedsTwo);

  const offered = versionsOfferedByAll(servers);
  const pgVersion = wish.pgVersion ?? offered[0];
  if (pgVersion === undefined) block('version', clusterText.noCommonVersion(servers.map((h) => h.name)));
  else if (!offered.includes(pgVersion)) block('version', clusterText.versionNotOffered(pgVersion, offered));

  checkParts(servers, block);
  checkAlike(servers, [...servers, ...(witness ? [witness] : [])], block);
  findings.push(...domainFindings([...servers, ...(witness ? [witness] : [])]));

  const all = [...servers, ...(witness ? [witness] : [])];
  const slot = freeSlot(all);
  if (slot === undefined) block('ports', clusterText.slotTaken);
  if (pgVersion === undefined || slot === undefined || findings.some((f) => f.level === 'blocker')) {
    return { plan: null, findings, pgVersionsOffered: offered };
  }
  const members = servers.map((host, index) => ({ name: `${wish.name}-${index + 1}`, host }));
  return {
    plan: { members, witness, etcdHosts: chooseEtcd(servers, witness), pgVersion, slot },
    findings,
    pgVersionsOffered: offered,
  };
}

type Block = (check: string, text: Text) => void;

function chooseHosts(wish: CreateCluster, hosts: readonly PlanHost[], block: Block) {
  const byId = new Map(hosts.map((h) => [h.id, h]));
  const ready = hosts.filter((h) => h.ready && h.facts !== null);
  if (hosts.length === 0 || (ready.length === 0 && !wish.hostIds))
    return void block('hosts', clusterText.noHosts);
  const wished = wish.hostIds ?? [];
  const named = [...wished, ...(wish.witnessHostId ? [wish.witnessHostId] : [])];
  if (new Set(named).size !== named.length) return void block('hosts', clusterText.hostTwice);
  if (named.some((id) => !byId.has(id))) return void block('hosts', clusterText.hostUnknown);
  for (const host of named.map((id) => byId.get(id)!)) {
    if (!host.ready || !host.facts) return void block('hosts', clusterText.hostNotReady(host.name));
  }
  const count = wish.members ?? (wished.length || 1);
  const servers = wished.map((id) => byId.get(id)!);
  let pool = ready.filter((h) => !named.includes(h.id));
  while (servers.length < count) {
    const next = bestHost(pool, servers);
    if (!next)
      return void block('hosts', clusterText.tooFewHosts(count, ready.length - (wish.witnessHostId ? 1 : 0)));
    servers.push(next);
    pool = pool.filter((h) => h.id !== next.id);
  }
  let witness = wish.witnessHostId ? byId.get(wish.witnessHostId)! : null;
  if (witness && servers.length !== 2) return void block('witness', clusterText.witnessNotNeeded);
  if (servers.length === 2 && !witness && wished.length === 0)
    witness = bestHost(pool, servers, 'witness') ?? null;
  if (servers.length === 2 && !witness) return void block('witness', clusterText.witnessNeeded);
  return { servers, witness };
}

/** Memory that one more server would find, if all on the host had the same. */
const memoryShare = (h: PlanHost) => (h.facts?.memoryBytes ?? 0) / (h.serverCount + 1);

/** A host of a failure domain not yet used comes first, then the one with most memory for each server (for a witness: least), then by name. */
function bestHost(
  pool: readonly PlanHost[],
  taken: readonly PlanHost[],
  role: 'server' | 'witness' = 'server',
): PlanHost | undefined {
  const used = new Set(taken.map((h) => h.failureDomain).filter((d) => d !== null));
  const fresh = (h: PlanHost) => (h.failureDomain !== null && used.has(h.failureDomain) ? 1 : 0);
  return [...pool].sort(
    (a, b) =>
      fresh(a) - fresh(b) ||
      (memoryShare(b) - memoryShare(a)) * (role === 'server' ? 1 : -1) ||
      a.name.localeCompare(b.name),
  )[0];
}

function versionsOfferedByAll(servers: readonly PlanHost[]): number[] {
  const sets = servers.map(
    (h) =>
      new Set(
        [...(h.facts?.postgresOffered ?? []), ...(h.facts?.postgresInstalled ?? [])].map((v) => v.major),
      ),
  );
  const [first, ...rest] = sets;
  return [...(first ?? [])].filter((v) => v >= 13 && rest.every((set) => set.has(v))).sort((a, b) => b - a);
}

function checkParts(servers: readonly PlanHost[], block: Block): void {
  for (const host of servers) {
    const patroni = host.facts?.parts['patroni'];
    const version = patroni?.installed ?? patroni?.offered;
    if (!version) block('patroni', clusterText.patroniMissing(host.name));
    else if (servers.length > 1 && !versionAtLeast(version, patroniForSeveral))
      block('patroni', clusterText.patroniTooOld(host.name, version));
  }
}

function checkAlike(servers: readonly PlanHost[], all: readonly PlanHost[], block: Block): void {
  const libraries = new Set(servers.map((h) => `${h.facts?.libc} ${h.facts?.icu}`));
  if (libraries.size > 1) block('libraries', clusterText.librariesDiffer(servers.map((h) => h.name)));
  for (const host of all) {
    const off = Math.abs(host.facts?.timeOffsetSeconds ?? 0);
    if (all.length > 1 && off > 5) block('clock', clusterText.clockOff(host.name, Math.round(off)));
  }
}

function domainFindings(all: readonly PlanHost[]): Finding[] {
  if (all.length < 2) return [];
  const domains = Map.groupBy(all, (h) => h.failureDomain);
  const shared = [...domains].flatMap(([domain, hosts]): Finding[] =>
    domain !== null && hosts.length > 1
      ? [
          {
            check: 'failure-domain',
            level: 'warning',
            text: clusterText.domainShared(
              domain,
              hosts.map((h) => h.name),
            ),
          },
        ]
      : [],
  );
  const unknown: Finding[] = domains.has(null)
    ? [{ check: 'failure-domain', level: 'warning', text: clusterText.domainsUnknown }]
    : [];
  return [...shared, ...unknown];
}

function freeSlot(hosts: readonly PlanHost[]): number | undefined {
  for (let slot = 0; slot < slotsAtMost; slot++) {
    const ports = Object.values(portsOf(slot));
    const free = (h: PlanHost) =>
      !h.usedSlots.includes(slot) && !ports.some((p) => h.facts?.listeningPorts.includes(p));
    if (hosts.every(free)) return slot;
  }
  return undefined;
}

/** One etcd for one member; two members and the witness; else three of the hosts, each of another failure domain where possible. */
function chooseEtcd(servers: PlanHost[], witness: PlanHost | null): PlanHost[] {
  if (servers.length === 1) return servers;
  if (witness) return [...servers, witness];
  const chosen: PlanHost[] = [];
  while (chosen.length < 3) {
    const used = new Set(chosen.map((h) => h.failureDomain));
    const rest = servers.filter((h) => !chosen.includes(h));
    chosen.push(rest.find((h) => h.failureDomain !== null && !used.has(h.failureDomain)) ?? rest[0]!);
  }
  return chosen;
}

/** Plain words on what a plan survives, what it does not, and what that costs. */
export function consequences(members: number, witness: boolean, protection: Protection, recovery: Recovery) {
  const { ttl, loopWait } = recoveryTimes[recovery];
  const survives: Text[] = [clusterText.survivesProcess];
  const doesNotSurvive: Text[] = [];
  const costs: Text[] = [];
  if (members === 1) {
    doesNotSurvive.push(clusterText.losesHost);
    costs.push(clusterText.memoryCost(130));
  } else {
    survives.push(clusterText.survivesHost(ttl + loopWait / 2));
    if (witness) survives.push(clusterText.survivesWitness);
    doesNotSurvive.push(clusterText.losesTwo);
    costs.push(
      { async: clusterText.asyncCost, sync: clusterText.syncCost, strict: clusterText.strictCost }[
        protection
      ],
    );
    if (protection === 'strict' && members === 2) costs.push(clusterText.strictTwoCost);
    costs.push(clusterText.noWatchdogCost, clusterText.memoryCost(150));
  }
  doesNotSurvive.push(clusterText.losesMistake);
  return { survives, doesNotSurvive, costs };
}
