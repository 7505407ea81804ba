import { backupText } from '#src/fleet/contract/backups.text.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { servers, type BuildMember } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild, type ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { scripts } from '#src/fleet/server/contents/rules.ts';
import { lookAtCluster } from '#src/fleet/server/members/move-leader.ts';
import { ensureTask, notYet } from '#src/fleet/server/tasks/ensure-task.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { refuse } from './bring-data.ts';
import { getRestoreWork } from './queries.ts';

const takeSeconds = 12 * 3600;

/** Copies a database or a table from a scratch server into a new database of the cluster, on the host where both are. */
export const takeContents = defineOperation('fleet.take-contents', {
  title: restoreText.takeTitle,
  permission: 'fleet.restore.start',
  deadlineSeconds: takeSeconds,
  cancelStep: 'undo',
  steps: {
    look: step(restoreText.stepTakeLook, async (op) => {
      const work = await getRestoreWork(op.db, op.subjectId);
      const build = await getClusterBuild(op.db, work.cluster_id);
      const { primary, not } = await findPrimary(op, build);
      if (not) return not;
      if (primary.hostId !== work.host_id) return fail(restoreText.scratchElsewhere(primary.hostName));
      return go('take');
    }),

    take: step(restoreText.stepTake, async (op) => {
      const work = await getRestoreWork(op.db, op.subjectId);
      const build = await getClusterBuild(op.db, work.cluster_id);
      const { database, table, into } = op.input as {
        database: string;
        table: { schema: string; name: string } | null;
        into: string;
      };
      const task = await ensureTask(op, {
        hostId: work.host_id!,
        kind: 'take-from-scratch',
        key: 'take',
        input: {
          pgVersion: build.spec.pgVersion,
          directory: work.directory,
          port: work.port ?? 0,
          toPort: build.spec.ports.postgres,
          database,
          table,
          into,
          timeoutSeconds: takeSeconds,
        },
      });
      const not = notYet(task);
      if (not) return not;
      const output = task.output!;
      if (output.ended === 'refused') return refuse(op, restoreText.notTaken(output.words));
      await op.say(restoreText.taken(into));
      return done;
    }),

    undo: step(
      restoreText.stepTakeUndo,
      async (op) => {
        const work = await getRestoreWork(op.db, op.subjectId);
        const task = await op.db
          .selectFrom('fleet.task')
          .select(['state', 'output'])
          .where('operation_id', '=', op.operationId)
          .where('kind', '=', 'take-from-scratch')
          .executeTakeFirst();
        // The host ends the copy, and drops the database that it had made for it.
        if (task?.state === 'running') return wait(5, restoreText.takeEnds);
        const { ended } = (task?.output ?? {}) as { ended?: string };
        if (task?.state !== 'succeeded' || ended !== 'done') return done;
        const build = await getClusterBuild(op.db, work.cluster_id);
        const { primary, not } = await findPrimary(op, build);
        if (not) return not;
        const dropped = await ensureTask(op, {
          hostId: primary.hostId,
          kind: 'run-sql',
          key: 'undo',
          input: {
            pgVersion: build.spec.pgVersion,
            port: build.spec.ports.postgres,
            database: 'postgres',
            script: scripts['drop-database'],
            variables: { name: String(op.input['into']) },
            timeoutSeconds: 300,
          },
        });
        return notYet(dropped) ?? done;
      },
      { hidden: true },
    ),
  },
});

/** The primary as Patroni sees it now; a retry looks anew. */
async function findPrimary(
  op: StepContext,
  build: ClusterBuild,
): Promise<{ primary: BuildMember; not: undefined } | { primary: undefined; not: StepResult }> {
  const seen = await lookAtCluster(op, build, `look ${op.stepStartedAt.getTime()}`);
  if (seen.not) return { primary: undefined, not: seen.not };
  const primary = servers(build).find(({ name }) => name === seen.leader);
  return primary ? { primary, not: undefined } : { primary, not: fail(backupText.noPrimaryNow) };
}
