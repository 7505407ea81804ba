import { sql, type RawBuilder } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { type Merging, noteChange, type Rows } from './move-rows.ts';

/** An entry before it was moved, and the one that took its place; null when the cause had counted there already. */
type MovedEntry = {
  memberId: string;
  amount: number;
  cause: string;
  key: string;
  postId: number | null;
  at: string;
  enteredId: number | null;
};

const living = sql`e.reverses is null
  and not exists (select from community.reputation_entry r where r.reverses = e.id)`;
/** The key without the number of its life. */
const base = sql`regexp_replace(e.cause_key, '#[0-9]+$', '')`;

/**
 * Moves entries of reputation that still count, by reversing each and entering it again, at the moment it had: under another
 * member, or under a key that names another. A cause that counts there already is not entered twice; `toNobody` only reverses.
 */
export async function moveReputation(
  tx: Context,
  merging: Merging,
  which: RawBuilder<unknown>,
  to: { memberId: RawBuilder<unknown>; key: RawBuilder<unknown> } | 'toNobody',
): Promise<void> {
  const { rows } = await sql<MovedEntry>`
    with found as (
      select e.id, e.member_id, e.amount, e.cause, ${base} as key, e.post_id, e.at,
        ${to === 'toNobody' ? sql`null::uuid` : to.memberId} as new_member,
        ${to === 'toNobody' ? sql`null::text` : to.key} as new_key
      from community.reputation_entry e where ${living} and ${which}
    ), reversed as (
      insert into community.reputation_entry (member_id, amount, cause, cause_key, post_id, reverses, at)
      select e.member_id, -e.amount, e.cause, e.cause_key, e.post_id, e.id, e.at
      from community.reputation_entry e join found f on f.id = e.id
      returning member_id, amount
    ), wished as (
      select distinct on (f.new_member, f.cause, f.new_key) f.*, coalesce(lives.total, 0) as total
      from found f left join lateral (
        select count(*) as total, count(*) filter (where ${living} and e.id not in (select id from found)) as living
        from community.reputation_entry e
        where e.member_id = f.new_member and e.cause = f.cause and e.reverses is null and ${base} = f.new_key
      ) lives on true
      where f.new_member is not null and coalesce(lives.living, 0) = 0
      order by f.new_member, f.cause, f.new_key, f.id
    ), entered as (
      insert into community.reputation_entry (member_id, amount, cause, cause_key, post_id, at)
      select new_member, amount, cause, new_key || case when total = 0 then '' else '#' || total end, post_id, at
      from wished order by id
      returning id, member_id, amount, cause, regexp_replace(cause_key, '#[0-9]+$', '') as key
    ), sums as (
      update community.member m set reputation = m.reputation + s.change
      from (select member_id, sum(amount) as change from (
          select member_id, amount from reversed union all select member_id, amount from entered) both_sides
        group by member_id) s
      where m.id = s.member_id
    )
    select f.member_id as "memberId", f.amount, f.cause, f.key, f.post_id as "postId", f.at::text as at,
      n.id as "enteredId"
    from found f
    left join wished w on w.id = f.id
    left join entered n on n.member_id = w.new_member and n.cause = w.cause and n.key = w.new_key
    order by f.id`.execute(tx.db);
  await noteChange(tx, merging, {
    table: 'reputation_entry',
    column: 'member_id',
    action: 'changed',
    rows: rows as unknown as Rows,
  });
}

/** Takes back what `moveReputation` did: entries that still count where they were put go back to whom they were from. */
export async function restoreEntries(tx: Context, rows: Rows): Promise<void> {
  await sql`
    with moved as (
      select (j->>'memberId')::uuid as member_id, (j->>'amount')::integer as amount, j->>'cause' as cause,
        j->>'key' as key, (j->>'postId')::bigint as post_id, (j->>'at')::timestamptz as at,
        (j->>'enteredId')::bigint as entered_id
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) j
    ), back as (
      select m.* from moved m left join community.reputation_entry e on e.id = m.entered_id
      where m.entered_id is null or ${living}
    ), reversed as (
      insert into community.reputation_entry (member_id, amount, cause, cause_key, post_id, reverses, at)
      select e.member_id, -e.amount, e.cause, e.cause_key, e.post_id, e.id, e.at
      from community.reputation_entry e join back b on b.entered_id = e.id
      returning member_id, amount
    ), entered as (
      insert into community.reputation_entry (member_id, amount, cause, cause_key, post_id, at)
      select b.member_id, b.amount, b.cause, b.key || case when lives.total = 0 then '' else '#' || lives.total end, b.post_id, b.at
      from back b cross join lateral (
        select count(*) as total from community.reputation_entry e
        where e.member_id = b.member_id and e.cause = b.cause and e.reverses is null and ${base} = b.key
      ) lives
      returning member_id, amount
    )
    update community.member m set reputation = m.reputation + s.change
    from (select member_id, sum(amount) as change from (
        select member_id, amount from reversed union all select member_id, amount from entered) both_sides
      group by member_id) s
    where m.id = s.member_id`.execute(tx.db);
}
