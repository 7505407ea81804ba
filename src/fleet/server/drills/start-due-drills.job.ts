import { z } from 'zod';
import { systemContext } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { startDrill } from './start-drill.ts';

/** Asked again soon when a drill could not begin. */
const againMs = 30 * 60_000;

/** Every five minutes: begins the drills that are due. */
export const startDueDrills = defineJob(
  'fleet.start-due-drills',
  z.object({}),
  async ({ db, log }) => {
    const due = await db
      .selectFrom('fleet.drill_plan as d')
      .innerJoin('fleet.cluster as c', 'c.id', 'd.cluster_id')
      .select(['d.cluster_id', 'd.org_id', 'd.host_id', 'd.interval_hours'])
      .where('d.next_at', '<=', new Date())
      .where('c.phase', '=', 'ready')
      .execute();
    for (const plan of due) {
      let nextAt = new Date(Date.now() + plan.interval_hours * 3_600_000);
      try {
        const wish = plan.host_id === null ? {} : { hostId: plan.host_id };
        await startDrill(systemContext(db, plan.org_id), plan.cluster_id, wish, true);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.warn({ cluster: plan.cluster_id, why: error.message }, 'a drill that is due cannot begin');
        nextAt = new Date(Date.now() + againMs);
      }
      await db
        .updateTable('fleet.drill_plan')
        .set({ next_at: nextAt })
        .where('cluster_id', '=', plan.cluster_id)
        .execute();
    }
  },
  { schedule: '*/5 * * * *' },
);
