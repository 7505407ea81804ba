import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Alert, AlertDetail, AlertOverview, AlertRule } from '#src/fleet/contract/alerts.ts';
import { LockTree, LogTail } from '#src/fleet/contract/activity.ts';
import { page } from '#src/platform/contract/pages.ts';
import { freePort } from '#src/platform/server/setup/preflight.ts';
import { hasEngine, startTestEngine, startTestStore, type TestStore } from '#tests/support/alert-engine.ts';
import { type LabElepherd, startElepherd, until } from '#tests/support/lab/elepherd.ts';
import type { LabCluster } from '#tests/support/lab/lab-cluster.ts';
import { whyNoLab } from '#tests/support/lab/machine.ts';

const why = whyNoLab() ?? (hasEngine ? undefined : 'victoria-metrics is not installed');
test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('alerts about real servers', () => {
  let store: TestStore;
  let engine: { stop(): Promise<void> };
  let elepherd: LabElepherd;
  let cluster: LabCluster;

  beforeAll(async () => {
    store = await startTestStore();
    const intakePort = await freePort('127.0.0.1');
    const token = 'a token of the laboratory';
    const env = { METRICS_URL: store.url, ALERT_PORT: String(intakePort), ALERT_TOKEN: token };
    elepherd = await startElepherd({ name: 'alerts', hosts: 1, env });
    const folder = join(elepherd.home, 'alert-rules');
    engine = startTestEngine({ store, folder, intakePort, token });
    const { operationId } = await elepherd.requestCluster({ name: 'watched', members: 1 });
    await elepherd.waitForOperation(operationId!);
    cluster = await elepherd.openCluster('watched');
  });
  afterAll(async () => {
    await engine?.stop();
    await elepherd?.destroy();
    await store?.stop();
  });

  const open = async () => (await elepherd.ask('GET', '/fleet/alerts', page(Alert))).items;
  const rulesOpen = async () => [...new Set((await open()).map(({ rule }) => rule))].toSorted();
  /** Waits until exactly these rules of those that the test is about have an open alert. */
  const untilOpen = (...wished: string[]) =>
    until(
      `not open: ${wished.join(', ')}`,
      240,
      async () => {
        const now = (await rulesOpen()).filter((rule) => about.includes(rule));
        return JSON.stringify(now) === JSON.stringify(wished.toSorted()) || now.join(', ');
      },
      1000,
    );
  let about = ['slot-inactive', 'lock-queue', 'host-silent', 'postgres-down', 'member-without-data'];
  const set = (rule: string, wish: object) =>
    elepherd.ask('PATCH', `/fleet/alert-rules/${rule}`, AlertRule, wish);

  test('a forgotten slot, a queue behind a lock and a silent host are alerts with words, and end when they end', async () => {
    // What takes hours in life is asked for at once.
    await set('slot-inactive', { threshold: 1, forSeconds: 0 });
    await set('lock-queue', { threshold: 3, forSeconds: 0 });
    await set('host-silent', { forSeconds: 5 });
    await until(
      'the judge is not heard',
      120,
      async () => (await elepherd.ask('GET', '/fleet/alerts/overview', AlertOverview)).engineAlive,
      1000,
    );
    expect((await rulesOpen()).filter((rule) => about.includes(rule))).toEqual([]);

    const host = elepherd.lab.hosts[0]!;
    const asSuperuser = (sql: string) => cluster.sqlOn(host, sql);
    await asSuperuser('create table seats (id int primary key); insert into seats values (1)');
    await asSuperuser("select pg_create_physical_replication_slot('forgotten', true)");
    await asSuperuser('create table wal as select generate_series(1, 100000) as n');
    // One holds the row, the other waits for it; both are ended below.
    const holders = ['select pg_sleep(600)', 'select 1'].map((then) =>
      asSuperuser(`begin; update seats set id = 1; ${then}; commit`).catch(() => ''),
    );
    await untilOpen('lock-queue', 'slot-inactive');
    const { sessions } = await elepherd.ask('GET', '/fleet/clusters/watched/locks', LockTree);
    expect(sessions.map(({ depth, holdsUp, waitsFor }) => [depth, holdsUp, waitsFor !== ''])).toEqual([
      [0, 1, false],
      [1, 0, true],
    ]);
    expect(sessions[1]?.statement).toContain('update seats set id = ?');
    const { lines } = await elepherd.ask('GET', '/fleet/clusters/watched/log?only=all', LogTail);
    expect(lines.length).toBeGreaterThan(3);
    const slot = (await open()).find(({ rule }) => rule === 'slot-inactive');
    const told = await elepherd.ask('GET', `/fleet/alerts/${slot?.id ?? ''}`, AlertDetail);
    expect(told.summary.en).toContain('forgotten');
    expect(told.cluster?.name).toBe('watched');
    expect(told.explanation.nextStep.en).toContain('pg_drop_replication_slot');

    await asSuperuser(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%update seats%' and pid <> pg_backend_pid()",
    );
    await Promise.all(holders);
    await asSuperuser("select pg_drop_replication_slot('forgotten')");
    await untilOpen();

    await host.run(['systemctl', 'stop', 'elepherd-agent']);
    await untilOpen('host-silent');
    await host.run(['systemctl', 'start', 'elepherd-agent']);
    await untilOpen();
    const over = await elepherd.ask('GET', '/fleet/alerts?state=resolved', page(Alert));
    expect(over.items.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['host-silent', 'lock-queue', 'slot-inactive']),
    );
  }, 900_000);

  test('a pause, a restart that waits, an etcd that holds much and a cluster without backups are told, each by its own name', async () => {
    about = ['cluster-paused', 'restart-pending', 'backup-missing', 'etcd-space'];
    for (const rule of about) if (rule !== 'etcd-space') await set(rule, { forSeconds: 0 });
    const host = elepherd.lab.hosts[0]!;
    const { scope } = cluster.made;
    const patroni = (...argv: string[]) =>
      host.run(['patronictl', '-c', `/etc/patroni/${scope}.yml`, ...argv], {
        user: 'postgres',
        timeoutSeconds: 60,
      });
    // Nobody has enabled backups: that stands from the beginning.
    await untilOpen('backup-missing');
    await patroni('edit-config', '--force', '--quiet', '--pg', 'max_connections=77');
    await patroni('pause', '--wait');
    // How much etcd may hold before it is told is the organisation's to say.
    await set('etcd-space', { threshold: 0.0001, forSeconds: 0 });
    await untilOpen('backup-missing', 'cluster-paused', 'etcd-space', 'restart-pending');
  }, 900_000);
});
