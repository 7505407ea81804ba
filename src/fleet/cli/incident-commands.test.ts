import { afterAll, describe, expect, test } from 'vitest';
import { setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { startTestCli } from '#tests/support/cli.ts';
import { someCluster } from '#tests/support/hosts.ts';
import { startVictoriaMetrics } from '#tests/support/victoria-metrics.ts';

const metrics = await startVictoriaMetrics();

describe.skipIf(metrics === undefined)('timeline', () => {
  afterAll(async () => {
    setMetricsStore(undefined);
    await metrics!.stop();
  });

  test('a page of what happened carries the key figures of its time, and is a page without them', async () => {
    const cli = await startTestCli();
    const { actor } = cli.owner;
    const id = await someCluster(cli.owner);
    const now = Math.floor(Date.now() / 1000) - 20;
    const labels = `org="${actor.orgId}",cluster_id="${id}",cluster="orders",member="orders-1",datname="app"`;
    const lines = Array.from(
      { length: 120 },
      (_, at) => `pg_stat_database_xact_commit{${labels}} ${at * 600} ${(now - (119 - at) * 15) * 1000}`,
    );
    await metrics!.store.write(`${lines.join('\n')}\n`);
    await metrics!.flush();
    const page = async () => {
      const { code, out, errors } = await cli.run('timeline orders --since 1h --html');
      expect(errors).toBe('');
      expect(code).toBe(0);
      return out;
    };
    const quiet = await page();
    expect(quiet).toContain('Nothing happened in this time.');
    expect(quiet).not.toContain('<polyline');
    setMetricsStore(metrics!.store);
    const told = await page();
    expect(told.match(/<polyline/g)).toHaveLength(1);
    expect(told).toContain('orders-1 · committed');
    expect(told).toContain('up to 40/s');
  });
});
