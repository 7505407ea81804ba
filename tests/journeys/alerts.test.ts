import { join } from 'node:path';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acknowledgeAlert } from '#src/fleet/server/alerts/acknowledge-alert.ts';
import { raiseAlert, resolveAlerts } from '#src/fleet/server/alerts/raise-alert.ts';
import { createChannel } from '#src/fleet/server/alert-channels/create-channel.ts';
import { saveRota } from '#src/fleet/server/on-call/save-rota.ts';
import { createSilence } from '#src/fleet/server/silences/create-silence.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { openMetricsStore, setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { setOutgoingNetworks } from '#src/platform/server/outgoing.ts';
import { flush, hasEngine, startTestStore, type TestStore } from '#tests/support/alert-engine.ts';
import { testDatabase } from '#tests/support/database.ts';
import { type Robots, startRobots } from '#tests/support/robots.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
let journey: SampleJourney;
let robots: Robots;
let store: TestStore | undefined;
const alerts: string[] = [];

beforeAll(async () => {
  journey = await startSampleJourney(db);
  robots = await startRobots();
  setOutgoingNetworks('127.0.0.0/8');
  const { ctx } = journey;
  const hostId = journey.fleet.hostIds.get('db-bj-01')!;
  const cluster = await db
    .selectFrom('fleet.cluster')
    .select(['id', 'name'])
    .where('name', '=', 'orders')
    .executeTakeFirstOrThrow();
  await sql`insert into fleet.alert_engine default values`.execute(db);
  const raise = (
    trouble: Pick<Parameters<typeof raiseAlert>[1], 'rule' | 'severity' | 'labels' | 'value'>,
    where = {},
  ) => inTransaction(ctx, (tx) => raiseAlert(tx, { source: 'engine', ...trouble, ...where }));
  const member = { cluster: 'orders', member: 'orders-1', host: 'db-bj-01' };
  const inCluster = { hostId, clusterId: cluster.id };
  alerts.push(
    await raise(
      {
        rule: 'slot-inactive',
        severity: 'warning',
        labels: { ...member, slot_name: 'bi_export' },
        value: 41_318_000_000,
      },
      inCluster,
    ),
    await raise({ rule: 'archive-failing', severity: 'critical', labels: member, value: 24 }, inCluster),
    await raise(
      {
        rule: 'disk-full-soon',
        severity: 'warning',
        labels: { host: 'db-bj-01', mountpoint: '/var/lib/postgresql' },
        value: 2.6,
      },
      { hostId },
    ),
    await raise({ rule: 'clock-skew', severity: 'warning', labels: { host: 'db-old-07' }, value: -4.2 }),
    await raise(
      { rule: 'failover-happened', severity: 'warning', labels: { cluster: 'orders' }, value: 4 },
      { clusterId: cluster.id },
    ),
  );
  await inTransaction(ctx, (tx) => resolveAlerts(tx, { id: alerts[4]! }));
  await acknowledgeAlert(ctx, alerts[2]!);
  await createSilence(ctx, { reason: 'NTP 迁移 / NTP is moving', rule: 'clock-skew', minutes: 240 });
  await createSilence(ctx, {
    reason: '每周维护 / Weekly upkeep',
    clusterId: cluster.id,
    repeats: { weekdays: [6], from: '23:30', minutes: 180, timeZone: 'Asia/Shanghai' },
  });
  await createChannel(ctx, { name: '数据库组 DBAs', kind: 'mail', recipients: ['dba@example.com'] });
  await createChannel(ctx, {
    name: '钉钉值班群',
    kind: 'dingtalk',
    url: robots.addresses.dingtalk,
    key: robots.keys.dingtalk,
    language: 'zh-CN',
  });
  await saveRota(ctx, null, {
    name: '数据库值班 Databases',
    timeZone: 'Asia/Shanghai',
    handOver: '09:00',
    turnDays: 7,
    startsOn: '2026-11-16',
    accountIds: [ctx.actor.id!],
  });
  if (hasEngine) {
    store = await startTestStore();
    setMetricsStore(openMetricsStore({ METRICS_URL: store.url, METRICS_WRITE_URL: undefined }));
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    const lines = Array.from(
      { length: 300 },
      (_, m) =>
        `pg_locks_waiting{org="${ctx.actor.orgId}",cluster="orders"} ${m % 100 < 10 ? 30 : 0} ${now - m * 60_000}`,
    );
    await store.store.write(`${lines.join('\n')}\n`);
    await flush(store);
  }
});
afterAll(async () => {
  setOutgoingNetworks('');
  setMetricsStore(undefined);
  await store?.stop();
  await robots.stop();
  await journey.stop();
});

const readers = [
  { name: 'en', locale: 'en', size: 'wide', scheme: 'light' },
  { name: 'zh-CN.dark', locale: 'zh-CN', size: 'wide', scheme: 'dark' },
  { name: 'phone.zh-CN', locale: 'zh-CN', size: 'phone', scheme: 'light' },
] as const;

test.each(readers)(
  '$name: every page about alerts is readable by everybody and as wide as the window',
  async ({ name, ...reader }) => {
    const page = await journey.open(reader);
    for (const [what, path] of [
      ['list', '/alerts'],
      ['alert', `/alerts/${alerts[1]}`],
      ['rules', '/alerts/rules'],
      ['silences', '/alerts/silences'],
      ['channels', '/alerts/channels'],
      ['on-call', '/alerts/on-call'],
    ] as const) {
      const answer = await page.goto(journey.url + path);
      expect(answer?.status(), path).toBe(200);
      await look(page, `${what}.${name}`);
    }
    await page.goto(`${journey.url}/alerts/rules`);
    await page.getByRole('button', { name: /New rule|新建规则/ }).click();
    await page.getByLabel(/Expression|表达式/).waitFor();
    await look(page, `new-rule.${name}`);
  },
);

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load');
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'alerts'), name, true);
}

test('an alert says what it means and what to do; it is acknowledged and silenced there', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/alerts`);
  await page.getByRole('link', { name: /WAL cannot be archived/ }).click();
  await page.getByText('Do not switch archiving off.').waitFor();
  // The judge's labels are shown by their words.
  await page.locator('dt', { hasText: /^Member$/ }).waitFor();
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('by Chen Wei').or(page.getByText(/^by /)).first().waitFor();
  await page.getByRole('button', { name: 'Silence for two hours' }).click();
  await page.getByText('Nobody is told of it now').waitFor();
});

test.runIf(hasEngine)(
  'a rule is tried over the last day, kept, and refused when it cannot be judged',
  async () => {
    const page = await journey.open();
    await page.goto(`${journey.url}/alerts/rules`);
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByLabel('Name').fill('Many wait');
    await page.getByLabel('Expression (MetricsQL)').fill('pg_locks_waiting >');
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.getByRole('alert').getByText('cannot be judged').waitFor();
    await page.getByLabel('Expression (MetricsQL)').fill('pg_locks_waiting > 20');
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.getByText('Would have fired 3 times in the last day; fires now for 1 series.').waitFor();
    if (pictures) await takePicture(page, join(pictures, 'alerts'), 'tested-rule.en', false);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Many wait').waitFor();
  },
);

test('a test is sent by a channel and what its receiver says is shown', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/alerts/channels`);
  await page.getByRole('button', { name: 'Send a test: 钉钉值班群' }).click();
  await page.getByText('Its receiver took the test.').waitFor();
  expect(robots.taken).toHaveLength(1);
});
