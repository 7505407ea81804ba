import {
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type Transaction,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';
import type { DB } from './db-types.gen.ts';
import { askTogether } from './ask-together.ts';
import { knowPrepared, readOutside } from './prepared-query.ts';
import { createReadLines } from './read-lines.ts';

// Counts and sizes of ours stay far below 2^53, so bigint travels as number.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Db = Kysely<DB> | Transaction<DB>;
export type { DB };

const statementMs = 30_000;
const keptIdleMs = 10 * 60_000;

/** A pool for Elepherd's own database; statements of a request end after 30 seconds. */
export function createPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    ...clientOptions(url),
    max,
    // Opening one, and planning anew what is prepared, costs more than keeping it.
    idleTimeoutMillis: keptIdleMs,
    idle_in_transaction_session_timeout: statementMs,
    pipeline: true,
  } as pg.PoolConfig);
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  // The same for one that breaks while somebody holds it: their query fails, and that is enough.
  pool.on('connect', (client) => void client.on('error', () => {}));
  pool.on('connect', knowPrepared);
  pool.on('connect', askTogether);
  return pool;
}

const clientOptions = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'elepherd',
  statement_timeout: statementMs,
  connectionTimeoutMillis: 10_000,
});

/** Typed queries over a pool. Prepared ones outside of transactions have connections beside it, which end with it. */
export function createDb(pool: pg.Pool): Kysely<DB> {
  const lines = createReadLines(clientOptions(pool.options.connectionString ?? ''));
  const db = new Kysely<DB>({ dialect: new Dialect({ pool: endingWith(pool, lines) }) });
  readOutside(db, lines);
  return db;
}

/** Begins without waiting for the answer: what a transaction asks first goes out with its `begin`, and fails with it. */
class Driver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    super.beginTransaction(connection, settings).catch(() => {});
  }
}

class Dialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): Driver {
    return new Driver(this.#config);
  }
}

const endingWith = (pool: pg.Pool, lines: { end(): Promise<void> }) => ({
  options: pool.options,
  connect: async () => pool.connect(),
  end: async () => {
    await lines.end();
    await pool.end();
  },
});

/** A text as a pattern of LIKE finds it letter by letter: what a person typed is no pattern. */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
