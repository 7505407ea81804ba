import { sql, type RawBuilder } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { enter, lives, livingEntry, reversalOf } from '../points/change-points.ts';
import { weightOf } from '../points/weight-of.ts';
import { type Merging, noteChange, type Rows } from './move-rows.ts';

/**
 * Moves entries of points that still count, by reversing each and entering it again, at the moment it had: under another
 * member, or under a key that names another. A cause that counts there already is not entered twice; `toNobody` only reverses.
 */
export async function movePoints(
  tx: Context,
  merging: Merging,
  which: RawBuilder<unknown>,
  to: { memberId: RawBuilder<unknown>; key: RawBuilder<unknown> } | 'toNobody',
): Promise<void> {
  const found = await sql<{ id: number; memberId: string | null; key: string | null }>`
    select e.id, ${to === 'toNobody' ? sql`null::uuid` : to.memberId} as "memberId",
      ${to === 'toNobody' ? sql`null::text` : to.key} as key
    from community.point_entry e where ${livingEntry} and ${which} order by e.id`.execute(tx.db);
  if (found.rows.length === 0) return;
  const wished = JSON.stringify(found.rows);
  await enter(tx, reversalOf(sql`where e.id in (select w.id from ${listed(wished)})`, { at: sql`e.at` }));
  await enter(tx, againAs(listed(wished)));
  const { rows } = await sql<{ id: number; enteredId: number | null }>`
    select w.id, max(e.id) as "enteredId" from ${listed(wished)}
    left join community.point_entry e on e.again_of = w.id and e.member_id = w."memberId" and ${livingEntry}
    group by w.id order by w.id`.execute(tx.db);
  await noteChange(tx, merging, {
    table: 'point_entry',
    column: 'member_id',
    action: 'changed',
    rows: rows as unknown as Rows,
  });
}

/**
 * Takes back what `movePoints` did: entries that still count where they were put, by themselves or entered again since, go back
 * to whom they were from.
 */
export async function restorePointEntries(tx: Context, rows: Rows): Promise<void> {
  const { rows: back } = await sql<{ id: number; memberId: string; key: string; livingId: number | null }>`
    with recursive moved as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(id bigint, "enteredId" bigint)
    ), line (id, living) as (
      select m.id, m."enteredId" from moved m where m."enteredId" is not null
      union all
      select l.id, n.id from line l join community.point_entry r on r.reverses = l.living and r.because is not null
        join community.point_entry n on n.again_of = l.living and n.member_id = r.member_id
    )
    select was.id, was.member_id as "memberId", was.cause_key as key, e.id as "livingId"
    from moved m join community.point_entry was on was.id = m.id
    left join line l on l.id = m.id left join community.point_entry e on e.id = l.living
    where m."enteredId" is null or (e.id is not null and ${livingEntry})`.execute(tx.db);
  const living = back.flatMap(({ livingId }) => (livingId === null ? [] : [livingId]));
  await enter(tx, reversalOf(sql`where e.id = any(${living}::bigint[])`, { at: sql`e.at` }));
  await enter(tx, againAs(listed(JSON.stringify(back))));
}

const listed = (rows: string) =>
  sql`jsonb_to_recordset(${rows}::jsonb) as w(id bigint, "memberId" uuid, key text)`;

/** Entries once more, for the member and by the key that each is listed with; none where its cause counts already. */
const againAs = (wished: RawBuilder<unknown>) =>
  sql`select distinct on (w."memberId", was.cause, w.key) w."memberId", was.contra, was.base, ${weightOf(sql`was.post_id`)}, was.spendable,
      was.cause, w.key, l.total, was.rule_id, was.actor_id, was.post_id, null::bigint, was.id, null::text, was.at
    from ${wished} join community.point_entry was on was.id = w.id
    cross join lateral ${lives(sql`w."memberId"`, sql`was.cause`, sql`w.key`)} l
    where w."memberId" is not null and l.total = l.ended
    order by w."memberId", was.cause, w.key, was.id`;
