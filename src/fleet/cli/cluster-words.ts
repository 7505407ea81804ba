import { cliClusterText } from '#src/fleet/contract/cli-clusters.text.ts';
import type { Cluster, ClusterHealth, ClusterPhase, Member } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Tone } from '#src/platform/cli/style.ts';

type Word = readonly [Text, Tone | undefined];

/** How each health is said and painted. */
export const healthWords: Record<ClusterHealth, Word> = {
  healthy: [cliClusterText.healthy, 'good'],
  degraded: [cliClusterText.degraded, 'warning'],
  down: [cliClusterText.down, 'bad'],
  unknown: [cliClusterText.unknown, 'warning'],
  building: [cliClusterText.inBuilding, 'warning'],
  deleting: [cliClusterText.inDeletion, 'quiet'],
};

/** How each phase is said and painted. */
export const phaseWords: Record<ClusterPhase, Word> = {
  building: [cliClusterText.inBuilding, 'warning'],
  ready: [cliClusterText.isReady, 'good'],
  failed: [cliClusterText.isFailed, 'bad'],
  deleting: [cliClusterText.inDeletion, 'quiet'],
  deleted: [cliClusterText.isDeleted, 'quiet'],
};

/** What a member is in its cluster, as last seen. */
export function roleWord({ kind, role }: Pick<Member, 'kind' | 'role'>): Word {
  if (kind === 'witness') return [cliClusterText.witness, undefined];
  const words: Record<NonNullable<Member['role']>, Word> = {
    primary: [cliClusterText.primaryRole, 'good'],
    replica: [cliClusterText.replica, undefined],
    sync_standby: [cliClusterText.syncStandby, undefined],
    standby_leader: [cliClusterText.standbyLeader, 'good'],
    unknown: [cliClusterText.unknownRole, 'warning'],
  };
  return words[role ?? 'unknown'];
}

/** What stands for a member's state while nothing was seen of it. */
export const memberPhaseWords: Record<Member['phase'], Text> = {
  planned: cliClusterText.isPlanned,
  ready: cliClusterText.isSilent,
  removing: cliClusterText.isRemoving,
  gone: cliClusterText.isGone,
};

/** The primary as last seen. */
export function primaryOf({ members }: Cluster): Member | undefined {
  return members.find(({ role }) => role === 'primary' || role === 'standby_leader');
}
