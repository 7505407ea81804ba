// Over 300 lines: one prepared template serves every way out that is tried, and making it takes most of the time.
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { connect as connectTcp, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSandboxLimits, type SandboxLimits } from '#src/fleet/contract/sandboxes.ts';
import { newPassword, templateDigest } from '#src/fleet/server/sandboxes/rules.ts';
import { createAuthority, issueKeyPair } from '#src/platform/server/x509.ts';
import { findProcess } from '../programs.ts';
import { PostgresLine } from './postgres-line.ts';
import { Sandboxes } from './sandboxes.ts';
import type { StartSandbox } from './sandbox-record.ts';
import { findPrograms, superuser } from './templates.ts';

const major = [18, 17, 16, 15, 14, 13].find((one) => findPrograms(one) !== undefined) ?? 0;
const isRoot = process.getuid?.() === 0;
const canRun = major > 0;
const initSql = `
  create table herd (id int primary key, name text);
  insert into herd select i, 'calf ' || i from generate_series(1, 1000) i;`;
const template = { name: 'herd', digest: templateDigest(initSql, []) };
const { password, verifier } = newPassword();

let folder = '';
let all: Sandboxes;
const clients: pg.Client[] = [];

beforeAll(async () => {
  if (!canRun) return;
  folder = await mkdtemp(join(tmpdir(), 'elepherd-sbx-'));
  all = await Sandboxes.open(folder);
  await all.prepareTemplate({ pgVersion: major, template, initSql, extensions: [] });
}, 120_000);

afterAll(async () => {
  if (!canRun) return;
  for (const { id } of all.look().sandboxes) await all.destroy(id);
  // One whose server was taken away says so itself; waiting for its farewell would be in vain.
  for (const client of clients) void client.end().catch(() => {});
  await all.close();
  await rm(folder, { recursive: true, force: true });
});

const wishFor = (
  change: Partial<Omit<StartSandbox, 'limits'>> & { limits?: Partial<SandboxLimits> } = {},
): StartSandbox => ({
  id: randomUUID(),
  pgVersion: major,
  template,
  memoryBacked: true,
  address: null,
  passwordVerifier: verifier,
  tls: null,
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  ...change,
  limits: { ...defaultSandboxLimits, ...change.limits },
});

async function start(change: Parameters<typeof wishFor>[0] = {}) {
  const wish = wishFor(change);
  const answer = await all.start(wish);
  if (answer.result !== 'ready') throw new Error(answer.what);
  return { ...answer, id: wish.id, wish };
}

async function enter(port: number, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'sandbox',
    password,
    database: 'sandbox',
    ...options,
  });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
}

const eventually = async (isSo: () => boolean | Promise<boolean>, seconds = 15) => {
  for (const end = Date.now() + seconds * 1000; !(await isSo());) {
    if (Date.now() > end) throw new Error(`not so after ${seconds} s`);
    await sleep(50);
  }
};

const isLive = (id: string) => all.look().sandboxes.some((one) => one.id === id);

