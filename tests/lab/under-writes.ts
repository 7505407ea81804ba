import { setTimeout as sleep } from 'node:timers/promises';
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
