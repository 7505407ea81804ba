import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { DumpContents, type logicalBackupTasks } from '#src/fleet/contract/logical-backups.ts';
import { logicalBackupText as text } from '#src/fleet/contract/logical-backups.text.ts';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { beginJob, endJob, forgetJob, jobLog, lookAtJob } from '../jobs.ts';
import { findUser, lastWords, run, type SystemUser } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { encryption, passphraseName, restoreWords } from './restore-words.ts';

type Input = z.output<(typeof logicalBackupTasks)['dump-database']['input']>;

const root = '/usr/lib/postgresql';
const manifestName = 'manifest.json';
const globalsName = 'globals.sql.enc';

function postgresUser(): SystemUser {
  const user = findUser('postgres');
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  return user;
}

/** Programs of the newest PostgreSQL here: pg_dump refuses a server that is newer than itself. */
function programsFor(serverMajor: number): string {
  const majors = (existsSync(root) ? readdirSync(root).map(Number) : []).filter(
    (major) => major >= serverMajor && existsSync(join(root, String(major), 'bin/pg_dump')),
  );
  if (majors.length === 0) throw new TaskFailure(text.noTools(serverMajor));
  return join(root, String(Math.max(...majors)), 'bin');
}

/** How PostgreSQL's own programs find the server; the password is never in an argument list. */
const libpq = ({ server, password }: Input, home: string): Record<string, string> => ({
  HOME: home,
  PGHOST: server.host,
  PGPORT: String(server.port),
  PGUSER: server.username,
  PGPASSWORD: password,
  PGSSLMODE: server.sslMode,
  PGCONNECT_TIMEOUT: '15',
  PGAPPNAME: 'elepherd',
});

/** Dumps an external database, encrypted, into `<folder>/<name>/<label>`, in a process that outlives the agent. */
export const dumpDatabase: TaskHandler<'dump-database'> = async (input, { id, home, signal }) => {
  const user = postgresUser();
  const place = join(input.folder, input.name, input.label);
  const known = await readManifest(place);
  if (known) return known;
  const env = libpq(input, user.home);
  const begun = Date.now();
  if ((await run(['openssl', 'version'])).code !== 0) throw new TaskFailure(text.noOpenssl);
  const asked = await askServer(input, env, user);
  const bin = programsFor(Math.floor(asked.version / 10_000));
  const wished = input.databases.length > 0 ? input.databases : asked.databases;
  const missing = wished.find((name) => !asked.databases.includes(name));
  if (missing !== undefined) throw new TaskFailure(text.noSuchDatabase(missing));
  const part = `${place}.part`;
  const files = wished.map((database, index) => ({ database, file: dumpName(database, index) }));
  if ((await lookAtJob(home, id)).state !== 'running') await makeFolder(input.folder, part, user);
  else if (!existsSync(part)) await makeFolder(input.folder, part, user);
  const step = (argv: string[], more: Record<string, string> = {}) => ({
    argv,
    env: { ...env, ...more },
    as: { uid: user.uid, gid: user.gid },
    timeoutSeconds: input.timeoutSeconds,
  });
  // Nothing reaches the disk that is not encrypted.
  const kept = (argv: string[], file: string, database: string) => ({
    ...step(argv, { PGDATABASE: database, [passphraseName]: input.passphrase }),
    into: ['openssl', ...encryption, '-salt', '-out', join(part, file)],
  });
  const readBack = (file: string, argv: string[]) => ({
    ...step(['openssl', ...encryption, '-d', '-in', join(part, file)], {
      [passphraseName]: input.passphrase,
    }),
    into: argv,
  });
  const steps = [
    kept(
      [join(bin, 'pg_dumpall'), '--globals-only', ...(asked.withPasswords ? [] : ['--no-role-passwords'])],
      globalsName,
      input.server.database,
    ),
    // What has no end was cut off.
    readBack(globalsName, ['grep', 'PostgreSQL database cluster dump complete']),
    ...files.flatMap(({ database, file }) => [
      kept([join(bin, 'pg_dump'), '--format=custom'], file, database),
      // A dump whose table of contents cannot be read is none.
      readBack(file, [join(bin, 'pg_restore'), '--list', '--file=/dev/null']),
    ]),
  ];
  await beginJob(home, id, { steps }, [process.execPath, process.argv[1]!]);
  for (let isStopped = false; ; await sleep(200)) {
    const seen = await lookAtJob(home, id);
    if (seen.state === 'succeeded') break;
    if (seen.state !== 'running') {
      const said = await jobLog(home, id);
      await forgetJob(home, id);
      if (seen.state === 'cut-off') throw new TaskFailure(text.cutOff);
      throw new TaskFailure(text.dumpFailed(said.trim().split('\n').slice(-4).join(' / ').slice(-800)));
    }
    if (signal.aborted && !isStopped) {
      isStopped = true;
      await endJob(home, id);
    }
  }
  const contents: DumpContents = {
    pgVersion: asked.versionText,
    withPasswords: asked.withPasswords,
    seconds: (Date.now() - begun) / 1000,
    keyFingerprint: input.keyFingerprint,
    files: await Promise.all(
      [{ database: null, file: globalsName }, ...files].map(async ({ database, file }) => ({
        file,
        database,
        bytes: (await stat(join(part, file))).size,
        sha256: await digestOf(join(part, file)),
      })),
    ),
  };
  await writeFile(join(part, 'RESTORE.txt'), restoreWords(input, contents), { mode: 0o644 });
  await writeFile(join(part, manifestName), `${JSON.stringify(contents, undefined, 2)}\n`, { mode: 0o644 });
  await rename(part, place);
  await forgetJob(home, id);
  return contents;
};

