// Over 300 lines: every trouble that can be made on one machine, each measured by the agent's own probes.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerLogs } from '#src/fleet/agent/activity/server-logs.ts';
import { Collector } from '#src/fleet/agent/metrics/collector.ts';
import { readFileSystems, readHostFigures } from '#src/fleet/agent/metrics/host-figures.ts';
import { PsqlLine } from '#src/fleet/agent/metrics/psql-line.ts';
import { certificateFigure } from '#src/fleet/agent/metrics/scrapes.ts';
import { Sheet } from '#src/fleet/agent/metrics/sheet.ts';
import { findUser } from '#src/fleet/agent/programs.ts';
import type { ShippedKey } from '#src/fleet/contract/shipped-alerts.text.ts';
import { forceLabels } from '#src/fleet/server/metrics/lines.rules.ts';
import {
  flush,
  hasEngine,
  replay,
  rulesFolder,
  startTestStore,
  type TestStore,
} from '#tests/support/alert-engine.ts';
import { asPostgres, bin, canScratch, ScratchServer } from '#tests/support/scratch-server.ts';
import { ruleFile, type Choice } from './files.rules.ts';
import { shippedRules } from './shipped.rules.ts';

/** What an agent said, and for how many minutes before the end it goes on saying so. */
type Said = { sinceMinutes: number; text: string };
const minutes = 8 * 60;
const end = Math.floor(Date.now() / 60_000) * 60;
const org = randomUUID();
/** Of the machine whose memory is taken: how little is little is its own to say, and nobody else's trouble. */
const crowdedOrg = randomUUID();

/** What takes hours in life is asked for at once, as an organisation may: nothing else of the rules is changed. */
const sooner: Record<string, number> = {
  'long-transaction': 0.01,
  'idle-in-transaction': 0.01,
  'lock-queue': 0.5,
  'archive-stale': 0,
  'replication-lag-seconds': 1,
};
const choice = (rule: string, threshold: number): Choice => ({
  rule,
  threshold,
  enabled: true,
  severity: null,
  forSeconds: null,
});
const choices = Object.entries(sooner).map(([rule, threshold]) => choice(rule, threshold));

const judged = new Set(
  Object.values(shippedRules).flatMap(
    (rule) => rule.expression?.(0).match(/[a-z]+_[a-zA-Z_]{3,}|\bup\b/g) ?? [],
  ),
);
const isJudged = (line: string) =>
  judged.has(/^\w+/.exec(line)?.[0] ?? '') || line.startsWith('pg_database_wraparound_age_');

/** Figures of one host or server over eight hours: what it said at a time holds until it said something else. */
function linesOf(name: string, course: readonly Said[]): string[] {
  const whose = name === 'crowded' ? crowdedOrg : org;
  const labels = { org: whose, host_id: name, host: name, cluster_id: name, cluster: name, member: name };
  const sorted = course.toSorted((a, b) => b.sinceMinutes - a.sinceMinutes);
  const texts = sorted.map(({ text }) => text.split('\n').filter(isJudged).join('\n'));
  const lines: string[] = [];
  for (let before = minutes; before >= 0; before--) {
    const at = sorted.findLastIndex(({ sinceMinutes }) => sinceMinutes >= before);
    if (at >= 0) lines.push(...forceLabels(texts[at] ?? '', labels, (end - before * 60) * 1000));
  }
  return lines;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 600) throw new Error(`it never came: ${isSo.toString()}`);
    await sleep(100);
  }
}

const host = () => {
  const sheet = new Sheet();
  readHostFigures(sheet);
  // One look at the processors says nothing of how busy they are.
  return sheet.text.replaceAll(/^node_cpu_seconds_total.*\n/gm, '');
};
const processors = () => {
  const sheet = new Sheet();
  readHostFigures(sheet);
  return sheet.text;
};

