import { sql } from 'kysely';
import type { MeasuredValue, MeasureName } from '#src/community/contract/measures.ts';
import type { Db } from '#src/platform/server/db.ts';
import { type Coverage, selectCounted } from './select-counted.ts';

/** From when until when, the end not in it. */
export type Span = { from: Date; until: Date };

/** A measure, and what it is narrowed to. */
export type Asked = { name: MeasureName; coverage?: Coverage };

/** What measures are in a time, in their order: counted from the rows at the moment of asking, each once. */
export async function measureAll(db: Db, asked: readonly Asked[], { from, until }: Span): Promise<number[]> {
  const keys = asked.map(({ name, coverage }) => JSON.stringify([name, coverage]));
  const first = [...new Set(keys)];
  if (first.length === 0) return [];
  const counts = first.map((key) => {
    const { name, coverage = {} } = asked[keys.indexOf(key)]!;
    const { rows, at, what = '*' } = selectCounted(name, coverage);
    const moment = sql.raw(at);
    return sql`(select count(${sql.raw(what)})::int ${rows} and ${moment} >= ${from} and ${moment} < ${until})`;
  });
  const found = await sql<{ values: number[] }>`select array[${sql.join(counts)}] as values`.execute(db);
  return keys.map((key) => found.rows[0]?.values[first.indexOf(key)] ?? 0);
}

/** What a measure is in a time. */
export async function measure(db: Db, name: MeasureName, span: Span, coverage?: Coverage): Promise<number> {
  const [value] = await measureAll(db, [{ name, ...(coverage && { coverage }) }], span);
  return value ?? 0;
}

/** Several measures in a time, in their order. */
export async function listMeasures(
  db: Db,
  names: readonly MeasureName[],
  span: Span,
): Promise<MeasuredValue[]> {
  const values = await measureAll(
    db,
    names.map((name) => ({ name })),
    span,
  );
  return names.map((name, n) => ({ name, value: values[n] ?? 0 }));
}
