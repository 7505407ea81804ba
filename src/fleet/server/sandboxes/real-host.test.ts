import { readdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { AgentHome } from '#src/fleet/agent/home.ts';
import { enrol } from '#src/fleet/agent/install.ts';
import { findPrograms } from '#src/fleet/agent/sandboxes/templates.ts';
import type { MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { startWorker } from '#src/platform/server/worker.ts';
import {
  eventually,
  newEnrolment,
  openAgentPort,
  startAgent,
  untilOnline,
} from '#tests/support/agent-port.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { removeHost } from '../hosts/remove-host.ts';
import { fleet } from '../room.ts';
import { createSandbox } from './create-sandbox.ts';
import { createTemplate } from './create-template.ts';
import { destroySandbox } from './destroy-sandbox.ts';
import { getSandbox, listSandboxes } from './queries.ts';
import { tendSandboxes } from './tend-sandboxes.job.ts';

const canRun = process.getuid?.() === 0 && [18, 17, 16, 15, 14, 13].some((major) => findPrograms(major));
const { url, bundle } = await openAgentPort();
const ctx = await testContext({ may: ['*'] });
const api = testApi([fleet]);
/** A host with a real agent, and a worker; every sandbox is gone when the test ends. */
async function stable() {
  const { token, keyPin } = await newEnrolment(ctx, { hostName: 'stable' });
  const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  await enrol(home, { url, keyPin, token });
  const agent = await startAgent(bundle, ['run'], home.folder);
  const worker = await startWorker({
    pool: database.pool,
    db: database.db,
    rooms: [fleet],
    config: readConfig({}),
    log: createLog('test', 'silent'),
  });
  // Before the agent is stopped: what is registered last runs first.
  onTestFinished(async () => {
    for (const { id } of (await listSandboxes(ctx, { limit: 100 })).items) await destroySandbox(ctx, id);
    await eventually(
      () =>
        database.db.selectFrom('fleet.task').select('state').where('kind', '=', 'destroy-sandbox').execute(),
      (tasks) => tasks.every((task) => task.state === 'succeeded' || task.state === 'cancelled'),
    );
    await worker.stop();
  });
  await untilOnline(ctx, (await home.findMembership())!.hostId);
  return agent;
}

async function enter({ connection }: MadeSandbox): Promise<pg.Client> {
  const { host, port, user, password, database: name, authority } = connection!;
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database: name,
    ...(authority ? { ssl: { ca: authority } } : {}),
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

const until = (id: string, state: MadeSandbox['state'], seconds = 60) =>
  eventually(
    () => getSandbox(ctx, id),
    (now) => now.state === state,
    seconds,
  );

test.runIf(canRun)(
  'the first of a template goes on as an operation, the next is there in one answer; each is what is shown until its end',
  async () => {
    const agent = await stable();
    await createTemplate(ctx, {
      name: 'herd',
      initSql: 'create table herd as select 7 as calves',
      extensions: ['citext'],
    });
    const first = await api.call(ctx, 'POST', '/api/fleet/sandboxes', { template: 'herd' });
    expect(first.status).toBe(202);
    const making = (await first.json()) as MadeSandbox;
    expect(making).toMatchObject({ state: 'making', connection: null, operationId: expect.any(String) });
    const ready = await until(making.id, 'ready');
    const client = await enter(ready);
    expect((await client.query('select calves from herd')).rows).toEqual([{ calves: 7 }]);
    await client.end();

    const began = performance.now();
    const second = await api.call(ctx, 'POST', '/api/fleet/sandboxes', {
      template: 'herd',
      memoryBacked: true,
    });
    const tookMs = performance.now() - began;
    expect(second.status).toBe(201);
    const made = (await second.json()) as MadeSandbox;
    expect(made).toMatchObject({ state: 'ready', storage: expect.stringContaining('memory') });
    await (await enter(made)).end();
    expect(tookMs).toBeLessThan(4000);

    const third = await createSandbox(ctx, { template: 'herd', minutes: 10 });
    const mine = await enter(third);
    await mine.query('update herd set calves = 8');
    await mine.end();
    // The next agent finds what the one before it third.
    await agent.stop('SIGKILL');
    agent.start();
    await untilOnline(ctx, third.host.id);
    const again = await eventually(
      () => enter(third).catch(() => undefined),
      (one) => one !== undefined,
      20,
    );
    expect((await again!.query('select calves from herd')).rows).toEqual([{ calves: 8 }]);
    await again!.end();
    expect((await api.call(ctx, 'POST', `/api/fleet/sandboxes/${third.id}/reset`)).status).toBe(200);
    const fresh = await enter(third);
    expect((await fresh.query('select calves from herd')).rows).toEqual([{ calves: 7 }]);
    await fresh.end();
    expect((await api.call(ctx, 'DELETE', `/api/fleet/sandboxes/${third.id}`)).status).toBe(204);
    await eventually(
      () =>
        enter(third).then(
          () => false,
          () => true,
        ),
      Boolean,
      10,
    );
    expect(await getSandbox(ctx, third.id)).toMatchObject({ state: 'destroyed', connection: null });

    // An agent that leaves for good takes its sandboxes with it.
    const last = await createSandbox(ctx, { template: 'herd' });
    await (await enter(last)).end();
    await removeHost(ctx, last.host.id);
    await eventually(
      async () => agent.process.exitCode,
      (code) => code === 78,
      20,
    );
    await expect(enter(last)).rejects.toThrow();
    expect(readdirSync(join(agent.folder, 'sandboxes')).filter((name) => name === last.id)).toEqual([]);
    await tendSandboxes.run(
      { db: database.db, log: createLog('test', 'silent'), config: readConfig({}) },
      {} as never,
    );
    expect(await getSandbox(ctx, last.id)).toMatchObject({
      state: 'failed',
      reason: { en: expect.stringContaining('removed') },
    });
  },
  180_000,
);
