import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { readConfig } from '../config.ts';
import { inTransaction } from '../context.ts';
import { createLog } from '../log.ts';
import { retryOperation } from './cancel-operation.ts';
import { defineOperation, step, wait } from './define-operation.ts';
import { startOperation, wakeOperation } from './start-operation.ts';
import { tendOperations } from './tend-operations.job.ts';

const { db, pool } = database;
const title = { en: 'Test', 'zh-CN': '测试' };
const definition = defineOperation('test.tended', {
  title,
  deadlineSeconds: 3600,
  steps: { only: step(title, async () => wait(60)) },
});

const tend = () =>
  tendOperations.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);

async function started() {
  const ctx = await testContext({ may: ['*'] });
  const id = await inTransaction(ctx, (tx) => startOperation(tx, definition, crypto.randomUUID()));
  const key = `operation:${id}`;
  return {
    ctx,
    id,
    key,
    /** In how many minutes each of its looks is due; coarse, or a busy machine would be seen in it. */
    jobs: async () =>
      (
        await sql<{ seconds: number }>`select extract(epoch from run_at - now())::float8 as seconds
          from graphile_worker.jobs where key = ${key} order by id`.execute(db)
      ).rows.map((row) => Math.ceil(Math.max(0, row.seconds) / 60)),
    queues: async () =>
      (await sql`select from graphile_worker._private_job_queues where queue_name = ${key}`.execute(db)).rows
        .length,
    setJob: (set: string) =>
      sql`update graphile_worker._private_jobs set ${sql.raw(set)} where key = ${key}`.execute(db),
    set: (set: string) => sql`update platform.operation set ${sql.raw(set)} where id = ${id}`.execute(db),
    dropJob: () => sql`delete from graphile_worker._private_jobs where key = ${key}`.execute(db),
  };
}

test('an operation whose job is gone, given up or postponed for long gets a new look; others keep theirs', async () => {
  const gone = await started();
  await gone.dropJob();
  const givenUp = await started();
  await givenUp.setJob('attempts = max_attempts');
  const postponed = await started();
  await postponed.setJob(`attempts = 9, run_at = now() + interval '3 hours'`);
  const soon = await started();
  await soon.setJob(`attempts = 2, run_at = now() + interval '50 seconds'`);
  const waiting = await started();
  await waiting.setJob(`run_at = now() + interval '2 hours'`);
  const running = await started();
  await running.setJob(
    `run_at = now() - interval '1 hour', locked_at = now(), locked_by = 'test', attempts = 1`,
  );
  const ended = await started();
  await ended.dropJob();
  await ended.set(`state = 'succeeded', ended_at = now()`);

  await tend();
  expect(
    await Promise.all([gone, givenUp, postponed, soon, waiting, running, ended].map((o) => o.jobs())),
  ).toEqual([[0], [0], [0], [1], [120], [0], []]);
  const { rows } = await sql`select from graphile_worker.jobs where key is null`.execute(db);
  expect(rows, 'nothing stays of the job that was given up').toEqual([]);
});

test('what a dead worker was at goes, and with it the queue of an operation that has ended since', async () => {
  const op = await started();
  await op.setJob(`locked_at = now(), locked_by = 'dead', attempts = 1`);
  await wakeOperation(db, op.id);
  await sql`select graphile_worker.force_unlock_workers(array['dead'])`.execute(db);
  const failed = async () =>
    (await sql`select from graphile_worker.jobs where attempts >= max_attempts`.execute(db)).rows.length;
  expect(await failed()).toBe(1);
  await op.dropJob();
  await op.set(`state = 'succeeded', ended_at = now() - interval '1 hour'`);
  await tend();
  expect([await failed(), await op.queues()]).toEqual([0, 0]);
});

test('a deadline that passes during a wait raises the alert once', async () => {
  const op = await started();
  await op.set(`deadline_at = now() - interval '1 second'`);
  await tend();
  await tend();
  const facts = await db
    .selectFrom('platform.event')
    .select('fact')
    .where('subject_id', '=', op.id)
    .execute();
  expect(facts).toEqual([{ fact: 'platform.operation-overdue' }]);
});

test('queues of ended operations go; a retry under way keeps its own', async () => {
  const live = await started();
  const over = await started();
  const retried = await started();
  for (const op of [over, retried]) {
    await op.dropJob();
    await op.set(`state = 'failed', ended_at = now() - interval '1 hour'`);
  }
  const client = await pool.connect();
  await client.query('begin');
  await client.query('select from platform.operation where id = $1 for update', [retried.id]);
  await tend();
  await client.query('commit');
  client.release();
  expect(await Promise.all([live, over, retried].map((op) => op.queues()))).toEqual([1, 0, 1]);

  await retryOperation(over.ctx, over.id);
  expect(await over.queues()).toBe(1);
});
