import type { StepContext, StepResult } from '#src/platform/server/operations/define-operation.ts';
import { allBackupPaths } from '#src/fleet/server/backups/files.rules.ts';
import { askMembers, type BuildMember } from './ask-members.ts';
import { pgpassFile, serviceName } from './files.rules.ts';
import type { ClusterBuild } from './queries.ts';

/** Stops and removes the services of members and their files; data stays. Undefined when all are gone. */
export async function removeServices(
  op: StepContext,
  build: ClusterBuild,
  members: readonly BuildMember[],
): Promise<StepResult | undefined> {
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
      remove(
        m,
        serviceName.pooler(scope),
        ['ini', 'users', 'hba'].map((end) => `/etc/pgbouncer/${scope}.${end}`),
      ),
    ]),
  );
  if (front.not) return front.not;
  const patroni = await askMembers(
    op,
    withData.map((m) =>
      remove(m, serviceName.patroni(scope), [
        `/etc/patroni/${scope}.yml`,
        ...files(`/etc/patroni/${scope}`),
        pgpassFile(scope),
        ...allBackupPaths(scope),
      ]),
    ),
  );
  if (patroni.not) return patroni.not;
  const etcd = await askMembers(
    op,
    members
      .filter((m) => m.hasEtcd)
      .map((m) =>
        remove(m, serviceName.etcd(scope), [`/etc/etcd/${scope}/etcd.yml`, ...files(`/etc/etcd/${scope}`)]),
      ),
  );
  return etcd.not;
}
