import { askMembers, type BuildMember } from '#src/fleet/server/clusters/ask-members.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { fail, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';
import { allBackupPaths, backupFiles, refusalOf } from './files.rules.ts';
import type { PlanBuild } from './queries.ts';

/**
 * Makes pgBackRest present on members, with the files of the cluster's plan as the version there reads them. Undefined when
 * all have them; fails, before any file is placed, when a version cannot do what the plan asks for.
 */
export async function placeBackupFiles(
  op: StepContext,
  build: ClusterBuild,
  members: readonly BuildMember[],
  plan: PlanBuild,
): Promise<StepResult | undefined> {
  const installed = await askMembers(
    op,
    members.map((member) => ({
      member,
      kind: 'install-packages' as const,
      key: `pgbackrest ${member.name}`,
      input: { packages: ['pgbackrest'] },
    })),
  );
  if (installed.not) return installed.not;
  const { stanza, repositories } = plan.spec;
  // Debian's version, 2.55.1-1, begins with pgBackRest's own.
  const versions = installed.tasks.map(
    (task) => /^[\d.]+/.exec(task.output?.versions['pgbackrest'] ?? '')?.[0] ?? '',
  );
  const refusal = versions
    .map((version) => refusalOf(repositories, version))
    .find((one) => one !== undefined);
  if (refusal) return fail(refusal);
  const placed = await askMembers(
    op,
    members.map((member, i) => ({
      member,
      kind: 'place-backup-files' as const,
      key: `backup files ${member.name}`,
      input: { files: backupFiles(plan.spec, versions[i]!), remove: allBackupPaths(stanza) },
    })),
  );
  return placed.not;
}
