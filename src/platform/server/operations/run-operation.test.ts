// Over 300 lines: one engine, and its races are only seen side by side.
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { runWithCancels, runWithCrashes, type World } from '#tests/support/crash-operations.ts';
import { inTransaction } from '../context.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { cancelOperation, retryOperation } from './cancel-operation.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
  type OperationDefinition,
  type StepContext,
} from './define-operation.ts';
import { getOperation, knowOperations, listOperationLog } from './queries.ts';
import { runOperation } from './run-operation.ts';
import { startOperation, wakeOperation } from './start-operation.ts';

const { db } = database;
const log = createLog('test', 'silent');
const text = (en: string) => ({ en, 'zh-CN': en });

beforeAll(async () => {
  await sql`create table public.brick (wall uuid, name text, primary key (wall, name))`.execute(db);
});

const lay = (op: StepContext, name: string) =>
  sql`insert into public.brick (wall, name) values (${op.subjectId}, ${name}) on conflict do nothing`.execute(
    op.db,
  );
const bricksOf = async (wall: string) =>
  (
    await sql<{ name: string }>`select name from public.brick where wall = ${wall} order by name`.execute(db)
  ).rows.map((r) => r.name);

/** Lays two bricks, waits for somebody to bring mortar, and can be undone until the roof is on. */
const buildWall = defineOperation('test.build-wall', {
  title: text('Build a wall'),
  deadlineSeconds: 60,
  cancelStep: 'tearDown',
  keepsGoingAt: ['roof'],
  steps: {
    first: step(text('First brick'), async (op) => {
      await lay(op, 'first');
      return go('mortar');
    }),
    mortar: step(text('Mortar'), async (op) =>
      (await bricksOf(op.subjectId)).includes('mortar') ? go('second') : wait(5, text('No mortar yet')),
    ),
    second: step(text('Second brick'), async (op) => {
      await lay(op, 'second');
      return go('roof');
    }),
    roof: step(text('Roof'), async (op) => {
      await lay(op, 'third');
      return done;
    }),
    tearDown: step(
      text('Tear down'),
      async (op) => {
        await sql`delete from public.brick where wall = ${op.subjectId}`.execute(op.db);
        return go('sweep');
      },
      { hidden: true },
    ),
    sweep: step(text('Sweep'), async () => done, { hidden: true }),
  },
});

async function wallWorld(): Promise<World> {
  const subjectId = crypto.randomUUID();
  return {
    ctx: await testContext({ may: ['*'] }),
    subjectId,
    state: () => bricksOf(subjectId),
    async whileWaiting() {
      await sql`insert into public.brick (wall, name) values (${subjectId}, 'mortar') on conflict do nothing`.execute(
        db,
      );
    },
  };
}

/** An operation made of the given first step, started; `turn` runs it as a worker would. */
async function started(
  first: (op: StepContext) => ReturnType<OperationDefinition['steps'][string]['run']>,
  more: Partial<OperationDefinition> = {},
) {
  const kind = `test.op-${crypto.randomUUID().slice(0, 8)}`;
  const { steps, ...rest } = more;
  const definition = defineOperation(kind, {
    title: text('Test'),
    deadlineSeconds: 60,
    ...rest,
    steps: { first: step(text('First'), first), ...steps },
  });
  knowOperations([definition]);
  const ctx = await testContext({ may: ['*'] });
  const id = await inTransaction(ctx, (tx) => startOperation(tx, definition, crypto.randomUUID()));
  return {
    ctx,
    id,
    /** Takes the job as a worker does, runs the operation, and completes the job. */
    async turn(known = new Map([[kind, definition]])) {
      const { rows } = await sql<{
        id: number;
      }>`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'test'
        where key = ${`operation:${id}`} and locked_at is null returning id`.execute(db);
      await runOperation(db, known, id, log);
      for (const job of rows)
        await sql`delete from graphile_worker._private_jobs where id = ${job.id}`.execute(db);
    },
    row: () => db.selectFrom('platform.operation').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    jobs: async () =>
      (
        await sql<{ seconds: number }>`select extract(epoch from run_at - now())::float8 as seconds
          from graphile_worker.jobs where key = ${`operation:${id}`}`.execute(db)
      ).rows.map((row) => Math.max(0, Math.round(row.seconds))),
  };
}

test('every step twice, and a crash after any step, end in the same state', async () => {
  const report = await runWithCrashes(buildWall, wallWorld);
  expect(report.plain).toEqual({
    end: { state: 'succeeded', step: 'roof' },
    state: ['first', 'mortar', 'second', 'third'],
    looks: ['first', 'mortar', 'mortar', 'second', 'roof'],
  });
  expect(report.steps).toEqual(['first', 'mortar', 'second', 'roof']);
  expect(report.differing).toEqual([]);
  expect(report.runs).toBe(6);
});

