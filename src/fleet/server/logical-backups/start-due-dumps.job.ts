import { z } from 'zod';
import { nextRun } from '#src/fleet/server/backups/schedule.rules.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { startDump } from './start-dump.ts';

/** Every minute: starts the logical backups that are due. One that cannot begin, because another runs, begins after it. */
export const startDueDumps = defineJob(
  'fleet.start-due-dumps',
  z.object({}),
  async ({ db, log }) => {
    const rows = await db
      .selectFrom('fleet.external_database')
      .select(['id', 'org_id', 'schedule', 'time_zone', 'considered_at'])
      .execute();
    for (const row of rows) {
      const now = new Date();
      const next = nextRun(row.schedule, row.time_zone, row.considered_at);
      if (next === undefined || next > now) continue;
      try {
        await inTransaction(systemContext(db, row.org_id, 'schedule'), async (tx) => {
          await tx.db
            .updateTable('fleet.external_database')
            .set({ considered_at: now })
            .where('id', '=', row.id)
            .execute();
          await startDump(tx, row.id);
        });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.info({ external: row.id, reason: error.message }, 'a logical backup that is due waits');
      }
    }
  },
  { schedule: '* * * * *' },
);
