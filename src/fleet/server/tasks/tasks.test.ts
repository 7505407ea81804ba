import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { TaskInput } from '#src/fleet/contract/tasks.ts';
import type { Context } from '#src/platform/server/context.ts';
import { defineOperation, done, step } from '#src/platform/server/operations/define-operation.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { database, testContext } from '#tests/support/context.ts';
import { askHost } from './ask-host.ts';
import { ensureTask, notYet } from './ensure-task.ts';
import { forgetTasks } from './forget-tasks.job.ts';
import { reportTask } from './report-task.ts';
import { taskChannel } from './rules.ts';
import { takeTasks } from './take-tasks.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-tasks-'))));
const { db } = database;
const words = { en: 'words', 'zh-CN': '文字' };
const operation = defineOperation('fleet.test', {
  title: words,
  deadlineSeconds: 60,
  steps: { one: step(words, async () => done) },
});
const control = (name: string): TaskInput<'control-service'> => ({ name, action: 'stop' });

async function newHost(ctx: Context, connected = true): Promise<string> {
  const { id } = await db
    .insertInto('fleet.host')
    .values({
      org_id: ctx.actor.orgId,
      name: `host-${Math.random().toString(36).slice(2, 10)}`,
      address: '10.0.0.1',
      connected,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
async function setUp() {
  const ctx = await testContext({ may: ['*'] });
  const hostId = await newHost(ctx);
  const operationId = await startOperation(ctx, operation, hostId);
  const order = { hostId, kind: 'control-service' as const, key: 'stop', input: control('etcd-a') };
  return { ctx, hostId, operationId, order, asker: { db, operationId } };
}
const jobRunAt = async (operationId: string) =>
  (
    await sql<{
      soon: boolean;
    }>`select run_at <= now() as soon from graphile_worker.jobs where key = ${`operation:${operationId}`}`.execute(
      db,
    )
  ).rows[0]?.soon;

test('a task asked for twice is one task, and reaches its host with all of its input', async () => {
  const { hostId, order, asker } = await setUp();
  const first = await ensureTask(asker, order);
  const second = await ensureTask(asker, { ...order, input: control('other') });
  expect(second.id).toBe(first.id);
  expect(notYet(second)).toMatchObject({ then: 'wait' });

  const { orders } = await takeTasks(db, hostId, []);
  expect(orders).toEqual([
    { id: first.id, kind: 'control-service', input: control('etcd-a'), cancel: false },
  ]);
  expect((await ensureTask(asker, order)).state).toBe('running');
});

test('work is told of by the statement that queues it: who is killed right after has left nothing unsaid', async () => {
  const { hostId, order, asker } = await setUp();
  const heard: (string | undefined)[] = [];
  const ear = await database.pool.connect();
  try {
    ear.on('notification', ({ payload }) => heard.push(payload));
    await ear.query(`listen ${taskChannel}`);
    let isKilled = false;
    const dying = db.withPlugin({
      transformQuery({ node }) {
        if (isKilled) throw new Error('killed');
        isKilled = JSON.stringify(node).includes('"InsertQueryNode"');
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await ensureTask({ ...asker, db: dying }, order).catch(() => {});
    expect(isKilled).toBe(true);
    await expect.poll(() => heard).toContain(hostId);
  } finally {
    ear.release(true);
  }
});

test('work is handed out once to an agent that knows it, and again to one that lost it', async () => {
  const { hostId, order, asker } = await setUp();
  const { id } = await ensureTask(asker, order);
  await takeTasks(db, hostId, []);
  expect((await takeTasks(db, hostId, [id])).orders).toEqual([]);
  expect((await takeTasks(db, hostId, [])).orders).toHaveLength(1);
});

test('two servers that ask for one host at once hand its work out together once', async () => {
  const { hostId, order, asker } = await setUp();
  for (const key of ['a', 'b', 'c', 'd']) await ensureTask(asker, { ...order, key });
  const taken = await Promise.all([1, 2, 3].map(() => takeTasks(db, hostId, [])));
  const ids = taken.flatMap((t) => t.orders.map((o) => o.id));
  expect(new Set(ids).size).toBe(4);
});

test('an end is told to the operation and the step, and secrets are forgotten', async () => {
  const { hostId, operationId, order, asker } = await setUp();
  const { id } = await ensureTask(asker, order);
  await takeTasks(db, hostId, []);
  await sql`select graphile_worker.add_job('operation', '{}', run_at => now() + interval '1 hour', job_key => ${`operation:${operationId}`})`.execute(
    db,
  );
  expect(await reportTask(db, hostId, id, { state: 'running', lines: [words] })).toBe('taken');
  expect(await jobRunAt(operationId)).toBe(false);

  expect(
    await reportTask(db, hostId, id, { state: 'succeeded', output: { running: false }, lines: [] }),
  ).toBe('taken');
  expect(await jobRunAt(operationId)).toBe(true);
  const task = await ensureTask(asker, order);
  expect(task).toMatchObject({ state: 'succeeded', output: { running: false } });
  expect(notYet(task)).toBeUndefined();
  const row = await db
    .selectFrom('fleet.task')
    .select('secrets')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(row.secrets).toBeNull();
  const log = await db
    .selectFrom('platform.operation_log')
    .select(['step', 'text'])
    .where('operation_id', '=', operationId)
    .execute();
  expect(log).toContainEqual({ step: 'one', text: words });
  expect(await reportTask(db, hostId, id, { state: 'failed', lines: [] })).toBe('known');
});

test('another host cannot report a task, and an answer of the wrong form fails it', async () => {
  const { ctx, hostId, order, asker } = await setUp();
  const { id } = await ensureTask(asker, order);
  await takeTasks(db, hostId, []);
  expect(
    await reportTask(db, await newHost(ctx), id, {
      state: 'succeeded',
      output: { running: true },
      lines: [],
    }),
  ).toBe('unknown');
  expect((await ensureTask(asker, order)).state).toBe('running');
  await reportTask(db, hostId, id, { state: 'succeeded', output: { running: 'yes' }, lines: [] });
  expect((await ensureTask(asker, order)).state).toBe('failed');
});

test('a failed task stays failed until a person retries the step; then it runs anew under a new id', async () => {
  const { hostId, operationId, order, asker } = await setUp();
  const { id } = await ensureTask(asker, order);
  await takeTasks(db, hostId, []);
  await reportTask(db, hostId, id, { state: 'failed', error: words, lines: [] });
  expect(notYet(await ensureTask(asker, order))).toEqual({ then: 'fail', reason: words });

  await db
    .updateTable('platform.operation')
    .set({ step_started_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', operationId)
    .execute();
  const again = await ensureTask(asker, { ...order, input: control('etcd-b') });
  expect(again.state).toBe('queued');
  expect(again.id).not.toBe(id);
  expect((await takeTasks(db, hostId, [id])).orders).toMatchObject([
    { id: again.id, input: control('etcd-b') },
  ]);
});

test('cancelling drops queued work, tells the agent of running work, and lets the way out work', async () => {
  const { hostId, operationId, order, asker } = await setUp();
  const running = await ensureTask(asker, order);
  await takeTasks(db, hostId, []);
  await ensureTask(asker, { ...order, key: 'later' });
  await db
    .updateTable('platform.operation')
    .set({ state: 'cancelling', data: JSON.stringify({ cancelTurned: true }) })
    .where('id', '=', operationId)
    .execute();
  const undo = await ensureTask({ ...asker, cancelWished: true }, { ...order, key: 'undo' });

  const taken = await takeTasks(db, hostId, [running.id]);
  expect(taken.orders.map((o) => o.id)).toEqual([undo.id]);
  expect(taken.cancel).toEqual([running.id]);
  const later = await db
    .selectFrom('fleet.task')
    .select('state')
    .where('operation_id', '=', operationId)
    .where('key', 'like', '%later')
    .executeTakeFirstOrThrow();
  expect(later.state).toBe('cancelled');
});

test('what a person may read of an input holds no secret', async () => {
  const { operationId, order, asker } = await setUp();
  await ensureTask(asker, {
    ...order,
    kind: 'ask-patroni',
    input: {
      name: 'patroni-a',
      port: 8008,
      method: 'PATCH',
      path: '/config',
      password: 'swordfish',
      body: { password: 'herring' },
    },
  });
  const row = await db
    .selectFrom('fleet.task')
    .selectAll()
    .where('operation_id', '=', operationId)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row.input)).not.toMatch(/swordfish|herring/);
  expect(row.secrets?.toString('latin1')).not.toMatch(/swordfish|herring/);
});

test('a removed host is refused, and a question to a host that is away is dropped', async () => {
  const { ctx, hostId, order, asker } = await setUp();
  const away = await newHost(ctx, false);
  await expect(askHost(db, { ...order, hostId: away })).rejects.toMatchObject({ code: 'unavailable' });
  expect((await takeTasks(db, away, [])).orders).toEqual([]);
  await db.updateTable('fleet.host').set({ phase: 'removed' }).where('id', '=', hostId).execute();
  await expect(ensureTask(asker, order)).rejects.toMatchObject({ code: 'conflict' });
});

test('what ended long ago is forgotten, what may still be asked for is kept', async () => {
  const { operationId, order, asker } = await setUp();
  for (const key of ['old', 'new']) await ensureTask(asker, { ...order, key });
  await ensureTask({ db, operationId: null }, { ...order, key: 'asked' });
  const age = (pattern: string, days: number) =>
    db
      .updateTable('fleet.task')
      .set({ state: 'succeeded', ended_at: new Date(Date.now() - days * 86_400_000) })
      .where('host_id', '=', order.hostId)
      .where('key', 'like', pattern)
      .execute();
  await age('%:old', 40);
  await age('%:new', 5);
  await age('ask:asked', 2);
  const left = async () => {
    await forgetTasks.run({ db } as never, {} as never);
    const rows = await db
      .selectFrom('fleet.task')
      .select('key')
      .where('host_id', '=', order.hostId)
      .orderBy('key')
      .execute();
    return rows.map((row) => row.key.split(':')[1]);
  };
  expect(await left()).toEqual(['new', 'old']);
  await db
    .updateTable('platform.operation')
    .set({ state: 'succeeded' })
    .where('id', '=', operationId)
    .execute();
  expect(await left()).toEqual(['new']);
});
