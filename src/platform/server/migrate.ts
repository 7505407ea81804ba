import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkerUtils } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import type { Db } from './db.ts';

export const migrationsDir = join(import.meta.dirname, '../../../migrations');

/** Migrations of this release that a database has not seen yet. */
export async function findPendingMigrations(db: Db, dir = migrationsDir): Promise<string[]> {
  const done = await sql<{ name: string }>`select name from public.elepherd_migration`.execute(db);
  const names = new Set(done.rows.map((row) => row.name));
  return (await listMigrations(dir)).filter((name) => !names.has(name));
}

/** Names of the migrations of this release, in order. */
export const listMigrations = async (dir = migrationsDir) =>
  (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();

const lockKey = 7_433_001;

/**
 * Brings a database to the newest form and returns the names applied now.
 * With `only` those of that list alone, as a restored database had them. Two starters at once take turns. Refuses a database that is newer than this code, and a migration changed after it ran.
 */
export async function migrate(url: string, dir = migrationsDir, only?: readonly string[]): Promise<string[]> {
  const files = (await listMigrations(dir)).filter((name) => only?.includes(name) ?? true);
  const client = new pg.Client({ connectionString: url, application_name: 'elepherd migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(`create table if not exists public.elepherd_migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const done = new Map<string, string>(
      (await client.query('select name, sha256 from public.elepherd_migration')).rows.map((r) => [
        r.name,
        r.sha256,
      ]),
    );
    const unknown = [...done.keys()].filter((name) => !files.includes(name));
    if (unknown.length > 0) {
      throw new Error(
        `The database is newer than this Elepherd: it has ${unknown.join(', ')}. Nothing was changed. Start the newer Elepherd, or restore the backup taken before the upgrade.`,
      );
    }
    const applied: string[] = [];
    for (const name of files) {
      const text = await readFile(join(dir, name), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      if (before === sha256) continue;
      if (before !== undefined) {
        throw new Error(
          `Migration ${name} was changed after it ran here. Nothing was changed. Put the old text back and add a new migration.`,
        );
      }
      try {
        await client.query('begin');
        await client.query(text);
        await client.query('insert into public.elepherd_migration (name, sha256) values ($1, $2)', [
          name,
          sha256,
        ]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${name} failed and was rolled back: ${(error as Error).message}`, {
          cause: error,
        });
      }
      applied.push(name);
    }
    const utils = await makeWorkerUtils({ connectionString: url });
    try {
      await utils.migrate();
    } finally {
      await utils.release();
    }
    return applied;
  } finally {
    await client.end();
  }
}
