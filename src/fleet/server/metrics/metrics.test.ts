import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetricsBatch } from '#src/fleet/contract/metrics.ts';
import { PanelData, StatementUses } from '#src/fleet/contract/metrics-panels.ts';
import { fleet } from '#src/fleet/server/room.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { openMetricsStore, setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { testApi } from '#tests/support/api.ts';
import { testContext } from '#tests/support/context.ts';
import { someCluster, someHost } from '#tests/support/hosts.ts';
import { startVictoriaMetrics } from '#tests/support/victoria-metrics.ts';
import { notePresence } from './note-presence.ts';
import { takeMetrics } from './take-metrics.ts';

const metrics = await startVictoriaMetrics();
const api = testApi([fleet]);
const log = createLog('test', 'silent');
const zipped = (batch: Partial<MetricsBatch>) => gzipSync(JSON.stringify({ groups: [], ...batch }));

describe.skipIf(metrics === undefined)('metrics', () => {
  let ours: Context;
  let theirs: Context;
  let hostId = '';
  let clusterId = '';

  beforeAll(async () => {
    setMetricsStore(metrics!.store);
    ours = await testContext({ may: ['*'] });
    theirs = await testContext({ may: ['*'] });
    hostId = await someHost(ours, 'db-1');
    clusterId = await someCluster(ours);
    await ours.db
      .insertInto('fleet.member')
      .values({
        cluster_id: clusterId,
        host_id: hostId,
        name: 'orders-1',
        kind: 'server',
        phase: 'ready',
        has_etcd: true,
        secrets: Buffer.alloc(0),
      } as never)
      .execute();
  });
  afterAll(async () => {
    setMetricsStore(undefined);
    await metrics!.stop();
  });

  test('what an agent sends comes out of a panel, for its organisation only', async () => {
    const take = takeMetrics(ours.db as never);
    const now = Date.now();
    // A host whose clock is an hour ahead, and that tries to write for somebody else.
    const ahead = 3600_000;
    for (let ago = 120; ago >= 0; ago -= 15) {
      const atMs = now - ago * 1000 + ahead;
      const group = (scope: string | null, text: string) => ({ atMs, scope, text });
      const groups = [
        group(
          'orders-1',
          [
            `pg_stat_database_xact_commit{datid="1",datname="app"} ${(120 - ago) * 10}`,
            'elepherd_query_seconds{queryid="42",datname="app",usename="app"} 1.5',
            'elepherd_query_calls{queryid="42",datname="app",usename="app"} 3',
            `pg_stat_database_xact_commit{org="${theirs.actor.orgId}",datname="app"} 99`,
          ].join('\n'),
        ),
        group('never-a-member', 'pg_up 1'),
        group(null, 'up{job="node"} 1'),
      ];
      const batch = zipped({ groups, texts: [{ queryId: '42', text: 'select $1' }] });
      expect(await take(hostId, now + ahead, batch)).toEqual({ keeps: true });
    }
    await notePresence({ db: ours.db as never, log }).note();
    const to = Math.floor(now / 1000);
    const address = `/api/fleet/metrics/panels/transactions?cluster=orders&from=${to - 120}&to=${to}`;
    const read = async () => PanelData.parse(await (await api.call(ours, 'GET', address)).json());
    await expect.poll(async () => (await read()).series.length, { timeout: 20_000, interval: 500 }).toBe(1);
    const [commits] = (await read()).series;
    expect(commits).toMatchObject({ kind: 'commits', name: 'orders-1' });
    expect(commits!.values.findLast((value) => value !== null)).toBeCloseTo(10, 0);

    const statements = await api.call(
      ours,
      'GET',
      `/api/fleet/metrics/statements?cluster=${clusterId}&from=${to - 120}&to=${to + 1}`,
    );
    const { items } = StatementUses.parse(await statements.json());
    expect(items).toMatchObject([{ queryId: '42', database: 'app', text: 'select $1', share: 1 }]);
    expect(items[0]!.calls).toBe(items[0]!.seconds * 2);

    const scrape = await (await api.call(ours, 'GET', '/api/fleet/metrics/scrape')).text();
    expect(scrape).toMatch(/elepherd_host_clock_offset_seconds\{[^}]*\} 3(?:600|599)/);
    expect(scrape).toContain('elepherd_member_expected{');
    expect(scrape).not.toContain(theirs.actor.orgId);
    expect(scrape).not.toContain('pg_up');
    // Another organisation finds neither the cluster nor a figure of it.
    expect((await api.call(theirs, 'GET', address)).status).toBe(404);
    expect(await (await api.call(theirs, 'GET', '/api/fleet/metrics/scrape')).text()).toBe('');
  }, 60_000);

  test('a batch that is no batch is refused for good, one without a store is not wanted', async () => {
    const take = takeMetrics(ours.db as never);
    await expect(take(hostId, Date.now(), new Uint8Array([1, 2, 3]))).rejects.toMatchObject({
      code: 'invalid',
    });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    await expect(take(hostId, Date.now(), bomb)).rejects.toMatchObject({ code: 'invalid' });
    setMetricsStore(undefined);
    try {
      expect(await take(hostId, Date.now(), zipped({}))).toEqual({ keeps: false });
      const answer = await api.call(ours, 'GET', '/api/fleet/metrics/panels/hosts-heard');
      expect(answer.status).toBe(503);
    } finally {
      setMetricsStore(metrics!.store);
    }
  });

  test('a store that is away makes the agent keep its batch', async () => {
    const take = takeMetrics(ours.db as never);
    setMetricsStore(openMetricsStore({ METRICS_URL: 'http://127.0.0.1:1', METRICS_WRITE_URL: undefined }));
    try {
      await expect(take(hostId, Date.now(), zipped({}))).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      setMetricsStore(metrics!.store);
    }
  });
});
