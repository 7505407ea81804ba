import { accountsScript } from '#src/fleet/server/clusters/accounts.rules.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { scramVerifier } from '#src/fleet/server/contents/rules.ts';
import { ensureTask, notYet } from '#src/fleet/server/tasks/ensure-task.ts';
import type { StepContext, StepResult } from '#src/platform/server/operations/define-operation.ts';
import type { RestoreWork } from './queries.ts';
import { passwordsScript, scratchPort } from './rules.ts';

/**
 * Gives the accounts that Elepherd knows the passwords of this cluster, on the recovered server before Patroni has it: the data
 * may be of a time, or a cluster, with others, and Patroni would not get in.
 */
export async function setPasswords(
  op: StepContext,
  build: ClusterBuild,
  work: RestoreWork,
): Promise<StepResult | undefined> {
  const { passwords, pgVersion } = build.spec;
  const task = await ensureTask(op, {
    hostId: work.host_id,
    kind: 'run-sql',
    key: 'passwords',
    input: {
      pgVersion,
      port: scratchPort,
      socketDirectory: work.directory,
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
  });
  return notYet(task);
}
