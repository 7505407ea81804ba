import { sql } from 'kysely';
import { z } from 'zod';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { lookAtRepositories } from './look-at-repositories.ts';
import { getPlanBuild, listPlansInForce } from './queries.ts';

/** Every five minutes: what the repositories hold, as pgBackRest says it. */
export const lookAtBackups = defineJob(
  'fleet.look-at-backups',
  z.object({}),
  async ({ db, log }) => {
    for (const id of await listPlansInForce(db)) {
      try {
        await lookAtRepositories(db, await getPlanBuild(db, id), 120);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.info({ plan: id, reason: error.message }, 'repositories could not be looked at');
      }
    }
    // Each look is a task; nobody reads it afterwards.
    await sql`delete from fleet.task where kind = 'backup-info' and operation_id is null
      and created_at < now() - interval '15 minutes'`.execute(db);
  },
  { schedule: '*/5 * * * *' },
);