test('the crash test notices an operation that is not sound', async () => {
  const adds = defineOperation('test.adds', {
    title: text('Adds'),
    deadlineSeconds: 60,
    steps: {
      add: step(text('Add'), async (op) => {
        await lay(op, `brick ${(await bricksOf(op.subjectId)).length}`);
        return done;
      }),
    },
  });
  const report = await runWithCrashes(adds, wallWorld);
  expect(report.differing.map((run) => run.disturbed)).toEqual([
    'every step twice',
    'a crash after the first run of every step',
    'a crash after add',
  ]);
});

test('a wish to cancel at any step leads to the way back, also over crashes; a step that must not stop goes on', async () => {
  const report = await runWithCancels(buildWall, wallWorld);
  const cancelled = { end: { state: 'cancelled', step: 'sweep' }, state: [] };
  expect(
    report.outcomes.map(({ cancelledAt, outcome }) => [cancelledAt, outcome.end, outcome.state]),
  ).toEqual([
    ['first', cancelled.end, cancelled.state],
    ['mortar', cancelled.end, cancelled.state],
    ['second', cancelled.end, cancelled.state],
    ['roof', { state: 'succeeded', step: 'roof' }, ['first', 'mortar', 'second', 'third']],
  ]);
  expect(report.differing).toEqual([]);
});

test('cancelling while it waits wakes it, and the step left half-way shows as skipped', async () => {
  const op = await started(async () => wait(600), {
    cancelStep: 'undo',
    steps: {
      never: step(text('Never'), async () => done),
      undo: step(text('Undo'), async () => done, { hidden: true }),
    },
  });
  await op.turn();
  expect(await op.jobs()).toEqual([600]);
  await cancelOperation(op.ctx, op.id);
  expect(await op.jobs()).toEqual([0]);
  await op.turn();
  const shown = await getOperation(op.ctx, op.id);
  expect(shown.state).toBe('cancelled');
  expect(shown.steps.map((s) => [s.name, s.state])).toEqual([
    ['first', 'skipped'],
    ['never', 'skipped'],
    ['undo', 'done'],
  ]);
});

test('a step that fails while somebody wishes to cancel goes the way back instead of stopping', async () => {
  const op = await started(
    async (run) => {
      await cancelOperation(op.ctx, run.operationId);
      return fail(text('No disk'));
    },
    { cancelStep: 'undo', steps: { undo: step(text('Undo'), async () => done, { hidden: true }) } },
  );
  await op.turn();
  expect((await op.row()).state).toBe('cancelled');
  const said = (await listOperationLog(op.ctx, op.id, 0)).map((line) => line.text.en);
  expect(said).toContain('No disk');
});

test('a way back that fails can be retried or cancelled again, and still ends as cancelled', async () => {
  let broken = true;
  const op = await started(async () => wait(600), {
    cancelStep: 'undo',
    steps: {
      undo: step(text('Undo'), async () => (broken ? fail(text('Host away')) : done), { hidden: true }),
    },
  });
  await op.turn();
  await cancelOperation(op.ctx, op.id);
  await op.turn();
  expect(await op.row()).toMatchObject({ state: 'failed', step: 'undo' });
  await cancelOperation(op.ctx, op.id);
  await op.turn();
  expect(await op.row()).toMatchObject({ state: 'failed', step: 'undo' });
  broken = false;
  await retryOperation(op.ctx, op.id);
  await op.turn();
  expect(await op.row()).toMatchObject({ state: 'cancelled', step: 'undo' });
});

test('wakes that come while a step looks are not lost to the wait it then asks for', async () => {
  const op = await started(async (run) => {
    await wakeOperation(db, run.operationId);
    return wait(600);
  });
  await op.turn();
  expect(await op.jobs()).toEqual([0]);
});

