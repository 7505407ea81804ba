import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '#src/platform/server/jobs.ts';

const eventDays = 400;
const evidenceDays = 90;
/** Of one cluster; a repair that fails again and again must not fill the database. */
const evidenceAtMost = 60;

/** Every night: what happened more than a year ago goes, and evidence of repairs after three months. */
export const forgetIncidents = defineJob(
  'fleet.forget-incidents',
  z.object({}),
  async ({ db }) => {
    await sql`delete from fleet.incident_event where at < now() - make_interval(days => ${eventDays})`.execute(
      db,
    );
    await sql`
      delete from fleet.evidence e using (
        select id, row_number() over (partition by cluster_id order by taken_at desc) as place from fleet.evidence) p
      where p.id = e.id and (p.place > ${evidenceAtMost} or e.taken_at < now() - make_interval(days => ${evidenceDays}))`.execute(
      db,
    );
  },
  { schedule: '29 3 * * *' },
);
