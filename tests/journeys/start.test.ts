import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { findRunning, type RunFile } from '#src/platform/server/setup/run-file.ts';

const root = join(import.meta.dirname, '../..');
const patience = { timeout: 100_000, interval: 100 };
let home = '';
let url = '';
let env: NodeJS.ProcessEnv = {};
const starters: ChildProcess[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'elepherd-life-'));
  await chmod(home, 0o755);
  const port = await freePort('127.0.0.1');
  url = `http://127.0.0.1:${port}`;
  const agentPort = await freePort('127.0.0.1');
  env = {
    ...process.env,
    LC_ALL: 'C.UTF-8',
    ELEPHERD_HOME: home,
    PORT: String(port),
    AGENT_PORT: String(agentPort),
  };
});

afterAll(async () => {
  const running = await findRunning(home);
  if (running) process.kill(running.pid, 'SIGTERM');
  await vi.waitFor(async () => expect(await processesOf(home)).toEqual([]), patience);
  await rm(home, { recursive: true });
});

/** `npm start` as a person runs it, and all it said so far. */
function start(): { child: ChildProcess; said: () => string } {
  const child = spawn('node', [join(root, 'scripts/start.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  starters.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return { child, said: () => said };
}

/** Waits until a start says that it is up; throws what it said when it ends instead. */
async function untilUp({ said, child }: ReturnType<typeof start>): Promise<void> {
  const isUp = () => said().includes('Ctrl-C stops it.');
  await vi.waitUntil(() => isUp() || child.exitCode !== null, patience);
  if (!isUp()) throw new Error(`it ended: ${said()}`);
}

async function running(): Promise<RunFile> {
  const found = await findRunning(home);
  if (found === undefined) throw new Error('nothing runs');
  return found;
}

async function status(path: string): Promise<number> {
  const response = await fetch(new URL(path, url)).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.status ?? 0;
}

/** Pids of this machine whose environment or arguments name the home, or that work in it. */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const uses = await Promise.all(
    pids.map(async (pid) => {
      const texts = await Promise.all([
        readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
        readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
        readlink(`/proc/${pid}/cwd`).catch(() => ''),
      ]);
      return texts.some((text) => text.includes(folder)) ? `${pid} ${texts[1]?.replaceAll('\0', ' ')}` : '';
    }),
  );
  return uses.filter((one) => one !== '');
}

test('npm start serves the pages and prints a sign-in link that leads somewhere', async () => {
  const first = start();
  await untilUp(first);
  expect(first.said()).toContain(`Elepherd runs at ${url}`);
  expect(await status('/api/health/ready')).toBe(200);
  expect(await status('/')).toBe(200);
  const link = /http\S+\/sign-in\/link#\S+/.exec(first.said())?.[0] ?? 'none';
  expect(await status(link)).toBe(200);
  // A reverse proxy keeps its connections for a minute.
  const { headers } = await fetch(`${url}/api/health/live`);
  expect(headers.get('keep-alive')).toBe('timeout=65');
});

test('a second start is harmless: it says where the first is', async () => {
  const before = await running();
  const second = start();
  const [code] = await once(second.child, 'close');
  expect({ code, said: second.said() }).toEqual({
    code: 0,
    said: `Elepherd already runs at ${url} (pid ${before.pid}). A fresh sign-in link: npx elepherd sign-in-link\n`,
  });
  expect(await status('/api/health/ready')).toBe(200);
});

test('npx elepherd sign-in-link prints a fresh link', () => {
  const out = execFileSync('node', [join(root, 'bin/elepherd.mjs'), 'sign-in-link'], {
    env,
    encoding: 'utf8',
  });
  expect(out.trim()).toMatch(new RegExp(`^${url}/sign-in/link#`));
});

test('a server killed with kill -9 is back within seconds, as another process', async () => {
  const server = (await running()).programs.find((program) => program.name === 'server');
  process.kill(server?.pid ?? 0, 'SIGKILL');
  await vi.waitFor(async () => {
    const now = (await running()).programs.find((program) => program.name === 'server');
    expect(now?.pid ?? server?.pid).not.toBe(server?.pid);
    expect(await status('/api/health/ready')).toBe(200);
  }, patience);
});

test('after kill -9 of the starter the next start ends what it left and takes the same database', async () => {
  const before = await running();
  process.kill(before.pid, 'SIGKILL');
  await vi.waitFor(async () => expect(await findRunning(home)).toBeUndefined(), patience);
  const next = start();
  await untilUp(next);
  expect(next.said()).toContain('The embedded PostgreSQL was still running and is used again.');
  const now = await running();
  const names = (file: RunFile) => file.programs.map((program) => program.name).sort();
  expect(names(now)).toEqual(names(before));
  expect(await status('/api/health/ready')).toBe(200);
});

test('when the npm that ran it is killed alone, it stops as well', async () => {
  const before = starters.at(-1);
  before?.kill('SIGTERM');
  if (before && before.exitCode === null) await once(before, 'close');
  // A shell between, as npm 9 has one, that tells nobody of its end.
  const npm = spawn('sh', ['-c', `node ${join(root, 'scripts/start.mjs')}; true`], {
    env: { ...env, npm_lifecycle_event: 'start' },
    stdio: 'ignore',
  });
  await vi.waitFor(async () => expect(await status('/api/health/ready')).toBe(200), patience);
  npm.kill('SIGKILL');
  await vi.waitFor(async () => expect(await processesOf(home)).toEqual([]), patience);
  expect(await findRunning(home)).toBeUndefined();
  await untilUp(start());
});

test('SIGTERM stops everything in order and leaves no process and no claim', async () => {
  const last = starters.at(-1);
  if (last === undefined || last.exitCode !== null) throw new Error('nothing runs');
  last.kill('SIGTERM');
  const [code] = await once(last, 'close');
  expect(code).toBe(0);
  expect(await processesOf(home)).toEqual([]);
  expect(existsSync(join(home, 'run/elepherd.json'))).toBe(false);
  expect(await readFile(join(home, 'log/postgres.log'), 'utf8')).toMatch(/database system is shut down\n$/);
});
