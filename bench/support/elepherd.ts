import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { homeFiles } from '#src/platform/contract/home.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { frugalNode } from '#src/platform/server/setup/programs.ts';

const mainFolder = join(import.meta.dirname, '../../src/main');
const runtimeFolder = '/var/cache/elepherd/runtime';

/** An Elepherd of a benchmark's own, without hosts: the processes of `npm start` with the options it gives them. */
export interface Elepherd {
  url: string;
  agentPort: number;
  home: string;
  /** Signs in as the first owner. */
  token: string;
  databaseUrl: string;
  /** A link that signs in once as the first owner. */
  signInLink: string;
  pids: { server: number; worker: number };
  stop: () => Promise<void>;
}

/**
 * Starts one with a new home and answers once it is ready; `env` adds settings. Its home is gone after `stop`, unless it is
 * one that was given.
 */
export async function startElepherd(env: Record<string, string> = {}, keptHome?: string): Promise<Elepherd> {
  const home = keptHome ?? (await mkdtemp(join(tmpdir(), 'elepherd-bench-')));
  const postgres = await startEmbeddedPostgres({ home, log: () => {}, runtimeFolder });
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await end(child);
    await postgres.stop();
    if (keptHome === undefined) await rm(home, { recursive: true, force: true });
  };
  try {
    await migrate(postgres.url);
    const port = await freePort('127.0.0.1');
    const agentPort = await freePort('127.0.0.1');
    const settings = {
      ...frugalNode.env,
      ...process.env,
      NODE_ENV: 'production',
      ELEPHERD_HOME: home,
      DATABASE_URL: postgres.url,
      PORT: String(port),
      AGENT_PORT: String(agentPort),
      // One client stands for many here.
      RATE_SIGNED_IN: '0',
      ...env,
    };
    const start = (name: 'server' | 'worker'): number => {
      const child = spawn(process.execPath, [...frugalNode.flags[name], join(mainFolder, `${name}.ts`)], {
        env: settings,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const log = createWriteStream(join(home, 'log', `${name}.log`));
      child.stdout.pipe(log, { end: false });
      child.stderr.pipe(log, { end: false });
      children.push(child);
      return child.pid ?? 0;
    };
    const pids = { server: start('server'), worker: start('worker') };
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, children, home);
    const signInLink = await makeOwner(settings);
    const token = (await readFile(join(home, homeFiles.adminToken), 'utf8')).trim();
    return { url, agentPort, home, token, databaseUrl: postgres.url, signInLink, pids, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first sign-in link makes the first organisation and its owner, whom the token stands for. */
async function makeOwner(env: NodeJS.ProcessEnv): Promise<string> {
  const file = join(mainFolder, 'sign-in-link.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
  return stdout.trim();
}

async function untilReady(url: string, children: readonly ChildProcess[], home: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (children.some((child) => child.exitCode !== null)) break;
    const isReady = await fetch(`${url}/api/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
  const said = await readFile(join(home, 'log/server.log'), 'utf8').catch(() => '');
  throw new Error(`Elepherd did not become ready within a minute; its server said: ${said.slice(-1500)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 8000);
  await ended;
  clearTimeout(hard);
}
