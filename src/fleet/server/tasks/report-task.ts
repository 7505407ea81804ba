import { sql, type Kysely } from 'kysely';
import { taskKinds, type TaskKind, type TaskReport } from '#src/fleet/contract/tasks.ts';
import { taskText } from '#src/fleet/contract/tasks.text.ts';
import type { DB } from '#src/platform/server/db.ts';
import { logLine } from '#src/platform/server/operations/run-operation.ts';
import { wakeOperation } from '#src/platform/server/operations/start-operation.ts';

/**
 * Takes down what a host says of its task: lines go into the operation's log, and an end wakes the operation. A report of a
 * task that has ended already changes nothing; one of a task that is not this host's is `unknown`.
 */
export async function reportTask(
  db: Kysely<DB>,
  hostId: string,
  taskId: string,
  report: TaskReport,
): Promise<'taken' | 'known' | 'unknown'> {
  return db.transaction().execute(async (tx) => {
    const task = await tx
      .selectFrom('fleet.task')
      .select(['kind', 'state', 'operation_id'])
      .where('id', '=', taskId)
      .where('host_id', '=', hostId)
      .forUpdate()
      .executeTakeFirst();
    if (!task) return 'unknown';
    if (task.state !== 'queued' && task.state !== 'running') return 'known';
    const ended = report.state !== 'running';
    const result = checked(task.kind as TaskKind, report);
    await tx
      .updateTable('fleet.task')
      .set({
        state: result.state,
        output: result.output === undefined ? null : JSON.stringify(result.output),
        error: result.error === undefined ? null : JSON.stringify(result.error),
        reported_at: sql<Date>`clock_timestamp()`,
        ...(ended ? { ended_at: sql<Date>`clock_timestamp()`, secrets: null } : {}),
      })
      .where('id', '=', taskId)
      .execute();
    if (task.operation_id === null) return 'taken';
    const operation = await tx
      .selectFrom('platform.operation')
      .select(['step', 'state'])
      .where('id', '=', task.operation_id)
      .executeTakeFirst();
    if (!operation) return 'taken';
    for (const text of report.lines) await logLine(tx, task.operation_id, operation.step, text, 'info');
    if (ended && (operation.state === 'running' || operation.state === 'cancelling')) {
      await wakeOperation(tx, task.operation_id);
    }
    return 'taken';
  });
}

function checked(kind: TaskKind, report: TaskReport): Pick<TaskReport, 'state' | 'output' | 'error'> {
  if (report.state === 'running') return { state: 'running' };
  if (report.state === 'failed') return { state: 'failed', error: report.error ?? taskText.badOutput(kind) };
  const parsed = taskKinds[kind]?.output.safeParse(report.output);
  return parsed?.success
    ? { state: 'succeeded', output: parsed.data }
    : { state: 'failed', error: taskText.badOutput(kind) };
}
