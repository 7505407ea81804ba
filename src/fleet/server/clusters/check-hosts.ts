import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { fail, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';
import { askMembers, servers, type BuildMember } from './ask-members.ts';
import { dataDirectory, etcdDirectory, packagesOf } from './files.rules.ts';
import type { ClusterBuild } from './queries.ts';

/** Bytes a new, empty server and its WAL want to find free. */
const needsBytes = 3 * 1024 ** 3;

/** Looks at the hosts before anything is touched; fails with the reasons, undefined when all are fit. */
export async function checkHosts(
  op: StepContext,
  build: ClusterBuild,
  members: readonly BuildMember[],
): Promise<StepResult | undefined> {
  const { spec } = build;
  const answer = await askMembers(
    op,
    members.map((member) => ({
      member,
      kind: 'check-host' as const,
      key: `check ${member.name}`,
      input: {
        ...(member.kind === 'server' ? { pgVersion: spec.pgVersion } : {}),
        packages: packagesOf(member.kind, member.hasEtcd, spec.pgVersion),
        ports: portsNeeded(build, member),
        dataDirectories: [
          ...(member.kind === 'server' ? [dataDirectory(spec)] : []),
          ...(member.hasEtcd ? [etcdDirectory(spec)] : []),
        ],
        needsBytes: member.kind === 'server' ? needsBytes : 0,
        members: servers(build).length,
      },
    })),
  );
  if (answer.not) return answer.not;
  const findings = answer.tasks.flatMap((task) =>
    (task.output?.findings ?? []).map((f) => ({
      ...f,
      text: clusterText.hostFinding(task.host.name, f.text),
    })),
  );
  for (const finding of findings) {
    if (finding.level !== 'ok') await op.say(finding.text, finding.level === 'blocker' ? 'error' : 'warning');
  }
  const blockers = findings.filter((f) => f.level === 'blocker');
  if (!blockers[0]) {
    await op.say(clusterText.hostsChecked(members.length));
    return undefined;
  }
  await lookAnew(op);
  return fail(clusterText.hostsUnfit(blockers.length, blockers[0].text));
}

/** A check that found something must look anew when a person retries it. */
async function lookAnew(op: StepContext): Promise<void> {
  await op.db
    .updateTable('fleet.task')
    .set({ state: 'cancelled' })
    .where('operation_id', '=', op.operationId)
    .where('kind', '=', 'check-host')
    .execute();
}

function portsNeeded(build: ClusterBuild, member: BuildMember) {
  const { ports } = build.spec;
  const etcd = member.hasEtcd
    ? [
        { port: ports.etcdClient, purpose: 'etcd' },
        { port: ports.etcdPeer, purpose: 'etcd' },
      ]
    : [];
  if (member.kind === 'witness') return etcd;
  return [
    { port: ports.postgres, purpose: 'PostgreSQL' },
    { port: ports.patroni, purpose: 'Patroni' },
    { port: ports.pooler, purpose: 'PgBouncer' },
    { port: ports.readWrite, purpose: 'HAProxy' },
    { port: ports.readOnly, purpose: 'HAProxy' },
    ...etcd,
  ];
}
