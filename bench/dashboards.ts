/**
 * npm run bench -- dashboards [days]
 * How long each panel of a cluster of three takes over a month of figures that are 15 seconds apart, in a VictoriaMetrics as
 * npm start runs it: the questions that a page's request asks of the store. `ours` is the first time, when nothing is remembered;
 * `again` the middle of four more, for which the store remembers what it drew.
 */
import { randomUUID } from 'node:crypto';
import { panelsOf } from '#src/fleet/contract/metrics-panels.ts';
import { gridOf, panels, selectorOf, windowOf } from '#src/fleet/server/metrics/panels.rules.ts';
import { startVictoriaMetrics } from '#tests/support/victoria-metrics.ts';
import { median, print, say } from './support/figures.ts';

const [days = 31] = process.argv.slice(2).map(Number);
const step = 15;
const orgId = randomUUID();
const clusterId = randomUUID();
const hosts = [1, 2, 3].map((number) => ({ id: randomUUID(), name: `db-${number}` }));
const scope = { orgId, clusterId, hostIds: hosts.map(({ id }) => id) };

/** What the panels ask of a member and its host: the name, how many series of it there are, and whether it only grows. */
const ofMember: [name: string, labels: Record<string, string[]>, isCounter: boolean][] = [
  ...[
    'xact_commit',
    'xact_rollback',
    'tup_fetched',
    'tup_inserted',
    'tup_updated',
    'tup_deleted',
    'blks_hit',
    'blks_read',
    'temp_bytes',
    'deadlocks',
  ].map((name): (typeof ofMember)[number] => [
    `pg_stat_database_${name}`,
    { datname: ['app', 'postgres'] },
    true,
  ]),
  [
    'pg_stat_activity_count',
    { datname: ['app', 'postgres'], state: ['active', 'idle', 'idle in transaction'] },
    false,
  ],
  [
    'pg_wait_sampling_backends',
    { wait_event_type: ['CPU', 'IO', 'Lock', 'LWLock'], wait_event: ['a', 'b'] },
    false,
  ],
  ...[
    'pg_replication_lag_seconds',
    'pg_replication_is_replica',
    'pg_long_running_transactions_oldest_timestamp_seconds',
    'pg_locks_waiting',
    'pg_archive_ready_files',
    'pg_settings_max_connections',
  ].map((name): (typeof ofMember)[number] => [name, {}, false]),
  ...[
    'pg_current_wal_lsn_bytes',
    'pg_stat_bgwriter_checkpoints_timed_total',
    'pg_stat_bgwriter_checkpoints_req_total',
    'pg_stat_archiver_failed_count',
  ].map((name): (typeof ofMember)[number] => [name, {}, true]),
  ['pg_log_errors_total', { error_class: ['cancelled', 'constraint', 'statement'] }, true],
  ['pg_stat_replication_pg_wal_lsn_diff', { application_name: ['m2', 'm3'] }, false],
  ['pg_database_size_bytes', { datname: ['app', 'postgres'] }, false],
  ['pg_database_wraparound_age_datfrozenxid', { datname: ['app', 'postgres'] }, false],
  ...['client_active', 'client_waiting', 'server_active', 'server_idle'].map(
    (name): (typeof ofMember)[number] => [
      `pgbouncer_pools_${name}_connections`,
      { database: ['app'] },
      false,
    ],
  ),
];
const ofHost: typeof ofMember = [
  ['node_cpu_seconds_total', { cpu: ['0', '1', '2', '3'], mode: ['idle'] }, true],
  ['node_filesystem_avail_bytes', { mountpoint: ['/', '/data'] }, false],
  ['node_filesystem_size_bytes', { mountpoint: ['/', '/data'] }, false],
];

const store = await startVictoriaMetrics();
if (!store) {
  say('This bench needs the Debian package victoria-metrics.');
  process.exit(1);
}
try {
  const until = Math.floor(Date.now() / 1000 / step) * step;
  const timestamps = Array.from(
    { length: (days * 86_400) / step },
    (_, at) => (until - days * 86_400 + at * step) * 1000,
  );
  let series = 0;
  for (const [seed, host] of hosts.entries()) {
    const own = { org: orgId, host_id: host.id, host: host.name };
    const member = { ...own, cluster_id: clusterId, cluster: 'orders', member: `orders-${seed + 1}` };
    for (const [labels, list] of [
      [member, ofMember],
      [own, ofHost],
    ] as const) {
      for (const [name, more, isCounter] of list) {
        for (const chosen of combinations(more)) {
          await send({ __name__: name, ...labels, ...chosen }, isCounter, ++series);
        }
      }
    }
  }
  say(`${series} series, ${(series * timestamps.length) / 1e6} million figures`);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  for (const panel of panelsOf.cluster) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < 5; round++) {
      const grid = gridOf(until - days * 86_400 + round * 61, until - 300 + round * 61);
      const from = performance.now();
      const answers = await Promise.all(
        panels[panel].questions.map(({ promql }) =>
          store.store.queryRange({
            promql: promql(selectorOf(scope), windowOf(grid.step), scope),
            fromSeconds: grid.from + round,
            toSeconds: grid.to + round,
            stepSeconds: grid.step,
          }),
        ),
      );
      times.push(performance.now() - from);
      found = answers.flat().length;
    }
    if (found === 0) throw new Error(`${panel} shows nothing`);
    print({
      name: `dashboards/month/${panel}`,
      ours: times[0]!,
      unit: 'ms',
      bar: 300,
      again: Math.round(median(times.slice(1))),
      series: found,
    });
  }

  async function send(metric: Record<string, string>, isCounter: boolean, seed: number): Promise<void> {
    const size = 40_000;
    for (let at = 0; at < timestamps.length; at += size) {
      const part = timestamps.slice(at, at + size);
      const values = part.map((ms, index) =>
        isCounter
          ? (at + index) * (10 + seed) + Math.round(Math.sin(ms / 1e7) * 500)
          : metric['__name__'] === 'pg_replication_is_replica'
            ? 1
            : Math.round(50 + 40 * Math.sin(ms / 1e7 + seed) + 9 * Math.random()),
      );
      const answer = await fetch(`${store!.store.writeUrl}/api/v1/import`, {
        method: 'POST',
        headers: { authorization: store!.store.authorization ?? '' },
        body: JSON.stringify({ metric, values, timestamps: part }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    }
  }
} finally {
  await store.stop();
}

function combinations(labels: Record<string, string[]>): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}
