import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '#src/platform/server/jobs.ts';
import { giveBadges } from './give-badges.ts';

const membersABatch = 500;

/** Every ten minutes: looks at members with new entries of points and gives the badges that they reached. */
export const giveDueBadges = defineJob(
  'community.give-due-badges',
  z.object({}),
  async ({ db }) => {
    // An hour is looked at twice: a transaction that was open at the last look has ended by now.
    const { rows } = await sql<{ id: string; until: Date }>`
      select distinct e.member_id as id, now() as until from community.point_entry e
      join community.member m on m.id = e.member_id and m.merged_into is null
      where e.at >= coalesce((select l.until from community.badge_look l), '-infinity') - interval '1 hour'`.execute(
      db,
    );
    for (let at = 0; at < rows.length; at += membersABatch)
      await giveBadges(
        db,
        rows.slice(at, at + membersABatch).map(({ id }) => id),
      );
    const [first] = rows;
    if (!first) return;
    await sql`insert into community.badge_look (until) values (${first.until})
      on conflict (only_one) do update set until = excluded.until`.execute(db);
  },
  { schedule: '*/10 * * * *' },
);
