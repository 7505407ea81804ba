/**
 * npm run bench -- failover [runs of each fault] [fault …]
 * How long a client in the network cannot write, beside the same Patroni run by hand on the same lab hosts with the same times:
 *   kill        Patroni and PostgreSQL die at once, their host lives
 *   power-cut   the primary's host is gone, with a member of etcd that did not lead: who leads there is chance, and costs some eight
 *               seconds
 *   switchover  asked for: of Elepherd's API here, of Patroni's own there
 * One writer measures both, one insert every 10 ms, on a synchronous cluster of three; the runs take turns.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { recoveryTimes } from '#src/fleet/contract/clusters.ts';
import { makeHandPatroni, removeHandPatroni } from '#tests/lab/floor/hand-patroni.ts';
import { type Fault, measureWriteOutage, type WrittenCluster } from '#tests/lab/floor/write-outage.ts';
import { median, print, roundedAll, say } from './support/figures.ts';
import { startLab } from './support/lab.ts';

const [runs = '3', ...wished] = process.argv.slice(2);
const recovery = 'normal';
const all: Fault[] = ['switchover', 'kill', 'power-cut'];
const faults = wished.length === 0 ? all : all.filter((fault) => wished.includes(fault));
const bars: Partial<Record<Fault, { bar?: number; barRatio?: number }>> = {
  switchover: { bar: 2 },
  kill: { bar: 6 },
  'power-cut': { barRatio: 1.1 },
};

interface Measures {
  seconds: number[];
  lostRows: number;
}

const elepherd = await startLab('failover', 3);
try {
  const ours = new Map<Fault, Measures>();
  const peers = new Map<Fault, Measures>();
  await elepherd.createCluster({ name: 'bench', members: 3, protection: 'sync', recovery });
  const cluster = await elepherd.openCluster('bench');
  await measure('ours', cluster, `elepherd-etcd-${cluster.made.scope}`, ours);
  await elepherd.deleteCluster('bench');
  const { ttl, loopWait, retryTimeout } = recoveryTimes[recovery];
  const hand = await makeHandPatroni(elepherd.lab, {
    hosts: elepherd.lab.hosts,
    ttlSeconds: ttl,
    loopWaitSeconds: loopWait,
    retryTimeoutSeconds: retryTimeout,
    synchronousMode: true,
  });
  await measure('by hand', hand, 'etcd', peers);
  await removeHandPatroni(hand);
  for (const fault of faults) report(fault, ours.get(fault)!, peers.get(fault)!);
} finally {
  await elepherd.destroy();
}

async function measure(
  whose: string,
  cluster: WrittenCluster,
  etcdUnit: string,
  into: Map<Fault, Measures>,
): Promise<void> {
  for (const fault of faults) {
    const measures: Measures = { seconds: [], lostRows: 0 };
    into.set(fault, measures);
    for (let run = 1; run <= Number(runs); run += 1) {
      if (fault === 'power-cut') await leadElsewhere(cluster, etcdUnit);
      const { outageSeconds, lostRows } = await measureWriteOutage(elepherd.lab, cluster, fault);
      measures.seconds.push(outageSeconds);
      measures.lostRows += lostRows;
      say(
        `${whose}: ${fault}, run ${run}: ${outageSeconds.toFixed(2)} s without writes, ${lostRows} rows lost`,
      );
    }
  }
}

/** An etcd that is stopped hands its lead on. */
async function leadElsewhere(cluster: WrittenCluster, etcdUnit: string): Promise<void> {
  await cluster.waitUntilWhole(60);
  const primary = await cluster.getLeader();
  await primary.run(['systemctl', 'restart', etcdUnit]);
  await sleep(5000);
}

function report(fault: Fault, ours: Measures, peer: Measures): void {
  print({
    name: `failover/${fault}`,
    ours: median(ours.seconds),
    peer: median(peer.seconds),
    unit: 's',
    ...bars[fault],
    runs: Number(runs),
    oursEach: roundedAll(ours.seconds),
    peerEach: roundedAll(peer.seconds),
    lostRows: ours.lostRows,
    peerLostRows: peer.lostRows,
  });
}
