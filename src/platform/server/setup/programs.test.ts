import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive, type ProcessIdentity } from './processes.ts';
import { Programs } from './programs.ts';

let folder = '';
let said: string[] = [];
let running: (ProcessIdentity & { name: string })[] = [];
let programs: Programs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elepherd-programs-'));
  said = [];
  running = [];
  programs = new Programs({
    logFolder: folder,
    log: (line) => said.push(line.en),
    onChange: (now) => (running = now),
  });
});

afterEach(async () => {
  await programs.stop();
  await rm(folder, { recursive: true });
});

async function start(name: string, code: string): Promise<void> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, code);
  programs.start({ name, args: [file], env: process.env });
}

const log = (name: string) => readFile(join(folder, `${name}.log`), 'utf8');

test('a program that dies is started again, and its last words are said and kept', async () => {
  await start('brittle', `console.log('one more life'); throw new Error('out of luck');`);
  await vi.waitFor(
    async () => expect((await log('brittle')).match(/^one more life$/gm)).toHaveLength(2),
    20_000,
  );
  expect(said).toContain('[brittle] Error: out of luck');
  expect(said).toContain('The brittle ended (Error: out of luck); it starts again in 1 s.');
  expect(said.join('\n')).not.toContain('at ModuleJob');
  expect(programs.lastError('brittle')).toBe('Error: out of luck');
});

test('a killed program is started again as another process', async () => {
  await start('steady', `console.log('up'); setInterval(() => {}, 1000);`);
  const first = running.find((one) => one.name === 'steady');
  if (first === undefined) throw new Error('it did not start');
  process.kill(first.pid, 'SIGKILL');
  await vi.waitFor(() => expect(running.filter((one) => one.pid !== first.pid)).toHaveLength(1), 20_000);
  expect(said).toEqual(['The steady ended (SIGKILL); it starts again in 1 s.']);
  expect(programs.isUp('steady')).toBe(true);
});

test('errors of the structured log reach the terminal, other lines only the log', async () => {
  const lines = [
    { level: 30, msg: 'all is well' },
    { level: 50, msg: 'the pool is dry', err: { message: 'no connection' } },
  ];
  const print = lines.map((line) => `console.log(${JSON.stringify(JSON.stringify(line))});`).join('\n');
  await start('talker', `${print} setInterval(() => {}, 1000);`);
  await vi.waitFor(() => expect(said).toEqual(['[talker] the pool is dry: no connection']), 20_000);
  expect(await log('talker')).toContain('all is well');
});

test('a program that says it is done for good stays ended, and its dated log is not an error', async () => {
  await start('leaver', `console.error(new Date().toISOString() + ' left'); process.exit(78);`);
  await vi.waitFor(async () => expect(await log('leaver')).toMatch(/ left\n$/), 20_000);
  await sleep(1300);
  expect(await log('leaver')).toMatch(/^\S+ left\n$/);
  expect(said).toEqual([]);
});

test('after stop nothing runs and nothing starts again', async () => {
  await start('polite', `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000);`);
  await start('brittle', `console.log('a life'); process.exit(3);`);
  await vi.waitFor(
    () => expect(said).toContain('The brittle ended (exit code 3); it starts again in 1 s.'),
    20_000,
  );
  const before = running;
  await programs.stop();
  await sleep(1300);
  expect(await log('brittle')).toBe('a life\n');
  expect(before.some(isAlive)).toBe(false);
  expect(programs.isUp('polite')).toBe(false);
});
