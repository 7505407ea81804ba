// Over 300 lines: one month of one fleet, told in one file.
import { randomUUID } from 'node:crypto';
import type { Context } from '#src/platform/server/context.ts';
import type { MetricsStore } from '#src/platform/server/metrics/metrics-store.ts';

/** A figure of the sample: its name and labels, and its value at a time (Unix seconds). */
type Figure = { series: string; at: (seconds: number) => number };

const day = 86_400;
/** A believable day: quiet at night, a peak before noon and a lower one in the afternoon. */
const busy = (seconds: number) => {
  const hour = ((seconds + 8 * 3600) % day) / 3600;
  const hill = (middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2));
  const isWeekend = [2, 3].includes(Math.floor(seconds / day) % 7);
  return (0.12 + 0.75 * hill(10.5, 2.6) + 0.6 * hill(15.5, 2.8)) * (isWeekend ? 0.45 : 1);
};
/** The same noise for the same moment. */
const noise = (seconds: number, seed: number) => {
  const x = Math.sin(seconds * 12.9898 + seed * 78.233) * 43_758.5453;
  return x - Math.floor(x);
};

/**
 * Figures of all ready clusters and hosts of an organisation over some days, as agents would have sent them. `stepSeconds` is how far
 * apart samples are; real ones are 15 seconds apart.
 */
export async function writeSampleMetrics(
  ctx: Context,
  store: MetricsStore,
  wish: { days: number; stepSeconds: number; untilSeconds?: number },
): Promise<{ samples: number }> {
  const until = wish.untilSeconds ?? Math.floor(Date.now() / 1000);
  const { figures, statements, tables } = await sampleFigures(ctx);
  let samples = 0;
  const from = until - wish.days * day;
  for (const [list, every] of [
    [figures, 15],
    [statements, 60],
    [tables, 600],
  ] as const) {
    const step = Math.max(every, wish.stepSeconds);
    for (const { series, at } of list) {
      let text = '';
      for (let time = Math.ceil(from / step) * step; time <= until; time += step) {
        text += `${series} ${Number(at(time).toFixed(4))} ${time * 1000}\n`;
        samples++;
        if (text.length > 4_000_000) {
          await store.write(text);
          text = '';
        }
      }
      if (text !== '') await store.write(text);
    }
  }
  return { samples };
}

/** A counter whose speed follows the day. Its steps are a minute, so that any time of it is cheap. */
const counter = (perSecond: (seconds: number) => number) => {
  const known = new Map<number, number>();
  const begin = Math.floor(Date.now() / 1000 / day) * day - 60 * day;
  let last = begin;
  let sum = 0;
  return (seconds: number) => {
    const wanted = Math.floor(seconds / 60) * 60;
    for (; last <= wanted; last += 60) {
      known.set(last, sum);
      sum += perSecond(last) * 60;
    }
    const base = known.get(wanted) ?? 0;
    return base + perSecond(wanted) * (seconds - wanted);
  };
};

