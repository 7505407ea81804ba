import { askMembers, type BuildMember } from '#src/fleet/server/clusters/ask-members.ts';
import { removeServices } from '#src/fleet/server/clusters/remove-services.ts';
import { dataDirectory, etcdDirectory } from '#src/fleet/server/clusters/files.rules.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import type { StepContext, StepResult } from '#src/platform/server/operations/define-operation.ts';

/** Takes members out of a cluster that goes on: their vote, their services, their data. Undefined when all is done. */
export async function takeMembersAway(
  op: StepContext,
  build: ClusterBuild,
  leaving: readonly BuildMember[],
): Promise<StepResult | undefined> {
  const { scope, ports } = build.spec;
  const names = leaving.map((m) => m.name);
  const voter = build.members.find((m) => m.hasEtcd && m.phase === 'ready' && !names.includes(m.name));
  const stopped = await removeServices(
    op,
    build,
    leaving.map((m) => ({ ...m, hasEtcd: false })),
  );
  if (stopped) return stopped;
  for (const member of voter ? leaving.filter((m) => m.hasEtcd) : []) {
    // The vote goes before the voter: etcd must not wait for one that is down.
    const asked = await askMembers(op, [
      {
        member: voter!,
        kind: 'ask-etcd',
        key: `remove vote ${member.name}`,
        input: {
          name: scope,
          clientPort: ports.etcdClient,
          command: 'remove-member',
          memberName: member.name,
        },
      },
    ]);
    if (asked.not) return asked.not;
  }
  const etcd = await removeServices(
    op,
    build,
    leaving.filter((m) => m.hasEtcd).map((m) => ({ ...m, kind: 'witness' as const })),
  );
  if (etcd) return etcd;
  const removed = await askMembers(
    op,
    leaving.flatMap((member) => [
      ...(member.kind === 'server'
        ? [
            {
              member,
              kind: 'remove-data' as const,
              key: `data ${member.name}`,
              input: { directory: dataDirectory(build.spec) },
            },
          ]
        : []),
      ...(member.hasEtcd
        ? [
            {
              member,
              kind: 'remove-data' as const,
              key: `etcd data ${member.name}`,
              input: { directory: etcdDirectory(build.spec) },
            },
          ]
        : []),
    ]),
  );
  return removed.not;
}
