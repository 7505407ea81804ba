import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '#src/platform/server/jobs.ts';

/** Days after which an ended task is forgotten; questions that a page asked are worth nothing the day after. */
const keptDays = 30;
const askedDays = 1;

/** Removes tasks that ended long ago, of operations that are over, and commands for new hosts that nobody used. */
export const forgetTasks = defineJob(
  'fleet.forget-tasks',
  z.object({}),
  async ({ db }) => {
    await sql`
      delete from fleet.task t
      where t.state in ('succeeded', 'failed', 'cancelled')
        and t.ended_at < now() - make_interval(days => case when t.operation_id is null then ${askedDays}::int else ${keptDays}::int end)
        and not exists (select from platform.operation o
                        where o.id = t.operation_id and o.state in ('running', 'cancelling'))`.execute(db);
    await sql`
      delete from fleet.enrolment
      where used_at is null and expires_at < now() - make_interval(days => ${keptDays}::int)`.execute(db);
  },
  { schedule: '17 3 * * *' },
);
