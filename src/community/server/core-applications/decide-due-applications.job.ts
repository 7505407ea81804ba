import { sql } from 'kysely';
import { z } from 'zod';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { decideApplication, lockApplication } from './decide-application.ts';

/** Every hour: applications whose time to vote is over are decided by the votes that were given. */
export const decideDueApplications = defineJob(
  'community.decide-due-applications',
  z.object({}),
  async ({ db }) => {
    const due = await db
      .selectFrom('community.core_application')
      .select('id')
      .where('state', '=', 'open')
      .where('votes_until', '<=', sql<Date>`now()`)
      .orderBy('id')
      .limit(1000)
      .execute();
    for (const { id } of due)
      await db.transaction().execute(async (tx) => {
        const ctx = systemContext(tx, noOrg);
        const application = await lockApplication(ctx, id);
        if (application?.state === 'open') await decideApplication(ctx, application);
      });
  },
  { schedule: '7 * * * *' },
);
