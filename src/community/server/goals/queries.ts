import type { GoalList } from '#src/community/contract/goals.ts';
import type { MeasureName } from '#src/community/contract/measures.ts';
import type { Context } from '#src/platform/server/context.ts';
import { listOwnCommittees, thisYear } from '../committees/queries.ts';
import { measure } from '../measures/queries.ts';
import { cardAt, cardOf } from '../members/queries.ts';
import { elapsedOf } from './rules.ts';

/** The goals of a year; each with what its measure is at this moment. */
export async function listGoals(ctx: Context, asked?: number): Promise<GoalList> {
  const now = new Date();
  const year = asked ?? now.getUTCFullYear();
  const span = thisYear(new Date(Date.UTC(year, 5, 1)));
  const [rows, own] = await Promise.all([
    ctx.db
      .selectFrom('community.goal as g')
      .innerJoin('community.committee as c', 'c.id', 'g.committee_id')
      .select(['g.id', 'g.year', 'g.title', 'g.measure', 'g.target', 'c.slug', 'c.name_en', 'c.name_zh'])
      .select(cardAt('g.owner_id').as('owner'))
      .where('g.year', '=', year)
      .where('g.dropped_at', 'is', null)
      .orderBy('c.position')
      .orderBy('g.id')
      .limit(200)
      .execute(),
    listOwnCommittees(ctx),
  ]);
  const names = [...new Set(rows.map((row) => row.measure as MeasureName))];
  const counted = await Promise.all(names.map((name) => measure(ctx.db, name, span)));
  return {
    year,
    items: rows.map((row) => ({
      id: row.id,
      year: row.year,
      title: row.title,
      committee: { slug: row.slug, name: ctx.locale === 'en' ? row.name_en : row.name_zh },
      measure: row.measure as MeasureName,
      target: row.target,
      value: counted[names.indexOf(row.measure as MeasureName)] ?? 0,
      elapsed: elapsedOf(span, now),
      owner: row.owner === null ? null : cardOf(row.owner, ctx.locale),
      mayDrop: own.some(({ slug }) => slug === row.slug),
    })),
    maySet: own,
  };
}
