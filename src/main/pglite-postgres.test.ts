import { expect, test } from 'vitest';
import { pglitePostgres } from './pglite-postgres.ts';

const source = pglitePostgres();
const run = async (code: string, setup = '', secondsAtMost = 20) =>
  (await source.runAll(18, [{ setup, code, secondsAtMost }]))[0]!;

test('PostgreSQL as WebAssembly runs an order in a process that can reach nothing else', async () => {
  const [offer] = await source.listOffered();
  expect(offer?.version).toMatch(/^\d{2}\.\d+$/);
  expect(
    await run('select a, now() is not null, array[1, null] from t', 'create table t as select 7 as a'),
  ).toMatchObject({ version: offer?.version, rows: [['7', 't', '{1,NULL}']], error: null });
  // Each begins with nothing, and there are no files of this machine.
  const file = await run(`select to_regclass('t') is null, pg_read_file('/etc/passwd', 0, 10, true)`);
  expect(file).toMatchObject({ rows: [['t', null]], error: null });
}, 300_000);

test('one that never ends is ended', async () => {
  await source.listOffered();
  const began = performance.now();
  expect((await run('select count(*) from generate_series(1, 1e15::bigint)', '', 2)).error?.sqlstate).toBe(
    '57014',
  );
  expect(performance.now() - began).toBeLessThan(120_000);
}, 300_000);
