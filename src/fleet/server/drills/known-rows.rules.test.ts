import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findUser } from '#src/fleet/agent/programs.ts';
import { lastTable, psqlHeader } from '#src/fleet/agent/tasks/run-sql.ts';
import { asPostgres, canScratch, ScratchServer } from '#tests/support/scratch-server.ts';
import { countScript, databasesScript, knownDatabasesScript, knownRowsScript } from './known-rows.rules.ts';

test.runIf(!canScratch)('counting is skipped: there is no PostgreSQL of this machine', () => undefined);

/** A primary that went on after it was copied, and its copy: really two servers with the same history up to a transaction. */
let folder: string;
let primary: ScratchServer;
let copy: ScratchServer;
const odd = `host=It's an Odd name`;
/** The newest transaction known to be before the copy. */
let until: string;

type Row = Record<string, string | null>;

/** Runs a script as the agent does, on a database of any name. */
function ask(server: ScratchServer, database: string, script: string, variables = {}): Row[] {
  const mark = 'm'.repeat(16);
  const psql = ['psql', '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--file=-'];
  const where = [`PGHOST=${folder}`, `PGPORT=${server.port}`, `PGDATABASE=${database}`, 'PGUSER=postgres'];
  const said = asPostgres(folder, ['env', ...where, ...psql], `${psqlHeader(variables, mark)}${script}\n`);
  return lastTable(said, mark);
}

function compare(database = 'app') {
  const [known] = ask(primary, database, knownRowsScript, { until });
  const [row] = ask(copy, database, countScript, { known: known?.['tables'] ?? '[]' });
  const { tables, rows, known_tables: knownTables, known_rows: knownRows, missing } = row!;
  return { tables, rows, knownTables, knownRows, missing: JSON.parse(missing!) as string[] };
}

beforeAll(async () => {
  if (!canScratch) return;
  folder = await mkdtemp(join(tmpdir(), 'elepherd-count-'));
  const user = findUser('postgres')!;
  await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
  primary = new ScratchServer(folder, 'primary', 54731);
  copy = new ScratchServer(folder, 'copy', 54732);
  primary.init(['autovacuum = off', 'max_prepared_transactions = 2']);
  primary.start();
  primary.psql(`create database app; create database "${odd}"; create database gone;`);
  for (const name of [
    'steady',
    'grown',
    'trimmed',
    'emptied',
    'moved',
    'rewritten',
    'recreated',
    '"An Odd one"',
  ])
    primary.psql(
      `create table ${name} (id int, words text);
       insert into ${name} select i, repeat('x', 100) from generate_series(1, 2000) i;`,
      'app',
    );
  // Under way when the copy is made: it commits on the primary only.
  primary.psql(
    "create table late (id int); begin; insert into late values (1); prepare transaction 'slow'",
    'app',
  );
  until = primary.psql('select pg_current_xact_id()', 'app');
  primary.stop();
  asPostgres(folder, ['cp', '-a', primary.data, copy.data]);
  copy.configure(['autovacuum = off', 'max_prepared_transactions = 2']);
  for (const server of [primary, copy]) server.start();
}, 180_000);
afterAll(async () => {
  if (!canScratch) return;
  for (const server of [primary, copy]) server.close();
  await rm(folder, { recursive: true });
});

test.skipIf(!canScratch)('what grew, shrank or was rewritten after the moment is no loss', () => {
  expect(compare()).toMatchObject({ tables: '9', rows: '16000', knownTables: '9', missing: [] });
  primary.psql(
    `insert into grown select i, 'new' from generate_series(1, 9000) i;
     delete from trimmed where id % 3 = 0;
     truncate emptied;
     alter table moved rename to elsewhere;
     drop table recreated; create table recreated (id int); insert into recreated values (1);
     create table fresh as select 1 as id;
     commit prepared 'slow';
     create schema other; alter table steady set schema other;`,
    'app',
  );
  primary.psql('vacuum full rewritten', 'app');
  const seen = compare();
  expect(seen.missing).toEqual([]);
  // Of these the primary still has a page full of rows, or the table itself, from before.
  expect(Number(seen.knownTables)).toBeGreaterThanOrEqual(6);
  expect(Number(seen.knownRows)).toBeGreaterThanOrEqual(50);
});

test.skipIf(!canScratch)(
  'a table that is empty, gone or lacks rows that the primary still has is named',
  () => {
    copy.psql('truncate grown; drop table trimmed; delete from rewritten; delete from "An Odd one"', 'app');
    expect(compare().missing).toEqual([
      'public."An Odd one"',
      'public.grown',
      'public.rewritten',
      'public.trimmed',
    ]);
  },
);

test.skipIf(!canScratch)('databases are known by their number, whatever their name', () => {
  const known = ask(primary, 'postgres', knownDatabasesScript, { until });
  expect(known.map((row) => row['name']).toSorted()).toEqual([odd, 'app', 'gone', 'postgres'].toSorted());
  const listed = ask(copy, 'postgres', databasesScript);
  expect(listed.map((row) => row['oid']).toSorted()).toEqual(
    expect.arrayContaining(known.map((row) => row['oid'])),
  );
  expect(compare(odd)).toMatchObject({ tables: '0', rows: '0', missing: [] });
});
