import { backupText } from '#src/fleet/contract/backups.text.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { servers } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { lookAtCluster } from '#src/fleet/server/members/move-leader.ts';
import { ensureTask, notYet } from '#src/fleet/server/tasks/ensure-task.ts';
import { defineOperation, done, fail, go, step } from '#src/platform/server/operations/define-operation.ts';
import { getRestoreWork } from './queries.ts';

const takeSeconds = 12 * 3600;

/** Copies a database or a table from a scratch server into a new database of the cluster, on the host where both are. */
export const takeContents = defineOperation('fleet.take-contents', {
  title: restoreText.takeTitle,
  permission: 'fleet.restore.start',
  deadlineSeconds: takeSeconds,
  steps: {
    look: step(restoreText.stepTakeLook, async (op) => {
      const work = await getRestoreWork(op.db, op.subjectId);
      const build = await getClusterBuild(op.db, work.cluster_id);
      const seen = await lookAtCluster(op, build, 'look');
      if (seen.not) return seen.not;
      const primary = servers(build).find(({ name }) => name === seen.leader);
      if (!primary) return fail(backupText.noPrimaryNow);
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
      if (output.ended === 'refused') return fail(restoreText.notTaken(output.words));
      await op.say(restoreText.taken(into));
      return done;
    }),
  },
});
