import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProcess, isAlive, type ProcessIdentity } from './processes.ts';
import { claimHome, findRunning, notePrograms, releaseHome, type RunFile, runFileOf } from './run-file.ts';

const url = 'http://127.0.0.1:7433';
let home = '';

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'elepherd-run-file-'));
});

afterEach(() => rm(home, { recursive: true }));

async function write(content: Partial<RunFile>): Promise<void> {
  await writeFile(runFileOf(home), JSON.stringify({ url, programs: [], ...content }));
}

/** A process that does nothing until it is ended. */
function sleeper(): ProcessIdentity {
  const code = 'setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  const found = findProcess(child.pid ?? 0);
  if (found === undefined) throw new Error('the sleeper did not start');
  return found;
}

test('one claim holds a home; the second is told who has it, and after release it is free', async () => {
  expect(await claimHome(home, url)).toBeUndefined();
  expect(await claimHome(home, 'http://127.0.0.1:1')).toMatchObject({ pid: process.pid, url });
  expect(await findRunning(home)).toMatchObject({ pid: process.pid });
  await releaseHome(home);
  expect(await findRunning(home)).toBeUndefined();
  expect(await claimHome(home, url)).toBeUndefined();
});

test('of many claims at once exactly one wins', async () => {
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimHome(home, url)));
  expect(claims.filter((holder) => holder === undefined)).toHaveLength(1);
});

test('a stale file is taken over: a pid that is gone, a pid that is now another process, a file cut short', async () => {
  await claimHome(home, url);
  await releaseHome(home);

  const gone = spawn('true');
  await once(gone, 'exit');
  await write({ pid: gone.pid ?? 0, startedTicks: 1 });
  expect(await claimHome(home, url)).toBeUndefined();

  await write({ pid: process.pid, startedTicks: 1 });
  expect(await findRunning(home)).toBeUndefined();
  expect(await claimHome(home, url)).toBeUndefined();

  await writeFile(runFileOf(home), '{"pid":');
  expect(await claimHome(home, url)).toBeUndefined();
});

test('programs of a killed starter are ended before the home is given away; a stranger with a recycled pid is not', async () => {
  await claimHome(home, url);
  const left = sleeper();
  const stranger = sleeper();
  notePrograms(home, url, [
    { name: 'server', ...left },
    { name: 'worker', pid: stranger.pid, startedTicks: stranger.startedTicks - 1 },
  ]);
  const noted = await findRunning(home);
  await write({ ...noted, startedTicks: 1 });

  expect(await claimHome(home, url)).toBeUndefined();
  expect(isAlive(left)).toBe(false);
  expect(isAlive(stranger)).toBe(true);
  process.kill(stranger.pid, 'SIGKILL');
});
