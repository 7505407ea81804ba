import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '#src/platform/server/jobs.ts';

/** Forgets what merges did once they can no longer be undone: it holds what members deleted since. */
export const purgeMerges = defineJob(
  'community.purge-merges',
  z.object({}),
  async ({ db }) => {
    await sql`with over as (
        update community.merge set purged_at = now()
        where purged_at is null and (undone_at is not null or undo_until <= now()) returning id)
      delete from community.merge_change c using over where c.merge_id = over.id`.execute(db);
  },
  { schedule: '40 3 * * *' },
);
