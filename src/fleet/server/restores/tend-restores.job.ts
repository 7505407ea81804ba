import { z } from 'zod';
import { systemContext } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { cleanRestore } from './clean-restore.ts';

/** Every ten minutes: removes what restores keep once its time is over. */
export const tendRestores = defineJob(
  'fleet.tend-restores',
  z.object({}),
  async ({ db, log }) => {
    const over = await db
      .selectFrom('fleet.restore')
      .select(['id', 'org_id'])
      .where('state', '=', 'done')
      .where('keep_until', '<', new Date())
      .execute();
    for (const { id, org_id } of over) {
      try {
        await cleanRestore(systemContext(db, org_id), id);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.info({ restore: id }, 'what a restore keeps is being removed already');
      }
    }
  },
  { schedule: '*/10 * * * *' },
);
