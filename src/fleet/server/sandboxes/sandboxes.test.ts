// Over 300 lines: one played host answers for every command, job and operation about sandboxes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type KyselyPlugin, type OperationNode } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { limitsFor, readyWith } from '#tests/support/sandboxes.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { runWithCancels, runWithCrashes, type World } from '#tests/support/crash-operations.ts';
import { database, testContext } from '#tests/support/context.ts';
import { someFacts, someHost } from '#tests/support/hosts.ts';
import { testApi } from '#tests/support/api.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { reportTask } from '../tasks/report-task.ts';
import { takeTasks } from '../tasks/take-tasks.ts';
import { fleet } from '../room.ts';
import { createSandbox } from './create-sandbox.ts';
import { createTemplate } from './create-template.ts';
import { destroySandbox } from './destroy-sandbox.ts';
import { makeSandbox } from './make-sandbox.operation.ts';
import { getQuota, getSandbox, listSandboxes } from './queries.ts';
import { resetSandbox } from './reset-sandbox.ts';
import { tendSandboxes } from './tend-sandboxes.job.ts';

const home = await mkdtemp(join(tmpdir(), 'elepherd-sandboxes-'));
setVault(await createVault(home));
const { db } = database;
const api = testApi([fleet]);
const installed = { postgresInstalled: [{ major: 15, version: '15.18' }] };

type Answers = Record<string, (input: never) => unknown>;
let playing = true;
afterAll(async () => {
  playing = false;
  await rm(home, { recursive: true });
});

/** Plays the host: takes its tasks and answers each as told; what is not told stays under way. */
async function answerOnce(hostId: string, answers: Answers): Promise<string[]> {
  const { orders } = await takeTasks(db, hostId, []);
  for (const order of orders) {
    const answer = answers[order.kind];
    if (!answer) continue;
    const output = answer(order.input as never);
    await reportTask(db, hostId, order.id, { state: 'succeeded', output, lines: [] });
  }
  return orders.map((order) => order.kind);
}

function play(hostId: string, answers: Answers = { 'start-sandbox': readyWith }) {
  const heard: string[] = [];
  let isPlaying = true;
  const ended = (async () => {
    while (playing && isPlaying) {
      heard.push(...(await answerOnce(hostId, answers)));
      await sleep(5);
    }
  })();
  return {
    heard,
    /** Kept once the last look, which may be under way, is over. */
    stop: () => {
      isPlaying = false;
      return ended;
    },
  };
}

async function setUp(change: Parameters<typeof someFacts>[0] = {}) {
  const ctx = await testContext({ may: ['fleet.sandbox.*'] });
  const hostId = await someHost(ctx, 'calf-one', someFacts({ ...installed, ...change }));
  return { ctx, hostId };
}

const facts = async (subjectId: string) =>
  (
    await db
      .selectFrom('platform.event')
      .select('fact')
      .where('subject_id', '=', subjectId)
      .orderBy('id')
      .execute()
  ).map((row) => row.fact);
const tend = () =>
  tendSandboxes.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);

test('is handed out ready, with its password for its maker alone, which the host never hears', async () => {
  const { ctx, hostId } = await setUp();
  let input = '';
  play(hostId, {
    'start-sandbox': (given) => {
      input = JSON.stringify(given);
      return readyWith();
    },
  });
  const made = await createSandbox(ctx, { minutes: 5, purpose: 'lesson 3' });
  expect(made).toMatchObject({
    state: 'ready',
    pgVersion: 15,
    template: 'empty',
    isMine: true,
    tls: true,
    operationId: null,
  });
  expect(made.connection?.url).toContain(`@10.0.0.1:${made.port}/sandbox?sslmode=require`);
  expect(input).not.toContain(made.connection?.password);
  expect(input).toContain('SCRAM-SHA-256$');
  const row = await db
    .selectFrom('fleet.sandbox')
    .selectAll()
    .where('id', '=', made.id)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row) + row.secrets?.toString('latin1')).not.toContain(made.connection?.password);
  expect(await facts(made.id)).toEqual(['fleet.sandbox-ready']);

  const colleague = await testContext({ may: ['fleet.sandbox.read'], orgId: ctx.actor.orgId });
  expect(await getSandbox(colleague, made.id)).toMatchObject({
    isMine: false,
    connection: null,
    madeBy: 'Test Person',
  });
  const stranger = await testContext({ may: ['*'] });
  await expect(getSandbox(stranger, made.id)).rejects.toMatchObject({ code: 'not_found' });
  for (const work of [destroySandbox, resetSandbox]) {
    await expect(work(stranger, made.id)).rejects.toMatchObject({ code: 'not_found' });
  }
  expect((await listSandboxes(stranger, { limit: 10 })).items).toEqual([]);
});

