import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '#src/platform/server/setup/preflight.ts';

/** What docs/guides/lost-elepherd.md promises, with the commands that it names. */
const root = join(import.meta.dirname, '../..');
let folder = '';
let url = '';
let ports: NodeJS.ProcessEnv = {};
const starters: ChildProcess[] = [];
const home = (name: string) => join(folder, name);
const envOf = (name: string) => ({ ...process.env, ...ports, LC_ALL: 'C.UTF-8', ELEPHERD_HOME: home(name) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elepherd-lost-'));
  await chmod(folder, 0o755);
  const [port, agentPort] = [await freePort('127.0.0.1'), await freePort('127.0.0.1')];
  ports = { PORT: String(port), AGENT_PORT: String(agentPort) };
  url = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  for (const child of starters.filter((one) => one.exitCode === null)) {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  await rm(folder, { recursive: true });
});

/** `npm start` on a home, once it is up. */
async function start(name: string): Promise<ChildProcess> {
  const child = spawn('node', [join(root, 'scripts/start.mjs')], {
    env: envOf(name),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  starters.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const isUp = () => said.includes('Ctrl-C stops it.');
  await vi.waitUntil(() => isUp() || child.exitCode !== null, { timeout: 240_000, interval: 100 });
  if (!isUp()) throw new Error(`it ended: ${said}`);
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'close');
}

const elepherd = (name: string, ...argv: string[]) =>
  execFileSync('node', [join(root, 'bin/elepherd.mjs'), ...argv], { env: envOf(name), encoding: 'utf8' });

/** The administrator of a home asks for the backup policies, or makes one. */
async function policies(name: string, made?: string): Promise<string> {
  const token = (await readFile(join(home(name), 'admin-token'), 'utf8')).trim();
  const response = await fetch(new URL('/api/fleet/backup-policies', url), {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(made === undefined ? {} : { method: 'POST', body: JSON.stringify({ name: made }) }),
  });
  expect(response.ok).toBe(true);
  return response.text();
}

test('a lost Elepherd is rebuilt from its backup and the words of --show-key, and starts as it was', async () => {
  const first = await start('first');
  await policies('first', 'kept');
  const words = join(folder, 'words');
  await writeFile(words, elepherd('first', 'self-backup', '--show-key'));
  elepherd('first', 'self-backup', '--to', join(folder, 'safe'));
  await policies('first', 'later');
  await stop(first);

  const [file = 'none', ...others] = await readdir(join(folder, 'safe'));
  expect(others).toEqual([]);
  const restore = () => elepherd('next', 'self-restore', join(folder, 'safe', file), '--key-file', words);
  expect(restore()).toContain(home('next'));
  const next = await start('next');
  const said = await policies('next');
  expect(said).toContain('"kept"');
  expect(said).not.toContain('"later"');
  await stop(next);
  // What stands there already is nobody's to overwrite.
  expect(restore).toThrow(/already holds an Elepherd/);
}, 590_000);
