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
  return startElepherd({ name: `${name}${process.pid}`, hosts, durable: true });
}

export interface MadeCluster {
  cluster: LabCluster;
  /** All in seconds since the request. */
  timings: { firstQuerySeconds: number; allStreamingSeconds: number; readySeconds: number };
  steps: { name: string; atSeconds: number; seconds: number }[];
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
    cluster.waitUntilWhole(240).then(() => Date.now()),
  ]);
  return {
    cluster,
    timings: {
      firstQuerySeconds: since(first.at),
      allStreamingSeconds: since(streamingAt),
      readySeconds: since(Date.parse(operation.endedAt ?? '')),
    },
    steps: stepsOf(operation, since),
  };
}

function stepsOf(operation: Operation, since: (at: number) => number): MadeCluster['steps'] {
  return operation.steps.flatMap(({ name, startedAt, endedAt }) => {
    if (startedAt === null || endedAt === null) return [];
    const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    return [{ name, atSeconds: since(Date.parse(startedAt)), seconds }];
  });
}
