import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database } from '#tests/support/context.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { createDb, createPool } from '../db.ts';
import { platform } from '../platform.ts';
import { checkReadiness } from './routes.ts';

const { db } = database;
const api = testApi([platform]);

async function ready() {
  const path = '/api/health/ready';
  const answer = await api.call(null, 'GET', path);
  return { status: answer.status, body: await expectResponse(await api.openapi(), 'GET', path, answer) };
}

test('lives', async () => {
  const answer = await api.call(null, 'GET', '/api/health/live');
  expect(await expectResponse(await api.openapi(), 'GET', '/api/health/live', answer)).toEqual({
    status: 'live',
  });
});

test('is ready once a worker was seen and while the database has the form of this release', async () => {
  const checks = { database: true, migrations: true, worker: true };
  expect(await ready()).toEqual({
    status: 503,
    body: { status: 'not-ready', checks: { ...checks, worker: false } },
  });
  const id = crypto.randomUUID();
  await db.insertInto('platform.worker').values({ id, name: 'test' }).execute();
  expect(await ready()).toEqual({ status: 200, body: { status: 'ready', checks } });

  const undo = new Error('undone');
  await db
    .transaction()
    .execute(async (tx) => {
      await tx
        .updateTable('platform.worker')
        .set({ seen_at: new Date(Date.now() - 60_000) })
        .execute();
      expect((await checkReadiness(tx)).checks.worker).toBe(false);
      throw undo;
    })
    .catch((error: unknown) => expect(error).toBe(undo));
});

test('a database of an older release is not ready', async () => {
  await db
    .transaction()
    .execute(async (tx) => {
      await sql`delete from public.elepherd_migration where name like '%platform-extras%'`.execute(tx);
      expect((await checkReadiness(tx)).checks).toMatchObject({ database: true, migrations: false });
      throw new Error('undone');
    })
    .catch((error: unknown) => expect((error as Error).message).toBe('undone'));
});

test('a database that is away is said within the time given, not after it', async () => {
  const pool = createPool('postgres://nobody@127.0.0.1:1/none', 2);
  const away = createDb(pool);
  expect(await checkReadiness(away, 500)).toEqual({
    status: 'not-ready',
    checks: { database: false, migrations: false, worker: false },
  });
  await away.destroy();
});
