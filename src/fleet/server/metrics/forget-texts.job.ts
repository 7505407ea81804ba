import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '#src/platform/server/jobs.ts';

/** Removes texts of statements that no agent has told of for longer than metrics are kept: once a night. */
export const forgetTexts = defineJob(
  'fleet.forget-texts',
  z.object({}),
  async ({ db, config }) => {
    await sql`delete from fleet.query_text
      where seen_at < now() - make_interval(months => ${config.METRICS_MONTHS + 1})`.execute(db);
  },
  { schedule: '23 3 * * *' },
);
