import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Cluster, Member, Protection, Recovery } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { IconBan } from '#src/platform/web/ui/icons.ts';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';

type Look = { tone: Tone; text: Text };

const healths: Record<Cluster['health'], Look> = {
  healthy: { tone: 'good', text: text.healthy },
  degraded: { tone: 'warn', text: text.degraded },
  down: { tone: 'bad', text: text.down },
  unknown: { tone: 'idle', text: text.unknown },
  building: { tone: 'busy', text: text.building },
  deleting: { tone: 'idle', text: text.deleting },
};

/** How a cluster stands, in colour, shape and word. */
export function HealthBadge({ cluster }: { cluster: Pick<Cluster, 'health' | 'phase'> }) {
  if (cluster.phase === 'failed') return <StatusBadge tone="bad" text={text.buildFailed} />;
  const look = healths[cluster.health];
  return <StatusBadge {...look} {...(cluster.health === 'deleting' && { icon: IconBan })} />;
}

/** One sentence on what a health means; null when there is nothing to say. */
export const healthWords: Record<Cluster['health'], Text | null> = {
  healthy: null,
  degraded: text.degradedMeans,
  down: text.downMeans,
  unknown: text.unknownMeans,
  building: null,
  deleting: null,
};

export const protectionWords: Record<Protection, { title: Text; survives: Text; costs: Text }> = {
  async: { title: text.async, survives: text.asyncSurvives, costs: text.asyncCosts },
  sync: { title: text.sync, survives: text.syncSurvives, costs: text.syncCosts },
  strict: { title: text.strict, survives: text.strictSurvives, costs: text.strictCosts },
};

export const recoveryWords: Record<Recovery, { title: Text; survives: Text; costs: Text }> = {
  fast: { title: text.fast, survives: text.fastSurvives, costs: text.fastCosts },
  normal: { title: text.normal, survives: text.normalSurvives, costs: text.normalCosts },
  wide: { title: text.wide, survives: text.wideSurvives, costs: text.wideCosts },
};

/** The word for what a member is. */
export function roleWord(member: Pick<Member, 'kind' | 'role'>): Text {
  if (member.kind === 'witness') return text.roleWitness;
  return roleWords[member.role ?? 'unknown'];
}

export const roleWords: Record<NonNullable<Member['role']> | 'witness', Text> = {
  primary: text.rolePrimary,
  replica: text.roleReplica,
  sync_standby: text.roleSync,
  standby_leader: text.roleStandbyLeader,
  unknown: text.roleUnknown,
  witness: text.roleWitness,
};

const states: Record<string, Text> = {
  running: text.stateRunning,
  streaming: text.stateStreaming,
  starting: text.stateStarting,
  stopping: text.stateStopping,
  stopped: text.stateStopped,
  restarting: text.stateRestarting,
  crashed: text.stateCrashed,
  'creating replica': text.stateCopying,
  'in archive recovery': text.stateArchive,
};

/** What Patroni says a member does, in words; Patroni's own where we have none. */
export function stateWord(state: string): Text {
  return states[state] ?? { en: state, 'zh-CN': state };
}

/** The primary as last seen. */
export function primaryOf(cluster: Pick<Cluster, 'members'>): Member | undefined {
  return cluster.members.find(({ role }) => role === 'primary' || role === 'standby_leader');
}

/** Members that carry data. */
export function serversOf(cluster: Pick<Cluster, 'members'>): Member[] {
  return cluster.members.filter(({ kind }) => kind === 'server');
}

/** How far the last replica is behind, in bytes; null when there is none or nobody says. */
export function worstLag(cluster: Pick<Cluster, 'members'>): number | null {
  const lags = cluster.members.flatMap(({ lagBytes }) => (lagBytes === null ? [] : [lagBytes]));
  return lags.length === 0 ? null : Math.max(...lags);
}

/** The month in which the PostgreSQL project ends a major version: five years after its release, each November. */
export function endOfLife(major: number): string {
  return `${major + 2012}-11`;
}
