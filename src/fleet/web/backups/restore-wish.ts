import type { Cluster, CreateCluster } from '#src/fleet/contract/clusters.ts';
import type { RestorePreviewWish } from '#src/fleet/contract/restores.ts';

/** What a person chose on the page of a restore so far. */
export type RestoreWish = {
  /** In milliseconds; null is the newest there is, or the end of `backup`. */
  at: number | null;
  /** To the end of this backup and no further, as long as no moment is chosen. */
  backup: string | null;
  kind: 'scratch' | 'new-cluster' | 'in-place';
  hostId: string;
  hours: number;
  name: string;
  members: number;
  /** Hosts picked by hand; none lets Elepherd choose. */
  hostIds: string[];
  /** null: the primary. */
  memberId: string | null;
};

/** A free-looking name for what comes of a cluster, within what a name may be. */
export const restoredName = (name: string): string => `${name.slice(0, 31)}-restored`;

/** The body for preview and start. */
export function restoreBody(wish: RestoreWish, original: Cluster): RestorePreviewWish {
  const target = {
    ...(wish.at !== null && { at: new Date(wish.at).toISOString() }),
    ...(wish.at === null && wish.backup !== null && { backup: wish.backup }),
  };
  if (wish.kind === 'in-place') {
    return {
      target,
      place: { kind: 'in-place', ...(wish.memberId !== null && { memberId: wish.memberId }) },
    };
  }
  if (wish.kind === 'scratch') {
    return { target, place: { kind: 'scratch', hostId: wish.hostId, hours: wish.hours } };
  }
  const count = wish.hostIds.length > 0 ? wish.hostIds.length : wish.members;
  const cluster: CreateCluster = {
    name: wish.name,
    ...(wish.hostIds.length > 0 ? { hostIds: wish.hostIds } : { members: wish.members }),
    protection: count === 1 ? 'async' : original.protection,
    recovery: original.recovery,
    networks: original.networks,
  };
  return { target, place: { kind: 'new-cluster', cluster } };
}
