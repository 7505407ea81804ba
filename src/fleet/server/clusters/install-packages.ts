import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import type { StepContext, StepResult } from '#src/platform/server/operations/define-operation.ts';
import { askMembers, type BuildMember } from './ask-members.ts';
import { packagesOf } from './files.rules.ts';
import type { ClusterBuild } from './queries.ts';

/** Makes the packages of members present; undefined when they are. */
export async function installPackages(
  op: StepContext,
  build: ClusterBuild,
  members: readonly BuildMember[],
): Promise<StepResult | undefined> {
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
    const versions = Object.entries(task.output?.versions ?? {}).map(
      ([name, version]) => `${name} ${version}`,
    );
    await op.say(clusterText.installed(task.host.name, versions.join(', ')));
  }
  return undefined;
}
