import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Cluster } from '#src/fleet/contract/clusters.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { command } from '#tests/support/lab/command.ts';
import { seconds, until } from '#tests/support/lab/elepherd.ts';
import { openLab } from '#tests/support/lab/lab.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { findLab } from '#tests/support/lab/state.ts';

const root = join(import.meta.dirname, '../..');
/** The lab of `npm start` has one name on a machine: one that somebody uses is left alone. */
const isTaken = (await findLab('start')) !== undefined;
const why = whyNoLab() ?? (isTaken ? 'somebody’s lab of npm start -- --lab is up' : undefined);

test.runIf(why !== undefined)(`npm start with a lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('npm start -- --demo --lab 3', () => {
  let home = '';
  let env: NodeJS.ProcessEnv = {};
  let running: ReturnType<typeof start> | undefined;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'elepherd-lab-start-'));
    await chmod(home, 0o755);
    const [port, agentPort] = [await freePort('127.0.0.1'), await freePort('127.0.0.1')];
    env = {
      ...process.env,
      LC_ALL: 'C.UTF-8',
      ELEPHERD_HOME: home,
      PORT: String(port),
      AGENT_PORT: String(agentPort),
    };
    delete env['VITEST'];
    delete env['NODE_OPTIONS'];
  });
  afterAll(async () => {
    await stop();
    if (!isTaken && (await findLab('start')) !== undefined) await (await openLab('start')).destroy();
    await rm(home, { recursive: true, force: true });
  });

  function start(...args: string[]): { child: ChildProcess; said: () => string } {
    const child = spawn('node', [join(root, 'scripts/start.mjs'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    return { child, said: () => said };
  }

  async function stop(): Promise<void> {
    if (running === undefined || running.child.exitCode !== null) return;
    running.child.kill('SIGTERM');
    await once(running.child, 'close');
  }

  /** Starts anew and waits until it has said a sentence. */
  async function startUntil(sentence: RegExp, ...args: string[]): Promise<void> {
    await stop();
    running = start(...args);
    const { child, said } = running;
    await until('npm start has not said it', 300, async () => {
      if (child.exitCode !== null) throw new Error(`it ended: ${said()}`);
      return sentence.test(said()) || said();
    });
  }

  /** The command line of this project, as a person types it on the same machine. */
  async function elepherd<T extends z.ZodType>(schema: T, ...words: string[]): Promise<z.output<T>> {
    const argv = ['node', join(root, 'bin/elepherd.mjs'), ...words, '--json'];
    const { stdout } = await command(argv, { env: definedEnv(), timeoutSeconds: 60 });
    return schema.parse(JSON.parse(stdout));
  }
  const definedEnv = () =>
    Object.fromEntries(Object.entries(env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])));
  const hosts = async () => (await elepherd(page(Host), 'host', 'list')).items;
  const orders = () => elepherd(Cluster, 'cluster', 'show', 'orders');

  test('boots three hosts, enrols them and this machine, and fills Elepherd with sample data', async () => {
    const began = Date.now();
    await startUntil(/The sample data is in: .*/, '--demo', '--lab', '3');
    console.log(`npm start -- --demo --lab 3: ${seconds(began)} s`);
    expect(running?.said()).toMatch(/This machine is a host, \S+, and ready for databases/);
    expect(running?.said()).toContain('the clusters orders, reports, which are being built now');
    const all = await hosts();
    expect(all.filter(({ online }) => online).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['lab-1', 'lab-2', 'lab-3']),
    );
    expect(all).toHaveLength(4);
    const invitations = await elepherd(z.array(z.object({ email: z.string() })), 'member', 'invitations');
    expect(invitations).toHaveLength(6);
  });

  test('a highly available cluster is made on them, and lives on when a host is killed', async () => {
    await until('orders is not ready', 240, async () => (await orders()).phase === 'ready', 500);
    await until('orders is not healthy', 60, async () => (await orders()).health === 'healthy', 500);
    const reports = () => elepherd(Cluster, 'cluster', 'show', 'reports');
    await until('reports is not ready', 120, async () => (await reports()).phase === 'ready', 500);
    // Two servers on one host, each at ports of its own.
    const { members, ports } = await reports();
    expect((await orders()).members.map(({ hostName }) => hostName)).toContain(members[0]!.hostName);
    expect(ports.postgres).not.toBe((await orders()).ports.postgres);
    const primary = (await orders()).members.find(({ role }) => role === 'primary');
    const lab = await openLab('start');
    await lab.host(primary!.hostName).powerCut();
    await until(
      'nobody else is primary',
      90,
      async () => {
        const now = (await orders()).members.find(({ role }) => role === 'primary');
        return now !== undefined && now.hostName !== primary!.hostName;
      },
      500,
    );
    await lab.host(primary!.hostName).boot();
    await until('orders is not whole again', 120, async () => (await orders()).health === 'healthy', 500);
  });

  test('a second start keeps hosts and data, and --lab 0 removes the hosts', async () => {
    const before = (await hosts()).map(({ id }) => id).toSorted();
    await startUntil(/The sample data is in: .*/, '--demo', '--lab', '3');
    expect(running?.said()).not.toContain('Booting');
    expect((await hosts()).map(({ id }) => id).toSorted()).toEqual(before);
    expect(await elepherd(z.array(z.unknown()), 'member', 'invitations')).toHaveLength(6);
    await until('orders is not healthy', 90, async () => (await orders()).health === 'healthy', 500);
    await startUntil(/The lab hosts were removed/, '--lab', '0');
    expect(await findLab('start')).toBeUndefined();
  });
});
