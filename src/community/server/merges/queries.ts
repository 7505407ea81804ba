import { sql } from 'kysely';
import type { Merge } from '#src/community/contract/merges.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { cardColumns, cardOf } from '../members/queries.ts';

/** A column of a table of the community that refers to another table there. */
export type Reference = { table: string; column: string };

/** Every column of the database that refers to a table of the community, as PostgreSQL knows it. */
export async function listReferences(db: Db, table: 'member' | 'organisation'): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select t.relname as "table", a.attname as "column"
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.confrelid = ${`community.${table}`}::regclass
    order by 1, 2`.execute(db);
  return rows.map((row) => ({ table: row.table, column: row.column }));
}

/** Columns of the primary key of a table, in their order. */
export async function listKey(db: Db, table: string): Promise<string[]> {
  const { rows } = await sql<{ column: string }>`
    select a.attname as "column" from pg_index i
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
    where i.indrelid = ${`community.${table}`}::regclass and i.indisprimary
    order by array_position(i.indkey::int2[], a.attnum)`.execute(db);
  return rows.map(({ column }) => column);
}

/** A rule of uniqueness of which a column is a part: the other parts, and of which rows it holds. */
export type Uniqueness = { parts: string[]; predicate: string | null };

/** Every rule of uniqueness of which a column is a part. */
export async function listUniqueness(db: Db, { table, column }: Reference): Promise<Uniqueness[]> {
  const { rows } = await sql<Uniqueness>`
    select pg_get_expr(i.indpred, i.indrelid) as predicate,
      coalesce((select array_agg(pg_get_indexdef(i.indexrelid, n, true) order by n)
        from generate_series(1, i.indnkeyatts) n
        where i.indkey[n - 1] is distinct from a.attnum), '{}') as parts
    from pg_index i
    join pg_attribute a on a.attrelid = i.indrelid and a.attname = ${column}
    where i.indrelid = ${`community.${table}`}::regclass and i.indisunique
      and a.attnum = any((i.indkey::int2[])[0:i.indnkeyatts - 1])`.execute(db);
  return rows;
}

/** Whether rows of a table have others that depend on them. */
export async function hasDependants(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_constraint
    where contype = 'f' and confrelid = ${`community.${table}`}::regclass limit 1`.execute(db);
  return rows.length > 0;
}

/** Merges, the newest first. */
export async function listMerges(ctx: Context): Promise<Merge[]> {
  const rows = await ctx.db
    .selectFrom('community.merge as g')
    .leftJoin('community.member as m', 'm.id', 'g.done_by')
    .selectAll('g')
    .select(cardColumns)
    .select(
      sql<boolean>`g.undone_at is null and g.purged_at is null and g.undo_until > now()`.as('isUndoable'),
    )
    .orderBy('g.done_at', 'desc')
    .orderBy('g.id')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    from: row.from_name,
    into: row.into_name,
    reason: row.reason,
    doneBy: row.done_by === null ? null : cardOf(row as Parameters<typeof cardOf>[0], ctx.locale),
    doneAt: row.done_at.toISOString(),
    undoUntil: row.undo_until.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
    isUndoable: row.isUndoable,
  }));
}
