import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { holdingOperation } from '#tests/support/worker-process.ts';
import { z } from 'zod';
import { readConfig } from './config.ts';
import { inTransaction } from './context.ts';
import { defineReaction, type Fact, stateFact } from './events.ts';
import { defineJob, enqueue } from './jobs.ts';
import { createLog } from './log.ts';
import { defineOperation, done, step, wait } from './operations/define-operation.ts';
import { startOperation, wakeOperation } from './operations/start-operation.ts';
import { defineRoom } from './room.ts';
import { startWorker, takeover } from './worker.ts';

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
    const gone = once(survivor, 'exit');
    survivor.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  },
);

const title = { en: 'Test', 'zh-CN': '测试' };
const start = (room: Parameters<typeof defineRoom>[0]) =>
  startWorker({
    pool: database.pool,
    db,
    rooms: [defineRoom(room)],
    config: readConfig({ WORKER_CONCURRENCY: '2' }),
    log: createLog('test', 'silent'),
  });

test('each reaction to a fact runs by itself: one that fails stops no other and repeats no other', async () => {
  const heard: string[] = [];
  const fact = 'test.calf-born';
  const note = (name: string, broken = false) =>
    defineReaction(name, fact, async (_db, { payload }: Fact) => {
      heard.push(`${name} ${String(payload['name'])}`);
      if (broken && heard.filter((line) => line.startsWith(name)).length === 1) throw new Error('not yet');
    });
  const other = defineReaction('other', 'test.calf-sold', async () => void heard.push('wrong'));
  const worker = await start({ name: 'test', reactions: [note('first', true), note('second'), other] });
  const ctx = await testContext({ may: [] });
  await inTransaction(ctx, (tx) => stateFact(tx, fact, null, { name: 'Rosa' }));
  await inTransaction(ctx, async (tx) => {
    await stateFact(tx, fact, null, { name: 'never' });
    throw new Error('undone');
  }).catch(() => {});
  await vi.waitFor(
    () => expect(heard.toSorted()).toEqual(['first Rosa', 'first Rosa', 'second Rosa']),
    10_000,
  );
  await worker.stop();
});

test('jobs run with what they were given; the same key replaces one that has not begun', async () => {
  const ran: number[] = [];
  const job = defineJob('test.count', z.object({ n: z.number() }), async (_job, { n }) => void ran.push(n));
  await enqueue(db, 'test.count', { n: 1 }, { key: 'count' });
  await enqueue(db, 'test.count', { n: 2 }, { key: 'count' });
  await enqueue(db, 'test.count', { n: 3 });
  const worker = await start({ name: 'test', jobs: [job] });
  await vi.waitFor(() => expect(ran.toSorted()).toEqual([2, 3]), 10_000);
  await worker.stop();
  await worker.ended;
  expect(await db.selectFrom('platform.worker').select('id').execute()).toEqual([]);
});

test('another takes over within 15 seconds: when a worker counts as dead, and who then looks how often', async () => {
  const { heartbeatSeconds, deadAfterSeconds, lookSeconds } = takeover;
  expect(heartbeatSeconds + deadAfterSeconds + lookSeconds).toBeLessThan(15);
  // A hiccup of a few heartbeats is no death.
  expect(deadAfterSeconds).toBeGreaterThanOrEqual(4 * heartbeatSeconds);

  /** A worker that was seen so long ago, in the middle of a job. */
  const holding = async (n: number, seenSecondsAgo: number) => {
    const ago = sql<Date>`now() - make_interval(secs => ${seenSecondsAgo})`;
    const holder = `pool-${n}`;
    await db
      .insertInto('platform.worker')
      .values({ id: crypto.randomUUID(), name: holder, graphile_ids: [holder], seen_at: ago })
      .execute();
    await enqueue(db, 'test.hold', { n }, { key: `hold ${n}` });
    await sql`update graphile_worker._private_jobs set locked_at = ${ago}, locked_by = ${holder}, attempts = 1
      where key = ${`hold ${n}`}`.execute(db);
  };
  // Whoever has been silent so long has as much of the 15 seconds left as a heartbeat and a look at the queue take.
  await holding(1, 15 - heartbeatSeconds - lookSeconds);
  // This one is heard of all the time.
  await holding(2, -600);
  const ran: number[] = [];
  const job = defineJob('test.hold', z.object({ n: z.number() }), async (_job, { n }) => void ran.push(n));
  const worker = await start({ name: 'test', jobs: [job] });
  await vi.waitFor(() => expect(ran).toEqual([1]), 30_000);
  await worker.stop();
  expect(ran).toEqual([1]);
  const left = db.selectFrom('platform.worker').select('name').where('name', 'like', 'pool-%');
  expect(await left.execute()).toEqual([{ name: 'pool-2' }]);
  await db.deleteFrom('platform.worker').execute();
}, 60_000);

test('a waiting operation goes on as soon as it is woken, and never twice at once', async () => {
  let inside = 0;
  let most = 0;
  let looks = 0;
  const definition = defineOperation('test.woken', {
    title,
    deadlineSeconds: 60,
    steps: {
      only: step(title, async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside--;
        return ++looks >= 10 ? done : wait(3600);
      }),
    },
  });
  const worker = await start({ name: 'test', operations: [definition] });
  const ctx = await testContext({ may: [] });
  const id = await inTransaction(ctx, (tx) => startOperation(tx, definition, crypto.randomUUID()));
  await vi.waitFor(
    async () => {
      await Promise.all([wakeOperation(db, id), wakeOperation(db, id)]);
      expect(await stateOf(id)).toBe('succeeded');
    },
    { timeout: 15_000, interval: 30 },
  );
  expect(most).toBe(1);
  await worker.stop();
});
