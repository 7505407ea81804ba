import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createDb, createPool } from './db.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.ts';
import { findRunningServer } from './setup/postgres-server.ts';
import { isAlive, waitForEnd } from './setup/processes.ts';

const isRoot = process.getuid?.() === 0;
const runtimeFolder = inject('runtimeFolder');
let home = '';
let started: EmbeddedPostgres[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'elepherd-embedded-'));
  await chmod(home, 0o755);
});

afterEach(async () => {
  for (const server of started) await server.stop();
  started = [];
  await rm(home, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    home,
    log: () => {},
    durable: false,
    runtimeFolder,
    ...options,
  });
  started.push(server);
  return server;
}

async function ask(url: string, query: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: query, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

test('answers through pg and Kysely, by a socket only its owner may open, and listens to no network', async () => {
  const { url, alreadyRunning } = await start({ durable: true });
  expect(alreadyRunning).toBe(false);

  const db = createDb(createPool(url, 2));
  const { rows } = await sql`select current_database() as name,
    current_setting('listen_addresses') as network, current_setting('data_checksums') as checksums,
    current_setting('fsync') as fsync, current_setting('server_encoding') as encoding`.execute(db);
  expect(rows).toEqual([{ name: 'elepherd', network: '', checksums: 'on', fsync: 'on', encoding: 'UTF8' }]);
  await db.destroy();

  const folder = await stat(join(home, 'run', 'postgres'));
  expect(folder.mode & 0o777).toBe(0o700);
  if (isRoot) expect(folder.uid).not.toBe(0);
});

test('started a second time, the running server is reused and its rows are there', async () => {
  const first = await start();
  await ask(first.url, 'create table kept as select 1 as n');
  const second = await start();
  expect(second).toMatchObject({ alreadyRunning: true, process: first.process, url: first.url });
  expect(await ask(second.url, 'select n from kept')).toEqual([[1]]);
});

test('stopped and started again, it keeps its data', async () => {
  const first = await start();
  await ask(first.url, 'create table kept as select 2 as n');
  await first.stop();
  expect(isAlive(first.process)).toBe(false);
  const again = await start();
  expect(again.alreadyRunning).toBe(false);
  expect(await ask(again.url, 'select n from kept')).toEqual([[2]]);
});

test('a starter killed with kill -9 leaves a server that the next start takes over', async () => {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))};
    await startEmbeddedPostgres({ ...${JSON.stringify({ home, runtimeFolder })}, log: () => {} });
    console.log('started');
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => starter.stdout.once('data', resolve));
  const gone = new Promise((resolve) => starter.once('exit', resolve));
  starter.kill('SIGKILL');
  await gone;

  const next = await start();
  expect(next.alreadyRunning).toBe(true);
  expect(await ask(next.url, 'select 1')).toEqual([[1]]);
});

test('a killed PostgreSQL is started again with every committed row, its stale pid file in the way', async () => {
  const first = await start({ durable: true });
  await ask(first.url, 'create table kept as select 3 as n');
  process.kill(first.process.pid, 'SIGKILL');
  await waitForEnd(first.process, 5);
  expect(existsSync(join(home, 'postgres', 'postmaster.pid'))).toBe(true);

  const again = await start({ durable: true });
  expect(again.alreadyRunning).toBe(false);
  expect(await ask(again.url, 'select n from kept')).toEqual([[3]]);
});

test('a pid file whose pid another program has now is not believed', async () => {
  const first = await start();
  const pidFile = await readFile(join(home, 'postgres', 'postmaster.pid'), 'utf8');
  await first.stop();
  await writeFile(join(home, 'postgres', 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));

  expect(await findRunningServer(join(home, 'postgres'))).toBeUndefined();
  const again = await start();
  expect(again.alreadyRunning).toBe(false);
});

test('data of another major version is refused and not touched', async () => {
  await mkdir(join(home, 'postgres'));
  await writeFile(join(home, 'postgres', 'PG_VERSION'), '13\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 13 and this Elepherd brings 18/);
  expect(await readFile(join(home, 'postgres', 'PG_VERSION'), 'utf8')).toBe('13\n');
});

test('a home too deep for a socket path gets a short socket folder and says so', async () => {
  const said: string[] = [];
  const deep = join(home, 'd'.repeat(100));
  const { url } = await start({ home: deep, log: (line) => said.push(line.en) });
  expect(await ask(url, 'select 1')).toEqual([[1]]);
  const folder = decodeURIComponent(url.split('host=')[1] ?? '');
  expect(folder.length).toBeLessThan(60);
  expect(said.join('\n')).toContain(folder);
  await started[0]?.stop();
  await rm(folder, { recursive: true });
});

test.runIf(isRoot)(
  'a home that the PostgreSQL user cannot reach is refused with the folder that is closed',
  async () => {
    await chmod(home, 0o700);
    const inside = join(home, 'inner');
    await expect(start({ home: inside })).rejects.toThrow(`because ${home} is closed to other users`);
    expect(existsSync(join(inside, 'postgres'))).toBe(false);
  },
);

test.runIf(isRoot)('a full disk gives one sentence and leaves no half-made database', async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=755', 'tmpfs', home]);
  try {
    await expect(start()).rejects.toThrow(/The disk that holds .* is full/);
    expect(
      execFileSync('ls', [home])
        .toString()
        .split('\n')
        .filter((name) => name.includes('postgres')),
    ).toEqual([]);
  } finally {
    execFileSync('umount', [home]);
  }
});