describe.runIf(canRun)('a sandbox', () => {
  test('answers with what its template has, to its own role, which owns its database and nothing else', async () => {
    const { port, readyMs, limitsEnforced } = await start();
    const client = await enter(port);
    const { rows } = await client.query(
      `select (select count(*)::int from herd) as calves, current_user as "user", r.rolsuper, r.rolreplication, r.rolbypassrls,
         pg_get_userbyid(d.datdba) as owner, current_setting('temp_file_limit') as temp
       from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`,
    );
    expect(rows).toEqual([
      {
        calves: 1000,
        user: 'sandbox',
        rolsuper: false,
        rolreplication: false,
        rolbypassrls: false,
        owner: 'sandbox',
        temp: '256MB',
      },
    ]);
    expect(readyMs).toBeGreaterThan(0);
    if (isRoot)
      expect(limitsEnforced).toMatchObject({
        network: 'kernel',
        files: 'kernel',
        disk: 'kernel',
        statements: 'watched',
      });
  });

  test('asked for twice is one, two are strangers to one another, and one without its template is not made', async () => {
    const one = await start();
    expect(await all.start(one.wish)).toMatchObject({ result: 'ready', port: one.port });
    const two = await start();
    const [a, b] = [await enter(one.port), await enter(two.port)];
    await a.query('insert into herd values (5000, $1)', ['only here']);
    expect((await b.query('select from herd where id = 5000')).rowCount).toBe(0);
    const missing = { name: 'herd', digest: '0'.repeat(16) };
    expect(await all.start(wishFor({ template: missing }))).toEqual({ result: 'missing', what: 'template' });
    expect(await all.start(wishFor({ pgVersion: 29 }))).toEqual({ result: 'missing', what: 'postgres' });
  });

  test('a wrong password, the superuser and a second user hidden behind the first are refused', async () => {
    const { port } = await start();
    await expect(enter(port, { password: 'wrong' })).rejects.toMatchObject({ code: '28P01' });
    await expect(enter(port, { user: superuser, password: '' })).rejects.toMatchObject({ code: '28000' });
    const parameters = `user\0sandbox\0user\0${superuser}\0database\0postgres\0\0`;
    const head = Buffer.alloc(8);
    head.writeInt32BE(8 + parameters.length, 0);
    head.writeInt32BE(196_608, 4);
    const answer = await new Promise<string>((resolve) => {
      const socket = connectTcp(port, '127.0.0.1', () =>
        socket.write(Buffer.concat([head, Buffer.from(parameters)])),
      );
      let said = '';
      socket.on('data', (chunk) => (said += chunk.toString('latin1')));
      socket.on('close', () => resolve(said));
    });
    expect(answer).toMatch(/^E.*28000/s);
  });

  test('reset gives it back its first contents at the same address with the same password', async () => {
    const { port, id } = await start({ memoryBacked: false });
    const before = await enter(port);
    await before.query('drop table herd');
    await all.reset(id);
    await expect(before.query('select 1')).rejects.toThrow();
    const after = await enter(port);
    expect((await after.query('select count(*)::int as n from herd')).rows).toEqual([{ n: 1000 }]);
    expect(readdirSync(join(folder, id)).sort()).toContain('run');
  });

  test('leaves nothing behind: no process, no folder, no control group, no shared memory, no mount', async () => {
    // Others on this machine run PostgreSQL too; only what belongs to the user of sandboxes counts.
    const uid = all.means.user?.uid ?? process.getuid?.();
    const shared = () => [
      ...readdirSync('/dev/shm').filter(
        (name) => statSync(join('/dev/shm', name), { throwIfNoEntry: false })?.uid === uid,
      ),
      ...readFileSync('/proc/sysvipc/shm', 'utf8')
        .split('\n')
        .filter((line) => Number(line.trim().split(/\s+/)[7]) === uid),
    ];
    const before = shared();
    const { id } = await start({ memoryBacked: false });
    const record = JSON.parse(await readFile(join(folder, id, 'sandbox.json'), 'utf8')) as {
      main: { pid: number };
      groups: string[];
    };
    expect(findProcess(record.main.pid)).toBeDefined();
    await all.destroy(id);
    expect(findProcess(record.main.pid)).toBeUndefined();
    expect(existsSync(join(folder, id))).toBe(false);
    expect(record.groups.filter((group) => existsSync(group))).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(folder);
    expect(shared()).toEqual(before);
    expect(await all.destroy(id)).toEqual({ destroyed: false });
  });

  test('over the network only with TLS, in the old way and in the new', async () => {
    const authority = await createAuthority('test');
    const pair = await issueKeyPair(authority, {
      commonName: 'sandbox',
      names: ['localhost', '127.0.0.1'],
      validMs: 60_000,
      usages: ['server'],
    });
    const { port } = await start({
      address: '127.0.0.1',
      tls: { certificate: pair.certificate, privateKey: pair.key },
    });
    const client = await enter(port, { ssl: { ca: authority.certificate } });
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    const own = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4')?.address;
    if (own)
      await expect(enter(port, { host: own })).rejects.toMatchObject({
        code: '28000',
        message: expect.stringContaining('sslmode=require'),
      });
    const psql = join(findPrograms(major)!, 'psql');
    await writeFile(join(folder, 'ca.pem'), authority.certificate);
    const url = `postgresql://sandbox:${password}@localhost:${port}/sandbox?sslmode=verify-full&sslrootcert=${join(folder, 'ca.pem')}`;
    // Not the synchronous form: the door is in this very process.
    const answer = promisify(execFile)(psql, [url, '-Atc', 'select 42']);
    expect((await answer).stdout).toBe('42\n');
    const wrong = await createAuthority('other');
    await writeFile(join(folder, 'ca.pem'), wrong.certificate);
    await expect(promisify(execFile)(psql, [url, '-Atc', 'select 42'])).rejects.toThrow(
      /certificate verify failed/,
    );
  });
});

