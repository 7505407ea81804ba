import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '#src/platform/server/jobs.ts';
import { spentMinutes } from '../second-factor/spend-code.ts';

/** Forgets sessions, challenges, links, sign-ups, spent codes and counted failures whose time is over. */
export const deleteExpired = defineJob(
  'identity.delete-expired',
  z.object({}),
  async ({ db }) => {
    const now = sql<Date>`now()`;
    await db.deleteFrom('identity.session').where('expires_at', '<', now).execute();
    await db.deleteFrom('identity.verification').where('expires_at', '<', now).execute();
    await db.deleteFrom('identity.sign_up').where('expires_at', '<', now).execute();
    await db.deleteFrom('identity.sign_in_link').where('expires_at', '<', now).execute();
    await db
      .deleteFrom('identity.spent_code')
      .where('spent_at', '<', sql<Date>`now() - make_interval(mins => ${spentMinutes})`)
      .execute();
    await db
      .deleteFrom('identity.sign_in_failure')
      .where('last_at', '<', sql<Date>`now() - interval '2 days'`)
      .execute();
  },
  { schedule: '17 * * * *' },
);
