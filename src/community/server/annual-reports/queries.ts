import { sql } from 'kysely';
import type { AnnualReport, ReportQuery } from '#src/community/contract/annual-reports.ts';
import { measureNames } from '#src/community/contract/measures.ts';
import type { Context } from '#src/platform/server/context.ts';
import { thisYear } from '../committees/queries.ts';
import { listGoals } from '../goals/queries.ts';
import { listMeasures, type Span } from '../measures/queries.ts';
import { listSponsors } from '../sponsorships/queries.ts';

/** What became of a year, the running one when none is asked for. */
export async function getAnnualReport(ctx: Context, { year: asked }: ReportQuery): Promise<AnnualReport> {
  const now = new Date();
  const year = asked ?? now.getUTCFullYear();
  const span = thisYear(new Date(Date.UTC(year, 5, 1)));
  const [measures, areas, counts, goals, { income }] = await Promise.all([
    listMeasures(ctx.db, measureNames, span),
    listHoursByArea(ctx, year),
    countYear(ctx, year, span),
    listGoals(ctx, year),
    listSponsors(ctx),
  ]);
  const { measured, met, planned, done, onTime, cancelled, decisions, elections, meetings } = counts;
  return {
    year,
    isOver: span.until <= now,
    measures,
    hours: {
      minutes: areas.reduce((sum, { minutes }) => sum + minutes, 0),
      volunteers: counts.volunteers,
      areas,
    },
    areaMonths: { measured, met },
    goals: goals.items.map(({ id, title, measure, value, target }) => ({
      id,
      title,
      measure,
      value,
      target,
    })),
    plan: { planned, done, onTime, cancelled },
    decisions,
    elections,
    meetings,
    income: income.filter((one) => one.year === year),
  };
}

/** Hours of the year, as a row says it: confirmed by somebody else, by the day on which they were given. */
const ofYear = (year: number) => sql`v.confirmed_at is not null and ${within('v.day', year)}`;

const within = (day: string, year: number) => sql`${sql.ref(day)} >= make_date(${year}::int, 1, 1)
  and ${sql.ref(day)} < make_date(${year}::int + 1, 1, 1)`;

async function listHoursByArea(
  { db, locale }: Context,
  year: number,
): Promise<AnnualReport['hours']['areas']> {
  const name = sql.ref(locale === 'en' ? 'c.name_en' : 'c.name_zh');
  const { rows } = await sql<AnnualReport['hours']['areas'][number]>`
    select a.id, a.name, json_build_object('slug', c.slug, 'name', ${name}) as committee, sum(v.minutes)::int as minutes,
      count(distinct v.member_id)::int as volunteers
    from community.volunteer_hours v join community.area a on a.id = v.area_id
    join community.committee c on c.id = a.committee_id
    where ${ofYear(year)} group by a.id, c.id order by minutes desc, a.name, a.id`.execute(db);
  return rows;
}

type Counts = AnnualReport['areaMonths'] &
  AnnualReport['plan'] &
  Pick<AnnualReport, 'decisions' | 'elections' | 'meetings'> & { volunteers: number };

async function countYear({ db }: Context, year: number, { from, until }: Span): Promise<Counts> {
  const during = (moment: string) => sql`${sql.ref(moment)} >= ${from} and ${sql.ref(moment)} < ${until}`;
  const { rows } = await sql<Counts>`
    select (select count(distinct v.member_id)::int from community.volunteer_hours v where ${ofYear(year)}) as volunteers,
      m.measured, m.met, p.planned, p.done, p."onTime", p.cancelled,
      (select count(*)::int from community.resolution r where ${within('r.decided_on', year)}) as decisions,
      (select count(*)::int from community.election e where ${during('e.counted_at')}) as elections,
      (select count(*)::int from community.meeting g where ${during('g.finished_at')}) as meetings
    from (select count(*)::int as measured, count(*) filter (where h.is_met)::int as met
        from community.area_month h where ${within('h.month', year)}) m,
      (select count(*)::int as planned, count(*) filter (where n.state = 'done')::int as done,
          count(*) filter (where n.state = 'done' and n.closed_on <= n.planned_until)::int as "onTime",
          count(*) filter (where n.state = 'cancelled')::int as cancelled
        from community.plan_entry n where ${within('n.planned_until', year)}) p`.execute(db);
  return rows[0]!;
}
