import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';

const first = await testDatabase();
const second = await testDatabase();

test('a test database is migrated, its own, and answers through Kysely and through pg', async () => {
  const applied = await sql<{ count: number }>`select count(*) as count from elepherd_migration`.execute(
    first.db,
  );
  expect(applied.rows[0]?.count).toBeGreaterThan(0);

  await first.pool.query('create table mine (id integer)');
  const { rows } = await second.pool.query(`select to_regclass('mine') as mine`);
  expect(rows).toEqual([{ mine: null }]);
});

test('sorting and case work for Chinese and for accents, the same on every machine', async () => {
  const { rows } = await first.pool.query(
    `select upper('é象') as upper, array(select * from unnest('{重庆,北京,上海}'::text[]) as city order by city collate "zh-x-icu") as cities`,
  );
  expect(rows).toEqual([{ upper: 'É象', cities: ['北京', '重庆', '上海'] }]);
});
