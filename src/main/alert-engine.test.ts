import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { hasEngine } from '#tests/support/alert-engine.ts';
import { startMetricsCluster, type MetricsCluster } from '#tests/support/metrics-cluster.ts';
import { prepareAlertEngine } from './alert-engine.ts';

describe.skipIf(!hasEngine)('the cluster version of VictoriaMetrics by URL', () => {
  let cluster: MetricsCluster;
  beforeAll(async () => {
    cluster = await startMetricsCluster();
  });
  afterAll(async () => {
    await cluster.stop();
  });

  const settings = () => ({ METRICS_URL: cluster.readUrl, METRICS_WRITE_URL: cluster.writeUrl });

  test('figures are written at one address and read at the other', async () => {
    const store = openMetricsStore(settings())!;
    expect(store.readUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/select\/0\/prometheus$/);
    expect(store.writeUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/insert\/0\/prometheus$/);
    const now = Math.floor(Date.now() / 1000) - 5;
    await store.write(`pg_up{host="a"} 7 ${now * 1000}\n`);
    await cluster.flush();
    const range = { promql: 'pg_up', fromSeconds: now, toSeconds: now, stepSeconds: 15 };
    expect(await store.queryRange(range)).toMatchObject([{ labels: { host: 'a' }, points: [[now, 7]] }]);
    expect(await store.query('pg_up', now)).toMatchObject([{ points: [[now, 7]] }]);
    expect(await store.federate('{host="a"}')).toContain('pg_up{host="a"} 7 ');
    expect(cluster.written).toEqual(['/insert/0/prometheus/api/v1/import/prometheus']);
    expect(cluster.read).toEqual([
      '/select/0/prometheus/api/v1/query_range',
      '/select/0/prometheus/api/v1/query',
      '/select/0/prometheus/federate',
    ]);
    expect(cluster.refused).toEqual([]);
    // One address for both is not enough for a cluster.
    const alone = openMetricsStore({ METRICS_URL: cluster.readUrl, METRICS_WRITE_URL: undefined })!;
    await expect(alone.write('pg_up 1 1\n')).rejects.toThrow('refused with 400');
    cluster.refused.length = 0;
  });

  test('the judge of alerts reads at the one and writes at the other, with no password among its arguments', async () => {
    const home = await mkdtemp(join(tmpdir(), 'elepherd-engine-'));
    await chmod(home, 0o755);
    const { METRICS_URL, METRICS_WRITE_URL } = settings();
    const { program } = (await prepareAlertEngine({ home, METRICS_WRITE_URL }, METRICS_URL))!;
    const store = openMetricsStore(settings())!;
    expect(program.args).toContain(`-datasource.url=${store.readUrl}`);
    expect(program.args).toContain(`-remoteRead.url=${store.readUrl}`);
    expect(program.args).toContain(`-remoteWrite.url=${store.writeUrl}`);
    cluster.read.length = 0;
    cluster.written.length = 0;
    const judge = spawn(program.file!, [...program.args, '-remoteWrite.flushInterval=200ms'], {
      env: program.env,
      stdio: 'ignore',
      ...program.as,
    });
    try {
      expect(await readFile(`/proc/${judge.pid}/cmdline`, 'utf8')).not.toMatch(/reads|writes|reader/);
      // What it found goes in at the one door and comes out of the other.
      const standing = async () => {
        await cluster.flush();
        return (await store.query('ALERTS{alertstate="firing"}')).length;
      };
      await expect.poll(standing, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
      expect(new Set(cluster.written)).toEqual(new Set(['/insert/0/prometheus/api/v1/write']));
      expect(cluster.read).toContain('/select/0/prometheus/api/v1/query');
      expect(cluster.refused).toEqual([]);
    } finally {
      judge.kill('SIGKILL');
      await once(judge, 'exit');
      await rm(home, { recursive: true, force: true });
    }
  });
});