test('who may not, gets nothing and leaves nothing', async () => {
  const { ctx } = await setUp();
  const viewer = await testContext({ may: ['fleet.sandbox.read'], orgId: ctx.actor.orgId });
  await expect(createSandbox(viewer, {})).rejects.toMatchObject({ code: 'forbidden' });
  expect((await listSandboxes(ctx, { limit: 10, ended: true })).items).toEqual([]);
});

/** Takes `for update` off every statement: what the lock is there for then happens. */
class WithoutLocks implements KyselyPlugin {
  transformQuery({ node }: { node: OperationNode }) {
    return (node.kind === 'SelectQueryNode' ? { ...node, endModifiers: undefined } : node) as never;
  }
  async transformResult({ result }: { result: unknown }) {
    return result as never;
  }
}

async function takeManyAtOnce(ctx: Context, hostId: string): Promise<{ made: number; used: number }> {
  play(hostId);
  await db.insertInto('fleet.sandbox_quota').values({ org_id: ctx.actor.orgId, sandboxes: 3 }).execute();
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, () => createSandbox(ctx, { reach: 'host-only' })),
  );
  const { used } = await getQuota({ ...ctx, db });
  return { made: tries.filter((one) => one.status === 'fulfilled').length, used: used.sandboxes };
}

test('a quota of three gives three to eight who ask at once', async () => {
  const { ctx, hostId } = await setUp();
  expect(await takeManyAtOnce(ctx, hostId)).toEqual({ made: 3, used: 3 });
});

test('negative control: without the lock it gives more', async () => {
  const { ctx, hostId } = await setUp();
  const { used } = await takeManyAtOnce({ ...ctx, db: db.withPlugin(new WithoutLocks()) }, hostId);
  expect(used).toBeGreaterThan(3);
});

test('memory, disk, length and a full host are refused with the reason, and an end gives the room back', async () => {
  const { ctx, hostId } = await setUp();
  play(hostId, { 'start-sandbox': readyWith, 'destroy-sandbox': () => ({ destroyed: true }) });
  await db
    .insertInto('fleet.sandbox_quota')
    .values({ org_id: ctx.actor.orgId, sandboxes: 9, memory_mb: 600, minutes: 120 })
    .execute();
  await expect(createSandbox(ctx, { minutes: 121 })).rejects.toThrow(/may live 120 minutes/);
  await expect(createSandbox(ctx, { memoryBacked: true })).rejects.toThrow(/600 MB of memory/);
  await expect(createSandbox(ctx, { template: 'nowhere' })).rejects.toThrow(/no template named nowhere/);
  const one = await createSandbox(ctx, { limits: { memoryMb: 500 } });
  await expect(createSandbox(ctx, {})).rejects.toThrow(/500 MB are in use/);
  await destroySandbox(ctx, one.id);
  await destroySandbox(ctx, one.id);
  expect(await facts(one.id)).toEqual(['fleet.sandbox-ready', 'fleet.sandbox-gone']);
  await createSandbox(ctx, {});
  await expect(createSandbox({ ...ctx, db: db }, { limits: limitsFor({ diskMb: 60_000 }) })).rejects.toThrow(
    /disk/,
  );
});

test('a host that says no leaves a failed row with its words; one that is slow leaves an operation', async () => {
  const { ctx, hostId } = await setUp();
  const words = { en: 'The stable is on fire.', 'zh-CN': '象舍着火了。' };
  const refusing = (async () => {
    for (;;) {
      const { orders } = await takeTasks(db, hostId, []);
      for (const { id } of orders)
        await reportTask(db, hostId, id, { state: 'failed', error: words, lines: [] });
      if (orders.length > 0) return;
      await sleep(5);
    }
  })();
  await expect(createSandbox(ctx, {})).rejects.toThrow('The stable is on fire.');
  await refusing;
  const { items } = await listSandboxes(ctx, { limit: 10, ended: true });
  expect(items).toMatchObject([{ state: 'failed', reason: words }]);

  await db.updateTable('fleet.host').set({ connected: true }).where('id', '=', hostId).execute();
  const slow = await createSandbox(ctx, {});
  expect(slow).toMatchObject({ state: 'making', connection: null, operationId: expect.any(String) });
}, 120_000);

