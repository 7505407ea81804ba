import { spawn } from 'node:child_process';
import { open, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Text } from '../../contract/i18n.ts';
import { setupText } from '../../contract/setup.text.ts';
import { findProcess, isAlive, type ProcessIdentity, signal, waitForEnd } from './processes.ts';
import { SetupProblem } from './setup-problem.ts';
import type { SystemUser } from './system-user.ts';

/** What one server needs to know to start. */
export interface PostgresServer {
  bin: string;
  data: string;
  socketFolder: string;
  /** Where it writes its messages. */
  logFile: string;
  user: SystemUser;
  durable: boolean;
}

const lossySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  // Kept in the data folder, so that removing the folder of a killed server removes everything.
  dynamic_shared_memory_type: 'mmap',
};

/** Above the largest pid that Linux gives (2^22). */
const noProcess = '9999999';

const largestLogBytes = 10 * 1024 ** 2;

/** Starts PostgreSQL on a data folder and waits until it takes connections, through crash recovery if need be. */
export async function startServer(
  server: PostgresServer,
  say: (line: Text) => void,
): Promise<ProcessIdentity> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await shortenLog(server.logFile);
    const started = await spawnServer(server);
    if (await untilReady(started, server, say)) return started;
    const said = (await readFile(server.logFile, 'utf8')).slice(before);
    // The last children of a killed server hold its memory for a moment.
    if (attempt < 20 && said.includes('pre-existing shared memory block')) await sleep(250);
    else throw new SetupProblem(setupText.postgresEnded(server.logFile, await lastLine(server.logFile)));
  }
}

/** Waits until a server takes connections; false when it ended before. */
export async function untilReady(
  process: ProcessIdentity,
  { data, logFile }: Pick<PostgresServer, 'data' | 'logFile'>,
  say: (line: Text) => void,
): Promise<boolean> {
  let sayAt = Date.now() + 10_000;
  while (!(await isReady(process, data))) {
    if (!isAlive(process)) return false;
    // Recovery after a crash may take minutes, and is not a failure.
    if (Date.now() > sayAt) {
      say(setupText.postgresRecovers(await lastLine(logFile)));
      sayAt = Date.now() + 10_000;
    }
    await sleep(5);
  }
  return true;
}

/** The server notes its state in its pid file; asking it by connections would fill its log with refusals. */
async function isReady({ pid }: ProcessIdentity, data: string): Promise<boolean> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

/** Fast shutdown: ends sessions and writes everything down; after a minute it gives up on that, and the next start recovers. */
export async function stopServer(server: ProcessIdentity): Promise<void> {
  signal(server, 'SIGINT');
  if (await waitForEnd(server, 60)) return;
  signal(server, 'SIGQUIT');
  await waitForEnd(server, 10);
}

/** The server that works on `data` now, if one does. */
export async function findRunningServer(
  data: string,
): Promise<{ process: ProcessIdentity; socketFolder: string } | undefined> {
  const file = join(data, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const found = findProcess(Number(lines[0]));
  const socketFolder = lines[4]?.trim();
  if (found === undefined || !socketFolder) return undefined;
  if (await worksIn(found.pid, data)) return { process: found, socketFolder };
  // PostgreSQL refuses to start while this pid lives, whoever has it now. The rest of the file stays:
  // by the shared memory it names PostgreSQL makes sure that no child of the killed server still writes.
  await writeFile(file, [noProcess, ...lines.slice(1)].join('\n'));
  return undefined;
}

async function worksIn(pid: number, data: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const folder = await realpath(`/proc/${pid}/cwd`).catch(() => '');
  return folder === (await realpath(data));
}

async function spawnServer(server: PostgresServer): Promise<ProcessIdentity> {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: server.socketFolder,
    unix_socket_permissions: '0700',
    cluster_name: 'elepherd',
    max_connections: '200',
    shared_buffers: '128MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    dynamic_shared_memory_type: 'posix',
    log_line_prefix: '%m [%p] %q%a ',
    ...(server.durable ? {} : lossySettings),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(server.logFile, 'a', 0o640);
  try {
    const child = spawn(join(server.bin, 'postgres'), ['-D', server.data, ...flags], {
      // A session of its own: Ctrl-C in the starter's terminal must not reach it, and it outlives a starter that is killed.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: '/',
      env: plainEnv,
      ...server.user,
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const pid = child.pid ?? 0;
    return findProcess(pid) ?? { pid, startedTicks: -1 };
  } finally {
    await log.close();
  }
}

/** The starter's environment may hold PG… settings and secrets that are none of PostgreSQL's business. */
export const plainEnv: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' };

/** Sets a log that grew large aside, and answers where new messages will begin. */
async function shortenLog(file: string): Promise<number> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (size <= largestLogBytes) return size;
  await rename(file, `${file}.1`);
  return 0;
}

async function lastLine(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
