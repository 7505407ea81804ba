import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './db-types.gen.ts';
import { knowPrepared } from './prepared-query.ts';

// Counts and sizes of ours stay far below 2^53, so bigint travels as number.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Db = Kysely<DB> | Transaction<DB>;
export type { DB };

/** A pool for Elepherd's own database; statements of a request end after 30 seconds. */
export function createPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'elepherd',
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  // The same for one that breaks while somebody holds it: their query fails, and that is enough.
  pool.on('connect', (client) => void client.on('error', () => {}));
  pool.on('connect', knowPrepared);
  return pool;
}

/** Typed queries over a pool. */
export function createDb(pool: pg.Pool): Kysely<DB> {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/** A text as a pattern of LIKE finds it letter by letter: what a person typed is no pattern. */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
