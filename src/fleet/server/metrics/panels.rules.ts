// Over 300 lines: every panel with its questions, in one table.
import type { PanelName, PanelUnit } from '#src/fleet/contract/metrics-panels.ts';

/** What a panel is asked about; ids come from our own rows, never from a request. */
export type PanelScope = { orgId: string; clusterId?: string; hostId?: string; hostIds?: readonly string[] };

type PanelQuestion = {
  kind: string;
  /** Which label tells the series apart. */
  by?: string;
  promql: (selector: string, windowSeconds: number, scope: PanelScope) => string;
};
type PanelRule = { unit: PanelUnit; needs: 'fleet' | 'cluster' | 'host'; questions: PanelQuestion[] };

/** The most series a panel draws: more are no picture. */
export const seriesAtMost = 24;

const ask = (kind: string, promql: PanelQuestion['promql'], by?: string): PanelQuestion => ({
  kind,
  promql,
  ...(by === undefined ? {} : { by }),
});
/** A rate summed over everything, or by a label. */
const rate = (kind: string, metric: string, by?: string, extra = ''): PanelQuestion =>
  ask(kind, (s, w) => `sum${by ? ` by (${by})` : ''} (rate(${metric}{${s}${extra}}[${w}s]))`, by);
const highest = (kind: string, metric: string, by?: string, extra = ''): PanelQuestion =>
  ask(kind, (s, w) => `max${by ? ` by (${by})` : ''} (max_over_time(${metric}{${s}${extra}}[${w}s]))`, by);
const mean = (kind: string, metric: string, by?: string, extra = ''): PanelQuestion =>
  ask(kind, (s, w) => `sum${by ? ` by (${by})` : ''} (avg_over_time(${metric}{${s}${extra}}[${w}s]))`, by);
const cpuShare = (s: string, w: number) =>
  `1 - avg by (host) (rate(node_cpu_seconds_total{${s},mode="idle"}[${w}s]))`;
const membersHosts = ({ orgId, hostIds = [] }: PanelScope) =>
  `org="${orgId}",host_id=~"${hostIds.length === 0 ? 'none' : hostIds.join('|')}"`;
const top = (promql: string) => `topk_avg(${seriesAtMost / 2}, ${promql})`;

