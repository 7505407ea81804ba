import { sql } from 'kysely';
import { z } from 'zod';
import { LevelTerms } from '#src/community/contract/levels.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { findSetting } from '../settings/queries.ts';
import { yearlyGrowth } from './queries.ts';
import { reachedLevel, reviewLevel } from './rules.ts';

const membersABatch = 1000;

/** Every night: keeps the level that each member reached, begins and ends the grace of those who fall below theirs. */
export const reviewLevels = defineJob(
  'community.review-levels',
  z.object({}),
  async ({ db }) => {
    const { levels, graceDays } = await findSetting(db, 'levels', LevelTerms);
    const terms = { now: new Date(), graceDays, highest: levels.length - 1 };
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const members = await db
        .selectFrom('community.member as m')
        .leftJoin('community.member_level as l', 'l.member_id', 'm.id')
        .select(['m.id', 'm.reputation as growth', 'l.level', 'l.falls_at as fallsAt'])
        .select(yearlyGrowth.as('yearly'))
        .where('m.id', '>', last)
        .where('m.erased_at', 'is', null)
        .where((eb) => eb.or([eb('m.reputation', '<>', 0), eb('l.level', 'is not', null)]))
        .orderBy('m.id')
        .limit(membersABatch)
        .execute();
      for (const { id, level, fallsAt, ...standing } of members) {
        const kept = level === null ? undefined : { level, fallsAt };
        const after = reviewLevel(kept, reachedLevel(standing, levels), terms);
        if (kept?.level === after.level && kept.fallsAt?.getTime() === after.fallsAt?.getTime()) continue;
        await db
          .insertInto('community.member_level')
          .values({ member_id: id, level: after.level, falls_at: after.fallsAt })
          .onConflict((oc) =>
            oc.column('member_id').doUpdateSet({
              level: after.level,
              falls_at: after.fallsAt,
              ...(kept?.level !== after.level && { since: sql<Date>`now()` }),
            }),
          )
          .execute();
      }
      last = members.at(-1)?.id ?? last;
      if (members.length < membersABatch) return;
    }
  },
  { schedule: '20 3 * * *' },
);
