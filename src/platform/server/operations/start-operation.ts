import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Db } from '../db.ts';
import { firstStep, type OperationDefinition } from './define-operation.ts';

/** Starts long work in the transaction of the command that wishes it; returns its id. */
export async function startOperation(
  tx: Context,
  definition: OperationDefinition,
  subjectId: string,
  input: Record<string, unknown> = {},
): Promise<string> {
  const step = firstStep(definition);
  const row = await tx.db
    .insertInto('platform.operation')
    .values({
      org_id: tx.actor.orgId,
      kind: definition.kind,
      subject_id: subjectId,
      step,
      input: JSON.stringify(input),
      started_by: tx.actor.name,
      deadline_at: sql<Date>`now() + make_interval(secs => ${definition.deadlineSeconds})`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.db
    .insertInto('platform.operation_step')
    .values({ operation_id: row.id, name: step, state: 'running' })
    .execute();
  await wakeOperation(tx.db, row.id);
  return row.id;
}

/** Makes an operation look at the world now instead of when its wait ends. Part of the caller's transaction. */
export async function wakeOperation(db: Db, operationId: string): Promise<void> {
  await scheduleOperation(db, operationId, 0, 'replace');
}

/** Puts the next look of an operation on the queue; its queue name keeps two looks from running at once. */
export async function scheduleOperation(
  db: Db,
  operationId: string,
  waitSeconds: number,
  mode: 'replace' | 'preserve_run_at',
): Promise<void> {
  // No row comes back when a worker took the job between the two statements of add_job: that look may have begun before
  // what it should see, so the next one is put on again.
  for (let added = false; !added;) {
    const { rows } = await sql<{ id: number | null }>`select (graphile_worker.add_job('operation',
      payload => json_build_object('id', ${operationId}::text), queue_name => ${queueOf(operationId)},
      run_at => now() + make_interval(secs => ${waitSeconds}), max_attempts => ${attemptsAtMost},
      job_key => ${queueOf(operationId)}, job_key_mode => ${mode})).id`.execute(db);
    added = rows[0]?.id != null;
  }
}

/** A look that is cut off counts as an attempt, and cuts must never stop an operation. */
const attemptsAtMost = 10_000;

/** Name of the queue of an operation, and key of its next look. */
export const queueOf = (operationId: string): string => `operation:${operationId}`;
