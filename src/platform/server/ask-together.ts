import type { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Db } from './db.ts';

/** What a client of pg writes to; its types leave it out. */
type Corked = { cork(): void; uncork(): void };

/**
 * Whatever is asked of a connection in one turn of the program goes out in one write, and is answered in order: the database is
 * woken once. The connection must be one that sends without waiting (`pipeline`).
 */
export function askTogether(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Corked } }).connection;
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let isCorked = false;
  client.query = ((...given: unknown[]) => {
    if (!isCorked) {
      isCorked = true;
      stream.cork();
      setImmediate(() => {
        isCorked = false;
        stream.uncork();
      });
    }
    return query(...given);
  }) as typeof client.query;
}

/**
 * Asks several statements in one write, in a transaction that goes on or on a connection of their own; answers the rows of
 * each, in their order. Each sees what those before it did. Throws what the first that failed said, once all were answered.
 */
export async function together<T extends readonly unknown[]>(
  db: Db,
  ...queries: { [K in keyof T]: CompiledQuery<T[K]> }
): Promise<{ [K in keyof T]: T[K][] }> {
  return db.getExecutor().provideConnection(async (connection) => {
    const answers = await Promise.allSettled(queries.map((query) => connection.executeQuery(query)));
    const rows = answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value.rows;
    });
    return rows as { [K in keyof T]: T[K][] };
  });
}