export const panels: Record<PanelName, PanelRule> = {
  'hosts-heard': {
    unit: 'count',
    needs: 'fleet',
    questions: [
      ask('heard', (s) => `sum(elepherd_host_connected{${s}})`),
      ask('expected', (s) => `count(elepherd_host_connected{${s}})`),
    ],
  },
  'fleet-transactions': {
    unit: 'per-second',
    needs: 'fleet',
    questions: [
      ask(
        'transactions',
        (s, w) =>
          top(
            `sum by (cluster) (rate({__name__=~"pg_stat_database_xact_commit|pg_stat_database_xact_rollback",${s}}[${w}s]))`,
          ),
        'cluster',
      ),
    ],
  },
  'fleet-cpu': {
    unit: 'share',
    needs: 'fleet',
    questions: [ask('cpu', (s, w) => top(cpuShare(s, w)), 'host')],
  },
  'fleet-memory': {
    unit: 'share',
    needs: 'fleet',
    questions: [
      ask(
        'memory',
        (s, w) =>
          top(
            `1 - sum by (host) (avg_over_time(node_memory_MemAvailable_bytes{${s}}[${w}s])) / sum by (host) (node_memory_MemTotal_bytes{${s}})`,
          ),
        'host',
      ),
    ],
  },
  'fleet-disk': {
    unit: 'share',
    needs: 'fleet',
    questions: [
      ask(
        'disk',
        (s) =>
          top(`max by (host) (1 - node_filesystem_avail_bytes{${s}} / node_filesystem_size_bytes{${s}})`),
        'host',
      ),
    ],
  },
  'fleet-lag': {
    unit: 'seconds',
    needs: 'fleet',
    questions: [
      ask(
        'lag',
        (s, w) => top(`max by (cluster) (max_over_time(pg_replication_lag_seconds{${s}}[${w}s]))`),
        'cluster',
      ),
    ],
  },
  'fleet-sessions': {
    unit: 'count',
    needs: 'fleet',
    questions: [
      ask(
        'sessions',
        (s, w) => top(`sum by (cluster) (avg_over_time(pg_stat_activity_count{${s}}[${w}s]))`),
        'cluster',
      ),
    ],
  },
  'fleet-wal': {
    unit: 'bytes-per-second',
    needs: 'fleet',
    questions: [
      ask('wal', (s, w) => top(`max by (cluster) (rate(pg_current_wal_lsn_bytes{${s}}[${w}s]))`), 'cluster'),
    ],
  },
  transactions: {
    unit: 'per-second',
    needs: 'cluster',
    questions: [
      rate('commits', 'pg_stat_database_xact_commit', 'member'),
      rate('rollbacks', 'pg_stat_database_xact_rollback'),
    ],
  },
  sessions: {
    unit: 'count',
    needs: 'cluster',
    questions: [
      mean('state', 'pg_stat_activity_count', 'state', ',state!~"disabled|fastpath.*"'),
      highest('limit', 'pg_settings_max_connections'),
    ],
  },
  waits: {
    unit: 'count',
    needs: 'cluster',
    questions: [
      // A moment without backends has no sample: what is missing is nought, so it is a sum over time by the number of moments.
      ask(
        'wait',
        (s, w) =>
          `sum by (wait_event_type) (sum_over_time(pg_wait_sampling_backends{${s}}[${w}s])) / ${w / 15}`,
        'wait_event_type',
      ),
    ],
  },
  rows: {
    unit: 'per-second',
    needs: 'cluster',
    questions: [
      rate('fetched', 'pg_stat_database_tup_fetched'),
      rate('inserted', 'pg_stat_database_tup_inserted'),
      rate('updated', 'pg_stat_database_tup_updated'),
      rate('deleted', 'pg_stat_database_tup_deleted'),
    ],
  },
  'replication-bytes': {
    unit: 'bytes',
    needs: 'cluster',
    questions: [
      highest('behind', 'pg_stat_replication_pg_wal_lsn_diff', 'application_name'),
      highest('slot', 'pg_replication_slots_pg_wal_lsn_diff', 'slot_name', ',slot_type="logical"'),
    ],
  },
  'replication-seconds': {
    unit: 'seconds',
    needs: 'cluster',
    questions: [
      ask(
        'behind',
        (s, w) =>
          `max by (member) (max_over_time(pg_replication_lag_seconds{${s}}[${w}s]) and pg_replication_is_replica{${s}} == 1)`,
        'member',
      ),
    ],
  },
  'longest-transaction': {
    unit: 'seconds',
    needs: 'cluster',
    questions: [highest('longest', 'pg_long_running_transactions_oldest_timestamp_seconds', 'member')],
  },
  'lock-waits': {
    unit: 'count',
    needs: 'cluster',
    questions: [
      highest('waiting', 'pg_locks_waiting', 'member'),
      ask('deadlocks', (s, w) => `sum(increase(pg_stat_database_deadlocks{${s}}[${w}s]))`),
    ],
  },
  'log-errors': {
    unit: 'per-hour',
    needs: 'cluster',
    questions: [
      ask(
        'class',
        (s, w) => `sum by (error_class) (rate(pg_log_errors_total{${s}}[${w}s])) * 3600 > 0`,
        'error_class',
      ),
    ],
  },
  'cache-hits': {
    unit: 'share',
    needs: 'cluster',
    questions: [
      ask(
        'hits',
        (s, w) =>
          `sum by (member) (rate(pg_stat_database_blks_hit{${s}}[${w}s])) / (sum by (member) (rate(pg_stat_database_blks_hit{${s}}[${w}s])) + sum by (member) (rate(pg_stat_database_blks_read{${s}}[${w}s])))`,
        'member',
      ),
    ],
  },
  'temp-files': {
    unit: 'bytes-per-second',
    needs: 'cluster',
    questions: [rate('written', 'pg_stat_database_temp_bytes', 'datname')],
  },
  wal: {
    unit: 'bytes-per-second',
    needs: 'cluster',
    questions: [ask('written', (s, w) => `max(rate(pg_current_wal_lsn_bytes{${s}}[${w}s]))`)],
  },
  checkpoints: {
    unit: 'per-hour',
    needs: 'cluster',
    questions: [
      ask('timed', (s, w) => `max(rate(pg_stat_bgwriter_checkpoints_timed_total{${s}}[${w}s])) * 3600`),
      ask('requested', (s, w) => `max(rate(pg_stat_bgwriter_checkpoints_req_total{${s}}[${w}s])) * 3600`),
    ],
  },
  archiving: {
    unit: 'count',
    needs: 'cluster',
    questions: [
      highest('ready', 'pg_archive_ready_files'),
      ask('failed', (s, w) => `sum(increase(pg_stat_archiver_failed_count{${s}}[${w}s]))`),
    ],
  },
  'database-sizes': {
    unit: 'bytes',
    needs: 'cluster',
    questions: [
      ask(
        'size',
        (s) =>
          top(`max by (datname) (last_over_time(pg_database_size_bytes{${s},datname!~"template.*"}[10m]))`),
        'datname',
      ),
    ],
  },
  pooler: {
    unit: 'count',
    needs: 'cluster',
    questions: [
      mean('clients-active', 'pgbouncer_pools_client_active_connections'),
      highest('clients-waiting', 'pgbouncer_pools_client_waiting_connections'),
      mean('servers-active', 'pgbouncer_pools_server_active_connections'),
      mean('servers-idle', 'pgbouncer_pools_server_idle_connections'),
    ],
  },
  'member-cpu': {
    unit: 'share',
    needs: 'cluster',
    questions: [ask('cpu', (_, w, scope) => cpuShare(membersHosts(scope), w), 'host')],
  },
  'member-disk': {
    unit: 'share',
    needs: 'cluster',
    questions: [
      ask(
        'disk',
        (_, _w, scope) =>
          `max by (host) (1 - node_filesystem_avail_bytes{${membersHosts(scope)}} / node_filesystem_size_bytes{${membersHosts(scope)}})`,
        'host',
      ),
    ],
  },
  wraparound: {
    unit: 'count',
    needs: 'cluster',
    questions: [
      ask(
        'age',
        (s) => top(`max by (datname) (last_over_time(pg_database_wraparound_age_datfrozenxid{${s}}[5m]))`),
        'datname',
      ),
    ],
  },
  cpu: {
    unit: 'share',
    needs: 'host',
    questions: [
      ask(
        'mode',
        (s, w) =>
          `sum by (mode) (rate(node_cpu_seconds_total{${s},mode!="idle"}[${w}s])) / scalar(count(count by (cpu) (node_cpu_seconds_total{${s}})))`,
        'mode',
      ),
    ],
  },
  load: {
    unit: 'count',
    needs: 'host',
    questions: [
      ask('load1', (s, w) => `avg_over_time(node_load1{${s}}[${w}s])`),
      ask('load15', (s, w) => `avg_over_time(node_load15{${s}}[${w}s])`),
      ask('cores', (s) => `count(count by (cpu) (node_cpu_seconds_total{${s}}))`),
    ],
  },
  memory: {
    unit: 'bytes',
    needs: 'host',
    questions: [
      ask(
        'used',
        (s, w) =>
          `avg_over_time(node_memory_MemTotal_bytes{${s}}[${w}s]) - ignoring(__name__) avg_over_time(node_memory_MemAvailable_bytes{${s}}[${w}s])`,
      ),
      mean('cached', 'node_memory_Cached_bytes'),
      mean('total', 'node_memory_MemTotal_bytes'),
    ],
  },
  pressure: {
    unit: 'share',
    needs: 'host',
    questions: [
      rate('pressure-cpu', 'node_pressure_cpu_waiting_seconds_total'),
      rate('pressure-io', 'node_pressure_io_waiting_seconds_total'),
      rate('pressure-memory', 'node_pressure_memory_waiting_seconds_total'),
    ],
  },
  'disk-throughput': {
    unit: 'bytes-per-second',
    needs: 'host',
    questions: [
      rate('read', 'node_disk_read_bytes_total', 'device'),
      rate('written', 'node_disk_written_bytes_total', 'device'),
    ],
  },
  'disk-busy': {
    unit: 'share',
    needs: 'host',
    questions: [rate('busy', 'node_disk_io_time_seconds_total', 'device')],
  },
  'disk-space': {
    unit: 'share',
    needs: 'host',
    questions: [
      ask(
        'disk',
        (s) =>
          `max by (mountpoint) (1 - node_filesystem_avail_bytes{${s}} / node_filesystem_size_bytes{${s}})`,
        'mountpoint',
      ),
    ],
  },
  network: {
    unit: 'bytes-per-second',
    needs: 'host',
    questions: [
      rate('received', 'node_network_receive_bytes_total', 'device'),
      rate('sent', 'node_network_transmit_bytes_total', 'device'),
    ],
  },
  swap: {
    unit: 'per-second',
    needs: 'host',
    questions: [
      rate('swapped-in', 'node_vmstat_pswpin'),
      rate('swapped-out', 'node_vmstat_pswpout'),
      rate('major-faults', 'node_vmstat_pgmajfault'),
    ],
  },
  'statement-time': {
    unit: 'count',
    needs: 'cluster',
    questions: [
      ask(
        'statement',
        (s, w) =>
          `topk_avg(8, sum by (queryid) (sum_over_time(elepherd_query_seconds{${s},queryid!="other"}[${w}s])) / ${w})`,
        'queryid',
      ),
      ask('rest', (s, w) => `sum(sum_over_time(elepherd_query_seconds{${s},queryid="other"}[${w}s])) / ${w}`),
    ],
  },
  'statement-calls': {
    unit: 'per-second',
    needs: 'cluster',
    questions: [
      ask(
        'statement',
        (s, w) =>
          `topk_avg(8, sum by (queryid) (sum_over_time(elepherd_query_calls{${s},queryid!="other"}[${w}s])) / ${w})`,
        'queryid',
      ),
    ],
  },
};

