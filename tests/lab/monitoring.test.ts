import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PanelData, StatementUses } from '#src/fleet/contract/metrics-panels.ts';
import { type LabElepherd, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';
import { startVictoriaMetrics, type TestStore } from '#tests/support/victoria-metrics.ts';

const store = await startVictoriaMetrics();
const why = whyNoLab() ?? (store ? undefined : 'victoria-metrics is not installed');

test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('monitoring', () => {
  const metrics = store as TestStore;
  let elepherd: LabElepherd;
  let cluster: LabCluster;

  beforeAll(async () => {
    elepherd = await startElepherd({ name: 'monitoring', hosts: 1, env: { METRICS_URL: metrics.url } });
    const { operationId } = await elepherd.requestCluster({ name: 'watched', members: 1 });
    await elepherd.waitForOperation(operationId!);
    cluster = await elepherd.openCluster('watched');
  });
  afterAll(async () => {
    await elepherd?.destroy();
    await metrics?.stop();
  });

  /** The newest value of each series of a question, by one of its labels. */
  const ask = async (promql: string, by: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await metrics.store.query(promql)).map(({ labels, points }) => [
        labels[by] ?? '',
        points[0]?.[1] ?? -1,
      ]),
    );

  test('every part of a host and its member is heard within a minute, and no probe fails', async () => {
    await until(
      'not everything answers',
      90,
      async () => {
        const up = await ask('up', 'job');
        const all = ['etcd', 'node', 'patroni', 'pgbouncer', 'postgres'];
        return all.every((job) => up[job] === 1) || JSON.stringify(up);
      },
      1000,
    );
    expect(await ask('elepherd_probe_success == 0', 'probe')).toEqual({});
    const labels = (await metrics.store.query('pg_up'))[0]?.labels;
    expect(labels).toMatchObject({ cluster: 'watched', host: 'lab-1', cluster_id: cluster.made.id });
    expect(await ask('elepherd_member_expected', 'kind')).toEqual({ server: 1 });
  });

  test('work shows in the panels, by statement too, without what was written into it', async () => {
    const url = await cluster.url();
    await cluster.psql(url, 'create table pin as select 471100815 as code');
    const work = async () => cluster.psql(url, "select count(*) from pin where code::text <> 'tell-nobody'");
    await work();
    await until(
      'the statement does not show',
      200,
      async () => {
        await work();
        const { items } = await elepherd.ask(
          'GET',
          '/fleet/metrics/statements?cluster=watched',
          StatementUses,
        );
        return items.some(({ text }) => text?.includes('from pin where')) || `${items.length} statements`;
      },
      2000,
    );
    const { items } = await elepherd.ask('GET', '/fleet/metrics/statements?cluster=watched', StatementUses);
    expect(JSON.stringify(items)).not.toMatch(/tell-nobody|471100815/);
    await until(
      'the commits do not show',
      60,
      async () => {
        const panel = await elepherd.ask(
          'GET',
          '/fleet/metrics/panels/transactions?cluster=watched',
          PanelData,
        );
        const commits = panel.series.find(({ kind }) => kind === 'commits');
        return (commits?.values ?? []).some((value) => (value ?? 0) > 0) || 'none';
      },
      2000,
    );
  });

  test('a PostgreSQL that hangs is told of as such, and the machine is told of all the while', async () => {
    const [host] = cluster.hosts;
    const stopped = 'pkill -STOP -u postgres -f "^/usr/lib/postgresql|^postgres:"';
    await host!.run(['sh', '-c', `${stopped} || true`]);
    try {
      await until('it is not told of', 90, async () => (await ask('up', 'job'))['postgres'] === 0, 1000);
      const nodes = await metrics.store.query('time() - max(timestamp(node_load1))');
      expect(nodes[0]!.points[0]![1]).toBeLessThan(45);
    } finally {
      await host!.run(['sh', '-c', `${stopped.replace('STOP', 'CONT')} || true`]);
    }
    await until('it does not come back', 120, async () => (await ask('up', 'job'))['postgres'] === 1, 1000);
  });

  test('a server that was away is told afterwards what it missed', async () => {
    const awayFrom = Date.now();
    await elepherd.kill('server');
    await new Promise((resolve) => setTimeout(resolve, 40_000));
    const awayUntil = Date.now();
    await elepherd.start('server');
    const missed = async () => {
      const [series] = await metrics.store.queryRange({
        promql: 'count_over_time(node_load1[15s])',
        fromSeconds: Math.floor(awayFrom / 1000) + 15,
        toSeconds: Math.floor(awayUntil / 1000),
        stepSeconds: 15,
      });
      return (series?.points ?? []).filter(([, count]) => count > 0).length;
    };
    await until(
      'the time it was away is a hole',
      90,
      async () => (await missed()) >= 2 || `${await missed()}`,
      2000,
    );
  });

  test('a Prometheus of somebody’s own scrapes the same figures with a key', async () => {
    const key = await elepherd.ask('POST', '/identity/keys', z.object({ token: z.string() }), {
      name: 'prometheus',
      scopes: ['fleet.metrics.read'],
      daysValid: 1,
    });
    const answer = await fetch(`${elepherd.url}/api/fleet/metrics/scrape?cluster=watched`, {
      headers: { authorization: `Bearer ${key.token}` },
    });
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await answer.text()).toMatch(/^pg_up\{.*cluster="watched".*\} 1 \d+$/m);
  });
});
