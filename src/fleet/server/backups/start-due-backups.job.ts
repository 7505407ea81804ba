import { z } from 'zod';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { getPlanBuild, listPlansInForce } from './queries.ts';
import { dueBackup } from './schedule.rules.ts';
import { startBackup } from './start-backup.ts';

/** Every minute: starts the backups that policies call for. One that cannot begin, because another runs, begins after it. */
export const startDueBackups = defineJob(
  'fleet.start-due-backups',
  z.object({}),
  async ({ db, log }) => {
    for (const id of await listPlansInForce(db)) {
      const plan = await getPlanBuild(db, id);
      const now = new Date();
      const type = dueBackup(plan.schedule, plan.consideredAt, now);
      if (type === undefined) continue;
      try {
        await inTransaction(systemContext(db, plan.orgId, 'schedule'), async (tx) => {
          await tx.db
            .updateTable('fleet.backup_plan')
            .set({ considered_at: now })
            .where('id', '=', id)
            .execute();
          await startBackup(tx, plan.clusterId, { type });
        });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.info({ plan: id, reason: error.message }, 'a backup that is due waits');
      }
    }
  },
  { schedule: '* * * * *' },
);
