import { sql } from 'kysely';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { fail, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';
import { askMembers, servers, type BuildMember } from './ask-members.ts';
import { dataDirectory, etcdDirectory, packagesOf, serviceName } from './files.rules.ts';
import type { ClusterBuild } from './queries.ts';

/** Bytes a new, empty server and its WAL want to find free. */
const needsBytes = 3 * 1024 ** 3;

/** Looks at the hosts before anything is touched; fails with the reasons, undefined when all are fit. */
export async function checkHosts(op: StepContext, build: ClusterBuild, members: readonly BuildMember[]): Promise<StepResult | undefined> {
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
    (task.output?.findings ?? []).map((f) => ({ ...f, text: clusterText.hostFinding(task.host.name, f.text) })),
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

/** Makes the packages of members present; undefined when they are. */
export async function installPackages(op: StepContext, build: ClusterBuild, members: readonly BuildMember[]): Promise<StepResult | undefined> {
  const answer = await askMembers(
    op,
    members.map((member) => ({
      member,
      kind: 'install-packages' as const,
      key: `install ${member.name}`,
      input: { packages: packagesOf(member.kind, member.hasEtcd, build.spec.pgVersion) },
    })),
  );
  if (answer.not) return answer.not;
  for (const task of answer.tasks) {
    const versions = Object.entries(task.output?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
    await op.say(clusterText.installed(task.host.name, versions.join(', ')));
  }
  return undefined;
}

function portsNeeded(build: ClusterBuild, member: BuildMember) {
  const { ports } = build.spec;
  const etcd = member.hasEtcd
    ? [{ port: ports.etcdClient, purpose: 'etcd' }, { port: ports.etcdPeer, purpose: 'etcd' }]
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

/** Stops and removes the services of members and their files; data stays. Undefined when all are gone. */
export async function removeServices(op: StepContext, build: ClusterBuild, members: readonly BuildMember[]): Promise<StepResult | undefined> {
  const { scope } = build.spec;
  const remove = (member: BuildMember, name: string, files: string[]) => ({
    member,
    kind: 'remove-service' as const,
    key: `remove ${name} ${member.name}`,
    input: { name, files },
  });
  const files = (directory: string) => ['ca.crt', 'server.crt', 'server.key'].map((f) => `${directory}/${f}`);
  const withData = members.filter((m) => m.kind === 'server');
  // Clients first, then PostgreSQL, and etcd last: Patroni needs it to step down in order.
  const front = await askMembers(
    op,
    withData.flatMap((m) => [
      remove(m, serviceName.router(scope), [`/etc/haproxy/${scope}.cfg`, `/etc/haproxy/${scope}-ca.crt`]),
      remove(m, serviceName.pooler(scope), [`/etc/pgbouncer/${scope}.ini`, `/etc/pgbouncer/${scope}.users`]),
    ]),
  );
  if (front.not) return front.not;
  const patroni = await askMembers(
    op,
    withData.map((m) => remove(m, serviceName.patroni(scope), [`/etc/patroni/${scope}.yml`, ...files(`/etc/patroni/${scope}`)])),
  );
  if (patroni.not) return patroni.not;
  const etcd = await askMembers(
    op,
    members
      .filter((m) => m.hasEtcd)
      .map((m) => remove(m, serviceName.etcd(scope), [`/etc/etcd/${scope}/etcd.yml`, ...files(`/etc/etcd/${scope}`)])),
  );
  return etcd.not;
}

/** Marks members as gone and frees their ports. */
export async function forgetMembers(op: StepContext, build: ClusterBuild, members: readonly BuildMember[]): Promise<void> {
  if (members.length === 0) return;
  await op.db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('fleet.port_slot')
      .where('cluster_id', '=', build.id)
      .where('host_id', 'in', members.map((m) => m.hostId))
      .execute();
    await tx
      .updateTable('fleet.member')
      .set({ phase: 'gone', name: sql<string>`left(name, 40) || '-gone-' || left(id::text, 8)` })
      .where('id', 'in', members.map((m) => m.id))
      .execute();
  });
}
