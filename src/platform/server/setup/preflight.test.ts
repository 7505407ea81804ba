import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDisk, checkPort, freePort, prepareHome } from './preflight.ts';

const isRoot = process.getuid?.() === 0;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elepherd-preflight-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Runs `work` with a small file system mounted on the folder. */
async function mounted(options: string, work: () => Promise<void>): Promise<void> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  try {
    await work();
  } finally {
    execFileSync('umount', [folder]);
  }
}

test('a taken port is refused with the program that has it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const refusal = checkPort(port, '127.0.0.1', '--port');
  await expect(refusal).rejects.toThrow(
    new RegExp(`^Port ${port} is taken by .*pid ${process.pid}: stop that program`),
  );
  server.close();
  await once(server, 'close');
  await expect(checkPort(port, '127.0.0.1', '--port')).resolves.toBeUndefined();
});

test('a free port is free', async () => {
  await expect(checkPort(await freePort('127.0.0.1'), '127.0.0.1', '--port')).resolves.toBeUndefined();
});

test('a home is made when missing, and nothing of the probe is left', async () => {
  const home = join(folder, 'a', 'b');
  expect(await prepareHome(home)).toBe(join(folder, 'a'));
  expect(await readdir(home)).toEqual([]);
  expect(await prepareHome(home)).toBeUndefined();
});

test.runIf(isRoot)('a read-only folder is refused in one sentence', async () => {
  await mounted('size=1m,ro', async () => {
    await expect(prepareHome(join(folder, 'home'))).rejects.toThrow(/cannot be written to \(EROFS\)/);
    await expect(prepareHome(folder)).rejects.toThrow(/cannot be written to \(EROFS\)/);
  });
});

test.runIf(isRoot)('a full disk is refused in one sentence and leaves nothing', async () => {
  await mounted('size=64k,nr_inodes=16', async () => {
    execFileSync('sh', ['-c', `head -c 70000 /dev/zero > ${folder}/filler 2>/dev/null; true`]);
    await expect(prepareHome(join(folder, 'home'))).rejects.toThrow(/The disk that holds .* is full/);
    expect(existsSync(join(folder, 'home'))).toBe(false);
  });
  await mounted('size=20m', async () => {
    await expect(checkDisk(folder)).rejects.toThrow(/has only \d+ MB free and Elepherd needs 1 GB/);
  });
});
