import type {
  Cluster,
  ClusterHealth,
  ClusterPhase,
  Member,
  Protection,
} from '#src/fleet/contract/clusters.ts';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';

/** A member's row with what its host last said. */
export type MemberFacts = Omit<
  Member,
  'role' | 'state' | 'timeline' | 'lagBytes' | 'pendingRestart' | 'seenAt'
> & {
  seen: ServerSeen | null;
};

const streams = new Set(['streaming', 'running', 'in archive recovery']);

/** What each member is and does now: its own word when its host is there, its lag as the primary's Patroni sees it. */
export function membersNow(rows: readonly MemberFacts[]): Member[] {
  const primary = rows.find((row) => row.hostOnline && row.seen?.running && row.seen.role === 'primary');
  const view = (primary ?? rows.find((row) => row.hostOnline && row.seen?.running))?.seen?.members ?? [];
  return rows.map(({ seen, ...row }) => {
    const present = row.hostOnline && seen?.running ? seen : null;
    const viewed = view.find((m) => m.name === row.name);
    return {
      ...row,
      role: present?.role ?? null,
      state: present ? (viewed?.state ?? present.state) : null,
      timeline: present?.timeline ?? null,
      lagBytes: present && present.role !== 'primary' ? (viewed?.lagBytes ?? null) : null,
      pendingRestart: present?.pendingRestart ?? false,
      seenAt: seen?.seenAt ?? null,
    };
  });
}

/**
 * How a cluster stands, from its phase, its members and what it was promised to survive: a synchronous one whose standby Patroni
 * has not named yet is degraded, since nobody may take over from its primary.
 */
export function healthOf(
  phase: ClusterPhase,
  members: readonly Member[],
  protection: Protection,
): ClusterHealth {
  if (phase === 'building') return 'building';
  if (phase === 'deleting' || phase === 'deleted') return 'deleting';
  const servers = members.filter((m) => m.kind === 'server' && m.phase === 'ready');
  if (servers.every((m) => !m.hostOnline)) return 'unknown';
  if (!servers.some((m) => m.role === 'primary')) return 'down';
  const streaming = servers.every((m) => m.role === 'primary' || (m.state !== null && streams.has(m.state)));
  const heir =
    protection === 'async' || servers.length === 1 || servers.some((m) => m.role === 'sync_standby');
  return streaming && heir && members.every((m) => m.hostOnline || m.phase !== 'ready')
    ? 'healthy'
    : 'degraded';
}

/** The timeline all agree on most recently, and whether automatic failover is paused. */
export function clusterNow(rows: readonly MemberFacts[]): Pick<Cluster, 'timeline' | 'paused'> {
  const seen = rows.flatMap((row) => (row.hostOnline && row.seen?.running ? [row.seen] : []));
  const timelines = seen.flatMap((s) => (s.timeline === null ? [] : [s.timeline]));
  return {
    timeline: timelines.length > 0 ? Math.max(...timelines) : null,
    paused: seen.some((s) => s.paused),
  };
}

/**
 * Whom to ask what is inside a cluster: its primary; while none is in sight (a restart a moment ago, a failover), any server whose
 * host is there, since all hold the same. Undefined when all hosts are silent.
 */
export function memberToRead(members: readonly Member[]): Member | undefined {
  const servers = members.filter((m) => m.kind === 'server' && m.phase === 'ready' && m.hostOnline);
  return servers.find((m) => m.role === 'primary') ?? servers.find((m) => m.role !== null) ?? servers[0];
}
