// Over 300 lines: measuring is proved as one thing, on one PostgreSQL.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MetricsBatch } from '#src/fleet/contract/metrics.ts';
import { forceLabels } from '#src/fleet/server/metrics/lines.rules.ts';
import { findUser } from '../programs.ts';
import { Collector } from './collector.ts';
import { readHostFigures } from './host-figures.ts';
import { settingFigure } from './postgres-probes.ts';
import { ProbeBook } from './probe-book.ts';
import type { KnownService } from '../services/service-keeper.ts';
import { LineBroken, PsqlLine } from './psql-line.ts';
import { backupFigures, linesOf, patroniNames } from './scrapes.ts';
import { Sheet } from './sheet.ts';
import { Statements, withoutLiterals } from './statements.ts';
import { parsePostgres, PostgresTarget } from './targets.ts';

const root = '/usr/lib/postgresql';
const major = Math.max(0, ...(existsSync(root) ? readdirSync(root).map(Number).filter(Boolean) : []));
const bin = `${root}/${major}/bin`;
const user = process.getuid?.() === 0 ? findUser('postgres') : undefined;

describe.skipIf(!existsSync(`${bin}/initdb`) || (process.getuid?.() === 0 && !user))('PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elepherd-measuring-'));
  const port = 5432;
  const place = { psql: `${bin}/psql`, socketDirectory: folder, port };
  const run = (program: string, args: string[], input = '') =>
    execFileSync(program, args, {
      cwd: folder,
      input,
      env: { PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C.UTF-8' },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
  const psql = (sql: string, database = 'app') =>
    run(`${bin}/psql`, ['-XqAt', '-h', folder, '-U', 'postgres', '-d', database, '-f', '-'], sql).toString();

  beforeAll(() => {
    chmodSync(folder, 0o755);
    if (user) chownSync(folder, user.uid, user.gid);
    run(`${bin}/initdb`, ['--pgdata=data', '--auth=trust', '--username=postgres', '--no-sync']);
    writeFileSync(
      join(folder, 'data/postgresql.conf'),
      `unix_socket_directories = '${folder}'\nlisten_addresses = ''\nfsync = off\nshared_preload_libraries = 'pg_stat_statements'\n`,
    );
    run(`${bin}/pg_ctl`, ['--pgdata=data', '--log=log', '--wait', 'start']);
    psql('create database app', 'postgres');
    psql(`create extension pg_stat_statements; create table orders as select n as id, n::text as note from generate_series(1, 2000) n;
      create index on orders (id); create table "odd ""name\n},org=""x" (id int); analyze;`);
  }, 60_000);
  afterAll(() => {
    run(`${bin}/pg_ctl`, ['--pgdata=data', '--mode=immediate', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  });

  test('one session answers under the names of postgres_exporter, reads only, and sees nobody’s rows', async () => {
    const line = new PsqlLine({ ...place, database: 'app' });
    try {
      expect(await line.query("select 'a', null, E'b\\n|c'", 2)).toEqual([['a', null, 'b\n|c']]);
      expect(await line.query('select 1 where false', 2)).toEqual([]);
      await expect(line.query('create table x ()', 2)).rejects.toThrow(/read-only/);
      await expect(line.query('select * from public.orders', 2)).rejects.toThrow(/permission denied/);
      await expect(line.query('select pg_sleep(9)', 0.2)).rejects.toThrow(/statement timeout/);
      expect(await line.query('select 1', 2)).toEqual([['1']]);
    } finally {
      line.close();
    }
  });

  test('a session that was closed opens no other for a look that was under way', async () => {
    const line = new PsqlLine({ ...place, database: 'app' });
    await line.query('select 1', 2);
    line.close();
    await expect(line.connect('postgres', 2)).rejects.toThrow(LineBroken);
    await expect(line.query('select 1', 2)).rejects.toThrow('closed');
  });

  test('a server that hangs holds a probe no longer than its time, and the next session answers', async () => {
    const line = new PsqlLine({ ...place, database: 'postgres' });
    try {
      const pid = Number((await line.query('select pg_backend_pid()', 2))[0]![0]);
      process.kill(pid, 'SIGSTOP');
      try {
        const from = performance.now();
        await expect(line.query('select 1', 0.3)).rejects.toThrow(LineBroken);
        expect(performance.now() - from).toBeLessThan(3000);
        expect(await line.query('select 2', 2)).toEqual([['2']]);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
    } finally {
      line.close();
    }
  });

  test('a round tells of the server, a visit of its tables and statements; a lock held by somebody holds up nothing', async () => {
    let now = 1_000_000;
    const target = new PostgresTarget('orders-1', place, () => now);
    const sheets = [new Sheet(), new Sheet(), new Sheet()] as const;
    const holder = new PsqlLine({ ...place, database: 'app' });
    try {
      await holder.query('reset role', 2);
      await holder.query('begin read write', 2);
      await holder.query('lock table public.orders in access exclusive mode', 2);
      await target.collect(sheets[0]);
      await target.visit(sheets[1]);
      await holder.query('rollback', 2);
      for (let i = 0; i < 7; i++) psql("select count(*) from orders where note = 'secret'");
      now += 60_000;
      const texts = await target.visit(sheets[2]);
      const [round, first, second] = sheets.map((sheet) => sheet.text.split('\n'));
      const all = [...round!, ...first!, ...second!];
      expect(all.filter((one) => /^elepherd_probe_success.* 0$/.test(one))).toEqual([]);
      for (const expected of [
        /^up\{job="postgres"\} 1$/,
        /^pg_up 1$/,
        /^pg_static\{short_version="\d+/,
        /^pg_stat_database_xact_commit\{datid="\d+",datname="app"\} \d+$/,
        /^pg_stat_activity_count\{datname="app",state="active"\} \d+$/,
        /^pg_locks_count\{datname="app",mode="accessexclusivelock"\} [1-9]/,
        /^pg_stat_bgwriter_checkpoints_timed_total \d+$/,
        /^pg_settings_shared_buffers_bytes \d+$/,
        /^pg_replication_is_replica 0$/,
        /^pg_stat_user_tables_n_tup_ins\{datname="app",schemaname="public",relname="orders"\} 2000$/,
        /^pg_table_size_bytes\{datname="app",schemaname="public",relname="orders"\} [1-9]/,
        /^pg_table_bloat_bytes\{datname="app",schemaname="public",relname="orders"\} \d+$/,
      ]) {
        expect(
          all.some((one) => expected.test(one)),
          `${String(expected)}\n${all.filter((one) => one.includes('orders')).join('\n')}`,
        ).toBe(true);
      }
      // Whatever a table is called, each figure is one line that the server takes; and it stays the table's.
      const labels = { org: 'o', host_id: 'h', host: 'n' };
      const kept = forceLabels(all.join('\n'), labels, 1);
      expect(kept).toHaveLength(all.length);
      expect(kept.some((one) => one.includes('relname="odd \\"name\\n},org=\\"x"'))).toBe(true);
      const found = texts.find(({ text }) => text.includes('from orders where note'));
      expect(found?.text).toBe('select count(*) from orders where note = $1');
      expect(
        second!.some(
          (one) => one.startsWith(`elepherd_query_calls{queryid="${found!.queryId}"`) && one.endsWith(' 7'),
        ),
      ).toBe(true);
    } finally {
      holder.close();
      target.close();
    }
  }, 30_000);

  test('no session is held open for a server that keeps no figures', async () => {
    const file = join(folder, 'patroni.yml');
    writeFileSync(
      file,
      `postgresql:\n  listen: 127.0.0.1:${port}\n  bin_dir: ${bin}\n  parameters:\n    unix_socket_directories: ${folder}\n`,
    );
    const service = {
      name: 'patroni-sample',
      program: 'patroni',
      args: [file],
      files: [],
      wished: 'running',
    };
    let isKeeping = true;
    const collector = new Collector({
      services: { list: () => [service as unknown as KnownService] },
      certificate: () => undefined,
      log: () => {},
      everySeconds: 0.2,
      send: async () => ({ keeps: isKeeping }),
    });
    const sessions = () =>
      psql("select count(*) from pg_stat_activity where application_name = 'elepherd metrics'").trim();
    collector.start();
    try {
      await expect.poll(sessions).not.toBe('0');
      isKeeping = false;
      await expect.poll(sessions).toBe('0');
    } finally {
      collector.stop();
    }
  });

  test('a database can be dropped while it is measured', async () => {
    const target = new PostgresTarget('orders-1', place);
    try {
      psql('create database gone', 'postgres');
      await target.visit(new Sheet());
      psql('drop database gone', 'postgres');
      expect(psql("select count(*) from pg_database where datname = 'gone'", 'postgres').trim()).toBe('0');
    } finally {
      target.close();
    }
  });
});

test('a probe that hangs is given up in its time, does not hold the others, and is not asked at once again', async () => {
  let now = 0;
  const book = new ProbeBook('test', () => now);
  const sheet = new Sheet();
  let asked = 0;
  const hang = () => {
    asked++;
    return new Promise<void>(() => {});
  };
  const slow = { name: 'slow', everySeconds: 15, timeoutSeconds: 0.05 };
  const quick = { name: 'quick', everySeconds: 15, timeoutSeconds: 1 };
  const ends = await Promise.all([
    book.probe(sheet, slow, hang),
    book.probe(sheet, quick, (found) => found.add('x', 1)),
  ]);
  expect(ends).toEqual([false, true]);
  expect(sheet.text).toContain('elepherd_probe_success{job="test",probe="slow"} 0');
  expect(sheet.text).toMatch(/^x 1$/m);
  for (let round = 1; round <= 4; round++) {
    now += 15_000;
    expect(await book.probe(new Sheet(), slow, hang)).toBe(false);
  }
  // It never came back, so nothing new was begun beside it.
  expect(asked).toBe(1);
});

test('while the server is away batches wait, the oldest go first, and nothing is sent to one that keeps none', async () => {
  const taken: MetricsBatch[] = [];
  let isAway = true;
  const collector = new Collector({
    services: { list: () => [] },
    certificate: () => undefined,
    log: () => {},
    everySeconds: 0.2,
    send: async (bytes) => {
      if (isAway) throw new Error('away');
      taken.push(MetricsBatch.parse(JSON.parse(gunzipSync(bytes).toString())));
      return { keeps: taken.length < 3 };
    },
  });
  collector.start();
  try {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(taken).toEqual([]);
    isAway = false;
    await expect.poll(() => taken.length, { timeout: 5000 }).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(taken).toHaveLength(3);
    const times = taken.map(({ groups }) => groups[0]!.atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(taken[0]!.groups[0]!.text).toContain('node_memory_MemTotal_bytes ');
  } finally {
    collector.stop();
  }
});

test('statements: the expensive by name, the rest as one, resets seen, names bounded', () => {
  const statements = new Statements();
  const rows = (many: number, calls: number) =>
    Array.from({ length: many }, (_, at) => [
      String(at),
      'app',
      'app',
      String(calls * (many - at)),
      String(calls),
      '0',
      '0',
      '0',
    ]);
  expect(statements.note(rows(50, 1), new Sheet())).toEqual([]);
  const sheet = new Sheet();
  const named = statements.note(rows(50, 3), sheet);
  expect(named).toHaveLength(20);
  expect(named[0]).toBe('0');
  expect(sheet.text).toContain('elepherd_query_seconds{queryid="0",datname="app",usename="app"} 100');
  expect(sheet.text).toContain('elepherd_query_calls{queryid="other",datname="",usename=""} 60');
  const reset = new Sheet();
  statements.note(rows(1, 1), reset);
  expect(reset.text).toContain('elepherd_query_calls{queryid="0",datname="app",usename="app"} 1');
  // Statements that are new all the time: after a day's share of names they are counted, not named.
  for (let round = 1; round < 40; round++) {
    const fresh = Array.from({ length: 20 }, (_, at) => [
      `9${round}0${at}`,
      'a',
      'b',
      '1',
      '1',
      '0',
      '0',
      '0',
    ]);
    const last = new Sheet();
    statements.note(fresh, last);
    if (round === 39)
      expect(last.text).toBe(
        'elepherd_query_seconds{queryid="other",datname="",usename=""} 20\nelepherd_query_calls{queryid="other",datname="",usename=""} 20\nelepherd_query_rows{queryid="other",datname="",usename=""} 0\nelepherd_query_blocks_hit{queryid="other",datname="",usename=""} 0\nelepherd_query_blocks_read{queryid="other",datname="",usename=""} 0',
      );
  }
});

test('nothing that people wrote into a statement leaves the host', () => {
  expect(withoutLiterals("alter role x password 'it''s secret' -- why\n valid until E'a\\'b'")).toBe(
    'alter role x password ? valid until ?',
  );
  expect(withoutLiterals('select $1, 42, 4.5e-3, t1.c2 /* pin 1234 */ from t1 where a = $tag$ x $tag$')).toBe(
    'select $1, ?, ?, t1.c2 from t1 where a = ?',
  );
  expect(withoutLiterals("set x = 'never closed")).toBe('set x = ?');
});

test('settings come in bytes and seconds, as postgres_exporter has them', () => {
  expect(settingFigure(['shared_buffers', '16384', '8kB', 'integer'])).toEqual({
    name: 'pg_settings_shared_buffers_bytes',
    value: 134_217_728,
  });
  expect(settingFigure(['checkpoint_timeout', '300', 's', 'integer'])?.value).toBe(300);
  expect(settingFigure(['statement_timeout', '1500', 'ms', 'integer'])).toEqual({
    name: 'pg_settings_statement_timeout_seconds',
    value: 1.5,
  });
  expect(settingFigure(['auto_explain.log', 'on', '', 'bool'])).toEqual({
    name: 'pg_settings_auto_explain_log',
    value: 1,
  });
  expect(settingFigure(['log_min_duration_statement', '-1', 'ms', 'integer'])?.value).toBe(-1);
});

test('what other programs say of themselves is taken by name', () => {
  const page =
    '# HELP x y\npatroni_primary{scope="a",name="b"} 1\nprocess_cpu 3\npatroni_version{scope="a"} 040007 17\n';
  expect(linesOf(page, patroniNames)).toEqual([
    'patroni_primary{scope="a",name="b"} 1',
    'patroni_version{scope="a"} 040007',
  ]);
  const info = [
    {
      name: 'orders-1',
      status: { code: 0 },
      repo: [{ key: 1, status: { code: 0 } }],
      backup: [
        { type: 'full', error: false, timestamp: { stop: 1000 }, info: { size: 5 } },
        { type: 'incr', error: true, timestamp: { stop: 1500 }, info: { size: 6 } },
      ],
    },
  ];
  const lines = backupFigures(JSON.stringify(info), 2000);
  expect(lines).toContain(
    'pgbackrest_backup_since_last_completion_seconds{stanza="orders-1",backup_type="full"} 1000',
  );
  expect(lines).toContain(
    'pgbackrest_backup_since_last_completion_seconds{stanza="orders-1",backup_type="incr"} 500',
  );
  expect(lines).toContain('pgbackrest_backup_last_error_status{stanza="orders-1",backup_type="incr"} 1');
  expect(lines).toContain('pgbackrest_repo_status{stanza="orders-1",repo_key="1"} 0');
});

test('a machine is told of as node_exporter does', () => {
  const sheet = new Sheet();
  readHostFigures(sheet);
  const total = Number(/^MemTotal:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;
  expect(sheet.text).toContain(`node_memory_MemTotal_bytes ${total}`);
  expect(sheet.text).toMatch(/^node_cpu_seconds_total\{cpu="0",mode="idle"\} [\d.]+$/m);
  expect(sheet.text).toMatch(/^node_boot_time_seconds \d{10}$/m);
  expect(sheet.text).not.toContain('device="lo"');
});

test('where PostgreSQL listens stands in Patroni’s file', () => {
  const yaml = `scope: "a"\nrestapi:\n  listen: "0.0.0.0:8008"\npostgresql:\n  listen: "*:5433"\n  bin_dir: "/usr/lib/postgresql/17/bin"\n  parameters:\n    unix_socket_directories: "/var/run/postgresql"\ntags: {}\n`;
  expect(parsePostgres(yaml)).toEqual({
    psql: '/usr/lib/postgresql/17/bin/psql',
    socketDirectory: '/var/run/postgresql',
    port: 5433,
  });
});
