import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { rooms } from './rooms.ts';
import { work } from './work.ts';

const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).toSorted();

test('a worker does what every room declares', () => {
  expect(names(work)).toEqual(names(rooms));
  expect(names(work.flatMap(({ jobs }) => jobs))).toEqual(names(rooms.flatMap(({ jobs }) => jobs)));
  expect(work.flatMap(({ operations }) => operations).length).toBeGreaterThan(20);
});

/** Loads a file in a process of its own, and says which modules came with it. */
async function modulesOf(file: string): Promise<string[]> {
  const code = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ load: (url, context, next) => (seen.push(url), next(url, context)) });
    await import(${JSON.stringify(join(import.meta.dirname, file))});
    process.stdout.write(JSON.stringify(seen), () => process.exit(0));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    maxBuffer: 64 * 1024 ** 2,
  });
  return JSON.parse(stdout) as string[];
}

const needless = (modules: string[]) =>
  modules.filter((url) => /\/routes\.ts$|node_modules\/(?:better-auth|react)\//.test(url));

test('a worker loads neither the API nor what signs people in', { timeout: 60_000 }, async () => {
  expect(needless(await modulesOf('work.ts'))).toEqual([]);
  expect(needless(await modulesOf('rooms.ts')).length).toBeGreaterThan(20);
});
