import { logicalBackupText } from '#src/fleet/contract/logical-backups.text.ts';
import type { DumpContents } from '#src/fleet/contract/logical-backups.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import { taskText } from '#src/fleet/contract/tasks.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
  type StepContext,
} from '#src/platform/server/operations/define-operation.ts';
import { getDumpWork } from './queries.ts';
import { outdated } from './rules.ts';

const dumpSeconds = 2 * 86_400;
/** A host that stays away this long makes a failed backup, which is an alert, and not a silence. */
const patienceMs = 60 * 60_000;

const labelOf = (op: StepContext) => String(op.input['label']);
const MiB = 1024 ** 2;

async function note(
  op: StepContext,
  state: 'running' | 'done' | 'failed',
  more: { contents?: DumpContents; problem?: Text } = {},
): Promise<void> {
  await op.db
    .updateTable('fleet.logical_backup')
    .set({
      state,
      ended_at: state === 'running' ? null : new Date(),
      ...(more.contents === undefined ? {} : { contents: JSON.stringify(more.contents) }),
      problem: more.problem === undefined ? null : JSON.stringify(more.problem),
    })
    .where('external_id', '=', op.subjectId)
    .where('label', '=', labelOf(op))
    .execute();
}

/** One logical backup of an external database; then those that are kept no more go. */
export const runDump = defineOperation('fleet.run-dump', {
  title: logicalBackupText.title,
  permission: 'fleet.backup.run',
  deadlineSeconds: dumpSeconds,
  cancelStep: 'stopped',
  steps: {
    dump: step(logicalBackupText.stepDump, async (op) => {
      const work = await getDumpWork(op.db, op.subjectId);
      const task = await ensureTask(op, {
        hostId: work.host_id,
        kind: 'dump-database',
        key: 'dump',
        input: {
          name: work.name,
          label: labelOf(op),
          folder: work.folder,
          server: work.server,
          password: work.password,
          passphrase: work.passphrase,
          keyFingerprint: work.keyFingerprint,
          databases: work.databases,
          timeoutSeconds: dumpSeconds,
        },
      });
      if (task.state === 'failed') {
        await note(op, 'failed', { problem: task.error });
        return fail(task.error);
      }
      if (task.state !== 'succeeded') {
        const isLate = Date.now() - op.stepStartedAt.getTime() > patienceMs;
        if (!task.host.connected && isLate) {
          const problem = taskText.hostOffline(task.host.name);
          await note(op, 'failed', { problem });
          return fail(problem);
        }
        await note(op, 'running');
        return task.host.connected
          ? wait(30, logicalBackupText.dumping(task.host.name))
          : wait(10, taskText.hostOffline(task.host.name));
      }
      const contents = task.output;
      await note(op, 'done', { contents });
      const bytes = contents.files.reduce((sum, file) => sum + file.bytes, 0);
      await op.say(logicalBackupText.dumped(contents.files.length - 1, `${(bytes / MiB).toFixed(1)} MiB`));
      if (!contents.withPasswords) await op.say(logicalBackupText.noPasswords, 'warning');
      return go('prune');
    }),

    prune: step(logicalBackupText.stepPrune, async (op) => {
      const work = await getDumpWork(op.db, op.subjectId);
      const rows = await op.db
        .selectFrom('fleet.logical_backup')
        .select('label')
        .where('external_id', '=', op.subjectId)
        .where('state', '=', 'done')
        .execute();
      // Decided once: a step that runs again after a removal would see another world.
      const labels =
        (op.data['labels'] as string[] | undefined) ??
        outdated(
          rows.map(({ label }) => label),
          work.keep,
        );
      if (!op.data['labels']) await op.remember({ labels });
      if (labels.length === 0) return done;
      const task = await ensureTask(op, {
        hostId: work.host_id,
        kind: 'remove-dumps',
        key: 'remove',
        input: { name: work.name, folder: work.folder, labels },
      });
      // The backup is there and whole: what could not be removed is removed after the next one.
      if (task.state === 'failed') {
        await op.say(logicalBackupText.notRemoved(task.error), 'warning');
        return done;
      }
      if (task.state !== 'succeeded') return wait(30);
      await op.db
        .updateTable('fleet.logical_backup')
        .set({ state: 'removed' })
        .where('external_id', '=', op.subjectId)
        .where('label', 'in', labels)
        .execute();
      return done;
    }),

    stopped: step(
      logicalBackupText.stepStopped,
      async (op) => {
        const row = await op.db
          .selectFrom('fleet.logical_backup')
          .select('state')
          .where('external_id', '=', op.subjectId)
          .where('label', '=', labelOf(op))
          .executeTakeFirst();
        if (row?.state !== 'done') await note(op, 'failed', { problem: logicalBackupText.cancelled });
        return done;
      },
      { hidden: true },
    ),
  },
});
