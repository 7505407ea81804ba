import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { createReadLines } from './read-lines.ts';

const { url } = await testDatabase();
const lines = createReadLines({ connectionString: url });
afterAll(() => lines.end());

type Who = { pid: number; given: number };
const who = (given: number) =>
  lines.read<Who>('who', 'select pg_backend_pid() as pid, $1::int as given', [given]);

test('what is asked in one turn goes down one line, and each gets its own answer', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, async (_, n) => who(n)));
  expect(answers.map(([row]) => row?.given)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  expect(new Set(answers.map(([row]) => row?.pid)).size).toBe(1);
});

test('a slow answer holds up nobody who asks in another turn', async () => {
  const order: string[] = [];
  const slow = lines.read('slow', 'select pg_sleep(0.5)', []).then(() => order.push('slow'));
  await new Promise((resolve) => setImmediate(resolve));
  const quick = who(1).then(() => order.push('quick'));
  await Promise.all([slow, quick]);
  expect(order).toEqual(['quick', 'slow']);
});

test('one that fails takes nobody along', async () => {
  const [one, broken, other] = await Promise.allSettled([
    who(1),
    lines.read('broken', 'select 1 / $1::int as one', [0]),
    who(2),
  ]);
  expect([one.status, broken.status, other.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await lines.read('broken', 'select 1 / $1::int as one', [1])).toEqual([{ one: 1 }]);
  await expect(lines.read('wrong', 'select nothing from nowhere', [])).rejects.toThrow('nowhere');
  await expect(lines.read('wrong', 'select nothing from nowhere', [])).rejects.toThrow('nowhere');
});

test('what was under way on a line that broke is asked once more on another', async () => {
  const [row] = await who(1);
  const other = createReadLines({ connectionString: url });
  const waiting = lines.read<Who>('wait', 'select pg_backend_pid() as pid, pg_sleep(0.3)', []);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await other.read('end', 'select pg_terminate_backend($1)', [row?.pid]);
  await other.end();
  const [after] = await waiting;
  expect(after?.pid).not.toBe(row?.pid);
  await expect(lines.read('die', 'select pg_terminate_backend(pg_backend_pid())', [])).rejects.toThrow();
  for (let n = 0; n < 3; n++) expect((await who(n))[0]?.given).toBe(n);
});

test('a database that is away is a failure, not a wait', async () => {
  const away = createReadLines({ connectionString: 'postgres://nobody@127.0.0.1:1/none' });
  await expect(away.read('one', 'select 1', [])).rejects.toThrow();
  await away.end();
});
