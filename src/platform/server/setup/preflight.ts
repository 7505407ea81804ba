import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { setupText } from '../../contract/setup.text.ts';
import { SetupProblem } from './setup-problem.ts';

const run = promisify(execFile);

const neededBytes = 1024 ** 3;

/** Makes the home folder when missing and proves that it can be written to; answers the topmost folder it made. */
export async function prepareHome(home: string): Promise<string | undefined> {
  let made: string | undefined;
  try {
    made = await mkdir(home, { recursive: true, mode: 0o755 });
    const probe = join(home, `.write-probe-${process.pid}`);
    await writeFile(probe, 'x');
    await rm(probe);
    return made;
  } catch (error) {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    const code = await reasonOf(error as NodeJS.ErrnoException, home);
    throw new SetupProblem(code === 'ENOSPC' ? setupText.diskFull(home) : setupText.notWritable(home, code));
  }
}

/** Making a folder and those above it at once fails with ENOENT on a read-only disk: the folder that exists knows better. */
async function reasonOf(error: NodeJS.ErrnoException, home: string): Promise<string> {
  if (error.code !== 'ENOENT') return error.code ?? error.message;
  let above = resolve(home);
  while (!existsSync(above)) above = dirname(above);
  return access(above, constants.W_OK).then(
    () => 'ENOENT',
    (closed: NodeJS.ErrnoException) => closed.code ?? 'ENOENT',
  );
}

/** Refuses to start on a disk with less than 1 GiB free. */
export async function checkDisk(home: string): Promise<void> {
  const { bavail, bsize } = await statfs(home);
  const free = bavail * bsize;
  if (free < neededBytes) throw new SetupProblem(setupText.diskTooFull(home, Math.floor(free / 1024 ** 2)));
}

/** Refuses a port that somebody listens on, naming the program when that can be known. */
export async function checkPort(port: number, host: string, option: string): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EUNKNOWN'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  if (code === 'EADDRINUSE')
    throw new SetupProblem(setupText.portTaken(port, option, await listenerOn(port)));
  throw new SetupProblem(setupText.portRefused(port, host, option, code));
}

/** A free port of this machine, for a starter that was told to take any. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function listenerOn(port: number): Promise<string | undefined> {
  const { stdout } = await run('ss', ['-Hltnp', `sport = :${port}`]).catch(() => ({ stdout: '' }));
  const found = /\("([^"]+)",pid=(\d+)/.exec(stdout);
  return found === null ? undefined : `${found[1]}, pid ${found[2]}`;
}
