import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { createDb, createPool, type DB } from '#src/platform/server/db.ts';

export interface TestDatabase {
  url: string;
  pool: pg.Pool;
  db: Kysely<DB>;
}

/**
 * A migrated, empty database of this test file's own, cloned from the template; closed and dropped after the file.
 * Call it at the top of the file: `const { db } = await testDatabase();`
 */
export async function testDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('testServerUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Copying files beats replaying them through WAL when nothing is ever synced.
  await administer(serverUrl, `create database ${name} template template strategy file_copy`);
  const url = serverUrl.replace('/postgres?', `/${name}?`);
  const pool = createPool(url, 8);
  const db = createDb(pool);
  afterAll(async () => {
    await db.destroy();
    await administer(serverUrl, `drop database ${name} with (force)`);
  });
  return { url, pool, db };
}

async function administer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
