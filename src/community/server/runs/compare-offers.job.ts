import { z } from 'zod';
import { defineJob } from '#src/platform/server/jobs.ts';
import { orderRun } from './order-run.ts';
import { listOffers } from './provide-postgres.ts';
import { listOutdated } from './queries.ts';
import { signatureOf } from './rules.ts';

const writingsARun = 200;

/** Every ten minutes: notes which versions of PostgreSQL can be had, and has run again what was not held against them yet. */
export const compareOffers = defineJob(
  'community.compare-offers',
  z.object({}),
  async ({ db }) => {
    const offers = await listOffers();
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('community.offered_postgres').execute();
      if (offers.length > 0) await tx.insertInto('community.offered_postgres').values(offers).execute();
    });
    // Where nothing can run, nothing that ran is out of date.
    if (offers.length === 0) return;
    for (const writing of await listOutdated(db, signatureOf(offers), writingsARun))
      await orderRun(db, writing);
  },
  { schedule: '*/10 * * * *' },
);
