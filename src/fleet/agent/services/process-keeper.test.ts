import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { eventually } from '#tests/support/agent-port.ts';
import { findProcess } from '../programs.ts';
import { processKeeper } from './process-keeper.ts';
import type { KnownService } from './service-keeper.ts';

const folder = await mkdtemp(join(tmpdir(), 'elepherd-keeper-'));
await mkdir(join(folder, 'services'));
const script = join(folder, 'program.sh');
await writeFile(script, '#!/bin/sh\necho "hello $1"\ncase $1 in dies) exit 3 ;; esac\nexec sleep 1000\n', {
  mode: 0o755,
});
const keepers: ReturnType<typeof processKeeper>[] = [];
const started: KnownService[] = [];

/** One life of an agent. */
function newKeeper() {
  const keeper = processKeeper({
    servicesFolder: join(folder, 'services'),
    logFolder: join(folder, 'log'),
    log: () => {},
    programs: { etcd: script },
  });
  keepers.push(keeper);
  return keeper;
}
function newService(name: string, word: string): KnownService {
  const service: KnownService = {
    name,
    title: name,
    program: 'etcd',
    args: [word],
    user: 'root',
    killMode: 'mixed',
    files: [],
    directories: [],
    wished: 'running',
  };
  started.push(service);
  return service;
}
afterAll(async () => {
  for (const keeper of keepers) {
    for (const { name } of started) await keeper.remove(name);
    keeper.close();
  }
  await rm(folder, { recursive: true, force: true });
});

test('a program that is killed is there again within a second', async () => {
  const keeper = newKeeper();
  await keeper.start(newService('killed', 'kept'), false);
  const first = (await keeper.findPid('killed'))!;
  process.kill(first, 'SIGKILL');
  const began = Date.now();
  const second = await eventually(
    () => keeper.findPid('killed'),
    (pid) => pid !== null && pid !== first,
    5,
  );
  expect(Date.now() - began).toBeLessThan(1000);
  expect(findProcess(second!)).toBeDefined();
});

test('an agent that comes back finds the programs of its former life instead of starting them twice', async () => {
  const before = newKeeper();
  const service = newService('adopted', 'kept');
  await before.start(service, false);
  const pid = await before.findPid('adopted');
  before.close();

  const after = newKeeper();
  await after.adopt([service]);
  expect(await after.findPid('adopted')).toBe(pid);
  await after.start(service, false);
  expect(await after.findPid('adopted')).toBe(pid);

  process.kill(pid!, 'SIGKILL');
  await eventually(
    () => after.findPid('adopted'),
    (now) => now !== null && now !== pid,
    5,
  );
  await after.stop(service);
  expect(await after.findPid('adopted')).toBeNull();
});

test('a stopped program stays stopped', async () => {
  const keeper = newKeeper();
  const service = newService('stopped', 'kept');
  await keeper.start(service, false);
  await keeper.stop(service);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(await keeper.findPid('stopped')).toBeNull();
});

test('a program that dies at once is tried more and more slowly, and its last words are kept', async () => {
  const keeper = newKeeper();
  await keeper.start(newService('dying', 'dies'), false);
  const lives = async () =>
    (await readFile(join(folder, 'log', 'dying.log'), 'utf8')).match(/hello dies/g)?.length ?? 0;
  await new Promise((resolve) => setTimeout(resolve, 3500));
  expect(await lives()).toBeLessThanOrEqual(6);
  await expect.poll(lives).toBeGreaterThanOrEqual(2);
  expect((await keeper.lastWords('dying', 5)).join('\n')).toContain('hello dies');
});
