/**
 * npm run bench -- collector [rounds]
 * What it costs to measure a PostgreSQL with a database of 200 tables: the agent's collector beside postgres_exporter with the
 * same figures, processor seconds of the collector and of PostgreSQL together. `as-it-runs` is 25 minutes of either on its own
 * schedule, a scrape and a round every 15 seconds; the collector looks at tables once a minute. `all-in-every-round` has the
 * collector ask everything each time, statements, sizes and bloat too, which it never does: it enters the database anew each
 * time, so as not to keep anybody from dropping it, and that is what costs.
 * Needs a PostgreSQL of Debian; as root it installs Debian's prometheus-postgres-exporter when that is missing.
 */
import { execFileSync, spawn } from 'node:child_process';
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
import { setTimeout as sleep } from 'node:timers/promises';
import { findUser } from '#src/fleet/agent/programs.ts';
import { ensureDebianPackages } from '#src/platform/server/setup/debian-packages.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { cpuSeconds, print, say } from './support/figures.ts';

const [rounds = 100] = process.argv.slice(2).map(Number);
const exporter = '/usr/bin/prometheus-postgres-exporter';
await ensureDebianPackages(
  [
    {
      name: 'prometheus-postgres-exporter',
      proof: exporter,
      without: { en: 'there is no peer to measure beside', 'zh-CN': '没有可对照的采集器' },
      units: ['prometheus-postgres-exporter.service'],
      neededFor: 'tests',
    },
  ],
  (line) => say(line.en),
);
const major = Math.max(0, ...readdirSync('/usr/lib/postgresql').map(Number).filter(Boolean));
const bin = `/usr/lib/postgresql/${major}/bin`;
if (!existsSync(exporter) || !existsSync(`${bin}/psql`)) {
  say('This bench needs the Debian packages prometheus-postgres-exporter and postgresql.');
  process.exit(1);
}

/** Tables as an exporter is told of them: the example that comes with it, cut to the two views of tables. */
const queries = `
pg_stat_user_tables:
  query: |
    select current_database() datname, schemaname, relname, seq_scan, seq_tup_read, idx_scan, idx_tup_fetch, n_tup_ins, n_tup_upd,
      n_tup_del, n_tup_hot_upd, n_live_tup, n_dead_tup, n_mod_since_analyze, coalesce(last_vacuum, '1970-01-01Z') as last_vacuum,
      coalesce(last_autovacuum, '1970-01-01Z') as last_autovacuum, coalesce(last_analyze, '1970-01-01Z') as last_analyze,
      coalesce(last_autoanalyze, '1970-01-01Z') as last_autoanalyze, vacuum_count, autovacuum_count, analyze_count, autoanalyze_count
    from pg_stat_user_tables
  metrics:
${columns({ datname: 'LABEL', schemaname: 'LABEL', relname: 'LABEL' }, 'seq_scan seq_tup_read idx_scan idx_tup_fetch n_tup_ins n_tup_upd n_tup_del n_tup_hot_upd n_live_tup n_dead_tup n_mod_since_analyze last_vacuum last_autovacuum last_analyze last_autoanalyze vacuum_count autovacuum_count analyze_count autoanalyze_count')}
pg_statio_user_tables:
  query: |
    select current_database() datname, schemaname, relname, heap_blks_read, heap_blks_hit, idx_blks_read, idx_blks_hit
    from pg_statio_user_tables
  metrics:
${columns({ datname: 'LABEL', schemaname: 'LABEL', relname: 'LABEL' }, 'heap_blks_read heap_blks_hit idx_blks_read idx_blks_hit')}
`;

const folder = mkdtempSync(join(tmpdir(), 'elepherd-collector-'));
const user = process.getuid?.() === 0 ? findUser('postgres') : undefined;
const as = user ? { uid: user.uid, gid: user.gid } : {};
if (user) chownSync(folder, user.uid, user.gid);
chmodSync(folder, 0o755);
const port = 5432;
const run = (program: string, args: string[], input?: string): string =>
  execFileSync(program, args, {
    ...as,
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: folder },
    ...(input === undefined ? {} : { input }),
  });

