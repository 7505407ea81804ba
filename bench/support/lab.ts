import pg from 'pg';
import type { CreateCluster } from '#src/fleet/contract/clusters.ts';
import type { Operation } from '#src/platform/contract/operations.ts';
import { type LabElepherd, startElepherd } from '#tests/support/lab/elepherd.ts';
import { waitForPrimary } from '#tests/support/lab/writer.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { say } from './figures.ts';

/** A whole Elepherd with lab hosts, its own database as durable as that of `npm start`. */
export async function startLab(name: string, hosts: number): Promise<LabElepherd> {
  // Standard output holds figures only.
  console.log = (line: unknown) => say(String(line));
  return startElepherd({ name, hosts, durable: true });
}

export interface MadeCluster {
  cluster: LabCluster;
  /** All in seconds since the request. */
  timings: { firstQuerySeconds: number; allStreamingSeconds: number; readySeconds: number };
  /** What was asked of the hosts, in order: one line a task. */
  trace: string[];
}

/**
 * Makes a cluster by the API, and answers once its operation is done and its members stream. The first query is the application's
 * own, with the account and through the TLS that it will have; the streaming is what Patroni says.
 */
export async function makeCluster(elepherd: LabElepherd, wish: CreateCluster): Promise<MadeCluster> {
  const started = Date.now();
  const since = (at: number): number => (at - started) / 1000;
  const requested = await elepherd.requestCluster(wish);
  const cluster = await elepherd.openCluster(wish.name);
  const [first, operation, streamingAt] = await Promise.all([
    waitForPrimary(elepherd.lab, cluster.target, 240),
    elepherd.waitForOperation(requested.operationId ?? ''),
    // One alone streams to nobody: asking it would only keep it from its work.
    cluster.hosts.length === 1 ? undefined : cluster.waitUntilWhole(240).then(() => Date.now()),
  ]);
  return {
    cluster,
    timings: {
      firstQuerySeconds: since(first.at),
      allStreamingSeconds: since(streamingAt ?? first.at),
      readySeconds: since(Date.parse(operation.endedAt ?? '')),
    },
    trace: await traceOf(elepherd, operation, started),
  };
}

interface TraceRow {
  host: string;
  key: string;
  created: Date;
  taken: Date;
  ended: Date;
}

/** When each step began, and when each task was asked for, taken and answered: where the seconds of an operation went. */
async function traceOf(elepherd: LabElepherd, operation: Operation, started: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: elepherd.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<TraceRow>(
      `select h.name as host, t.key, t.created_at as created, t.taken_at as taken, t.ended_at as ended
         from fleet.task t join fleet.host h on h.id = t.host_id where t.operation_id = $1`,
      [operation.id],
    );
    const at = (time: Date | number): string => ((Number(time) - started) / 1000).toFixed(3);
    const lines = operation.steps.flatMap((step): [number, string][] =>
      step.startedAt === null ? [] : [[Date.parse(step.startedAt), step.name]],
    );
    for (const { host, key, created, taken, ended } of rows) {
      const name = key.replace(/^[0-9a-f-]{36}\W/, '');
      lines.push([Number(created), `  ${host} ${name}: taken ${at(taken)}, answered ${at(ended)}`]);
    }
    return lines.sort(([a], [b]) => a - b).map(([time, line]) => `${at(time)} ${line}`);
  } finally {
    await client.end();
  }
}
