import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createDb, createPool } from './db.ts';
import { findPendingMigrations, migrate } from './migrate.ts';

let dir = '';
let name = '';
let url = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'elepherd-migrations-'));
  name = `migrate_${crypto.randomUUID().slice(0, 8)}`;
  await administer(`create database ${name}`);
  url = inject('testServerUrl').replace('/postgres?', `/${name}?`);
  await write('20260101-0900-a.sql', 'create table public.a (id int);');
});
afterEach(async () => {
  await administer(`drop database ${name} with (force)`);
  await rm(dir, { recursive: true });
});

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('testServerUrl') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

const write = (file: string, text: string) => writeFile(join(dir, file), text);

async function tables(): Promise<string[]> {
  const db = createDb(createPool(url, 1));
  const { rows } = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db);
  await db.destroy();
  return rows.map((row) => row.name).filter((table) => table !== 'elepherd_migration');
}

test('applies what is new, in order, once', async () => {
  await write(
    '20260102-0900-b.sql',
    'create table public.b (id int); alter table public.a add column b int;',
  );
  expect(await migrate(url, dir)).toEqual(['20260101-0900-a.sql', '20260102-0900-b.sql']);
  expect(await migrate(url, dir)).toEqual([]);
  await write('20260103-0900-c.sql', 'create table public.c (id int);');
  const db = createDb(createPool(url, 1));
  expect(await findPendingMigrations(db, dir)).toEqual(['20260103-0900-c.sql']);
  expect(await migrate(url, dir)).toEqual(['20260103-0900-c.sql']);
  expect(await findPendingMigrations(db, dir)).toEqual([]);
  await db.destroy();
  expect(await tables()).toEqual(['a', 'b', 'c']);
});

test('three starters at once apply each once, and all succeed', async () => {
  await write('20260102-0900-b.sql', 'select pg_sleep(0.2); create table public.b (id int);');
  const applied = await Promise.all([1, 2, 3].map(() => migrate(url, dir)));
  expect(applied.map((names) => names.length).sort()).toEqual([0, 0, 2]);
});

test('a migration that fails leaves nothing of itself, keeps those before it, and goes on once mended', async () => {
  await write('20260102-0900-b.sql', 'create table public.b (id int); select 1 / 0;');
  await expect(migrate(url, dir)).rejects.toThrow(
    '20260102-0900-b.sql failed and was rolled back: division by zero',
  );
  expect(await tables()).toEqual(['a']);
  await write('20260102-0900-b.sql', 'create table public.b (id int);');
  expect(await migrate(url, dir)).toEqual(['20260102-0900-b.sql']);
});

test('refuses a database that is newer, and a migration changed after it ran, and changes nothing', async () => {
  await write('20260102-0900-b.sql', 'create table public.b (id int);');
  await migrate(url, dir);
  await write('20260103-0900-c.sql', 'create table public.c (id int);');
  await write('20260101-0900-a.sql', 'create table public.a (id bigint);');
  await expect(migrate(url, dir)).rejects.toThrow('20260101-0900-a.sql was changed after it ran here');
  await rm(join(dir, '20260102-0900-b.sql'));
  await expect(migrate(url, dir)).rejects.toThrow('newer than this Elepherd: it has 20260102-0900-b.sql');
  expect(await tables()).toEqual(['a', 'b']);
});
