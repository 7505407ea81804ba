import { sql } from 'kysely';
import type { Plan, PlanEntry, PlanQuery } from '#src/community/contract/plan.ts';
import { planText } from '#src/community/contract/plan.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { listOwnCommittees } from '../committees/queries.ts';
import { cardAt, cardOf } from '../members/queries.ts';
import { slipOf } from './rules.ts';

const entries = ({ db }: Context) =>
  db
    .selectFrom('community.plan_entry as e')
    .innerJoin('community.committee as c', 'c.id', 'e.committee_id')
    .select(['e.id', 'e.uid', 'e.committee_id', 'e.kind', 'e.title', 'e.note_markdown', 'e.note_html'])
    .select(['e.place', 'e.state', 'e.sequence', 'e.changed_at', 'c.slug', 'c.name_en', 'c.name_zh'])
    .select([
      sql<string>`e.planned_on::text`.as('plannedOn'),
      sql<string>`e.planned_until::text`.as('plannedUntil'),
      sql<string>`e.starts_on::text`.as('startsOn'),
      sql<string>`e.ends_on::text`.as('endsOn'),
      sql<string | null>`e.closed_on::text`.as('closedOn'),
      cardAt('e.owner_id').as('owner'),
      sql<
        PlanEntry['moves']
      >`coalesce((select json_agg(json_build_object('wasOn', h.was_on, 'wasUntil', h.was_until,
        'reason', h.reason, 'at', h.at) order by h.sequence)
        from community.plan_change h where h.entry_id = e.id), '[]')`.as('moves'),
    ]);

/** What is planned in a year, by its days as they stand now; of all committees or one. */
export async function getPlan(ctx: Context, { year, committee }: PlanQuery): Promise<Plan> {
  const asked = year ?? new Date().getUTCFullYear();
  const today = new Date().toISOString().slice(0, 10);
  const [rows, own] = await Promise.all([
    entries(ctx)
      .where(
        sql<boolean>`e.starts_on < make_date(${asked + 1}, 1, 1) and e.ends_on >= make_date(${asked}, 1, 1)`,
      )
      .$if(committee !== undefined, (q) => q.where('c.slug', '=', committee!))
      .orderBy('e.starts_on')
      .orderBy('e.id')
      .limit(1000)
      .execute(),
    listOwnCommittees(ctx),
  ]);
  const nameOf = (row: { name_en: string; name_zh: string }) =>
    ctx.locale === 'en' ? row.name_en : row.name_zh;
  return {
    year: asked,
    entries: rows.map((row): PlanEntry => ({
      id: row.id,
      uid: row.uid,
      committee: { slug: row.slug, name: nameOf(row) },
      kind: row.kind,
      title: row.title,
      note: row.note_markdown,
      noteHtml: row.note_html,
      place: row.place,
      plannedOn: row.plannedOn,
      plannedUntil: row.plannedUntil,
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      state: row.state,
      closedOn: row.closedOn,
      slipDays: slipOf(row, today),
      owner: row.owner === null ? null : cardOf(row.owner, ctx.locale),
      sequence: row.sequence,
      changedAt: row.changed_at.toISOString(),
      moves: row.moves,
      mayChange: own.some(({ slug }) => slug === row.slug),
    })),
    mayPlan: own,
  };
}

/** An entry of the plan with its row locked in the caller's transaction; refuses one that is closed. */
export async function lockEntry(tx: Context, id: number) {
  const entry = await tx.db
    .selectFrom('community.plan_entry as e')
    .innerJoin('community.committee as c', 'c.id', 'e.committee_id')
    .select(['e.id', 'e.state', 'e.sequence', 'c.slug'])
    .where('e.id', '=', id)
    .forUpdate('e')
    .executeTakeFirst();
  if (!entry) throw new AppError('not_found', planText.noSuch);
  return entry;
}