describe.skipIf(!canScratch || !hasEngine || !existsSync('/dev/loop-control'))('trouble that is real', () => {
  const folder = canScratch ? mkdtempSync('/srv/elepherd-trouble-') : '';
  const disk = (name: string) => join(folder, `disk-${name}`);
  const mounted: string[] = [];
  const servers: ScratchServer[] = [];
  const courses = new Map<string, Said[]>();
  const fired = new Map<string, string[]>();
  let store: TestStore;
  let measured: Promise<void>;
  /** Percent of the memory: between what was free before and what was left. */
  let littleMemory = 0;

  const say = (name: string, sinceMinutes: number, text: string) =>
    courses.set(name, [...(courses.get(name) ?? []), { sinceMinutes, text }]);
  const serve = (name: string, port: number, settings: readonly string[], place = folder) => {
    const server = new ScratchServer(place, name, port);
    servers.push(server);
    server.init(settings);
    server.start();
    return server;
  };
  const mount = (name: string, bytes: number, ...options: string[]) => {
    const [file, at] = [join(folder, `${name}.img`), disk(name)];
    execFileSync('truncate', ['-s', String(bytes), file]);
    execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', ...options, file]);
    mkdirSync(at);
    execFileSync('mount', ['-o', 'loop', file, at]);
    mounted.push(at);
    return at;
  };
  /** What the agent says of one mounted disk. */
  const room = async (at: string) => {
    const sheet = new Sheet();
    await readFileSystems(sheet, 20);
    return sheet.text
      .split('\n')
      .filter((line) => line.includes(`mountpoint="${at}"`))
      .join('\n');
  };

  /** A primary with every trouble that applications and people make, and its replica. */
  async function sickServer(): Promise<void> {
    const place = mount('pg', 6e9);
    const user = findUser('postgres')!;
    chownSync(place, user.uid, user.gid);
    const sick = serve(
      'sick',
      6001,
      [
        'max_connections = 30',
        "archive_mode = on\narchive_command = '/bin/true'",
        'max_wal_size = 64MB\nmin_wal_size = 32MB',
        'max_slot_wal_keep_size = 32MB',
        'checkpoint_timeout = 1h',
      ],
      place,
    );
    sick.psql('create table orders as select n from generate_series(1, 1000) n; select pg_switch_wal()');
    sick.psql("select pg_create_physical_replication_slot('lost_one', true)");
    await sleep(1500);
    say('sick', minutes, `${await sick.measure()}\n${await room(place)}`);
    const write = (times: number) =>
      sick.psql(
        Array.from({ length: times }, () => 'insert into orders values (1); select pg_switch_wal();').join(
          '\n',
        ),
      );
    write(5);
    sick.psql('checkpoint');
    // From here on a slot keeps all WAL, so that the replica finds what it has not had yet.
    sick.psql(
      "alter system set max_slot_wal_keep_size = -1; alter system set archive_command = '/bin/false'; select pg_reload_conf()",
    );
    sick.psql("select pg_create_physical_replication_slot('forgotten', true)");
    const replica = new ScratchServer(place, 'replica', 6002);
    servers.push(replica);
    asPostgres(place, [
      `${bin}/pg_basebackup`,
      '--pgdata=replica',
      '--checkpoint=fast',
      `--host=${place}`,
      '--port=6001',
      '--username=postgres',
      '--write-recovery-conf',
    ]);
    replica.configure([]);
    replica.start();
    sick.psql('insert into orders values (0)');
    await until(() => replica.psql('select count(*) from orders') === '1006');
    say('replica', minutes, await replica.measure());
    replica.psql('select pg_wal_replay_pause()');
    await sleep(1000);
    // Nothing is archived from here on.
    say('sick', 55, await sick.measure());
    for (let turn = 0; turn < 12; turn++) {
      write(6);
      sick.psql('checkpoint');
    }
    const line = () =>
      new PsqlLine({ psql: `${bin}/psql`, socketDirectory: place, port: 6001, database: 'postgres' });
    const lines = Array.from({ length: 5 }, line);
    const work = async (one: PsqlLine, sql: string) => one.query(sql, 60);
    for (const one of lines) {
      await work(one, 'reset role');
      await work(one, 'set lock_timeout = 0');
      await work(one, 'begin read write');
    }
    const [first, second, holder, waiter, slow] = lines as [PsqlLine, PsqlLine, PsqlLine, PsqlLine, PsqlLine];
    await work(first, 'update public.orders set n = n where n = 2');
    await work(second, 'update public.orders set n = n where n = 3');
    await Promise.allSettled([
      work(first, 'update public.orders set n = n where n = 3'),
      work(second, 'update public.orders set n = n where n = 2'),
    ]);
    // What a session counted is told when its transaction ends.
    for (const one of [first, second]) await work(one, 'rollback');
    await work(holder, 'update public.orders set n = n where n = 4');
    const ends = [
      work(waiter, 'update public.orders set n = n where n = 4'),
      work(slow, 'select pg_sleep(50)'),
    ].map((one) => one.catch(() => []));
    const many = Array.from({ length: 19 }, line);
    await Promise.all(many.map((one) => work(one, 'select 1')));
    await sleep(2500);
    say('sick', 40, `${await sick.measure()}\n${await room(place)}`);
    say('replica', 40, await replica.measure());
    for (const one of [...lines, ...many]) one.close();
    await Promise.all(ends);
    replica.psql(
      "select pg_wal_replay_resume(); alter system set primary_conninfo = ''; select pg_reload_conf()",
    );
    await until(() => replica.psql('select count(*) from pg_stat_wal_receiver') === '0');
    say('replica', 20, await replica.measure());
    // Somebody holds a catalog: some probes cannot be answered, and the server is there.
    const keeper = line();
    await work(keeper, 'reset role');
    await work(keeper, 'begin read write');
    await work(keeper, 'lock table pg_catalog.pg_database in access exclusive mode');
    say('probed', minutes, courses.get('sick')![0]!.text);
    say('probed', 20, await sick.measure());
    keeper.close();
    replica.stop('immediate');
    sick.stop('immediate');
  }

  /** A server that is well; then its disk damages a page, then its WAL goes away under it, then it is gone. */
  async function wellServer(): Promise<void> {
    const well = serve('well', 6003, [
      "archive_mode = on\narchive_command = '/bin/true'",
      'shared_buffers = 16MB',
    ]);
    well.psql(
      "create table pages as select repeat('x', 500) as x from generate_series(1, 2000); select pg_switch_wal()",
    );
    await sleep(1500);
    say('well', minutes, `${await well.measure()}\n${host()}\n${await room(disk('calm'))}`);
    for (const name of ['damaged', 'panicked', 'down']) say(name, minutes, courses.get('well')![0]!.text);
    const path = join(well.data, well.psql("select pg_relation_filepath('pages')"));
    well.stop();
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.from('damage'), 0, 6, 8192 + 4000);
    closeSync(file);
    well.start();
    expect(() => well.psql('select count(*) from pages')).toThrow(/invalid page/);
    say('damaged', 20, await well.measure());
    let told = readFileSync(well.log, 'utf8').length;
    const logs = new ServerLogs(
      join(folder, 'places.json'),
      {
        list: () => [{ name: 'patroni-well', program: 'patroni' }] as never,
        wordsSince: async () => {
          const lines = readFileSync(well.log, 'utf8').slice(told).split('\n');
          told += lines.join('\n').length;
          return { lines, place: String(told) };
        },
      },
      { note: () => {} },
    );
    const logged = async () => {
      await logs.look();
      const sheet = new Sheet();
      logs.figures('well', sheet);
      return sheet.text;
    };
    say('panicked', minutes - 1, await logged());
    renameSync(join(well.data, 'pg_wal'), join(well.data, 'pg_wal-gone'));
    for (let turn = 0; turn < 20; turn++)
      try {
        well.psql("insert into pages select repeat('y', 500) from generate_series(1, 60000)");
      } catch {
        break;
      }
    await sleep(500);
    const panic = await logged();
    expect(panic).toContain('pg_log_messages_total{severity="PANIC"} 1');
    say('panicked', 20, panic);
    say('down', 20, await well.measure());
  }

  /** A server whose transactions, and then multixacts, are about to run out. */
  async function agedServer(): Promise<void> {
    const settings = [
      'autovacuum = off',
      'autovacuum_freeze_max_age = 2000000000',
      'autovacuum_multixact_freeze_max_age = 2000000000',
    ];
    const aged = serve('aged', 6004, settings);
    const zeroes = (path: string, bytes: number) => {
      writeFileSync(join(aged.data, path), Buffer.alloc(bytes));
      const user = findUser('postgres')!;
      chownSync(join(aged.data, path), user.uid, user.gid);
    };
    const segment = (number: number, each: number) =>
      Math.floor(number / each)
        .toString(16)
        .toUpperCase()
        .padStart(4, '0');
    const age = async (name: string, xid: number, multi: number) => {
      aged.stop();
      zeroes(`pg_xact/${segment(xid, 1_048_576)}`, 262_144);
      zeroes(`pg_multixact/offsets/${segment(multi, 65_536)}`, 262_144);
      asPostgres(folder, [
        `${bin}/pg_resetwal`,
        '--force',
        `--next-transaction-id=${xid}`,
        `--multixact-ids=${multi},1`,
        '--pgdata',
        aged.data,
      ]);
      aged.start();
      say(name, minutes, courses.get('well')![0]!.text);
      say(name, 30, await aged.measure());
    };
    await age('multixacts', 100_000_000, 700_000_000);
    await age('aged', 700_000_000, 700_000_001);
    await age('nearly-over', 1_700_000_000, 700_000_002);
    aged.stop();
  }

  async function disks(): Promise<void> {
    const filling = mount('filling', 200e6);
    // A sixteenth more every half hour: what takes six hours in life is written down as if it had.
    for (let step = 0; step <= 12; step++) {
      say('filling', step === 0 ? minutes : (13 - step) * 30, await room(filling));
      execFileSync('fallocate', ['-l', String(13e6), join(filling, `file-${step}`)]);
    }
    const full = mount('full', 100e6);
    say('full', minutes, await room(full));
    const left = Number(/node_filesystem_avail_bytes\{.*\} (\d+)/.exec(await room(full))?.[1]);
    execFileSync('fallocate', ['-l', String(Math.floor(left * 0.97)), join(full, 'file')]);
    say('full', 20, await room(full));
    const files = mount('files', 50e6, '-N', '200');
    say('files', minutes, await room(files));
    for (let n = 0; n < 178; n++) writeFileSync(join(files, `file-${n}`), '');
    say('files', 20, await room(files));
    const frozen = mount('frozen', 50e6);
    say('frozen', minutes, await room(frozen));
    execFileSync('mount', ['-o', 'remount,ro', frozen]);
    say('frozen', 5, await room(frozen));
  }

  /** A program takes a tenth of what is free for as long as it takes to look; what lasts minutes in life is written down as if it had. */
  async function crowd(): Promise<void> {
    const before = host();
    const bytes = Math.floor(memoryOf(before).available / 10);
    const script = `const taken = Buffer.alloc(${bytes}, 1); console.log(taken.length); setInterval(() => {}, 1e6);`;
    const hog = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(hog.stdout, 'data');
      const after = host();
      littleMemory = (memoryOf(before).percent + memoryOf(after).percent) / 2;
      say('crowded', minutes, before);
      say('crowded', 20, after);
    } finally {
      hog.kill('SIGKILL');
    }
    say('crowded', 5, before);
  }

  async function machine(): Promise<void> {
    const ending = (days: number) => {
      const path = join(folder, `${days}.crt`);
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-keyout',
          '/dev/null',
          '-out',
          path,
          '-subj',
          '/CN=member',
          '-days',
          String(days),
        ],
        { stdio: 'ignore' },
      );
      const sheet = new Sheet();
      certificateFigure(sheet, 'member', path);
      return sheet.text;
    };
    say('ending', minutes, ending(5));
    say('not-ending', minutes, ending(90));
    say('starved', minutes, host());
    outOfMemory(folder);
    say('starved', 10, host());
    await crowd();
    // Every core is kept busy for three seconds; what lasts half an hour in life is written down as if it had.
    const hogs = cpus().map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
    await sleep(300);
    const before = processors();
    await sleep(3000);
    const after = processors();
    for (const hog of hogs) hog.kill('SIGKILL');
    for (let before_ = 45; before_ >= 0; before_--)
      say('busy', before_, between(before, after, 45 - before_));
    let dropped = '';
    const collector = new Collector({
      services: { list: () => [] },
      certificate: () => undefined,
      log: () => {},
      everySeconds: 0.05,
      bufferBytes: 1000,
      send: async () => {
        throw new Error('away');
      },
    });
    collector.start();
    await sleep(4000);
    dropped = (await collector.measure()).map(({ text }) => text).join('\n');
    collector.stop();
    say('away', minutes, 'elepherd_agent_dropped_batches_total 0');
    say('away', 10, dropped.includes('dropped') ? dropped : await droppedOf(collector));
  }

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    const user = findUser('postgres')!;
    chownSync(folder, user.uid, user.gid);
    mount('calm', 50e6);
    store = await startTestStore();
    measured = (async () => {
      await wellServer();
      await sickServer();
      await agedServer();
      await disks();
      await machine();
    })();
    await measured.catch((error: unknown) => {
      for (const { name, log } of servers)
        console.log(`${name}: ${existsSync(log) ? readFileSync(log, 'utf8').slice(-1500) : 'no log'}`);
      throw error;
    });
    const lines = [...courses].flatMap(([name, course]) => linesOf(name, course));
    for (let at = 0; at < lines.length; at += 20_000)
      await store.store.write(`${lines.slice(at, at + 20_000).join('\n')}\n`);
    await flush(store);
    const rules = await rulesFolder(store, 'rules');
    await writeFile(join(rules, `${org}.yml`), ruleFile(org, choices, []));
    const crowdedChoices = [choice('memory-low', littleMemory)];
    await writeFile(join(rules, `${crowdedOrg}.yml`), ruleFile(crowdedOrg, crowdedChoices, []));
    await replay({ store, folder: rules, fromSeconds: end - minutes * 60, toSeconds: end });
    for (const { labels } of await store.store.query(
      `count_over_time(ALERTS{alertstate="firing"}[9h])`,
      end + 1,
    )) {
      const name = labels['host'] ?? labels['cluster'] ?? '';
      fired.set(name, [...(fired.get(name) ?? []), labels['rule'] ?? '']);
    }
  }, 300_000);
  afterAll(async () => {
    await measured?.catch(() => {});
    for (const server of servers) server.close();
    await store?.stop();
    for (const at of mounted.toReversed()) execFileSync('umount', ['--lazy', at]);
    rmSync(folder, { recursive: true, force: true });
  });

  const rulesOf = (name: string) => [...new Set(fired.get(name) ?? [])].toSorted();

  test.each<[ShippedKey, string]>([
    ['connections-high', 'sick'],
    ['long-transaction', 'sick'],
    ['idle-in-transaction', 'sick'],
    ['lock-queue', 'sick'],
    ['deadlocks', 'sick'],
    ['slot-inactive', 'sick'],
    ['slot-lost', 'sick'],
    ['archive-failing', 'sick'],
    ['archive-backlog', 'sick'],
    ['archive-stale', 'sick'],
    ['wal-oversized', 'sick'],
    ['wal-full-soon', 'sick'],
    ['checkpoint-storm', 'sick'],
    ['replication-lag-bytes', 'sick'],
    ['replication-lag-seconds', 'replica'],
    ['replica-not-streaming', 'replica'],
    ['probe-failing', 'probed'],
    ['checksum-failures', 'damaged'],
    ['server-panic', 'panicked'],
    ['postgres-down', 'down'],
    ['wraparound', 'aged'],
    ['wraparound', 'multixacts'],
    ['wraparound-near', 'nearly-over'],
    ['disk-full-soon', 'filling'],
    ['disk-nearly-full', 'full'],
    ['disk-inodes', 'files'],
    ['disk-read-only', 'frozen'],
    ['certificate-expiring', 'ending'],
    ['oom-kill', 'starved'],
    ['memory-low', 'crowded'],
    ['cpu-busy', 'busy'],
    ['figures-dropped', 'away'],
  ])('%s is raised about what is %s', (rule, name) => {
    expect(rulesOf(name)).toContain(rule);
  });

  test('a server, a machine and a disk that are well raise nothing at all', () => {
    expect(rulesOf('well')).toEqual([]);
    expect(rulesOf('not-ending')).toEqual([]);
  });

  test('one trouble is not taken for another', () => {
    expect(rulesOf('aged')).toEqual(['wraparound']);
    expect(rulesOf('frozen')).toEqual(['disk-read-only']);
    expect(rulesOf('files')).toEqual(['disk-inodes']);
    expect(rulesOf('ending')).toEqual(['certificate-expiring']);
    expect(rulesOf('crowded')).toEqual(['memory-low']);
    expect(rulesOf('down')).toContain('postgres-down');
    expect(rulesOf('down')).not.toContain('probe-failing');
  });
});

