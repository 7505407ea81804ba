import { accountsScript } from '#src/fleet/server/clusters/accounts.rules.ts';
import { askMembers, type BuildMember } from '#src/fleet/server/clusters/ask-members.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { scramVerifier } from '#src/fleet/server/contents/rules.ts';
import type { StepContext, StepResult } from '#src/platform/server/operations/define-operation.ts';
import { passwordsScript } from './rules.ts';

/** Gives the accounts that Elepherd knows the passwords of this cluster: the data may be of a time, or a cluster, with others. */
export async function setPasswords(
  op: StepContext,
  build: ClusterBuild,
  member: BuildMember,
): Promise<StepResult | undefined> {
  const { passwords, pgVersion, ports } = build.spec;
  const answer = await askMembers(op, [
    {
      member,
      kind: 'run-sql' as const,
      key: 'passwords',
      input: {
        pgVersion,
        port: ports.postgres,
        timeoutSeconds: 60,
        database: 'template1',
        script: `${accountsScript}\n${passwordsScript}`,
        variables: {
          pooler_password: scramVerifier(passwords.pooler),
          app_password: scramVerifier(build.appPassword),
          replication_password: scramVerifier(passwords.replication),
          rewind_password: scramVerifier(passwords.rewind),
        },
      },
    },
  ]);
  return answer.not;
}
