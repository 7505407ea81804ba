import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { taskKinds, type TaskInput, type TaskKind, type TaskOutput } from '#src/fleet/contract/tasks.ts';
import { taskText } from '#src/fleet/contract/tasks.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { fail, wait, type StepResult } from '#src/platform/server/operations/define-operation.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { sealContext, storedKey, summariseInput, taskChannel } from './rules.ts';

/** What a step has in its hand. */
export type Asker = { db: Db; operationId: string | null; cancelWished?: boolean };

/** A task as its asker sees it. */
export type TaskRow<K extends TaskKind> = {
  id: string;
  host: { id: string; name: string; connected: boolean };
} & (
  | { state: 'queued' | 'running'; output: null; error: null }
  | { state: 'succeeded'; output: TaskOutput<K>; error: null }
  | { state: 'failed'; output: null; error: Text }
);

/**
 * The task of this operation with this key on this host: made and queued the first time, and found again, in whatever
 * state it is, ever after; a different input then changes nothing. One that failed before the present step began (a person
 * retried it), or that was cancelled, runs anew. Refuses a removed host.
 */
export async function ensureTask<K extends TaskKind>(
  asker: Asker,
  order: { hostId: string; kind: K; key: string; input: TaskInput<K> },
): Promise<TaskRow<K>> {
  const host = await asker.db
    .selectFrom('fleet.host')
    .select(['id', 'name', 'connected', 'phase'])
    .where('id', '=', order.hostId)
    .executeTakeFirst();
  if (!host || host.phase === 'removed') throw new AppError('conflict', taskText.hostGone);
  const row = (await queueTask(asker, order)) ?? (await findTask(asker, order));
  return {
    id: row.id,
    host: { id: host.id, name: host.name, connected: host.connected },
    state: row.state,
    output: row.output,
    error: row.error,
  } as TaskRow<K>;
}

/** What a step answers as long as a task has not succeeded: look again, or fail with what the host said. */
export function notYet(task: TaskRow<TaskKind>): StepResult | undefined {
  if (task.state === 'succeeded') return undefined;
  if (task.state === 'failed') return fail(task.error);
  // The report wakes the operation; the wait is only for the case that it never comes.
  return task.host.connected
    ? wait(60, taskText.waitsForHost(task.host.name))
    : wait(10, taskText.hostOffline(task.host.name));
}

/** Inserts or re-queues, and tells the servers; undefined when the task stands as it is. */
async function queueTask<K extends TaskKind>(
  asker: Asker,
  order: { hostId: string; kind: K; key: string; input: TaskInput<K> },
) {
  const input = taskKinds[order.kind].input.parse(order.input) as TaskInput<K>;
  // A new id for each run: an agent that remembers the old one does not take it for done.
  const id = randomUUID();
  // One statement: whoever is killed between two would leave work that no server looks for.
  return asker.db
    .with('queued', (tx) =>
      tx
        .insertInto('fleet.task')
        .values({
          id,
          host_id: order.hostId,
          operation_id: asker.operationId,
          key: storedKey(asker.operationId, order.key),
          kind: order.kind,
          input: JSON.stringify(summariseInput(input)),
          secrets: theVault().seal(JSON.stringify(input), sealContext(id)),
          while_cancelling: asker.cancelWished === true,
        })
        .onConflict((oc) =>
          oc
            .columns(['host_id', 'key'])
            .doUpdateSet((eb) => ({
              id: eb.ref('excluded.id'),
              kind: eb.ref('excluded.kind'),
              input: eb.ref('excluded.input'),
              secrets: eb.ref('excluded.secrets'),
              while_cancelling: eb.ref('excluded.while_cancelling'),
              state: 'queued' as const,
              output: null,
              error: null,
              created_at: sql<Date>`now()`,
              taken_at: null,
              reported_at: null,
              ended_at: null,
            }))
            .where(
              ({ eb, or, and, selectFrom }) =>
                or([
                  eb('fleet.task.state', '=', 'cancelled'),
                  and([
                    eb('fleet.task.state', '=', 'failed'),
                    eb(
                      'fleet.task.ended_at',
                      '<',
                      selectFrom('platform.operation')
                        .select('step_started_at')
                        .where('platform.operation.id', '=', asker.operationId),
                    ),
                  ]),
                ]) as never,
            ),
        )
        .returning(['id', 'host_id', 'state', 'output', 'error']),
    )
    .selectFrom('queued')
    .select(['id', 'state', 'output', 'error'])
    .select(sql`pg_notify(${taskChannel}, host_id::text)`.as('told'))
    .executeTakeFirst();
}

async function findTask(asker: Asker, order: { hostId: string; key: string }) {
  const row = await asker.db
    .selectFrom('fleet.task')
    .select(['id', 'state', 'output', 'error', 'while_cancelling'])
    .where('host_id', '=', order.hostId)
    .where('key', '=', storedKey(asker.operationId, order.key))
    .executeTakeFirstOrThrow();
  if (asker.cancelWished && !row.while_cancelling) {
    await asker.db
      .updateTable('fleet.task')
      .set({ while_cancelling: true })
      .where('id', '=', row.id)
      .execute();
  }
  return row;
}
