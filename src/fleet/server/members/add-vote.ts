import { askMembers, type BuildMember } from '#src/fleet/server/clusters/ask-members.ts';
import { etcdService, urlHost } from '#src/fleet/server/clusters/files.rules.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import type { StepContext, StepResult } from '#src/platform/server/operations/define-operation.ts';

/**
 * Gives a member a vote in etcd: `through`, who votes already, announces it, and its etcd starts among the `voting`.
 * One at a time: etcd must agree on each new voter before it hears of the next. Undefined when it votes.
 */
export async function addVote(
  op: StepContext,
  build: ClusterBuild,
  through: BuildMember,
  member: BuildMember,
  voting: readonly string[],
): Promise<StepResult | undefined> {
  const { scope, ports } = build.spec;
  const ask = { name: scope, clientPort: ports.etcdClient };
  const peerUrl = `https://${urlHost(member.address)}:${ports.etcdPeer}`;
  const added = await askMembers(op, [
    {
      member: through,
      kind: 'ask-etcd',
      key: `add vote ${member.name}`,
      input: { ...ask, command: 'add-member', memberName: member.name, peerUrl },
    },
  ]);
  if (added.not) return added.not;
  const votes = new Set([...voting, member.name]);
  const spec = {
    ...build.spec,
    members: build.spec.members.map((m) => ({ ...m, hasEtcd: votes.has(m.name) })),
  };
  const service = etcdService(spec, { ...member, hasEtcd: true }, member.pair, 'existing');
  const started = await askMembers(op, [
    { member, kind: 'ensure-service', key: `etcd ${member.name}`, input: { service } },
  ]);
  if (started.not) return started.not;
  const healthy = await askMembers(op, [
    {
      member,
      kind: 'ask-etcd',
      key: `health ${member.name}`,
      input: { ...ask, command: 'health', timeoutSeconds: 60 },
    },
  ]);
  return healthy.not;
}