test('over HTTP: made, told, extended, reset, listed and destroyed', async () => {
  const { ctx, hostId } = await setUp();
  let until = '';
  play(hostId, {
    'start-sandbox': readyWith,
    'reset-sandbox': () => ({ readyMs: 12 }),
    'extend-sandbox': ({ expiresAt }: { expiresAt: string }) => {
      until = expiresAt;
      return {};
    },
    'destroy-sandbox': () => ({ destroyed: true }),
  });
  const described = await api.openapi();
  /** Calls, and holds the answer against the API's own description. */
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await api.call(ctx, method, path, body);
    return { status: answer.status, body: await expectResponse(described, method, path, answer) };
  };
  const key = { 'idempotency-key': crypto.randomUUID() };
  const answers = await Promise.all(
    [1, 2].map(() => api.call(ctx, 'POST', '/api/fleet/sandboxes', { minutes: 10 }, key)),
  );
  expect(answers.map((one) => one.status)).toEqual([201, 201]);
  const [first, second] = (await Promise.all(answers.map((one) => one.json()))) as { id: string }[];
  expect(second?.id).toBe(first?.id);
  const path = `/api/fleet/sandboxes/${first?.id}`;

  expect((await call('POST', `${path}/reset`)).body).toMatchObject({
    state: 'ready',
    readyMs: 12,
  });
  const extended = (await call('POST', `${path}/extend`, { minutes: 100 })).body as {
    expiresAt: string;
  };
  expect(extended.expiresAt).toBe(until);
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(99 * 60_000);
  expect((await call('POST', `${path}/extend`, { minutes: 2000 })).status).toBe(409);
  expect((await call('GET', '/api/fleet/sandboxes')).body).toMatchObject({
    items: [{ id: first?.id }],
  });
  expect((await call('GET', '/api/fleet/sandboxes/offer')).body).toMatchObject({
    versions: [
      { major: 17, installed: false },
      { major: 15, installed: true },
    ],
    templates: ['empty'],
    quota: { used: { sandboxes: 1 } },
  });
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', path)).body).toMatchObject({
    state: 'destroyed',
    connection: null,
  });
  expect((await call('POST', `${path}/reset`)).status).toBe(409);
  expect((await call('GET', '/api/fleet/sandboxes?ended=true')).body).toMatchObject({
    items: [{ state: 'destroyed' }],
  });
  for (const body of [
    { minutes: 0 },
    { template: '../x' },
    { purpose: 'a\nb' },
    { limits: { memoryMb: 1 } },
    { pgVersion: 'x' },
  ]) {
    expect((await call('POST', '/api/fleet/sandboxes', body)).status).toBe(422);
  }
  const { rows } = await sql<{
    action: string;
  }>`select action from platform.audit where subject_id = ${first?.id} order by id`.execute(db);
  expect(rows.map((row) => row.action)).toEqual(
    ['create', 'reset', 'extend', 'delete'].map((verb) => `fleet.sandbox.${verb}`),
  );
});

test('the minute job ends what is past its time, takes up what was left, and believes the host about the rest', async () => {
  const { ctx, hostId } = await setUp();
  const { heard } = play(hostId, {
    'start-sandbox': readyWith,
    'look-at-sandboxes': () => ({
      sandboxes: [
        { id: alive, expiresAt: new Date().toISOString(), connections: 0 },
        { id: unknown, expiresAt: new Date().toISOString(), connections: 0 },
      ],
      ended: [{ id: full, reason: 'disk' }],
    }),
    'destroy-sandbox': () => ({ destroyed: true }),
  });
  const made = [];
  for (let i = 0; i < 4; i++) made.push((await createSandbox(ctx, { reach: 'host-only' })).id);
  const [alive = '', full = '', over = '', left = ''] = made;
  const unknown = crypto.randomUUID();
  await db
    .updateTable('fleet.sandbox')
    .set({ expires_at: sql<Date>`now()` })
    .where('id', '=', over)
    .execute();
  await db
    .updateTable('fleet.sandbox')
    .set({ state: 'making', created_at: sql<Date>`now() - interval '2 minutes'` })
    .where('id', '=', left)
    .execute();
  expect((await getSandbox(ctx, over)).state).toBe('expired');
  await tend();
  const after = async (id: string) => getSandbox(ctx, id);
  expect(await after(alive)).toMatchObject({ state: 'ready' });
  expect(await after(full)).toMatchObject({
    state: 'failed',
    reason: { en: expect.stringContaining('more disk') },
    connection: null,
  });
  expect(await after(over)).toMatchObject({ state: 'expired', reason: null });
  expect(await after(left)).toMatchObject({ state: 'making', operationId: expect.any(String) });
  expect(heard.filter((kind) => kind === 'destroy-sandbox')).toHaveLength(1);
  expect(await facts(over)).toContain('fleet.sandbox-gone');
  const row = await db
    .selectFrom('fleet.sandbox')
    .select('secrets')
    .where('id', '=', over)
    .executeTakeFirstOrThrow();
  expect(row.secrets).toBeNull();
  await tend();
  expect((await facts(over)).filter((fact) => fact === 'fleet.sandbox-gone')).toHaveLength(1);
});