/** What a machine says of its memory. */
function memoryOf(text: string): { available: number; percent: number } {
  const read = (name: string) => Number(new RegExp(`^node_memory_${name}_bytes (\\d+)`, 'm').exec(text)?.[1]);
  const available = read('MemAvailable');
  return { available, percent: (100 * available) / read('MemTotal') };
}

/** Lets the kernel end a process that takes more memory than it may, in a control group of its own. */
function outOfMemory(folder: string): void {
  const isUnified = existsSync('/sys/fs/cgroup/cgroup.controllers');
  const group = isUnified ? '/sys/fs/cgroup/elepherd-starved' : '/sys/fs/cgroup/memory/elepherd-starved';
  mkdirSync(group, { recursive: true });
  try {
    writeFileSync(join(group, isUnified ? 'memory.max' : 'memory.limit_in_bytes'), '64000000');
    const script = join(folder, 'hog.sh');
    writeFileSync(
      script,
      `echo $$ > ${group}/cgroup.procs\nexec ${process.execPath} -e 'const a = []; for (;;) a.push(Buffer.alloc(1e6, 1));'\n`,
    );
    expect(() => execFileSync('/bin/sh', [script], { stdio: 'ignore', timeout: 30_000 })).toThrow();
  } finally {
    for (let tries = 0; tries < 20; tries++)
      try {
        rmdirSync(group);
        break;
      } catch {
        execFileSync('sleep', ['0.1']);
      }
  }
}

/** Counters as they would stand after so many minutes at the pace of two looks three seconds apart. */
function between(before: string, after: string, atMinutes: number): string {
  const first = new Map(
    before
      .split('\n')
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
  return after
    .split('\n')
    .filter((line) => line.startsWith('node_cpu_seconds_total'))
    .map((line) => {
      const cut = line.lastIndexOf(' ');
      const from = first.get(line.slice(0, cut)) ?? 0;
      const each = (Number(line.slice(cut + 1)) - from) / 3;
      return `${line.slice(0, cut)} ${from + each * 60 * atMinutes}`;
    })
    .join('\n');
}

/** The figure is due every fifteen seconds: a collector that has just told it tells it again only then. */
async function droppedOf(collector: Collector): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const text = (await collector.measure()).map((group) => group.text).join('\n');
    if (text.includes('elepherd_agent_dropped_batches_total')) return text;
    await sleep(1000);
  }
  return '';
}
