import { sql } from 'kysely';
import { z } from 'zod';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { countElection } from './count-election.ts';
import { mixBallots } from './mix-ballots.ts';
import { lockElection } from './queries.ts';

/** Every five minutes: mixes the boxes of elections that are open, and counts those that are over. */
export const tendElections = defineJob(
  'community.tend-elections',
  z.object({}),
  async ({ db }) => {
    const begun = await db
      .selectFrom('community.election')
      .select('id')
      .where('counted_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .where('opens_at', '<=', sql<Date>`now()`)
      .orderBy('id')
      .execute();
    for (const { id } of begun)
      await db.transaction().execute(async (tx) => {
        const ctx = systemContext(tx, noOrg);
        const { state } = await lockElection(ctx, id, 'update');
        if (state === 'open') await mixBallots(ctx, id);
        if (state === 'closed') await countElection(ctx, id);
      });
  },
  { schedule: '*/5 * * * *' },
);
