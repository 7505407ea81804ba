import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Text } from '../contract/i18n.ts';
import { setupText } from '../contract/setup.text.ts';
import { ensurePostgresRuntime, type PostgresRuntime } from './setup/postgres-runtime.ts';
import { findRunningServer, plainEnv, startServer, stopServer, untilReady } from './setup/postgres-server.ts';
import type { ProcessIdentity } from './setup/processes.ts';
import { SetupProblem } from './setup/setup-problem.ts';
import { checkReachable, ensureSystemUser, type SystemUser } from './setup/system-user.ts';

const run = promisify(execFile);

export interface EmbeddedPostgresOptions {
  /** Data goes to `<home>/postgres`, the socket to `<home>/run/postgres`, messages to `<home>/log/postgres.log`. */
  home: string;
  log: (line: Text) => void;
  /** The database that is made and that `url` names; default `elepherd`. */
  database?: string;
  /** False for databases that may be lost with the power, as in tests: much faster writes. */
  durable?: boolean;
  /** Folder of the unpacked binaries; default `<home>/runtime`. */
  runtimeFolder?: string;
}

export interface EmbeddedPostgres {
  url: string;
  /** True when it ran before: a starter was killed and left it. */
  alreadyRunning: boolean;
  process: ProcessIdentity;
  /** Ends sessions, writes everything down and stops; harmless when it is gone already. */
  stop(): Promise<void>;
}

const owner = 'elepherd';
/** sockaddr_un holds 108 bytes with the closing zero; PostgreSQL appends `/.s.PGSQL.5432`. */
const longestSocketFolder = 107 - '/.s.PGSQL.5432'.length;

/**
 * A PostgreSQL of our own under `home`, reachable by a Unix socket only this user (and root) can open; one that already runs there is reused.
 * As root it runs under the system user `elepherd`. Refuses data of another major version, and a home its user cannot reach.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { home, log, database = 'elepherd', durable = true } = options;
  const user = await ensureSystemUser();
  await makeFolder(home);
  await checkReachable(join(home, 'postgres'), user);
  await makeFolder(join(home, 'run'));
  await makeFolder(join(home, 'log'));
  const runtime = await ensurePostgresRuntime(options.runtimeFolder ?? join(home, 'runtime'));
  const data = join(home, 'postgres');
  const logFile = join(home, 'log', 'postgres.log');
  await ensureData({ data, runtime, user, durable, log });
  let running = await findRunningServer(data);
  const socketFolder = running?.socketFolder ?? (await makeSocketFolder(home, user, log));
  if (running && !(await untilReady(running.process, { data, logFile }, log))) running = undefined;
  const server =
    running?.process ??
    (await startServer({ bin: runtime.bin, data, socketFolder, logFile, user, durable }, log));
  try {
    await ensureDatabase(urlOf(socketFolder, 'postgres'), database);
  } catch (error) {
    if (running === undefined) await stopServer(server);
    throw error;
  }
  return {
    url: urlOf(socketFolder, database),
    alreadyRunning: running !== undefined,
    process: server,
    stop: () => stopServer(server),
  };
}

function urlOf(socketFolder: string, database: string): string {
  return `postgres://${owner}@/${database}?host=${encodeURIComponent(socketFolder)}`;
}

interface DataFolder {
  data: string;
  runtime: PostgresRuntime;
  user: SystemUser;
  durable: boolean;
  log: (line: Text) => void;
}

async function ensureData({ data, runtime, user, durable, log }: DataFolder): Promise<void> {
  if (existsSync(data)) {
    const major = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
    if (major !== runtime.major) throw new SetupProblem(setupText.otherMajor(data, major, runtime.major));
    return;
  }
  log(setupText.makingDatabase(data));
  const making = `${data}.making-${process.pid}`;
  try {
    await mkdir(making, { mode: 0o700 });
    if (user !== undefined) await chown(making, user.uid, user.gid);
    const flags = ['--pgdata', making, '--username', owner, '--encoding', 'UTF8', '--data-checksums'];
    // Memory in the data folder leaves nothing in /dev/shm when a full disk ends it midway.
    flags.push('--set', 'dynamic_shared_memory_type=mmap');
    if (!durable) flags.push('--no-sync');
    // The built-in locale sorts the same on every machine and never changes with an operating system upgrade.
    const locale = ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
    // Whoever may open the socket may connect: its folder is closed to everybody else.
    const access = ['--auth-local', 'trust', '--auth-host', 'reject'];
    await run(join(runtime.bin, 'initdb'), [...flags, ...locale, ...access], {
      ...user,
      cwd: '/',
      env: plainEnv,
    });
    await rename(making, data);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw explained(error, data);
  }
}

function explained(error: unknown, folder: string): SetupProblem {
  const { stderr, message } = error as Error & { stderr?: string };
  const said = stderr || message;
  const isFull = /No space left|ENOSPC/.test(said);
  const reason =
    said.split('\n').find((line) => /error:|FATAL/.test(line)) ?? said.trim().split('\n').at(-1) ?? '';
  return new SetupProblem(isFull ? setupText.diskFull(folder) : setupText.noInitdb(reason), { cause: error });
}

async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

async function makeSocketFolder(home: string, user: SystemUser, log: (line: Text) => void): Promise<string> {
  let folder = join(home, 'run', 'postgres');
  if (Buffer.byteLength(folder) > longestSocketFolder) {
    const mark = createHash('sha256').update(home).digest('hex').slice(0, 12);
    folder = join(user === undefined ? tmpdir() : '/run', `elepherd-${mark}`);
    log(setupText.shortSocketFolder(folder));
  }
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const { uid } = await lstat(folder);
  // Somebody else's folder under /tmp could be a trap.
  if (uid !== process.getuid?.() && uid !== user?.uid)
    throw new SetupProblem(setupText.foreignFolder(folder));
  await chmod(folder, 0o700);
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const { mode } = await stat(folder);
  // PostgreSQL's user passes through; it cannot list or write.
  if (process.getuid?.() === 0 && (mode & 0o001) === 0) await chmod(folder, (mode & 0o777) | 0o011);
}