async function sampleFigures(
  ctx: Context,
): Promise<{ figures: Figure[]; statements: Figure[]; tables: Figure[] }> {
  const org = ctx.actor.orgId;
  const hosts = await ctx.db
    .selectFrom('fleet.host')
    .select(['id', 'name', 'connected'])
    .where('org_id', '=', org)
    .where('phase', '<>', 'removed')
    .execute();
  const members = await ctx.db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.cluster as c', 'c.id', 'm.cluster_id')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select(['c.id', 'c.name as cluster', 'm.name as member', 'h.id as hostId', 'h.name as host'])
    .where('c.org_id', '=', org)
    .where('c.phase', '=', 'ready')
    .where('m.kind', '=', 'server')
    .orderBy('m.name')
    .execute();
  const figures: Figure[] = [];
  const statements: Figure[] = [];
  const tables: Figure[] = [];
  for (const [seed, host] of hosts.entries()) {
    const labels = `org="${org}",host_id="${host.id}",host="${host.name}"`;
    const add = (name: string, at: Figure['at'], more = '') =>
      figures.push({ series: `${name}{${labels}${more}}`, at });
    const share = (t: number) => Math.min(0.95, busy(t) * (0.35 + seed * 0.07) + 0.06 * noise(t, seed));
    add('elepherd_host_connected', () => (host.connected ? 1 : 0));
    if (!host.connected) continue;
    for (const cpu of ['0', '1']) {
      for (const [mode, part] of Object.entries({ user: 0.62, system: 0.22, iowait: 0.16 }))
        add(
          'node_cpu_seconds_total',
          counter((t) => share(t) * part),
          `,cpu="${cpu}",mode="${mode}"`,
        );
      add(
        'node_cpu_seconds_total',
        counter((t) => 1 - share(t)),
        `,cpu="${cpu}",mode="idle"`,
      );
    }
    add('node_load1', (t) => share(t) * 9 + noise(t, seed));
    add('node_load15', (t) => share(t) * 8);
    add('node_memory_MemTotal_bytes', () => 64 * 1024 ** 3);
    add('node_memory_MemAvailable_bytes', (t) => (38 - busy(t) * 9) * 1024 ** 3);
    add('node_memory_Cached_bytes', (t) => (28 + busy(t) * 4) * 1024 ** 3);
    const mount = ',device="/dev/sda1",fstype="ext4",mountpoint="/"';
    add('node_filesystem_size_bytes', () => 800 * 1024 ** 3, mount);
    add('node_filesystem_avail_bytes', (t) => (420 - seed * 60 - ((t / day) % 60) * 2.4) * 1024 ** 3, mount);
    add(
      'node_disk_read_bytes_total',
      counter((t) => busy(t) * 9e6),
      ',device="sda"',
    );
    add(
      'node_disk_written_bytes_total',
      counter((t) => busy(t) * 31e6),
      ',device="sda"',
    );
    add(
      'node_disk_io_time_seconds_total',
      counter((t) => Math.min(1, share(t) * 0.6)),
      ',device="sda"',
    );
    add(
      'node_network_receive_bytes_total',
      counter((t) => busy(t) * 12e6),
      ',device="eth0"',
    );
    add(
      'node_network_transmit_bytes_total',
      counter((t) => busy(t) * 22e6),
      ',device="eth0"',
    );
    for (const what of ['cpu', 'io', 'memory'])
      add(
        `node_pressure_${what}_waiting_seconds_total`,
        counter((t) => share(t) * (what === 'io' ? 0.2 : 0.08)),
      );
    for (const name of ['pswpin', 'pswpout', 'pgmajfault'])
      add(
        `node_vmstat_${name}`,
        counter((t) => (name === 'pgmajfault' ? busy(t) * 4 : 0)),
      );
  }
  const seen = new Map<string, number>();
  for (const [seed, one] of members.entries()) {
    const place = seen.get(one.id) ?? 0;
    seen.set(one.id, place + 1);
    const isPrimary = place === 0;
    const size = 1 + (4 - Math.min(3, seed)) * 0.8;
    const labels = `org="${org}",host_id="${one.hostId}",host="${one.host}",cluster_id="${one.id}",cluster="${one.cluster}",member="${one.member}"`;
    const add = (name: string, at: Figure['at'], more = '') =>
      figures.push({ series: `${name}{${labels}${more}}`, at });
    const speed = (t: number) => busy(t) * size * (isPrimary ? 420 : 90) * (0.9 + 0.2 * noise(t, seed));
    for (const job of ['postgres', 'patroni', 'pgbouncer', 'etcd']) add('up', () => 1, `,job="${job}"`);
    add('pg_replication_is_replica', () => (isPrimary ? 0 : 1));
    const app = ',datid="16384",datname="app"';
    add('pg_stat_database_xact_commit', counter(speed), app);
    add(
      'pg_stat_database_xact_rollback',
      counter((t) => speed(t) * 0.004),
      app,
    );
    for (const [name, factor] of Object.entries({ fetched: 60, inserted: 3, updated: 2.2, deleted: 0.3 }))
      add(
        `pg_stat_database_tup_${name}`,
        counter((t) => speed(t) * factor),
        app,
      );
    add(
      'pg_stat_database_blks_hit',
      counter((t) => speed(t) * 120),
      app,
    );
    add(
      'pg_stat_database_blks_read',
      counter((t) => speed(t) * (0.6 + busy(t))),
      app,
    );
    add(
      'pg_stat_database_temp_bytes',
      counter((t) => Math.max(0, busy(t) - 0.7) * 3e6),
      app,
    );
    add(
      'pg_stat_database_deadlocks',
      counter(() => 0.00001),
      app,
    );
    for (const [state, many] of Object.entries({ active: 14, idle: 40, 'idle in transaction': 3 }))
      add(
        'pg_stat_activity_count',
        (t) => Math.round(busy(t) * many * size * (0.8 + 0.4 * noise(t, seed))),
        `,datname="app",state="${state}"`,
      );
    add('pg_settings_max_connections', () => 200);
    add(
      'pg_long_running_transactions_oldest_timestamp_seconds',
      (t) => noise(Math.floor(t / 900), seed) ** 6 * 900,
    );
    for (const [index, one] of ['constraint', 'statement', 'cancelled'].entries())
      add('pg_log_errors_total', (t) => Math.floor((t / 900) * (index + 1)), `,error_class="${one}"`);
    add('pg_locks_waiting', (t) => Math.floor(busy(t) * 3 * noise(Math.floor(t / 120), seed)));
    for (const [type, many] of Object.entries({ CPU: 6, IO: 3, LWLock: 1, Lock: 1, Client: 1.4 }))
      add(
        'pg_wait_sampling_backends',
        (t) => Math.round(busy(t) * many * size * noise(t, seed + many)),
        `,wait_event_type="${type}",wait_event="${type}",datname="app"`,
      );
    add(
      'pg_current_wal_lsn_bytes',
      counter((t) => busy(t) * size * 2.2e6),
    );
    add('pg_replication_lag_seconds', (t) => (isPrimary ? 0 : busy(t) * noise(t, seed) * 0.6));
    if (isPrimary) {
      for (const other of members.filter((m) => m.id === one.id && m.member !== one.member))
        add(
          'pg_stat_replication_pg_wal_lsn_diff',
          (t) => busy(t) * noise(t, seed) * 900_000,
          `,application_name="${other.member}",client_addr="10.20.1.12",state="streaming",sync_state="async"`,
        );
    }
    add(
      'pg_stat_bgwriter_checkpoints_timed_total',
      counter(() => 12 / 3600),
    );
    add(
      'pg_stat_bgwriter_checkpoints_req_total',
      counter((t) => (busy(t) > 0.7 ? 3 / 3600 : 0)),
    );
    add('pg_archive_ready_files', (t) => Math.round(busy(t) * 2 * noise(t, seed)));
    add('pg_stat_archiver_failed_count', () => 0);
    for (const [name, bytes] of Object.entries({ app: 180, postgres: 0.01 }))
      add(
        'pg_database_size_bytes',
        (t) => (bytes + (name === 'app' ? ((t / day) % 60) * 1.1 : 0)) * 1024 ** 3,
        `,datname="${name}"`,
      );
    add('pg_database_wraparound_age_datfrozenxid', (t) => 4e7 + ((t / day) % 5) * 2e7, ',datname="app"');
    for (const [name, many] of Object.entries({
      client_active: 22,
      client_waiting: 0.6,
      server_active: 9,
      server_idle: 11,
    }))
      add(
        `pgbouncer_pools_${name}_connections`,
        (t) => Math.round(busy(t) * many * size * noise(t, seed)),
        ',database="app",user="app"',
      );
    if (!isPrimary) continue;
    for (const [at, { name, gigabytes, air, rows }] of sampleTables.entries()) {
      const table = `,datname="app",schemaname="public",relname="${name}"`;
      const note = (figure: string, at: Figure['at']) =>
        tables.push({ series: `${figure}{${labels}${table}}`, at });
      const bytes = (t: number) => (gigabytes + ((t / day) % 60) * gigabytes * 0.004) * 1024 ** 3;
      note('pg_table_size_bytes', bytes);
      note('pg_table_bloat_bytes', (t) => bytes(t) * air);
      note('pg_stat_user_tables_n_live_tup', () => rows);
      note('pg_stat_user_tables_n_dead_tup', (t) => Math.round(rows * air * busy(t)));
      if (at % 4 !== 3)
        note('pg_stat_user_tables_last_autovacuum', (t) => Math.floor(t / 7200) * 7200 - at * 60);
    }
    for (const [at, sample] of sampleStatements.entries()) {
      const query = `,queryid="${sample.id}",datname="app",usename="app"`;
      const calls = (t: number) => Math.round(speed(t) * 60 * sample.calls * (0.8 + 0.4 * noise(t, at)));
      const write = (name: string, value: Figure['at']) =>
        statements.push({ series: `elepherd_query_${name}{${labels}${query}}`, at: value });
      write('seconds', (t) => calls(t) * sample.seconds);
      write('calls', calls);
      write('rows', (t) => calls(t) * sample.rows);
      write('blocks_hit', (t) => calls(t) * 40);
      write('blocks_read', (t) => calls(t) * sample.read);
    }
  }
  const texts = sampleStatements.map(({ id, text }) => ({ org_id: org, query_id: id, text }));
  await ctx.db
    .insertInto('fleet.query_text')
    .values(texts)
    .onConflict((oc) => oc.doNothing())
    .execute();
  return { figures, statements, tables };
}

