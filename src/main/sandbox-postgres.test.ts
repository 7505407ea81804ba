import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AgentHome } from '#src/fleet/agent/home.ts';
import { enrol } from '#src/fleet/agent/install.ts';
import { findPrograms } from '#src/fleet/agent/sandboxes/templates.ts';
import { fleet } from '#src/fleet/server/room.ts';
import { listSandboxes } from '#src/fleet/server/sandboxes/queries.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { startWorker } from '#src/platform/server/worker.ts';
import { newEnrolment, openAgentPort, startAgent, untilOnline } from '#tests/support/agent-port.ts';
import { database, testContext } from '#tests/support/context.ts';
import { sandboxPostgres } from './sandbox-postgres.ts';

const canRun = process.getuid?.() === 0 && [18, 17, 16, 15, 14, 13].some((major) => findPrograms(major));
const { url, bundle } = await openAgentPort();
const ctx = await testContext({ may: ['*'] });
const source = sandboxPostgres(database.db);

test('without a host there is nothing to run on', async () => {
  expect(await source.listOffered()).toEqual([]);
  await expect(source.runAll(18, [])).rejects.toMatchObject({ code: 'conflict' });
});

test.runIf(canRun)(
  'orders run on a real sandbox, each on an empty one, within their time; it is gone afterwards',
  async () => {
    const { token, keyPin } = await newEnrolment(ctx, { hostName: 'stable' });
    const home = new AgentHome(await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
    await enrol(home, { url, keyPin, token });
    await startAgent(bundle, ['run'], home.folder);
    const worker = await startWorker({
      pool: database.pool,
      db: database.db,
      rooms: [fleet],
      config: readConfig({}),
      log: createLog('test', 'silent'),
    });
    onTestFinished(() => worker.stop());
    await untilOnline(ctx, (await home.findMembership())!.hostId);

    const [offer] = await source.listOffered();
    expect(offer?.version).toMatch(new RegExp(`^${offer?.major}\\.\\d+$`));
    const order = (code: string, setup = '') => ({ setup, code, secondsAtMost: 2 });
    const runs = await source.runAll(offer!.major, [
      order('select a, a is null as b from t', 'create table t as select 7 as a'),
      order('select * from t'),
      order('set statement_timeout = 0; select pg_sleep(60)'),
      order(`copy (select 1) to program 'id'`),
      order(`select repeat('x', 1000) from generate_series(1, 100000)`),
      // More than its disk: the sandbox ends, and the next order does not suffer for it.
      {
        ...order('create table t as select g, repeat(md5(g::text), 30) from generate_series(1, 3000000) g'),
        secondsAtMost: 50,
      },
      order('select 1 as one'),
    ]);
    expect(runs[0]).toMatchObject({ version: offer?.version, columns: ['a', 'b'], rows: [['7', 'f']] });
    expect(runs.slice(1).map(({ error }) => error?.sqlstate)).toEqual([
      '42P01',
      '57014',
      '42501',
      '54000',
      expect.any(String),
      undefined,
    ]);
    expect(runs.at(-1)).toMatchObject({ rows: [['1']] });
    expect((await listSandboxes(ctx, { limit: 10 })).items).toEqual([]);
  },
  180_000,
);