describe.runIf(canRun)('from SQL there is no way out', () => {
  let port = 0;
  let client: pg.Client;
  beforeAll(async () => {
    ({ port } = await start({ limits: { memoryMb: 128, diskMb: 128, connections: 5, statementSeconds: 2 } }));
    client = await enter(port);
  });

  test.each([
    ['a program', `copy herd from program 'id'`, '42501'],
    ['writing a file', `copy herd to '/tmp/out'`, '42501'],
    ['reading a file', `copy herd from '/etc/passwd'`, '42501'],
    ['pg_read_file', `select pg_read_file('/etc/passwd')`, '42501'],
    ['pg_read_binary_file', `select pg_read_binary_file('postgresql.conf')`, '42501'],
    ['pg_ls_dir', `select pg_ls_dir('/')`, '42501'],
    ['pg_stat_file', `select pg_stat_file('/etc/passwd')`, '42501'],
    ['lo_import', `select lo_import('/etc/passwd')`, '42501'],
    ['lo_export', `select lo_export(1, '/tmp/out')`, '42501'],
    ['dblink', 'create extension dblink', '42501'],
    ['postgres_fdw', 'create extension postgres_fdw', '42501'],
    ['file_fdw', 'create extension file_fdw', '42501'],
    [
      'a function in C',
      `create function f() returns int language c as '/lib/x86_64-linux-gnu/libc.so.6', 'getpid'`,
      '42501',
    ],
    ['alter system', `alter system set log_min_messages = 'debug5'`, '42501'],
    ['a setting for the whole server', `set temp_file_limit = -1`, '42501'],
    ['hiding from the watch', `set track_activities = off`, '42501'],
    ['a tablespace', `create tablespace t location '/tmp'`, '42501'],
    ['becoming the superuser', `set role ${superuser}`, '42501'],
    ['a superuser of its own', 'create role boss superuser', '42501'],
    ['a right to programs', `grant pg_execute_server_program to sandbox`, '42501'],
    ['a right to files', `grant pg_read_server_files to sandbox`, '42501'],
    ['passwords of others', 'select rolpassword from pg_authid', '42501'],
    ['loading a library', `load '/lib/x86_64-linux-gnu/libc.so.6'`, '42501'],
    ['its own wal', `select pg_switch_wal()`, '42501'],
  ])('%s', async (_, sql, code) => {
    await expect(client.query(sql)).rejects.toMatchObject({ code });
  });

  test('ending the session that keeps watch', async () => {
    const watch = `from pg_stat_activity where usesysid = 10`;
    await eventually(async () => (await client.query(`select ${watch}`)).rowCount === 1);
    await expect(client.query(`select pg_terminate_backend(pid) ${watch}`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('the database of the superuser stays closed', async () => {
    await expect(enter(port, { database: 'postgres' })).rejects.toMatchObject({ code: '42501' });
  });

  test.runIf(isRoot)(
    'even with a superuser inside: no file, no program, no network, no neighbour, no host',
    async () => {
      const { id, port: mine } = await start();
      const secret = join(folder, 'secret');
      await writeFile(secret, 'the host\n', { mode: 0o644 });
      const listener = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => listener.once('listening', resolve));
      const address = listener.address() as { port: number };
      const sql = async (text: string) => {
        const { password: its } = JSON.parse(
          await readFile(
            join(folder, 'templates', `${major}-herd-${template.digest}`, 'template.json'),
            'utf8',
          ),
        ) as { password: string };
        const line = await PostgresLine.open({
          socketPath: join(folder, id, 'run', '.s.PGSQL.5432'),
          user: superuser,
          password: its,
          database: 'sandbox',
        });
        try {
          return await line.query(text);
        } finally {
          line.close();
        }
      };
      await sql('create table heard (line text)');
      const told = async (program: string) => {
        await sql(
          `truncate heard; copy heard from program '(${program.replaceAll("'", "''")}) 2>&1 || true' (format csv, delimiter e'\\x01', quote e'\\x02')`,
        );
        return (await sql('select line from heard')).map((row) => row['line']).join('\n');
      };
      // Negative control: the superuser does run programs, so what follows is kept by the walls alone.
      expect(await told('id -u')).toBe(String(all.means.user?.uid));
      expect(await told(`cat ${secret}`)).toContain('No such file');
      expect(await told('ls /home /root /var /opt')).toContain('cannot access');
      expect(await told('ls /data/../../..')).not.toContain('home');
      expect((await told('ls -d /proc/[0-9]*')).split('\n').length).toBeLessThan(20);
      expect(await told('cat /proc/net/dev')).not.toMatch(/eth|ens|veth/);
      expect(await told(`bash -c 'echo hello > /dev/tcp/127.0.0.1/${address.port}'`)).toMatch(
        /refused|unreachable/i,
      );
      expect(await told(`bash -c 'echo hello > /dev/tcp/127.0.0.1/${mine}'`)).toMatch(/refused|unreachable/i);
      expect(await told('touch /usr/bin/mine /etc/mine /mine')).toMatch(
        /(Read-only|Permission).*(Read-only|Permission).*(Read-only|Permission)/s,
      );
      expect(await told('mount -t tmpfs none /tmp')).toMatch(/must be superuser|permission denied/i);
      expect(await told('su -c id')).not.toMatch(/uid=0/);
      expect(await told('grep -E "^(CapEff|CapBnd|NoNewPrivs)" /proc/self/status')).toMatch(
        /CapEff:\s+0+\nCapBnd:\s+0+\nNoNewPrivs:\s+1/,
      );
      expect(await told('ls /data/../disk')).toMatch(/Permission denied/);
      listener.close();
    },
  );
});

describe.runIf(canRun)('limits hold', () => {
  test('statements end on time, also for whoever lifts the limit and catches every error', async () => {
    const { port } = await start({ limits: { statementSeconds: 2 } });
    const client = await enter(port);
    await expect(client.query('select pg_sleep(30)')).rejects.toMatchObject({ code: '57014' });
    await client.query('set statement_timeout = 0');
    const began = Date.now();
    await expect(
      client.query(
        `do $$ begin loop begin perform pg_sleep(30); exception when query_canceled or others then null; end; end loop; end $$`,
      ),
    ).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(8000);
    const next = await enter(port);
    expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('a bomb of connections meets a polite refusal, and the agent still gets in', async () => {
    const { port, id } = await start({ limits: { connections: 4, statementSeconds: 2 } });
    const tries = await Promise.allSettled(Array.from({ length: 60 }, () => enter(port)));
    const inside = tries.filter((one) => one.status === 'fulfilled');
    expect(inside.length).toBeLessThanOrEqual(4);
    expect(inside.length).toBeGreaterThan(0);
    const refused = tries.flatMap((one) =>
      one.status === 'rejected' ? [String((one.reason as { code?: string }).code)] : [],
    );
    expect(refused).toContain('53300');
    // The watch is one of ours: it must find a place.
    const [first] = inside.map((one) => one.value);
    await first!.query('set statement_timeout = 0');
    await expect(first!.query('select pg_sleep(20)')).rejects.toThrow();
    expect(isLive(id)).toBe(true);
  });

  test('ten gigabytes of temporary files stop at the limit', async () => {
    const { port, id } = await start({ limits: { diskMb: 128, statementSeconds: 60 } });
    const client = await enter(port);
    await client.query(`set work_mem = '64kB'`);
    await expect(
      client.query(
        `select count(*) from (select repeat(md5(i::text), 30) as t from generate_series(1, 10000000) i order by t) s`,
      ),
    ).rejects.toMatchObject({ code: '53400' });
    expect(isLive(id)).toBe(true);
  });

  test.each(isRoot ? [true, false] : [true])(
    'a table that never ends stops at the disk limit (in memory: %s)',
    async (memoryBacked) => {
      const { port, id } = await start({ memoryBacked, limits: { diskMb: 64, statementSeconds: 60 } });
      const client = await enter(port);
      await expect(
        client.query(
          `create table big as select repeat(md5(i::text), 30) as t from generate_series(1, 3000000) i`,
        ),
      ).rejects.toThrow();
      const { bavail, bsize } = await statfs(folder);
      expect(bavail * bsize).toBeGreaterThan(0);
      // It either lives on within its limit, or was ended for it; it never takes more.
      if (isLive(id))
        await eventually(
          async () =>
            !isLive(id) ||
            (await enter(port).then(
              () => true,
              () => false,
            )),
        );
      else expect(all.look().ended).toContainEqual({ id, reason: 'disk' });
    },
  );

  test.runIf(isRoot)('huge memory ends the statement, not the machine', async () => {
    const { port, id, limitsEnforced } = await start({
      limits: { memoryMb: 128, diskMb: 64, statementSeconds: 60 },
    });
    if (limitsEnforced.memory !== 'kernel') return;
    const client = await enter(port);
    await client.query(`set work_mem = '10GB'; set hash_mem_multiplier = 100`);
    await expect(
      client.query(
        `select length(array_to_string(array_agg(repeat(md5(i::text), 20)), '')) from generate_series(1, 1500000) i`,
      ),
    ).rejects.toThrow();
    // PostgreSQL recovers by itself: the same data, the same address.
    await eventually(
      async () =>
        (
          await enter(port).then(
            (again) => again.query('select from herd limit 1'),
            () => ({ rowCount: 0 }),
          )
        ).rowCount === 1,
    );
    expect(isLive(id)).toBe(true);
  });

  test.runIf(isRoot)('a tenth of a core is a tenth of a core', async () => {
    const { port, id, limitsEnforced } = await start({ limits: { cpuCores: 0.2 } });
    if (limitsEnforced.cpu !== 'kernel') return;
    const record = JSON.parse(await readFile(join(folder, id, 'sandbox.json'), 'utf8')) as {
      groups: string[];
    };
    const client = await enter(port);
    const group = record.groups.find((one) => existsSync(join(one, 'cpu.stat')))!;
    const throttled = () =>
      Number(/nr_throttled (\d+)/.exec(readFileSync(join(group, 'cpu.stat'), 'utf8'))?.[1]);
    const before = throttled();
    // On a busy machine it gets too little even for that at times.
    await eventually(async () => {
      await client.query('select count(*) from generate_series(1, 2000000)');
      return throttled() > before;
    });
  });
});

describe.runIf(canRun)('time', () => {
  test('a sandbox ends on time without any server, and later when that was wished', async () => {
    const soon = new Date(Date.now() + 2500).toISOString();
    const [short, long] = [await start({ expiresAt: soon }), await start({ expiresAt: soon })];
    await all.extend(long.id, new Date(Date.now() + 600_000).toISOString());
    await eventually(() => !isLive(short.id));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(soon));
    await eventually(() => !existsSync(join(folder, short.id)));
    await expect(enter(short.port)).rejects.toThrow();
    await enter(long.port);
    await expect(all.extend(short.id, soon)).rejects.toThrow(/no such sandbox/);
  });

  test('one whose PostgreSQL is killed is swept, and said to have ended', async () => {
    const { id } = await start({ memoryBacked: false });
    const record = JSON.parse(await readFile(join(folder, id, 'sandbox.json'), 'utf8')) as {
      main: { pid: number };
    };
    process.kill(record.main.pid, 'SIGKILL');
    await eventually(() => !isLive(id) && !existsSync(join(folder, id)));
    await eventually(() => all.look().ended.some((one) => one.id === id && one.reason === 'stopped'));
  });

  test('another agent takes over what runs, ends what is past its time, and sweeps what is half-made', async () => {
    const kept = await start({ memoryBacked: false });
    const dead = await start();
    const pidOf = async (id: string) =>
      (JSON.parse(await readFile(join(folder, id, 'sandbox.json'), 'utf8')) as { main: { pid: number } }).main
        .pid;
    const deadPid = await pidOf(dead.id);
    const client = await enter(kept.port);
    await client.query('create table mine (id int)');
    const lateEndsAt = Date.now() + 5000;
    const late = await start({ expiresAt: new Date(lateEndsAt).toISOString() });
    const latePid = await pidOf(late.id);
    await all.close();
    process.kill(deadPid, 'SIGKILL');
    // What an agent that was killed while it made one leaves: a folder without a record, and a process that names it.
    const half = join(folder, randomUUID());
    await mkdir(half);
    const orphan = spawn('sleep', ['60'], { env: { BOX: half }, stdio: 'ignore' });
    await sleep(lateEndsAt + 100 - Date.now());

    all = await Sandboxes.open(folder);
    expect(all.look().sandboxes.map((one) => one.id)).toContain(kept.id);
    const again = await enter(kept.port);
    expect((await again.query('select count(*)::int as n from mine')).rows).toEqual([{ n: 0 }]);
    for (const { id } of [late, dead]) {
      expect(isLive(id)).toBe(false);
      expect(existsSync(join(folder, id))).toBe(false);
    }
    expect(findProcess(latePid)).toBeUndefined();
    expect(all.look().ended).toContainEqual({ id: dead.id, reason: 'stopped' });
    expect(all.look().ended.some((one) => one.id === late.id)).toBe(false);
    expect(existsSync(half)).toBe(false);
    await eventually(() => orphan.signalCode === 'SIGKILL');
    await all.reset(kept.id);
    expect((await (await enter(kept.port)).query(`select to_regclass('mine') as t`)).rows).toEqual([
      { t: null },
    ]);
  });
});

describe.runIf(canRun)('a template', () => {
  test('whose script fails, or tries to get out, says why and leaves nothing', async () => {
    const make = (sql: string) =>
      all.prepareTemplate({
        pgVersion: major,
        template: { name: 'bad', digest: templateDigest(sql, []) },
        initSql: sql,
        extensions: [],
      });
    await expect(make('create table a (b nonsense)')).rejects.toThrow(/type "nonsense" does not exist/);
    await expect(make(`copy pg_class to program 'id'`)).rejects.toThrow(/pg_execute_server_program/);
    await expect(make(`create role r superuser`)).rejects.toThrow(/superuser/);
    expect(readdirSync(join(folder, 'templates')).filter((name) => name.includes('bad'))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.make'))).toEqual([]);
  }, 120_000);

  test('may have extensions, and is made once', async () => {
    const extensions = ['pg_stat_statements', 'hstore'] as const;
    const order = {
      pgVersion: major,
      template: { name: 'ext', digest: templateDigest('', extensions) },
      initSql: '',
      extensions: [...extensions],
    };
    expect(await Promise.all([all.prepareTemplate(order), all.prepareTemplate(order)])).toEqual([
      { made: true },
      { made: false },
    ]);
    const { port } = await start({ template: order.template });
    const client = await enter(port);
    expect((await client.query(`select count(*)::int > 0 as some from pg_stat_statements`)).rows).toEqual([
      { some: true },
    ]);
    expect((await client.query(`select ('a=>1'::hstore -> 'a') as a`)).rows).toEqual([{ a: '1' }]);
  });
});