const sampleTables = [
  { name: 'order_line', gigabytes: 88, air: 0.06, rows: 410e6 },
  { name: 'orders', gigabytes: 61, air: 0.09, rows: 96e6 },
  { name: 'payment', gigabytes: 18, air: 0.03, rows: 71e6 },
  { name: 'session', gigabytes: 9, air: 0.62, rows: 2.1e6 },
  { name: 'customer', gigabytes: 5.2, air: 0.04, rows: 8.4e6 },
  { name: 'stock', gigabytes: 3.1, air: 0.41, rows: 0.9e6 },
  { name: 'country', gigabytes: 0.0004, air: 0, rows: 249 },
];

const sampleStatements = [
  {
    text: 'select o.*, c.name from orders o join customer c on c.id = o.customer_id where o.state = $1 order by o.created_at desc limit $2',
    calls: 0.2,
    seconds: 0.009,
    rows: 20,
    read: 6,
  },
  {
    text: 'update stock set amount = amount - $1 where sku = $2 and amount >= $1 returning amount',
    calls: 0.15,
    seconds: 0.004,
    rows: 1,
    read: 1,
  },
  {
    text: 'insert into order_line (order_id, sku, amount, price) values ($1, $2, $3, $4)',
    calls: 0.4,
    seconds: 0.0006,
    rows: 1,
    read: 0.2,
  },
  { text: 'select * from session where token = $1', calls: 0.9, seconds: 0.00015, rows: 1, read: 0 },
  {
    text: 'select date_trunc($1, created_at) as day, sum(total) from orders group by 1 order by 1',
    calls: 0.001,
    seconds: 0.8,
    rows: 90,
    read: 5200,
  },
].map((one, at) => ({ ...one, id: String(7_104_233_908_112n + BigInt(at) * 998_244_353n) }));

/** Something to mark: a failover of a cluster some hours ago. */
export async function insertSampleFailover(ctx: Context, cluster: string, hoursAgo: number): Promise<void> {
  const found = await ctx.db
    .selectFrom('fleet.cluster')
    .select('id')
    .where('org_id', '=', ctx.actor.orgId)
    .where('name', '=', cluster)
    .executeTakeFirstOrThrow();
  await ctx.db
    .insertInto('fleet.incident_event')
    .values({
      org_id: ctx.actor.orgId,
      cluster_id: found.id,
      at: new Date(Date.now() - hoursAgo * 3600_000),
      kind: 'promotion',
      severity: 'warning',
      key: `sample-${randomUUID()}`,
      text: JSON.stringify({
        en: `${cluster}-2 became the primary of ${cluster}.`,
        'zh-CN': `${cluster}-2 成为集群 ${cluster} 的主库。`,
      }),
    })
    .execute();
}
