import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Lab } from '#tests/support/lab/lab.ts';
import { longestOutage, startWriter, type Writer, type WriterTarget } from '#tests/support/lab/writer.ts';

interface WriteMeasure {
  /** The longest time between two acknowledged writes since the fault. */
  outageSeconds: number;
  acknowledgedRows: number;
  lostRows: number;
  /** The host that took the last write. */
  lastHost: string;
}

/** Does something while a client writes a row every 10 ms, and answers what that client saw; `act` gets the writer, to wait for it. */
export async function underWrites(
  lab: Lab,
  target: WriterTarget,
  act: (writer: Writer) => Promise<void>,
): Promise<WriteMeasure> {
  const writer = await startWriter(lab, target);
  try {
    await sleep(1000);
    const faultAt = Date.now();
    await act(writer);
    await writer.nextAcknowledgement(120);
    const report = await writer.finish();
    return {
      outageSeconds: longestOutage(report.acknowledged, faultAt).seconds,
      acknowledgedRows: report.acknowledged.length,
      lostRows: report.lost.length,
      lastHost: report.acknowledged.at(-1)?.host ?? '',
    };
  } catch (error) {
    await writer.stop();
    throw error;
  }
}

/**
 * Measures until an outage is within its bar, three times at most: a busy machine may spoil one. A machine with three times more to do
 * than it has processors spoils all of them: there the seconds are printed and judge nothing.
 */
export async function expectOutageBelow(
  barSeconds: number,
  measure: () => Promise<{ outageSeconds: number }>,
): Promise<void> {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && best >= barSeconds; tries += 1)
    best = Math.min(best, (await measure()).outageSeconds);
  const load = loadavg()[0] ?? 0;
  if (best >= barSeconds && load > 3 * availableParallelism()) {
    console.log(`${best} s is over the bar of ${barSeconds} s, on a machine with a load of ${load}`);
    return;
  }
  expect(best).toBeLessThan(barSeconds);
}
