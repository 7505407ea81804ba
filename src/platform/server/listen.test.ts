import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { listen, startListening } from './listen.ts';
import { createLog } from './log.ts';

const { db, url } = await testDatabase();
const log = createLog('test', 'silent');

const notify = (channel: string, payload: string) =>
  sql`select pg_notify(${channel}, ${payload})`.execute(db);
const listening = async () =>
  (
    await sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and application_name = 'elepherd listen'`.execute(db)
  ).rows;

let listener: ReturnType<typeof startListening> | undefined;
afterEach(() => listener?.stop());

/** A handler that keeps what it heard. */
function ear() {
  const heard: (string | null)[] = [];
  return { heard, handler: (payload: string | null) => void heard.push(payload) };
}

test('many listeners share one connection, each hears its own channel until it stops', async () => {
  const a = ear();
  const b = ear();
  const other = ear();
  listen('herd_a', a.handler);
  const stopB = listen('herd_a', b.handler);
  listener = startListening(url, log);
  listen('herd_b', other.handler);
  await expect.poll(() => [a.heard, b.heard, other.heard]).toEqual([[null], [null], [null]]);

  await notify('herd_a', 'one');
  await expect.poll(() => b.heard).toEqual([null, 'one']);
  stopB();
  await notify('herd_a', 'two');
  await expect.poll(() => a.heard).toEqual([null, 'one', 'two']);
  expect(b.heard).toEqual([null, 'one']);
  expect(other.heard).toEqual([null]);
  expect(await listening()).toHaveLength(1);
});

test('a broken connection is made again, and everybody is told to look', async () => {
  const a = ear();
  listen('herd_c', a.handler);
  listener = startListening(url, log);
  await expect.poll(() => a.heard).toEqual([null]);
  for (const { pid } of await listening()) await sql`select pg_terminate_backend(${pid})`.execute(db);
  await expect.poll(() => a.heard).toEqual([null, null]);
  await notify('herd_c', 'after');
  await expect.poll(() => a.heard).toEqual([null, null, 'after']);
});

test('a listener that fails harms no other', async () => {
  const a = ear();
  listen('herd_d', () => {
    throw new Error('broken ear');
  });
  listen('herd_d', a.handler);
  listener = startListening(url, log);
  await expect.poll(() => a.heard).toEqual([null]);
});

test('keeps trying while there is no server, and stops when told', async () => {
  const a = ear();
  listen('herd_e', a.handler);
  listener = startListening('postgres://nobody@127.0.0.1:1/none', log);
  expect(() => startListening(url, log)).toThrow('listens already');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await listener.stop();
  expect(a.heard).toEqual([]);
  listener = startListening(url, log);
  await expect.poll(() => a.heard).toEqual([null]);
});
