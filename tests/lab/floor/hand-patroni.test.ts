import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLab } from '#tests/support/lab/lab.ts';
import type { Lab } from '#tests/support/lab/lab.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { makeHandPatroni } from './hand-patroni.ts';
import type { HandPatroni } from './hand-patroni.ts';
import { measureWriteOutage } from './write-outage.ts';

const why = whyNoLab();

test.runIf(why !== undefined)(`the hand-made cluster is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('a cluster of three made by hand', { timeout: 120_000 }, () => {
  let lab: Lab;
  let cluster: HandPatroni;

  beforeAll(async () => {
    lab = await createLab({ name: 'hand-patroni', hosts: 3 });
    cluster = await makeHandPatroni(lab, {
      hosts: lab.hosts,
      ttlSeconds: 20,
      loopWaitSeconds: 2,
      retryTimeoutSeconds: 3,
      synchronousMode: false,
    });
  }, 400_000);

  afterAll(() => lab?.destroy(), 60_000);

  test('answers its first query before all of its members stream', () => {
    const { etcdReadySeconds, firstQuerySeconds, allStreamingSeconds } = cluster.timings;
    expect(etcdReadySeconds).toBeLessThan(firstQuerySeconds);
    expect(firstQuerySeconds).toBeLessThan(allStreamingSeconds);
  });

  test('loses no acknowledged row in a switchover, and takes writes again on another host', async () => {
    const measure = await measureWriteOutage(lab, cluster, 'switchover');
    expect(measure.lostRows).toBe(0);
    expect(measure.acknowledgedRows).toBeGreaterThan(100);
    expect(measure.newPrimarySeconds).toBeDefined();
    expect(measure.outageSeconds).toBeGreaterThan(0.2);
  });
});
