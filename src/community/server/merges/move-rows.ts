import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { hasDependants, listKey, listUniqueness, type Reference } from './queries.ts';
import { pairs } from './rules.ts';

export type Action = 'moved' | 'deleted' | 'inserted' | 'changed';
/** A merge that is being done: who goes, who stays, and where what is done is written down. */
export type Merging = { id: string; from: string; into: string };
export type Rows = Record<string, unknown>[];

/** Writes down what a merge did, so that it can be undone. */
export async function noteChange(
  tx: Context,
  merging: Merging,
  change: Reference & { action: Action; rows: Rows },
): Promise<void> {
  if (change.rows.length === 0) return;
  await sql`insert into community.merge_change (merge_id, position, table_name, column_name, action, rows)
    select ${merging.id}, coalesce(max(position), 0) + 1, ${change.table}, ${change.column}, ${change.action},
      ${JSON.stringify(change.rows)}::jsonb
    from community.merge_change where merge_id = ${merging.id}`.execute(tx.db);
}

/**
 * Lets every row that names the one who goes name the one who stays. Where both have a row and only one may be, that of the
 * one who stays is kept; `only` leaves rows out that a condition does not meet.
 */
export async function moveRows(
  tx: Context,
  merging: Merging,
  reference: Reference,
  only: { column: string; value: string } | null = null,
): Promise<void> {
  const { table, column } = reference;
  const name = sql.table(`community.${table}`);
  const col = sql.ref(column);
  const those = only === null ? sql`true` : sql`${sql.ref(only.column)} = ${only.value}`;
  const goes = typed(only, merging.from);
  const { rows: some } = await sql`select 1 from ${name} where ${col} = ${goes} and ${those} limit 1`.execute(
    tx.db,
  );
  if (some.length === 0) return;
  const keeps = await hasDependants(tx.db, table);
  // Rows in the way, by their place: nothing else writes them while the transaction lasts.
  await sql`create temporary table merge_left (place tid primary key) on commit drop`.execute(tx.db);
  for (const { parts, predicate } of await listUniqueness(tx.db, reference)) {
    const keys = sql.join(parts.map((part, index) => sql`${sql.raw(part)} as ${sql.ref(`k${index}`)}`));
    const side = (
      who: string,
    ) => sql`select ctid as place${parts.length > 0 ? sql`, ${keys}` : sql``} from ${name}
      where ${col} = ${typed(only, who)} and ${those} and ${predicate === null ? sql`true` : sql.raw(predicate)}`;
    const same = sql.join(
      [sql`true`, ...parts.map((_, index) => sql`a.${sql.ref(`k${index}`)} = b.${sql.ref(`k${index}`)}`)],
      sql` and `,
    );
    await sql`insert into merge_left select a.place from (${side(merging.from)}) a
      join (${side(merging.into)}) b on ${same} on conflict do nothing`.execute(tx.db);
  }
  if (!keeps) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      delete from ${name} t using merge_left l where t.ctid = l.place returning to_jsonb(t) as row`.execute(
      tx.db,
    );
    await noteChange(tx, merging, { ...reference, action: 'deleted', rows: rows.map(({ row }) => row) });
  }
  for (const { columns } of pairs.filter((pair) => pair.table === table && pair.columns.includes(column))) {
    const other = sql.ref(columns[0] === column ? columns[1] : columns[0]);
    await sql`insert into merge_left select ctid from ${name} where ${col} = ${goes}
      and ${other}::text = ${merging.into} on conflict do nothing`.execute(tx.db);
  }
  const key = await listKey(tx.db, table);
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    update ${name} t set ${col} = ${typed(only, merging.into)}
    where ${col} = ${goes} and ${those} and ctid not in (select place from merge_left)
    returning jsonb_build_object(${sql.join(key.flatMap((one) => [sql.lit(one), sql`t.${sql.ref(one)}`]))}) as row`.execute(
    tx.db,
  );
  await sql`drop table merge_left`.execute(tx.db);
  await noteChange(tx, merging, { ...reference, action: 'moved', rows: rows.map(({ row }) => row) });
}

/** An id as a column holds it: as a reference, or in the text that a kind beside it explains. */
const typed = (only: object | null, id: string) => (only === null ? sql`${id}::uuid` : sql`${id}::text`);

/** Takes back one noted change: what was moved and still is, goes back; what was deleted comes back; what was added goes. */
export async function restoreRows(
  tx: Context,
  merging: Merging,
  { table, column, action, rows }: Reference & { action: Action; rows: Rows },
): Promise<Rows> {
  const name = sql.table(`community.${table}`);
  const given = sql`jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::jsonb)`;
  const key = await listKey(tx.db, table);
  const sameKey = sql.join(
    key.map((one) => sql`t.${sql.ref(one)} = r.${sql.ref(one)}`),
    sql` and `,
  );
  if (action === 'moved') {
    await sql`update ${name} t set ${sql.ref(column)} = x.${sql.ref(column)} from ${given} r,
        jsonb_populate_record(null::${name}, ${JSON.stringify({ [column]: merging.from })}::jsonb) x
      where ${sameKey} and t.${sql.ref(column)}::text = ${merging.into}`.execute(tx.db);
    return [];
  }
  if (action === 'inserted') {
    await sql`delete from ${name} t using ${given} r where ${sameKey}`.execute(tx.db);
    return [];
  }
  const { rows: back } = await sql<{ row: Record<string, unknown> }>`
    insert into ${name} as t overriding system value select * from ${given} on conflict do nothing
    returning to_jsonb(t) as row`.execute(tx.db);
  return back.map(({ row }) => row);
}
