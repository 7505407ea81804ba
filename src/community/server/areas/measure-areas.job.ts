import { sql } from 'kysely';
import { z } from 'zod';
import type { MeasureName } from '#src/community/contract/measures.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import { measure } from '../measures/queries.ts';
import { type MetMonth, payMonth } from './pay-month.ts';
import { coverageOf, lastMonth } from './rules.ts';

type Measured = Parameters<typeof coverageOf>[0] & {
  id: number;
  measure: MeasureName;
  target: number;
  memberId: string;
};

/**
 * Every day: of each area with a measure, what it was in the month that is over, for who answered for it through the whole
 * of it; once. It counts only what the area covers. Where the target was met, they have the points.
 */
export const measureAreas = defineJob(
  'community.measure-areas',
  z.object({}),
  async ({ db }) => {
    const { from, until, month } = lastMonth(new Date());
    const { rows } = await sql<Measured>`
      select a.id, a.measure, a.monthly_target as target, o.member_id as "memberId", a.kind, c.slug, a.committee_id,
        a.covers_chapter, a.covers_tag, a.covers_series, a.covers_locale,
        a.covers_industry, a.covers_role
      from community.area a join community.area_owner o on o.area_id = a.id and o.period @> tstzrange(${from}, ${until})
      join community.committee c on c.id = a.committee_id
      where a.measure is not null and a.ended_at is null
        and not exists (select from community.area_month m where m.area_id = a.id and m.month = ${month}::date)
      order by a.id`.execute(db);
    for (const area of rows) {
      const coverage = coverageOf(area);
      if (coverage === undefined) continue;
      const value = await measure(db, area.measure, { from, until }, coverage);
      await db
        .insertInto('community.area_month')
        .values({ area_id: area.id, month, member_id: area.memberId, value, target: area.target })
        .onConflict((oc) => oc.doNothing())
        .execute();
    }
    for (const met of await listUnpaid(db))
      await db.transaction().execute((trx) => payMonth(systemContext(trx, noOrg), met));
  },
  { schedule: '23 3 * * *' },
);

/** Months that were met and never paid: what was paid and taken back stays so. */
async function listUnpaid(db: Db): Promise<MetMonth[]> {
  const { rows } = await sql<MetMonth>`
    select m.area_id as "areaId", m.month::text, m.member_id as "memberId" from community.area_month m
    join community.member o on o.id = m.member_id and o.erased_at is null
    where m.is_met and not exists (select from community.point_entry e where e.member_id = m.member_id
      and e.cause = 'area-met' and e.cause_key = m.area_id || ':' || m.month)
    order by m.month, m.area_id limit 1000`.execute(db);
  return rows;
}
