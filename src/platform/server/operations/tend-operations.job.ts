import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '../jobs.ts';
import { noticeDeadline } from './run-operation.ts';
import { wakeOperation } from './start-operation.ts';

/** An error of the engine itself (say, the database was away) postpones the next look by up to hours; a minute is enough. */
const postponedSecondsAtMost = 60;

/**
 * Every minute: gives each live operation whose next look was lost or postponed a new one, raises the alert about passed
 * deadlines even while an operation waits, and removes what dead workers left on the queue, and the queues of operations
 * that have ended.
 */
export const tendOperations = defineJob(
  'platform.tend-operations',
  z.object({}),
  async ({ db, log }) => {
    const { rows: lost } = await sql<{ id: string; kind: string }>`
      select o.id, o.kind from platform.operation o
      where o.state in ('running', 'cancelling') and not exists (
        select from graphile_worker.jobs j
        where j.key = 'operation:' || o.id and j.attempts < j.max_attempts
          and (j.locked_at is not null or j.attempts = 0
            or j.run_at < now() + make_interval(secs => ${postponedSecondsAtMost})))`.execute(db);
    for (const { id, kind } of lost) {
      log.warn({ operation: id, kind }, 'an operation had nobody to look after it; it goes on');
      await wakeOperation(db, id);
    }
    // A look under way when its worker died: a newer one took its key, and it would stand there as a failure, its queue with it.
    await sql`
      delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = 'operation' and j.key is null
        and j.attempts >= j.max_attempts and j.locked_at is null`.execute(db);
    const late = await db
      .selectFrom('platform.operation')
      .select(['id', 'org_id', 'kind', 'step', 'overdue', 'deadline_at'])
      .where('state', 'in', ['running', 'cancelling'])
      .where('overdue', '=', false)
      .where('deadline_at', '<', sql<Date>`now()`)
      .execute();
    for (const row of late) await noticeDeadline(db, row);
    // Each look at the job table locks every free queue, so they must not pile up. The operation's row is locked against
    // a retry, whose job would otherwise belong to a queue that is gone and never run.
    await sql`
      with over as (
        select 'operation:' || id as queue_name from platform.operation
        where state not in ('running', 'cancelling') and ended_at < now() - interval '1 minute'
          and id in (select substr(queue_name, 11)::uuid from graphile_worker._private_job_queues where queue_name like 'operation:%')
        limit 1000 for update skip locked
      )
      delete from graphile_worker._private_job_queues q using over
      where q.queue_name = over.queue_name and q.locked_at is null
        and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id)`.execute(db);
  },
  { schedule: '* * * * *' },
);
