import { chmod, mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { findRunningServer, stopServer } from '#src/platform/server/setup/postgres-server.ts';
import { findProcess } from '#src/platform/server/setup/processes.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server's maintenance database. */
    testServerUrl: string;
    /** Where PostgreSQL's binaries are unpacked, for tests that start one themselves. */
    runtimeFolder: string;
  }
}

const prefix = 'elepherd-test-';

/** One throw-away PostgreSQL for the whole run, in memory where there is room, with the migrated database `template` to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const place = (await hasRoom('/dev/shm')) ? '/dev/shm' : tmpdir();
  await sweep(place);
  const home = await mkdtemp(join(place, `${prefix}${process.pid}-`));
  await chmod(home, 0o755);
  let server: EmbeddedPostgres | undefined;
  const teardown = async (): Promise<void> => {
    await server?.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const runtimeFolder = runtimeCache();
    await mkdir(runtimeFolder, { recursive: true });
    server = await startEmbeddedPostgres({
      home,
      log: () => {},
      database: 'template',
      durable: false,
      runtimeFolder,
    });
    await migrate(server.url);
    await closeTemplate(server.url);
    project.provide('runtimeFolder', runtimeFolder);
    project.provide('testServerUrl', server.url.replace('/template?', '/postgres?'));
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

/** Unpacked once a machine, beside what the lab keeps: copying 50 MB for every run would cost more than starting. */
function runtimeCache(): string {
  if (process.getuid?.() === 0) return '/var/cache/elepherd/runtime';
  return join(
    process.env['XDG_CACHE_HOME'] || join(process.env['HOME'] ?? tmpdir(), '.cache'),
    'elepherd',
    'runtime',
  );
}

async function hasRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > 1024 ** 3;
}

/** `create database … template` refuses while anybody is connected to the template. */
async function closeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('checkpoint');
  await client.query(
    `update pg_database set datistemplate = true, datallowconn = false where datname = 'template'`,
  );
  await client.end();
}

/** Stops and removes the test servers of runs that were killed; their folders carry the pid of their starter. */
async function sweep(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const starter = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : 0;
    if (starter === 0 || findProcess(starter) !== undefined) continue;
    const home = join(place, name);
    const left = await findRunningServer(join(home, 'postgres')).catch(() => undefined);
    if (left !== undefined) await stopServer(left.process);
    await rm(home, { recursive: true, force: true });
  }
}
