import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { holdingOperation } from '#tests/support/worker-process.ts';
import { inTransaction } from './context.ts';
import { startOperation } from './operations/start-operation.ts';

const { db, url } = database;
const program = new URL('../../../tests/support/worker-process.ts', import.meta.url);
const children: ChildProcess[] = [];

beforeAll(async () => {
  await sql`create table public.trace (operation_id uuid, step text, pid int, at timestamptz default clock_timestamp())`.execute(
    db,
  );
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

async function startProgram(): Promise<ChildProcess> {
  const child = fork(program, { env: { PATH: process.env['PATH'], DATABASE_URL: url, LOG_LEVEL: 'warn' } });
  children.push(child);
  await once(child, 'message');
  return child;
}

const trace = async (id: string) =>
  (
    await sql<{
      step: string;
      pid: number;
      at: Date;
    }>`select step, pid, at from public.trace where operation_id = ${id} order by at`.execute(db)
  ).rows;

const stateOf = async (id: string) =>
  (await db.selectFrom('platform.operation').select('state').where('id', '=', id).executeTakeFirstOrThrow())
    .state;

test(
  'a worker killed in the middle of a step loses nothing: another takes over',
  { timeout: 60_000 },
  async () => {
    const workers = await Promise.all([startProgram(), startProgram()]);
    const ctx = await testContext({ may: ['*'] });
    const id = await inTransaction(ctx, (tx) => startOperation(tx, holdingOperation, crypto.randomUUID()));

    await vi.waitFor(
      async () => expect((await trace(id)).map((t) => t.step)).toEqual(['begin', 'hold']),
      10_000,
    );
    const held = (await trace(id))[1]!;
    const victim = workers.find((worker) => worker.pid === held.pid)!;
    const survivor = workers.find((worker) => worker.pid !== held.pid)!;
    const killedAt = Date.now();
    victim.kill('SIGKILL');

    await vi.waitFor(async () => expect(await stateOf(id)).toBe('succeeded'), {
      timeout: 45_000,
      interval: 100,
    });
    const after = (await trace(id)).slice(2);
    expect(after.map((t) => [t.step, t.pid])).toEqual([
      ['hold', survivor.pid],
      ['end', survivor.pid],
    ]);
    console.log(`takeover after ${((after[0]!.at.getTime() - killedAt) / 1000).toFixed(1)} s`);
  },
);