async function readManifest(place: string): Promise<DumpContents | undefined> {
  const said = await readFile(join(place, manifestName), 'utf8').catch(() => undefined);
  if (said === undefined) return undefined;
  const read = DumpContents.safeParse(JSON.parse(said));
  return read.success ? read.data : undefined;
}

/** A file name that says which database it is, whatever that is called. */
const dumpName = (database: string, index: number) =>
  `${String(index + 1).padStart(3, '0')}-${database.replaceAll(/[^\w-]/g, '_').slice(0, 60)}.dump.enc`;

async function askServer(input: Input, env: Record<string, string>, user: SystemUser) {
  const [newest] = (existsSync(root) ? readdirSync(root).map(Number).filter(Boolean) : []).toSorted(
    (a, b) => b - a,
  );
  const psql = join(root, String(newest ?? 0), 'bin/psql');
  if (!existsSync(psql)) throw new TaskFailure(agentText.noServerBinary(psql));
  const sql = `select current_setting('server_version_num'), current_setting('server_version'),
    has_table_privilege('pg_catalog.pg_authid', 'select')
    union all select '', datname, null from pg_database where datallowconn and not datistemplate`;
  const said = await run(
    [
      psql,
      '--no-psqlrc',
      '--tuples-only',
      '--no-align',
      '--record-separator-zero',
      '--field-separator-zero',
      '--command',
      sql,
    ],
    {
      env: { ...env, PGDATABASE: input.server.database },
      as: { uid: user.uid, gid: user.gid },
      timeoutSeconds: 30,
    },
  );
  const { host, port } = input.server;
  if (said.code !== 0) throw new TaskFailure(text.unreachable(`${host}:${port}`, lastWords(said)));
  const fields = said.stdout.replace(/\0?\n?$/, '').split('\0');
  const [version = '0', versionText = '', mayRead] = fields;
  const databases: string[] = [];
  for (let at = 3; at + 1 < fields.length; at += 3) databases.push(fields[at + 1]!);
  return {
    version: Number(version),
    versionText,
    withPasswords: mayRead === 't',
    databases: databases.toSorted(),
  };
}

/** An empty folder of postgres that nobody else may read. On a mount where root is nobody, postgres makes it. */
async function makeFolder(folder: string, part: string, user: SystemUser): Promise<void> {
  const as = { as: { uid: user.uid, gid: user.gid } };
  await run(['rm', '--recursive', '--force', '--one-file-system', part], as);
  const make = ['install', '--directory', '--mode=0700'];
  let made = await run([...make, part], as);
  if (made.code !== 0)
    made = await run([...make, `--owner=${user.uid}`, `--group=${user.gid}`, folder, join(part, '..'), part]);
  if (made.code !== 0) throw new TaskFailure(text.noFolder(folder, lastWords(made)));
  if ((await realpath(part)) !== part) throw new TaskFailure(agentText.isLink(part));
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Removes dumps with all that is in them, as postgres, so that nothing else can be meant. */
export const removeDumps: TaskHandler<'remove-dumps'> = async ({ folder, name, labels }) => {
  const { uid, gid } = postgresUser();
  let removed = 0;
  for (const label of labels) {
    const place = join(folder, name, label);
    if (!existsSync(place)) continue;
    const gone = await run(['rm', '--recursive', '--force', '--one-file-system', place], {
      as: { uid, gid },
      timeoutSeconds: 600,
    });
    if (gone.code !== 0) throw new TaskFailure(agentText.dataStays(place, lastWords(gone)));
    removed++;
  }
  return { removed };
};

/** The tasks about logical backups, for the agent's table of tasks. */
export const logicalBackupHandlers: { [K in keyof typeof logicalBackupTasks]: TaskHandler<K> } = {
  'dump-database': dumpDatabase,
  'remove-dumps': removeDumps,
};
