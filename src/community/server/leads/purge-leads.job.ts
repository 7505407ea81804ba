import { sql } from 'kysely';
import { z } from 'zod';
import { linkDays } from '#src/community/contract/downloads.ts';
import { defineJob } from '#src/platform/server/jobs.ts';

/** Erases leads on the day that was promised, those whose address nobody proved, and links that are over. */
export const purgeLeads = defineJob(
  'community.purge-leads',
  z.object({}),
  async ({ db }) => {
    const linksOverAt = sql<Date>`now() - make_interval(days => ${linkDays})`;
    await db
      .deleteFrom('community.lead')
      .where((eb) =>
        eb.or([
          eb('keep_until', '<=', sql<string>`(now() at time zone 'UTC')::date`),
          eb.and([eb('confirmed_at', 'is', null), eb('created_at', '<', linksOverAt)]),
        ]),
      )
      .execute();
    await db
      .deleteFrom('community.download_grant')
      .where('member_id', 'is', null)
      .where(sql<boolean>`coalesce(expires_at, created_at + make_interval(days => ${linkDays})) < now()`)
      .execute();
  },
  { schedule: '50 3 * * *' },
);