test('a template replaced later does not change what was wished', async () => {
  const { ctx, hostId } = await setUp();
  await createTemplate(ctx, { name: 'herd', initSql: 'select 1' });
  const seen: { template: { digest: string } }[] = [];
  play(hostId, {
    'start-sandbox': (input) => {
      seen.push(input);
      return readyWith();
    },
  });
  await createSandbox(ctx, { template: 'herd' });
  await createTemplate(ctx, { name: 'herd', initSql: 'select 2', extensions: ['hstore'] });
  await createSandbox(ctx, { template: 'herd' });
  expect(seen[0]?.template.digest).not.toBe(seen[1]?.template.digest);
  await expect(createTemplate(ctx, { name: 'empty' })).rejects.toThrow();
  await expect(createTemplate(ctx, { name: 'bad', extensions: ['dblink' as never] })).rejects.toThrow();
});

/** A host that lacks PostgreSQL and the template at first. */
async function bareWorld(): Promise<World> {
  const { ctx, hostId } = await setUp({ postgresInstalled: [] });
  await db.updateTable('fleet.sandbox_quota').set({ sandboxes: 100 }).execute();
  const full: Context = { ...ctx, actor: { ...ctx.actor, may: () => true } };
  const host = { postgres: false, template: false, running: false };
  const { id: subjectId } = await makingRow(full, hostId);
  return {
    ctx: full,
    subjectId,
    state: async () => ({
      host,
      row: await db
        .selectFrom('fleet.sandbox')
        .select(['state', 'port', 'ready_ms', sql<boolean>`secrets is null`.as('forgotten')])
        .where('id', '=', subjectId)
        .executeTakeFirst(),
      facts: await facts(subjectId),
    }),
    async whileWaiting() {
      await answerOnce(hostId, {
        'start-sandbox': () => {
          if (!host.postgres) return { result: 'missing', what: 'postgres' };
          if (!host.template) return { result: 'missing', what: 'template' };
          host.running = true;
          return { ...readyWith(), port: 26_001 };
        },
        'install-packages': () => {
          host.postgres = true;
          return { installed: [], versions: {} };
        },
        'prepare-sandbox-template': () => {
          host.template = true;
          return { made: true };
        },
        'destroy-sandbox': () => {
          const destroyed = host.running;
          host.running = false;
          return { destroyed };
        },
      });
    },
  };
}

/** What a server leaves that died between taking the room and asking the host. */
async function makingRow(ctx: Context, hostId: string): Promise<{ id: string }> {
  const host = play(hostId, { 'start-sandbox': () => ({ result: 'missing', what: 'postgres' }) });
  const made = await createSandbox(ctx, { reach: 'host-only', pgVersion: 17 });
  await host.stop();
  await db.deleteFrom('platform.operation').where('subject_id', '=', made.id).execute();
  return made;
}

test('the operation installs, prepares and starts, and ends the same whenever it is cut off', async () => {
  const report = await runWithCrashes(makeSandbox, bareWorld);
  expect(report.plain.end).toEqual({ state: 'succeeded', step: 'start' });
  expect(report.plain.state).toMatchObject({
    host: { postgres: true, template: true, running: true },
    row: { state: 'ready', port: 26_001, forgotten: false },
    facts: ['fleet.sandbox-ready'],
  });
  expect(report.steps).toEqual(['look', 'installPostgres', 'makeTemplate', 'start']);
  expect(report.differing).toEqual([]);
}, 120_000);

test('cancelled at any step, it leaves no sandbox, no password and no room taken', async () => {
  const report = await runWithCancels(makeSandbox, bareWorld);
  expect(report.differing).toEqual([]);
  for (const { outcome } of report.outcomes.filter((one) => one.outcome.end.state === 'cancelled')) {
    expect(outcome.state).toMatchObject({
      host: { running: false },
      row: { state: 'destroyed', forgotten: true },
    });
  }
  expect(report.outcomes.some((one) => one.outcome.end.state === 'cancelled')).toBe(true);
}, 120_000);
