import { sql } from 'kysely';
import type { Area, AreaList, LoggedHours } from '#src/community/contract/areas.ts';
import type { MeasureName } from '#src/community/contract/measures.ts';
import type { Context } from '#src/platform/server/context.ts';
import { listOwnCommittees } from '../committees/queries.ts';
import { measureAll } from '../measures/queries.ts';
import { cardAt, cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { requirePerson } from '../members/require-member.ts';
import { livingEntry } from '../points/change-points.ts';
import { findReader } from '../organisations/queries.ts';
import { coverageOf, runningMonth } from './rules.ts';

/** Every area with who answers for it now; those without anybody first. */
export async function listAreas(ctx: Context): Promise<AreaList> {
  const [rows, own] = await Promise.all([
    ctx.db
      .selectFrom('community.area as a')
      .innerJoin('community.committee as c', 'c.id', 'a.committee_id')
      .leftJoin('community.area_owner as o', (join) =>
        join.onRef('o.area_id', '=', 'a.id').on(sql<boolean>`o.period @> now()`),
      )
      .select(['a.id', 'a.kind', 'a.name', 'a.about', 'a.measure', 'a.monthly_target', 'c.slug'])
      .leftJoin('community.chapter as h', 'h.id', 'a.covers_chapter')
      .leftJoin('community.tag as t', 't.id', 'a.covers_tag')
      .leftJoin('community.series as s', 's.id', 'a.covers_series')
      .select(['a.covers_industry', 'a.covers_role'])
      .select(['a.committee_id', 'a.covers_chapter', 'a.covers_tag', 'a.covers_series', 'a.covers_locale'])
      .select([
        'h.slug as chapterSlug',
        'h.name as chapterName',
        't.name as tagName',
        's.title as seriesTitle',
      ])
      .select(['c.name_en', 'c.name_zh', cardAt('o.member_id').as('owner')])
      .select([
        sql<Date | null>`lower(o.period)`.as('since'),
        sql<Area['months']>`coalesce((select json_agg(json_build_object('month', h.month, 'value', h.value,
          'target', h.target, 'isMet', h.is_met, 'isPaid', exists (select from community.point_entry e
            where e.member_id = h.member_id and e.cause = 'area-met' and e.cause_key = h.area_id || ':' || h.month
              and ${livingEntry})) order by h.month desc)
          from (select * from community.area_month m where m.area_id = a.id order by m.month desc limit 12) h), '[]')`.as(
          'months',
        ),
        sql<number>`coalesce((select sum(v.minutes) from community.volunteer_hours v where v.area_id = a.id
          and v.confirmed_at is not null and v.day >= date_trunc('year', now() at time zone 'UTC')), 0)::int`.as(
          'minutes',
        ),
      ])
      .where('a.ended_at', 'is', null)
      .orderBy(sql`o.id is null`, 'desc')
      .orderBy('c.position')
      .orderBy('a.name')
      .limit(500)
      .execute(),
    listOwnCommittees(ctx),
  ]);
  const measured = rows.flatMap((row) => {
    const coverage = coverageOf(row);
    return row.measure === null || coverage === undefined
      ? []
      : [{ id: row.id, name: row.measure as MeasureName, coverage }];
  });
  const values = await measureAll(ctx.db, measured, runningMonth(new Date()));
  const valueOf = new Map(measured.map(({ id }, n) => [id, values[n] ?? 0]));
  return {
    items: rows.map((row) => ({
      id: row.id,
      committee: { slug: row.slug, name: ctx.locale === 'en' ? row.name_en : row.name_zh },
      kind: row.kind,
      name: row.name,
      about: row.about,
      owner: row.owner === null ? null : cardOf(row.owner, ctx.locale),
      since: row.since?.toISOString() ?? null,
      goal:
        row.measure === null || row.monthly_target === null
          ? null
          : {
              measure: row.measure as MeasureName,
              monthlyTarget: row.monthly_target,
              value: valueOf.get(row.id) ?? null,
            },
      covers: {
        chapter:
          row.chapterSlug === null || row.chapterName === null
            ? null
            : { slug: row.chapterSlug, name: row.chapterName },
        tag: row.tagName,
        series:
          row.covers_series === null || row.seriesTitle === null
            ? null
            : { id: row.covers_series, title: row.seriesTitle },
        locale: row.covers_locale,
        industry: row.covers_industry as Area['covers']['industry'],
        role: row.covers_role as Area['covers']['role'],
      },
      months: row.months,
      minutes: row.minutes,
      mayAssign: own.some(({ slug }) => slug === row.slug),
    })),
    mayCredit: await mayAsStaff(ctx, 'community.point.manage'),
    mayDefine: own,
  };
}

/** Hours of the reader, and those of others that wait for them: who answers for the area, or has a seat in its committee. */
export async function listHours(ctx: Context): Promise<LoggedHours[]> {
  requirePerson(ctx);
  const reader = await findReader(ctx);
  const own = (await listOwnCommittees(ctx)).map(({ slug }) => slug);
  if (!reader) return [];
  const confirms = sql<boolean>`(c.slug = any(${own}) or exists (select from community.area_owner o
    where o.area_id = a.id and o.member_id = ${reader.id} and o.period @> now()))`;
  const rows = await ctx.db
    .selectFrom('community.volunteer_hours as v')
    .innerJoin('community.area as a', 'a.id', 'v.area_id')
    .innerJoin('community.committee as c', 'c.id', 'a.committee_id')
    .innerJoin('community.member as m', 'm.id', 'v.member_id')
    .select([
      'v.id',
      'v.area_id',
      'v.member_id',
      'v.minutes',
      'v.what',
      'v.confirmed_at',
      'a.name',
      ...cardColumns,
    ])
    .select([sql<string>`v.day::text`.as('day'), confirms.as('confirms')])
    .where((eb) =>
      eb.or([eb('v.member_id', '=', reader.id), eb.and([eb('v.confirmed_at', 'is', null), confirms])]),
    )
    .orderBy('v.day', 'desc')
    .orderBy('v.id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    area: { id: row.area_id, name: row.name },
    member: cardOf(row, ctx.locale),
    day: row.day,
    minutes: row.minutes,
    what: row.what,
    isConfirmed: row.confirmed_at !== null,
    mayConfirm: row.confirmed_at === null && row.member_id !== reader.id && row.confirms,
  }));
}

/** The row of an area with its committee, locked in the caller's transaction; undefined when there is none. */
export async function lockArea(tx: Context, id: number) {
  return tx.db
    .selectFrom('community.area as a')
    .innerJoin('community.committee as c', 'c.id', 'a.committee_id')
    .select(['a.id', 'a.kind', 'a.name', 'c.slug'])
    .where('a.id', '=', id)
    .where('a.ended_at', 'is', null)
    .forUpdate('a')
    .executeTakeFirst();
}
