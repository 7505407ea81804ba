import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { together } from './ask-together.ts';
import { createDb, createPool, type Db } from './db.ts';
import { prepareQuery } from './prepared-query.ts';

const { url } = await testDatabase();
const pool = createPool(url, 1);
const db = createDb(pool);
afterAll(() => db.destroy());
beforeAll(async () => {
  await sql`create table public.calf (id serial, name text unique)`.execute(db);
});

type Numbered = { at: number };
const prepared = prepareQuery((on: Db, { by }: { by: number }) =>
  on.selectNoFrom(sql<number>`nextval('calf_id_seq') * ${by}::int`.as('at')),
);
test('what is asked in one write is answered in its order, each after the other', async () => {
  const next = (by: number) => [
    prepared.of(db, { by }),
    db.selectNoFrom(sql<number>`nextval('calf_id_seq')`.as('at')).compile(),
    sql<Numbered>`select nextval('calf_id_seq') as at`.compile(db),
  ];
  const seen = await db.transaction().execute((tx) => together(tx, ...next(1), ...next(1)));
  expect(seen.map(([row]) => (row as Numbered).at)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await together(db, ...next(1))).toHaveLength(3);
});

test('a transaction begins in the write that carries what it asks first', async () => {
  const client = await pool.connect();
  const { stream } = (client as unknown as { connection: { stream: { _handle: object } } }).connection;
  let writes = 0;
  const handle = stream._handle as Record<string, unknown>;
  for (const name of ['writev', 'writeBuffer', 'writeUtf8String', 'writeLatin1String']) {
    const write = handle[name] as (...given: unknown[]) => unknown;
    handle[name] = (...given: unknown[]) => {
      writes += 1;
      return write.apply(handle, given);
    };
  }
  client.release();
  await db.transaction().execute(async (tx) => {
    await together(tx, prepared.of(tx, { by: 1 }), sql`select 1`.compile(tx));
  });
  // The questions with `begin`, then `commit`.
  expect(writes).toBe(2);
});

test('what one of them refuses undoes all, once nothing is under way', async () => {
  const name = (name_: string) => sql`insert into public.calf (name) values (${name_})`.compile(db);
  const asked = db.transaction().execute(async (tx) => {
    await together(tx, name('Rosa'), name('Bella'), name('Rosa'), sql`select pg_sleep(0.1)`.compile(tx));
  });
  await expect(asked).rejects.toThrow('duplicate key');
  expect((await sql`select from public.calf`.execute(db)).rows).toEqual([]);
});

test('a connection that broke before a transaction began fails it, and the next one has another', async () => {
  const client = await pool.connect();
  const { processID } = client as pg.PoolClient & { processID: number };
  client.release();
  const asked = db.transaction().execute(async (tx) => {
    await sql`select pg_terminate_backend(${processID})`.execute(tx);
    await sql`select 1`.execute(tx);
  });
  await expect(asked).rejects.toThrow();
  const { rows } = await db.transaction().execute((tx) => sql<{ one: number }>`select 1 as one`.execute(tx));
  expect(rows).toEqual([{ one: 1 }]);
});

test('a statement whose parsing failed behind another is parsed again', async () => {
  const asked = db
    .transaction()
    .execute((tx) => together(tx, sql`select 1 / 0`.compile(tx), late.of(tx, { by: 2 })));
  await expect(asked).rejects.toThrow('division by zero');
  expect(await late(db, { by: 2 })).toHaveLength(1);
  expect(await db.transaction().execute((tx) => late(tx, { by: 2 }))).toHaveLength(1);
});
const late = prepareQuery((on: Db, { by }: { by: number }) =>
  on.selectNoFrom(sql<number>`${by}::int`.as('late')),
);