test('a wake that meets a job being taken at that very moment is put on again', async () => {
  const op = await started(async () => wait(600));
  await op.turn();
  const { rows } = await sql<{
    id: number;
  }>`select id from graphile_worker._private_jobs where key = ${`operation:${op.id}`}`.execute(db);
  // Stops add_job after it has looked for locked jobs and before it inserts.
  await sql
    .raw(`
    create function public.stop_here() returns trigger language plpgsql as $$ begin
      perform pg_advisory_xact_lock(77);
      return new;
    end $$;
    create trigger stop_here before insert on graphile_worker._private_jobs for each row
      when (new.key = 'operation:${op.id}') execute function public.stop_here();`)
    .execute(db);
  const gate = await database.pool.connect();
  await gate.query('select pg_advisory_lock(77)');
  const waking = wakeOperation(db, op.id);
  const waiting = async () =>
    (await gate.query(`select from pg_locks where locktype = 'advisory' and not granted`)).rowCount;
  await expect.poll(waiting).toBe(1);
  await gate.query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'test' where id = $1`,
    [rows[0]?.id],
  );
  await gate.query('select pg_advisory_unlock(77)');
  gate.release();
  await waking;
  await sql`drop trigger stop_here on graphile_worker._private_jobs`.execute(db);
  expect(await op.jobs()).toEqual([0]);
});

test('five unexpected errors in a row stop a step; ordinary waits in between start the count anew', async () => {
  let looks = 0;
  const flaky = await started(async () => {
    looks++;
    if (looks % 4 !== 0) throw new Error('socket hang up');
    return looks < 20 ? wait(1) : done;
  });
  for (let i = 0; i < 25; i++) await flaky.turn();
  expect(await flaky.row()).toMatchObject({ state: 'succeeded' });

  const broken = await started(async () => {
    throw new Error('socket hang up');
  });
  const waits: (number | undefined)[] = [];
  for (let i = 0; i < 5; i++) {
    await broken.turn();
    waits.push((await broken.jobs())[0]);
  }
  expect(waits).toEqual([2, 4, 8, 16, undefined]);
  expect(await broken.row()).toMatchObject({
    state: 'failed',
    reason: { en: expect.stringContaining('socket hang up') },
  });
  await retryOperation(broken.ctx, broken.id);
  expect(await broken.row()).toMatchObject({ state: 'running', attempt: 0, reason: null });
});

test('a refusal of ours fails at once with its words', async () => {
  const op = await started(async () => {
    throw new AppError('conflict', text('The name is taken'));
  });
  await op.turn();
  expect(await op.row()).toMatchObject({ state: 'failed', reason: text('The name is taken') });
});

test('retry runs the failed step again, and refuses what has not failed', async () => {
  let broken = true;
  const op = await started(async () => (broken ? fail(text('Full disk')) : done));
  await expect(retryOperation(op.ctx, op.id)).rejects.toMatchObject({ code: 'conflict' });
  await op.turn();
  broken = false;
  await retryOperation(op.ctx, op.id);
  await op.turn();
  expect(await op.row()).toMatchObject({ state: 'succeeded', reason: null });
  await expect(retryOperation(op.ctx, op.id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(cancelOperation(op.ctx, op.id)).rejects.toMatchObject({ code: 'conflict' });
});

test('a passed deadline raises one alert and stops nothing', async () => {
  let looks = 0;
  const op = await started(async () => (++looks < 3 ? wait(1) : done), { deadlineSeconds: 0 });
  for (let i = 0; i < 3; i++) await op.turn();
  expect(await op.row()).toMatchObject({ state: 'succeeded', overdue: true });
  const facts = await db
    .selectFrom('platform.event')
    .select(['id', 'fact', 'payload'])
    .where('subject_id', '=', op.id)
    .execute();
  expect(facts).toMatchObject([{ fact: 'platform.operation-overdue', payload: { step: 'first' } }]);
  const { rows } = await sql<{ n: number }>`select count(*)::int8 as n from graphile_worker._private_jobs
    where payload->>'id' = ${String(facts[0]?.id)}`.execute(db);
  expect(rows[0]?.n).toBe(1);
});

test('a worker of an older release leaves a kind or step it does not know to another', async () => {
  const op = await started(async () => done);
  await op.turn(new Map());
  expect(await op.row()).toMatchObject({ state: 'running', step: 'first' });
  await op.turn();
  expect(await op.row()).toMatchObject({ state: 'succeeded' });

  const ahead = await started(async () => go('newer'));
  await ahead.turn();
  expect(await ahead.row()).toMatchObject({ state: 'running', step: 'newer' });
  expect(await ahead.jobs()).toHaveLength(1);
});

test('two runs of one operation at once leave one way behind', async () => {
  let inside = 0;
  const both = Promise.withResolvers<void>();
  const op = await started(
    async () => {
      if (++inside === 2) both.resolve();
      await both.promise;
      return go('second');
    },
    { steps: { second: step(text('Second'), async () => wait(60)) } },
  );
  await Promise.all([op.turn(), op.turn()]);
  const steps = (await getOperation(op.ctx, op.id)).steps;
  expect(steps.map((s) => [s.name, s.state])).toEqual([
    ['first', 'done'],
    ['second', 'waiting'],
  ]);
  const rows = await db
    .selectFrom('platform.operation_step')
    .select('name')
    .where('operation_id', '=', op.id)
    .execute();
  expect(rows).toHaveLength(2);
});

test("another organisation's operation is not found, nor cancelled, nor retried", async () => {
  const op = await started(async () => fail(text('x')));
  await op.turn();
  const stranger = await testContext({ may: ['*'] });
  await expect(getOperation(stranger, op.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(cancelOperation(stranger, op.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(retryOperation(stranger, op.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(listOperationLog(stranger, op.id, 0)).rejects.toMatchObject({ code: 'not_found' });
  const weak = await testContext({ may: ['platform.operation.read'], orgId: op.ctx.actor.orgId });
  await expect(cancelOperation(weak, op.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(retryOperation(weak, op.id)).rejects.toMatchObject({ code: 'forbidden' });
});
