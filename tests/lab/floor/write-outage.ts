import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '#tests/support/lab/host.ts';
import type { Lab } from '#tests/support/lab/lab.ts';
import { longestOutage, startWriter } from '#tests/support/lab/writer.ts';
import type { Writer, WriterTarget } from '#tests/support/lab/writer.ts';

/** A cluster, made by whomever, as far as measuring it needs. */
export interface WrittenCluster {
  hosts: readonly Host[];
  target: WriterTarget;
  getLeader: () => Promise<Host>;
  switchOver: (leader: Host) => Promise<void>;
  /** What an administrator does on a host after its processes were killed or it was switched on again; nothing where none is needed. */
  recover: (host: Host) => Promise<void>;
  /** Waits until one member leads and all others stream without lag. */
  waitUntilWhole: (timeoutSeconds: number) => Promise<void>;
}

/**
 * switchover: asked for · kill: Patroni and PostgreSQL die at once, their host lives · power-cut: the host dies
 * cut: the primary's cable is pulled and plugged in 10 s after writes go on elsewhere · flap: the same after 2 s
 */
export type Fault = 'switchover' | 'kill' | 'power-cut' | 'cut' | 'flap';

export interface OutageMeasure {
  fault: Fault;
  /** The longest time between two acknowledged writes of a client in the network, one every 10 ms. */
  outageSeconds: number;
  /** From the fault to the first write acknowledged by another host; undefined when the same host took them again. */
  newPrimarySeconds: number | undefined;
  /** From the healing (or the fault, where nothing heals) until all members stream again. */
  wholeAgainSeconds: number;
  acknowledgedRows: number;
  /** Acknowledged to the client in the network, and gone. */
  lostRows: number;
  /** Acknowledged by the isolated primary to a client on that very host, and gone; only for cut and flap. */
  lostLocalRows: number | undefined;
  /** Reported as failed, and there. */
  committedAlthoughFailed: number;
}

/** Does one fault to a whole cluster under a steady writer, heals it, and answers what the writer saw. The cluster is whole again then. */
export async function measureWriteOutage(
  lab: Lab,
  cluster: WrittenCluster,
  fault: Fault,
): Promise<OutageMeasure> {
  await cluster.waitUntilWhole(60);
  const leader = await cluster.getLeader();
  const isCut = fault === 'cut' || fault === 'flap';
  const writer = await startWriter(lab, cluster.target);
  const local = isCut
    ? await startWriter(lab, { ...cluster.target, hosts: ['127.0.0.1'] }, { at: leader.name })
    : undefined;
  await sleep(1000);
  const faultAt = Date.now();
  await strike(cluster, leader, fault);
  const after = await firstAfter(writer, faultAt);
  if (isCut) {
    await sleep(fault === 'cut' ? 10_000 : 2000);
    await leader.healLink();
  } else if (fault === 'kill') {
    await cluster.recover(leader);
  } else if (fault === 'power-cut') {
    await leader.boot();
    await cluster.recover(leader);
  }
  const healedAt = Date.now();
  await cluster.waitUntilWhole(180);
  const wholeAgainSeconds = (Date.now() - healedAt) / 1000;
  // A deposed primary that takes the lead back does so in these seconds, and its rows are then what counts.
  await sleep(3000);
  const report = await writer.finish();
  const localReport = await local?.finish({ from: cluster.target });
  return {
    fault,
    outageSeconds: longestOutage(report.acknowledged, faultAt).seconds,
    newPrimarySeconds: after.host === leader.ip ? undefined : (after.at - faultAt) / 1000,
    wholeAgainSeconds,
    acknowledgedRows: report.acknowledged.length,
    lostRows: report.lost.length,
    lostLocalRows: localReport?.lost.length,
    committedAlthoughFailed: report.committedAlthoughFailed.length,
  };
}

async function strike(cluster: WrittenCluster, leader: Host, fault: Fault): Promise<void> {
  if (fault === 'switchover') {
    await cluster.switchOver(leader);
  } else if (fault === 'kill') {
    // Patroni first: it would restart the server it sees dying.
    await leader.signal('/usr/bin/patroni', 'KILL');
    await leader.signal('postgres', 'KILL');
  } else if (fault === 'power-cut') {
    await leader.powerCut();
  } else {
    await leader.cutLink();
  }
}

/** The write that ended the longest silence since the fault. */
async function firstAfter(writer: Writer, faultAt: number): Promise<{ at: number; host: string }> {
  // What was under way when the fault struck may still be acknowledged: wait until the silence begins, or does not.
  await sleep(500);
  await writer.nextAcknowledgement(120);
  const { to } = longestOutage(writer.acknowledged(), faultAt);
  const found = writer.acknowledged().find((ack) => ack.at === to);
  if (found === undefined) throw new Error('no write was acknowledged after the fault');
  return found;
}