try {
  run(`${bin}/initdb`, ['--pgdata=data', '--auth=trust', '--username=postgres']);
  writeFileSync(
    join(folder, 'data/postgresql.conf'),
    `unix_socket_directories = '${folder}'\nlisten_addresses = ''\nautovacuum = off\nfsync = off\nshared_preload_libraries = 'pg_stat_statements'\n`,
  );
  run(`${bin}/pg_ctl`, ['--pgdata=data', '--log=log', '--wait', 'start']);
  const psql = (database: string, sql: string) =>
    run(
      `${bin}/psql`,
      ['-X', '-q', '-h', folder, '-U', 'postgres', '-d', database, '-v', 'ON_ERROR_STOP=1', '-f', '-'],
      sql,
    );
  psql('postgres', 'create database app');
  psql(
    'app',
    `create extension pg_stat_statements;
     do $$ begin for i in 1..200 loop
       execute format('create table t%s (id int primary key, a text, b int)', i);
       execute format('create index on t%s (b)', i);
       execute format('insert into t%s select n, n::text, n from generate_series(1, 200) n', i);
     end loop; end $$; analyze;`,
  );
  const postmaster = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  const peer = await scrape(postmaster);
  say(`postgres_exporter: ${JSON.stringify(peer)}`);
  for (const [name, step] of [
    ['as-it-runs', 15],
    ['all-in-every-round', 600],
  ] as const) {
    const ours = await collect(postmaster, step);
    say(`${name}: ${JSON.stringify(ours)}`);
    if (ours.failed.length > 0) throw new Error(`probes failed: ${ours.failed.join(', ')}`);
    print({
      name: `collector/${name}`,
      ours: ours.own + ours.postgres,
      peer: peer.own + peer.postgres,
      unit: 's',
      ...(step === 15 ? { barRatio: 0.5 } : {}),
      rounds,
      collector: ours.own,
      postgres: ours.postgres,
      series: ours.series,
      peerCollector: peer.own,
      peerPostgres: peer.postgres,
      peerSeries: peer.series,
    });
  }
} finally {
  try {
    run(`${bin}/pg_ctl`, ['--pgdata=data', '--mode=immediate', 'stop']);
  } catch {
    // It did not start.
  }
  rmSync(folder, { recursive: true, force: true });
}

type Cost = { own: number; postgres: number; series: number };

async function scrape(postmaster: number): Promise<Cost> {
  const file = join(folder, 'queries.yaml');
  writeFileSync(file, queries);
  const at = await freePort('127.0.0.1');
  const child = spawn(exporter, [`--web.listen-address=127.0.0.1:${at}`, `--extend.query-path=${file}`], {
    env: { DATA_SOURCE_NAME: `user=postgres host=${folder} port=${port} dbname=app sslmode=disable` },
    stdio: 'ignore',
  });
  try {
    const page = async () => (await fetch(`http://127.0.0.1:${at}/metrics`)).text();
    for (let left = 50; ; left--) {
      try {
        await page();
        break;
      } catch (error) {
        if (left === 0) throw error;
        await sleep(100);
      }
    }
    for (let warm = 0; warm < 5; warm++) await page();
    await settled();
    const before = { own: cpuSeconds(child.pid!), postgres: await familySeconds(postmaster) };
    let last = '';
    for (let round = 0; round < rounds; round++) {
      last = await page();
      await sleep(20);
    }
    const own = cpuSeconds(child.pid!) - before.own;
    child.kill('SIGTERM');
    await settled();
    return {
      own,
      postgres: (await familySeconds(postmaster)) - before.postgres,
      series: last.split('\n').filter((line) => line.startsWith('pg_')).length,
    };
  } finally {
    child.kill('SIGKILL');
  }
}

async function collect(postmaster: number, step: number): Promise<Cost & { failed: string[] }> {
  let before = Promise.resolve(0);
  const said = await new Promise<string>((resolve, reject) => {
    const args = [
      join(import.meta.dirname, 'support/collect-rounds.ts'),
      folder,
      String(port),
      `${bin}/psql`,
      String(rounds),
      String(step),
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text === 'warm\n') before = familySeconds(postmaster);
    });
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`exit code ${code}`))));
  });
  await settled();
  const {
    cpuSeconds: own,
    series,
    failed,
  } = JSON.parse(said.replace('warm\n', '')) as { cpuSeconds: number; series: number; failed: string[] };
  return { own, postgres: (await familySeconds(postmaster)) - (await before), series, failed };
}

/** Sessions that have ended are counted with the postmaster only once it has waited for them. */
async function settled(): Promise<void> {
  await sleep(700);
}

/** Processor seconds of PostgreSQL: of the postmaster, of what it has waited for, and of its children that live. */
async function familySeconds(postmaster: number): Promise<number> {
  const stat = (pid: number) => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  };
  const own = stat(postmaster);
  const children = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const fields = stat(Number(name));
      return fields[1] === postmaster ? [fields[11]! + fields[12]!] : [];
    } catch {
      return [];
    }
  });
  return (own[11]! + own[12]! + own[13]! + own[14]! + children.reduce((sum, one) => sum + one, 0)) / 100;
}

function columns(labels: Record<string, string>, counters: string): string {
  const all = [...Object.entries(labels), ...counters.split(' ').map((name) => [name, 'COUNTER'])];
  return all
    .map(([name, usage]) => `    - ${name}:\n        usage: "${usage}"\n        description: "${name}"`)
    .join('\n');
}
