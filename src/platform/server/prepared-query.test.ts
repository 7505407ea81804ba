import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { createDb, createPool, type Db } from './db.ts';
import { prepareQuery } from './prepared-query.ts';

const { url } = await testDatabase();
// One connection: whatever a transaction prepares is prepared there.
const db = createDb(createPool(url, 1));
afterAll(() => db.destroy());

let built = 0;
const selectFacts = prepareQuery((on: Db, { fact, most }: { fact: string | null; most: number }) => {
  built += 1;
  return on
    .selectFrom('platform.event')
    .select(['fact', sql<number>`${most}::int + ${1}`.as('next')])
    .where('fact', '=', fact)
    .orderBy('id')
    .limit(most);
});
const prepared = async (on: Db) =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(on)).rows;

test('each call has its own values, and the statement is built once and known to the connection', async () => {
  await db
    .insertInto('platform.event')
    .values(['farm.a', 'farm.b', 'farm.b'].map((fact) => ({ fact, payload: '{}' })))
    .execute();
  expect(await selectFacts(db, { fact: 'farm.a', most: 5 })).toEqual([{ fact: 'farm.a', next: 6 }]);
  expect(await selectFacts(db, { fact: 'farm.b', most: 5 })).toHaveLength(2);
  expect(await selectFacts(db, { fact: 'farm.b', most: 1 })).toEqual([{ fact: 'farm.b', next: 2 }]);
  expect(await selectFacts(db, { fact: null, most: 1 })).toEqual([]);
  expect(built).toBe(1);
});

test('in a transaction it sees what the transaction wrote', async () => {
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('platform.event').values({ fact: 'farm.mine', payload: '{}' }).execute();
    expect(await selectFacts(tx, { fact: 'farm.mine', most: 5 })).toHaveLength(1);
    expect(await prepared(tx)).toHaveLength(1);
  });
});

test('queries of the usual kind are not prepared', async () => {
  await db.selectFrom('platform.event').select('id').where('fact', '=', 'farm.a').execute();
  expect(await prepared(db)).toHaveLength(1);
});

test('what writes never goes where what broke is asked again', async () => {
  const insertFact = prepareQuery((on: Db, { fact }: { fact: string }) =>
    on
      .with('made', (qb) => qb.insertInto('platform.event').values({ fact, payload: '{}' }).returning('fact'))
      .selectFrom('made')
      .select('made.fact')
      .select(sql<number>`pg_backend_pid()`.as('pid')),
  );
  const [own] = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows;
  // The pool has one connection; a line would have another.
  expect(await insertFact(db, { fact: 'farm.written' })).toMatchObject([
    { fact: 'farm.written', pid: own!.pid },
  ]);
  expect(await selectFacts(db, { fact: 'farm.written', most: 5 })).toHaveLength(1);
});
