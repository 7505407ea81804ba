import { type Compilable, CompiledQuery } from 'kysely';
import pg from 'pg';
import type { Db } from './db.ts';
import type { ReadLines } from './read-lines.ts';

/** The place of a value in a query that is built before the value is known. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Prepared statements by their SQL: each connection parses and plans one once. */
const names = new Map<string, string>();

const outside = new WeakMap<Db, ReadLines>();

/** Has prepared queries that only read, asked on this handle, which is no transaction, go down lines of their own. */
export const readOutside = (db: Db, lines: ReadLines): void => void outside.set(db, lines);

/** Asks a prepared query; `of` gives it with its values, to be asked with others in one write (`together`). */
export type PreparedQuery<G, R> = {
  (db: Db, given: G): Promise<R[]>;
  of(db: Db, given: G): CompiledQuery<R>;
};

/**
 * A query of a page that is read all the time: built once, and planned once by each connection of ours. `build` gets the
 * place of each value instead of the value, so that it cannot decide by it. What it writes itself stands in the statement,
 * where partial indexes and limits are seen; what must be planned by its values stays a query of the usual kind.
 */
export function prepareQuery<G extends Record<string, unknown>, R>(
  build: (db: Db, given: G) => Compilable<R>,
): PreparedQuery<G, R> {
  let prepared: Prepared | undefined;
  const prepare = (db: Db): Prepared => {
    if (prepared !== undefined) return prepared;
    const places = new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as G;
    prepared = withPlaces(build(db, places).compile());
    names.set(prepared.sql, prepared.name);
    return prepared;
  };
  const of = (db: Db, given: G) => {
    const { sql, places } = prepare(db);
    return CompiledQuery.raw(sql, valuesAt(places, given)) as CompiledQuery<R>;
  };
  const ask = async (db: Db, given: G): Promise<R[]> => {
    const { name, sql, places, onlyReads } = prepare(db);
    const lines = onlyReads ? outside.get(db) : undefined;
    if (lines) return lines.read<R>(name, sql, valuesAt(places, given));
    return (await db.executeQuery<R>(of(db, given))).rows;
  };
  return Object.assign(ask, { of });
}

const valuesAt = (places: readonly string[], given: Record<string, unknown>) =>
  places.map((name) => given[name]);

/** Only what reads may be asked twice, as a line does when its connection broke. */
type Prepared = { name: string; sql: string; places: string[]; onlyReads: boolean };

function withPlaces({ sql, parameters }: CompiledQuery): Prepared {
  const places: string[] = [];
  const written = sql.replace(/\$(\d+)/g, (_, number: string) => {
    const value = parameters[Number(number) - 1];
    if (value instanceof Slot) return `$${places.push(value.name)}`;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    if (typeof value === 'string') return pg.escapeLiteral(value);
    throw new Error('A prepared query is written with numbers and texts alone.');
  });
  const name = names.get(written) ?? `elepherd_${names.size}`;
  // Whatever begins with `with` may write.
  return { name, sql: written, places, onlyReads: /^select\b/i.test(written) };
}

/** Makes a connection call the statements of `prepareQuery` by their names. */
export function knowPrepared(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  client.query = ((...[text, ...more]: unknown[]) => {
    const name = typeof text === 'string' ? names.get(text) : undefined;
    return name === undefined ? query(text, ...more) : query({ text, name }, ...more);
  }) as typeof client.query;
}
