import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, onTestFinished } from 'vitest';
import { createEnrolment } from '#src/fleet/server/enrolments/create-enrolment.ts';
import { getHost } from '#src/fleet/server/hosts/queries.ts';
import type { Host } from '#src/fleet/contract/hosts.ts';
import { bundleAgent } from '#src/main/agent-bundle.ts';
import { startAgentPort } from '#src/main/agent-port.ts';
import type { Context } from '#src/platform/server/context.ts';
import { startListening } from '#src/platform/server/listen.ts';
import type { Log } from '#src/platform/server/log.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { database } from './context.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The agents' port over the test file's database, closed after the file. Its agent is the one of these sources. */
export async function openAgentPort(options: { certificateLifeMs?: number; host?: string; log?: Log } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'elepherd-port-'));
  setVault(await createVault(home));
  const listening = startListening(database.url, silent);
  const bundle = await bundleAgent();
  const start = () =>
    startAgentPort({
      db: database.db,
      config: { AGENT_PORT: 0, AGENT_HOST: options.host ?? '127.0.0.1', AGENT_URL: undefined, home },
      log: options.log ?? silent,
      bundle,
      ...(options.certificateLifeMs === undefined ? {} : { certificateLifeMs: options.certificateLifeMs }),
    });
  const port = await start();
  afterAll(async () => {
    await port.stop();
    await listening.stop();
    await rm(home, { recursive: true, force: true });
  });
  return { home, port: port.port, url: `https://127.0.0.1:${port.port}`, bundle };
}

/** Token and pin of a new enrolment, as the pasted command carries them. */
export async function newEnrolment(
  ctx: Context,
  input: { hostName?: string; hostId?: string; serverUrl?: string } = {},
) {
  const enrolment = await createEnrolment(ctx, input);
  const [, token = ''] = /ELEPHERD_TOKEN=(\S+);/.exec(enrolment.command) ?? [];
  const [, keyPin = ''] = /sha256\/\/(\S+)'/.exec(enrolment.command) ?? [];
  return { ...enrolment, token, keyPin };
}

export type RunningAgent = {
  folder: string;
  process: ChildProcess;
  said(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
  start(): void;
};

/** A real agent process of its own folder; ended after the test. */
export async function startAgent(
  bundle: Buffer,
  args: readonly string[],
  folder?: string,
): Promise<RunningAgent> {
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'elepherd-agent-')));
  const version = createHash('sha256').update(bundle).digest('hex');
  await mkdir(join(home, 'versions'), { recursive: true });
  const program = join(home, 'versions', `${version}.mjs`);
  await writeFile(program, bundle);
  await symlink(`versions/${version}.mjs`, join(home, 'current')).catch(() => {});
  let said = '';
  const agent = { folder: home, said: () => said } as RunningAgent;
  agent.start = () => {
    agent.process = spawn(process.execPath, [program, ...args, '--home', home], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    agent.process.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    agent.process.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  };
  agent.stop = async (signal = 'SIGTERM') => {
    const { process: child } = agent;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  agent.start();
  onTestFinished(async () => {
    await agent.stop('SIGKILL');
    await rm(home, { recursive: true, force: true });
  });
  return agent;
}

/** Waits until something is so; throws with the last thing seen otherwise. */
export async function eventually<T>(
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
  seconds = 10,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > until)
      throw new Error(`not so after ${seconds} s: ${JSON.stringify(seen)?.slice(0, 2000)}`);
    await sleep(20);
  }
}

/** Waits until a host is online with its facts. */
export const untilOnline = (ctx: Context, hostId: string): Promise<Host> =>
  eventually(
    () => getHost(ctx, hostId),
    (host) => host.online && host.facts !== null,
  );
