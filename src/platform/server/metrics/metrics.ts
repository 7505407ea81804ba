import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Db } from '../db.ts';

/** Upper ends of the classes of request durations, in seconds. */
const ends = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = {
  /** Counts one answered request. `route` is a pattern, never an address: every address would be a series of its own. */
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  /** Everything in Prometheus' text form. */
  text(db: Db, pool?: pg.Pool): Promise<string>;
};

type Sample = { labels?: Record<string, string | number>; value: number; suffix?: string };

/** The metrics of this process, and of the database all processes share. */
export function createMetrics(): Metrics {
  const requests = new Map<
    string,
    { labels: Record<string, string>; classes: number[]; sum: number; count: number }
  >();
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();

  const durations = (): Sample[] =>
    [...requests.values()].flatMap(({ labels, classes, sum, count }) => [
      ...ends.map((le, i) => ({ labels: { ...labels, le }, value: classes[i] ?? 0, suffix: '_bucket' })),
      { labels: { ...labels, le: '+Inf' }, value: count, suffix: '_bucket' },
      { labels, value: sum, suffix: '_sum' },
      { labels, value: count, suffix: '_count' },
    ]);

  return {
    observe({ method, route, status, seconds }) {
      const labels = { method, route, status: String(status) };
      const key = JSON.stringify(labels);
      const entry = requests.get(key) ?? { labels, classes: ends.map(() => 0), sum: 0, count: 0 };
      requests.set(key, entry);
      entry.count++;
      entry.sum += seconds;
      for (const [i, end] of ends.entries())
        if (seconds <= end) entry.classes[i] = (entry.classes[i] ?? 0) + 1;
    },
    async text(db, pool) {
      const cpu = process.cpuUsage();
      const memory = process.memoryUsage();
      const one = (value: number): Sample[] => [{ value }];
      const lagSeconds = Number.isFinite(lag.mean) ? lag.percentile(99) / 1e9 : 0;
      lag.reset();
      const families = [
        family(
          'elepherd_http_request_duration_seconds',
          'histogram',
          'Time until an answer began, by pattern of the route.',
          durations(),
        ),
        ...(pool
          ? [
              family(
                'elepherd_database_pool_connections',
                'gauge',
                'Connections of this process to the database.',
                [
                  { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
                  { labels: { state: 'idle' }, value: pool.idleCount },
                ],
              ),
              family(
                'elepherd_database_pool_waiting',
                'gauge',
                'Requests that wait for a connection.',
                one(pool.waitingCount),
              ),
            ]
          : []),
        ...(await sharedFamilies(db)),
        family(
          'process_cpu_seconds_total',
          'counter',
          'CPU time of this process.',
          one((cpu.user + cpu.system) / 1e6),
        ),
        family('process_resident_memory_bytes', 'gauge', 'Resident memory of this process.', one(memory.rss)),
        family(
          'process_start_time_seconds',
          'gauge',
          'When this process began, in Unix time.',
          one(Date.now() / 1000 - process.uptime()),
        ),
        family('nodejs_heap_used_bytes', 'gauge', 'Used part of the JavaScript heap.', one(memory.heapUsed)),
        family(
          'nodejs_eventloop_lag_p99_seconds',
          'gauge',
          'Delay of the event loop since the last scrape.',
          one(lagSeconds),
        ),
      ];
      return `${families.join('\n')}\n`;
    },
  };
}

/** What all processes share, read from the database at each scrape. */
async function sharedFamilies(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    operations: Record<string, number> | null;
    jobs: { ready: number; later: number; running: number; failed: number; oldest: number };
    mails: Record<string, number> | null;
    workers: number;
    audit: number;
  }>`select
    (select json_object_agg(state, n) from (select state, count(*) as n from platform.operation group by state) s) as operations,
    (select json_build_object(
      'ready', count(*) filter (where locked_at is null and run_at <= now() and attempts < max_attempts),
      'later', count(*) filter (where locked_at is null and run_at > now() and attempts < max_attempts),
      'running', count(*) filter (where locked_at is not null),
      'failed', count(*) filter (where locked_at is null and attempts >= max_attempts),
      'oldest', coalesce(extract(epoch from now() - min(run_at)
        filter (where locked_at is null and run_at <= now() and attempts < max_attempts)), 0)) from graphile_worker.jobs) as jobs,
    (select json_object_agg(state, n) from (select state, count(*) as n from platform.mail group by state) s) as mails,
    (select count(*)::int8 from platform.worker where seen_at > now() - interval '15 seconds') as workers,
    (select coalesce(max(id), 0) from platform.audit) as audit`.execute(db);
  const row = rows[0];
  if (!row) return [];
  const by = (label: string, counts: Record<string, number>, all: readonly string[]): Sample[] =>
    all.map((name) => ({ labels: { [label]: name }, value: counts[name] ?? 0 }));
  const { oldest, ...jobs } = row.jobs;
  return [
    family(
      'elepherd_operations',
      'gauge',
      'Operations by state.',
      by('state', row.operations ?? {}, ['running', 'cancelling', 'succeeded', 'failed', 'cancelled']),
    ),
    family('elepherd_jobs', 'gauge', 'Jobs on the queue by state.', by('state', jobs, Object.keys(jobs))),
    family('elepherd_oldest_job_seconds', 'gauge', 'How long the oldest job that could run has waited.', [
      { value: oldest },
    ]),
    family('elepherd_workers', 'gauge', 'Worker processes seen in the last 15 seconds.', [
      { value: row.workers },
    ]),
    family(
      'elepherd_mails',
      'gauge',
      'Mails by state.',
      by('state', row.mails ?? {}, ['queued', 'kept', 'sent', 'dead']),
    ),
    family('elepherd_audit_rows', 'gauge', 'Rows of the audit log.', [{ value: row.audit }]),
  ];
}

function family(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: Sample[],
): string {
  const lines = samples.map(({ labels = {}, value, suffix = '' }) => {
    const inner = Object.entries(labels).map(([label, text]) => `${label}="${escape(String(text))}"`);
    return `${name}${suffix}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}

const escape = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
