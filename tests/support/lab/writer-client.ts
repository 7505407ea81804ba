/**
 * node writer-client.ts TASK JSON
 * An application's view of a cluster, run in the network of a lab machine; it prints one line of JSON for each thing that happens.
 *   write    inserts one numbered row every so often until its input ends, going from host to host after a failure
 *   read     prints the numbers of a run's rows on the primary
 *   wait     prints the primary once it answers a query
 * It finds the primary as libpq's target_session_attrs=read-write does: in turn, 2 s a connection, and asks each whether it is one;
 * after a failure it begins with the host after the one that failed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { WriterTarget } from './writer.ts';

export interface WriterTask extends WriterTarget {
  run: string;
  everyMilliseconds: number;
  /** How long a connection, or an answer, may take: what connect_timeout and tcp_user_timeout are to libpq. */
  patienceMilliseconds: number;
  /** How long `read` and `wait` go on looking for a primary. */
  searchSeconds: number;
}

const [kind, json] = process.argv.slice(2);
const task = JSON.parse(json ?? '{}') as WriterTask;
const table =
  'create table if not exists writer_row (run uuid, n bigint, at timestamptz default clock_timestamp(), primary key (run, n))';
let turn = 0;
const over = new AbortController();

const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

if (kind === 'write') await write();
else if (kind === 'read') await read();
else if (kind === 'wait') print({ primary: (await findPrimary()).host, at: Date.now() });
else throw new Error('usage: node writer-client.ts write|read|wait JSON');
process.exit(0);

async function write(): Promise<void> {
  process.stdin.on('end', () => over.abort()).resume();
  let connection: Awaited<ReturnType<typeof tryHost>>;
  for (let number = 1; !over.signal.aborted; number += 1) {
    const started = performance.now();
    connection ??= await tryHost();
    if (connection === undefined) {
      number -= 1;
      await sleep(10);
      continue;
    }
    try {
      await connection.client.query('insert into writer_row (run, n) values ($1, $2)', [task.run, number]);
      print({ ack: number, at: Date.now(), host: connection.host });
    } catch (error) {
      print({
        failed: number,
        at: Date.now(),
        host: connection.host,
        why: error instanceof Error ? error.message : String(error),
      });
      drop(connection.client);
      connection = undefined;
      turn += 1;
    }
    await sleep(Math.max(0, task.everyMilliseconds - (performance.now() - started)));
  }
}

async function read(): Promise<void> {
  const { client, host } = await findPrimary();
  const { rows } = await client.query<{ n: string }>('select n from writer_row where run = $1 order by n', [
    task.run,
  ]);
  print({ present: rows.map((row) => Number(row.n)), host });
}

async function findPrimary(): Promise<{ client: pg.Client; host: string }> {
  const end = Date.now() + task.searchSeconds * 1000;
  while (Date.now() < end) {
    const found = await tryHost();
    if (found !== undefined) return found;
    await sleep(task.everyMilliseconds);
  }
  throw new Error(`no primary among ${task.hosts.join(', ')} within ${String(task.searchSeconds)} s`);
}

/** Tries the next host and answers a connection when it is a primary that takes writes. */
async function tryHost(): Promise<{ client: pg.Client; host: string } | undefined> {
  const host = task.hosts[turn % task.hosts.length] ?? '';
  const client = new pg.Client({
    host,
    port: task.port,
    user: task.user,
    password: task.password,
    database: task.database,
    ssl: task.tls === true ? { rejectUnauthorized: false } : false,
    connectionTimeoutMillis: task.patienceMilliseconds,
    query_timeout: task.patienceMilliseconds,
  });
  // A connection that breaks while idle is noticed by the next insert.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ isReplica: boolean }>(
      "select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as \"isReplica\"",
    );
    if (rows[0]?.isReplica === false) {
      if (kind === 'write') await client.query(table);
      return { client, host };
    }
  } catch {
    // Not this one.
  }
  drop(client);
  turn += 1;
  return undefined;
}

/** Lets go of a connection without waiting for a server that may be gone. */
function drop(client: pg.Client): void {
  client.end().catch(() => undefined);
  (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
}
