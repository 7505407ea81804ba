import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { TaskInput, TaskKind, TaskOutput } from '#src/fleet/contract/tasks.ts';
import { taskText } from '#src/fleet/contract/tasks.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { ensureTask } from './ensure-task.ts';

/**
 * Asks a host for one thing and waits for the answer: for what a person waits for on a page, never inside a step or a
 * transaction. Refuses a host that is offline; throws `conflict` with what the host said when it could not.
 */
export async function askHost<K extends TaskKind>(
  db: Db,
  order: { hostId: string; kind: K; input: TaskInput<K>; timeoutSeconds?: number },
): Promise<TaskOutput<K>> {
  const seconds = order.timeoutSeconds ?? 20;
  const task = await ensureTask({ db, operationId: null }, { ...order, key: randomUUID() });
  if (!task.host.connected) {
    await giveUp(db, task.id);
    throw new AppError('unavailable', taskText.hostOfflineNow(task.host.name));
  }
  const began = Date.now();
  const end = began + seconds * 1000;
  // Most answers come within a second, and a person waits for them; later ones are looked for less often.
  const slowest = () => (Date.now() - began < 1000 ? 25 : 200);
  for (let pauseMs = 10; Date.now() < end; pauseMs = Math.min(slowest(), pauseMs * 1.5)) {
    await sleep(pauseMs);
    const row = await db
      .selectFrom('fleet.task')
      .select(['state', 'output', 'error'])
      .where('id', '=', task.id)
      .executeTakeFirstOrThrow();
    if (row.state === 'succeeded') return row.output as TaskOutput<K>;
    if (row.state === 'failed') throw new AppError('conflict', row.error as Text);
    if (row.state === 'cancelled') break;
  }
  await giveUp(db, task.id);
  throw new AppError('unavailable', taskText.hostDoesNotAnswer(task.host.name, seconds));
}

/** Nobody waits any more: what was not begun must not begin later. */
async function giveUp(db: Db, taskId: string): Promise<void> {
  await db
    .updateTable('fleet.task')
    .set({ state: 'cancelled', ended_at: sql<Date>`clock_timestamp()`, secrets: null })
    .where('id', '=', taskId)
    .where('state', '=', 'queued')
    .execute();
}