/** What limits a question to what it is about: the organisation always, then the cluster or host. */
export function selectorOf({ orgId, clusterId, hostId }: PanelScope): string {
  const parts = [`org="${orgId}"`];
  if (clusterId !== undefined) parts.push(`cluster_id="${clusterId}"`);
  if (hostId !== undefined) parts.push(`host_id="${hostId}"`);
  return parts.join(',');
}

const steps = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
const pointsWished = 260;
const pointsAtMost = 11_000;
export const rangeSecondsAtMost = 400 * 86_400;

/** The grid of a range: times that are multiples of the step, so that pictures do not flicker as time goes by. */
export function gridOf(
  fromSeconds: number,
  toSeconds: number,
  stepWished?: number,
): { from: number; to: number; step: number; points: number } {
  const length = toSeconds - fromSeconds;
  const fine = stepWished !== undefined && length / stepWished <= pointsAtMost ? stepWished : undefined;
  const step = fine ?? steps.find((one) => length / one <= pointsWished) ?? steps.at(-1)!;
  const from = Math.floor(fromSeconds / step) * step;
  const to = Math.floor(toSeconds / step) * step;
  return { from, to, step, points: Math.round((to - from) / step) + 1 };
}

/** How far a rate looks back at each point: at least four rounds of a collector, so that one lost round leaves no hole. */
export const windowOf = (step: number): number => Math.max(step, 60);
