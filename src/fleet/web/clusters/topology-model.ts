import type { Cluster, ClusterPreview, Member, Protection } from '#src/fleet/contract/clusters.ts';
import type { TopologyNode } from './topology-layout.ts';

/** The picture of a cluster as last seen. */
export function nodesOfCluster(cluster: Pick<Cluster, 'members' | 'phase'>): TopologyNode[] {
  return cluster.members.map((member) => ({
    key: member.id,
    hostName: member.hostName,
    domain: member.failureDomain,
    role: member.kind === 'witness' ? 'witness' : (member.role ?? 'unknown'),
    memberName: member.name,
    presence: presenceOf(member),
    state: member.state,
    lagBytes: member.lagBytes,
    timeline: member.timeline,
    votes: member.hasEtcd,
    pendingRestart: member.pendingRestart,
  }));
}

function presenceOf({ hostOnline, phase }: Member): TopologyNode['presence'] {
  if (!hostOnline) return 'silent';
  return phase === 'planned' ? 'planned' : 'here';
}

/** The picture of what a wish would become: the first member will be the primary. */
export function nodesOfPreview(
  preview: ClusterPreview,
  protection: Protection,
  witnessDomain: string | null,
): TopologyNode[] {
  const planned = {
    presence: 'planned',
    state: null,
    lagBytes: null,
    timeline: null,
    pendingRestart: false,
  } as const;
  return [
    ...preview.members.map((member, index) => ({
      ...planned,
      key: member.hostId,
      hostName: member.hostName,
      domain: member.failureDomain,
      // With synchronous protection the primary always waits for one replica.
      role:
        (['primary', protection === 'async' ? 'replica' : 'sync_standby'] as const)[index] ??
        ('replica' as const),
      memberName: member.name,
      votes: preview.etcdHostNames.includes(member.hostName),
    })),
    ...(preview.witness
      ? [
          {
            ...planned,
            key: preview.witness.hostId,
            hostName: preview.witness.hostName,
            domain: witnessDomain,
            role: 'witness' as const,
            memberName: '',
            votes: true,
          },
        ]
      : []),
  ];
}
