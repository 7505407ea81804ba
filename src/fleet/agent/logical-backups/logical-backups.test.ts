import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logicalBackupTasks } from '#src/fleet/contract/logical-backups.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { AgentHome } from '../home.ts';
import { findUser } from '../programs.ts';
import type { TaskContext } from '../tasks/task-context.ts';
import { dumpDatabase, removeDumps } from './dump-database.ts';

const root = '/usr/lib/postgresql';
const major = Math.max(0, ...(existsSync(root) ? readdirSync(root).map(Number).filter(Boolean) : []));
const bin = `${root}/${major}/bin`;
const isRoot = process.getuid?.() === 0;
const user = isRoot ? findUser('postgres') : undefined;

// Dumps are made with the rights of postgres, which only root can give away.
describe.skipIf(!existsSync(`${bin}/initdb`) || !user)('a server that is only known by a URL', () => {
  const folder = mkdtempSync('/srv/elepherd-dumps-');
  const home = new AgentHome(join(folder, 'agent'));
  const run = (program: string, args: string[], env: Record<string, string> = {}, input = '') =>
    execFileSync(program, args, {
      cwd: folder,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, LC_ALL: 'C.UTF-8', ...env },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    }).toString();
  const ports = { old: 0, fresh: 0 };
  const psql = (port: number, sql: string, database = 'postgres', env: Record<string, string> = {}) =>
    run(
      `${bin}/psql`,
      [
        '-XqAt',
        '-v',
        'ON_ERROR_STOP=1',
        '-h',
        env['PGPASSWORD'] ? '127.0.0.1' : folder,
        '-p',
        String(port),
        '-U',
        env['PGUSER'] ?? 'postgres',
        '-d',
        database,
        '-f',
        '-',
      ],
      env,
      sql,
    ).trim();
  const startServer = (name: 'old' | 'fresh') => {
    run(`${bin}/initdb`, [
      `--pgdata=${name}`,
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
      '--username=postgres',
      '--no-sync',
    ]);
    writeFileSync(
      join(folder, name, 'postgresql.conf'),
      `unix_socket_directories = '${folder}'\nlisten_addresses = '127.0.0.1'\nport = ${ports[name]}\nfsync = off\n`,
    );
    run(`${bin}/pg_ctl`, [`--pgdata=${name}`, `--log=${name}.log`, '--wait', 'start']);
  };
  const script = process.argv[1]!;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    chownSync(folder, user!.uid, user!.gid);
    await home.prepare();
    // The job's own process is the agent's program, as on a host.
    process.argv[1] = join(import.meta.dirname, '../../../main/agent.ts');
    ports.old = await freePort('127.0.0.1');
    ports.fresh = await freePort('127.0.0.1');
    startServer('old');
    psql(
      ports.old,
      `create role boss superuser login password 'the old one';
       create role app login password 'app keeps this';
       create role reader nologin; grant reader to app;
       create database sales owner app; create database "odd name" owner app;`,
    );
    psql(
      ports.old,
      `set role app; create table orders as select n, md5(n::text) as x from generate_series(1, 5000) n; create table small (n int); insert into small values (7);`,
      'sales',
    );
    psql(ports.old, `create table odd as select 'kept' as word`, 'odd name');
  }, 120_000);
  afterAll(() => {
    process.argv[1] = script;
    for (const name of ['old', 'fresh'])
      if (existsSync(join(folder, name, 'postmaster.pid')))
        run(`${bin}/pg_ctl`, [`--pgdata=${name}`, '--mode=immediate', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  });

  const passphrase = 'a passphrase that nobody else knows';
  const keyFingerprint = createHash('sha256')
    .update(`elepherd repository key${passphrase}`)
    .digest('hex')
    .slice(0, 16);
  let turn = 0;
  const dump = (change: object = {}, signal = new AbortController().signal) => {
    const input = logicalBackupTasks['dump-database'].input.parse({
      name: 'legacy',
      label: '20261129-013000Z',
      folder: join(folder, 'dumps'),
      server: { host: '127.0.0.1', port: ports.old, username: 'boss' },
      password: 'the old one',
      passphrase,
      keyFingerprint,
      databases: [],
      timeoutSeconds: 60,
      ...change,
    });
    const context = { id: `dump-${turn++}`, home, signal, say: () => {} } as unknown as TaskContext;
    return dumpDatabase(input, context);
  };

  test('is dumped with roles, passwords and every database, and nobody else can read it', async () => {
    const contents = await dump();
    expect(contents).toMatchObject({ withPasswords: true });
    expect(contents.files.map(({ database }) => database)).toEqual([null, 'odd name', 'postgres', 'sales']);
    const place = join(folder, 'dumps/legacy/20261129-013000Z');
    expect(statSync(place).mode & 0o777).toBe(0o700);
    expect(readdirSync(place)).toEqual(
      expect.arrayContaining(['RESTORE.txt', 'globals.sql.enc', 'manifest.json']),
    );
    // Neither what was kept nor any name or password of it can be read by who takes the disk along.
    for (const file of readdirSync(place)) {
      const bytes = await readFile(join(place, file), 'latin1');
      expect(bytes, file).not.toMatch(/PGDMP|SCRAM-SHA-256|create role/i);
      expect(bytes, file).not.toContain(passphrase);
      if (file.endsWith('.enc')) expect(bytes.slice(0, 8)).toBe('Salted__');
    }
    expect(readdirSync(join(folder, 'dumps/legacy'))).toEqual(['20261129-013000Z']);
    // Asked again, after an agent that died before it could tell, it is found and not made again.
    const before = statSync(join(place, 'globals.sql.enc')).mtimeMs;
    expect(await dump()).toEqual(contents);
    expect(statSync(join(place, 'globals.sql.enc')).mtimeMs).toBe(before);
  }, 60_000);

  test('comes back on an empty server by what RESTORE.txt says, without any Elepherd: rows, owners, and the password of before', async () => {
    startServer('fresh');
    const place = join(folder, 'dumps/legacy/20261129-013000Z');
    const words = await readFile(join(place, 'RESTORE.txt'), 'utf8');
    await writeFile(join(folder, 'restore.sh'), `set -e\ncd ${place}\n${words}`);
    const where = { PGHOST: folder, PGPORT: String(ports.fresh) };
    // Without the passphrase, or with another, nothing comes back.
    expect(() => run('/bin/bash', ['restore.sh'], where)).toThrow(/Set it to the passphrase/);
    const wrong = { ...where, DUMP_PASSPHRASE: 'another passphrase' };
    expect(() => run('/bin/bash', ['restore.sh'], wrong)).toThrow(/This is another passphrase/);
    run('/bin/bash', ['restore.sh'], { ...where, DUMP_PASSPHRASE: passphrase });
    const sum = "select count(*), md5(string_agg(x, e'\\n' order by n)) from orders";
    expect(psql(ports.fresh, sum, 'sales')).toBe(psql(ports.old, sum, 'sales'));
    expect(psql(ports.fresh, 'select word from odd', 'odd name')).toBe('kept');
    const asApp = { PGUSER: 'app', PGPASSWORD: 'app keeps this' };
    expect(
      psql(
        ports.fresh,
        "select n || current_user from small where pg_has_role('reader', 'member')",
        'sales',
        asApp,
      ),
    ).toBe('7app');
    // One table only, as its last lines say.
    psql(ports.fresh, 'drop table small', 'sales');
    const { file } = (
      JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')) as {
        files: { file: string; database: string }[];
      }
    ).files.find(({ database }) => database === 'sales')!;
    const opened = words.split('\n').find((line) => line.startsWith('opened()'));
    const take = `set -eo pipefail\n${opened}\nopened ${join(place, file)} | pg_restore --dbname=sales --table=small`;
    await writeFile(join(folder, 'take.sh'), take);
    run('/bin/bash', ['take.sh'], { ...where, PGUSER: 'postgres', DUMP_PASSPHRASE: passphrase });
    expect(psql(ports.fresh, 'select n from small', 'sales')).toBe('7');
  }, 120_000);

  test('an account that is no superuser dumps without passwords, and says so', async () => {
    const contents = await dump({
      label: '20261129-023000Z',
      server: { host: '127.0.0.1', port: ports.old, username: 'app', database: 'sales' },
      password: 'app keeps this',
      databases: ['sales'],
    });
    expect(contents).toMatchObject({ withPasswords: false });
    const place = join(folder, 'dumps/legacy/20261129-023000Z');
    const opened = ['enc', '-d', '-aes-256-cbc', '-pbkdf2', '-iter', '600000', '-md', 'sha256'];
    const globals = run(
      'openssl',
      [...opened, '-pass', 'env:DUMP_PASSPHRASE', '-in', join(place, 'globals.sql.enc')],
      { DUMP_PASSPHRASE: passphrase },
    );
    expect(globals).toContain('CREATE ROLE app');
    expect(globals).not.toContain('SCRAM-SHA-256');
    expect(await readFile(join(place, 'RESTORE.txt'), 'utf8')).toContain('ALTER ROLE ... PASSWORD');
  }, 60_000);

  test('what cannot be done is said in words, and leaves nothing that looks whole', async () => {
    const fails = async (change: object) =>
      dump({ label: '20261129-033000Z', ...change }).catch((error: Error) => error.message);
    expect(await fails({ password: 'wrong' })).toMatch(/cannot be asked.*authentication failed/);
    expect(await fails({ server: { host: '127.0.0.1', port: 1, username: 'boss' } })).toMatch(
      /cannot be asked/,
    );
    expect(await fails({ databases: ['nowhere'] })).toMatch(/no database called nowhere/);
    psql(
      ports.old,
      'create table secret (n int); revoke all on secret from app; alter table secret owner to postgres',
      'sales',
    );
    const refused = await fails({
      server: { host: '127.0.0.1', port: ports.old, username: 'app', database: 'sales' },
      password: 'app keeps this',
      databases: ['sales'],
    });
    expect(refused).toMatch(/permission denied for table secret/);
    expect(readdirSync(join(folder, 'dumps/legacy')).filter((name) => !name.endsWith('.part'))).toEqual([
      '20261129-013000Z',
      '20261129-023000Z',
    ]);
  }, 60_000);

  test('old ones go with all that is in them', async () => {
    const input = {
      name: 'legacy',
      folder: join(folder, 'dumps'),
      labels: ['20261129-013000Z', '20261101-013000Z'],
    };
    expect(await removeDumps(input, {} as TaskContext)).toEqual({ removed: 1 });
    expect(readdirSync(join(folder, 'dumps/legacy'))).not.toContain('20261129-013000Z');
  });
});
