import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { type Merging, moveRows, noteChange } from './move-rows.ts';

/**
 * Makes the times of employment of the one who goes those of the one who stays; where the two worked at once, what the one who
 * stays said holds, and the other's time is what remains before and after it.
 */
export async function moveEmployments(tx: Context, merging: Merging): Promise<void> {
  const { from, into } = merging;
  const reference = { table: 'employment', column: 'member_id' };
  const { rows } = await sql<{ row: Record<string, unknown>; added: { id: string }[] }>`
    with gone as (
      delete from community.employment a where a.member_id = ${from} and exists (
        select from community.employment b where b.member_id = ${into} and b.period && a.period)
      returning *
    ), kept as (select coalesce(range_agg(period), '{}'::datemultirange) as periods
      from community.employment where member_id = ${into}
    ), added as (
      insert into community.employment (member_id, organisation_id, period, title, created_at, standing, judged_by, judged_at)
      select ${into}, g.organisation_id, rest, g.title, g.created_at, g.standing, g.judged_by, g.judged_at
      from gone g cross join kept cross join unnest(g.period::datemultirange - kept.periods) rest
      returning id
    )
    select to_jsonb(g) as row, coalesce((select jsonb_agg(jsonb_build_object('id', id)) from added), '[]') as added
    from gone g`.execute(tx.db);
  await noteChange(tx, merging, { ...reference, action: 'deleted', rows: rows.map(({ row }) => row) });
  await noteChange(tx, merging, { ...reference, action: 'inserted', rows: rows[0]?.added ?? [] });
  await moveRows(tx, merging, reference);
}
