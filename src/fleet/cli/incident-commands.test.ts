import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { startTestCli } from '#tests/support/cli.ts';
import { startVictoriaMetrics } from '#tests/support/victoria-metrics.ts';

const metrics = await startVictoriaMetrics();

describe.skipIf(metrics === undefined)('timeline', () => {
  afterAll(async () => {
    setMetricsStore(undefined);
    await metrics!.stop();
  });

  test('a page of what happened carries the key figures of its time, and is a page without them', async () => {
    const cli = await startTestCli();
    const { db, actor } = cli.owner;
    const id = randomUUID();
    await db
      .insertInto('fleet.cluster')
      .values({
        id,
        org_id: actor.orgId,
        name: 'orders',
        scope: 'orders-1',
        pg_version: 17,
        phase: 'ready',
        protection: 'async',
        recovery: 'normal',
        slot: 1,
        authority: '',
        secrets: Buffer.alloc(0),
      } as never)
      .execute();
    const { store } = metrics!;
    const now = Math.floor(Date.now() / 1000) - 20;
    const labels = `org="${actor.orgId}",cluster_id="${id}",cluster="orders",member="orders-1",datname="app"`;
    const lines = Array.from(
      { length: 120 },
      (_, at) => `pg_stat_database_xact_commit{${labels}} ${at * 600} ${(now - (119 - at) * 15) * 1000}`,
    );
    await store.write(`${lines.join('\n')}\n`);
    await fetch(`${store.readUrl}/internal/force_flush`, {
      headers: { authorization: store.authorization! },
    });
    const page = async () => {
      const { code, out, errors } = await cli.run('timeline orders --since 1h --html');
      expect(errors).toBe('');
      expect(code).toBe(0);
      return out;
    };
    const quiet = await page();
    expect(quiet).toContain('Nothing happened in this time.');
    expect(quiet).not.toContain('<polyline');
    setMetricsStore(store);
    const told = await page();
    expect(told.match(/<polyline/g)).toHaveLength(1);
    expect(told).toContain('orders-1 · committed');
    expect(told).toContain('up to 40/s');
  });
});
