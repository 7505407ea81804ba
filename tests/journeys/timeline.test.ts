// Over 300 lines: one incident, told once, and every page that shows it.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GuardedServer } from '#src/fleet/contract/guardian.ts';
import { guardianText } from '#src/fleet/contract/guardian.text.ts';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { TimelineFile, type Happening } from '#src/fleet/contract/incidents.ts';
import { noteGuardian } from '#src/fleet/server/guardian/note-guardian.ts';
import { noteHappenings } from '#src/fleet/server/incidents/note-happenings.ts';
import { setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { testDatabase } from '#tests/support/database.ts';
import { writeSampleMetrics } from '#tests/support/sample-metrics.ts';
import { startVictoriaMetrics } from '#tests/support/victoria-metrics.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
const metrics = await startVictoriaMetrics();
let journey: SampleJourney;

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

beforeAll(async () => {
  journey = await startSampleJourney(db);
  if (metrics) await writeSampleMetrics(journey.ctx, metrics.store, { days: 1.1, stepSeconds: 120 });
  setMetricsStore(metrics?.store);
  const { id, scope, org_id } = await db
    .selectFrom('fleet.cluster')
    .select(['id', 'scope', 'org_id'])
    .where('name', '=', 'orders')
    .executeTakeFirstOrThrow();
  const members = await db
    .selectFrom('fleet.member')
    .select(['host_id', 'name'])
    .where('cluster_id', '=', id)
    .where('kind', '=', 'server')
    .orderBy('name')
    .execute();
  const [first, second] = [members[0]!, members[1]!];
  const server = `patroni-${scope}`;
  const tell = (host: string, one: Partial<Happening>) =>
    noteHappenings(db, host, [
      {
        id: randomUUID(),
        at: ago(60),
        kind: 'guardian',
        severity: 'warning',
        server,
        key: null,
        text: incidentText.back,
        detail: {},
        ...one,
      },
    ]);
  const free = 4.1e9;
  await tell(first.host_id, { at: ago(410), text: guardianText.isWarned(scope, 24e9, 7e9) });
  await tell(first.host_id, {
    at: ago(300),
    severity: 'critical',
    text: guardianText.isReadOnly(scope, free, 10e9),
  });
  await tell(first.host_id, {
    at: ago(290),
    kind: 'kernel',
    severity: 'critical',
    server: null,
    text: incidentText.kernelIo('blk_update_request: I/O error, dev sdb, sector 81920'),
  });
  await tell(second.host_id, {
    at: ago(280),
    kind: 'promotion',
    text: incidentText.promoted(second.name, 4),
  });
  await tell(first.host_id, {
    at: ago(281),
    kind: 'server',
    text: incidentText.serverDown(scope, 'stopped'),
  });
  await db
    .insertInto('fleet.alert')
    .values({
      org_id,
      rule: 'disk-room',
      severity: 'critical',
      fingerprint: '0'.repeat(64),
      source: 'elepherd',
      labels: '{}',
      summary: JSON.stringify(guardianText.isReadOnly(scope, free, 10e9)),
      cluster_id: id,
      started_at: ago(300),
      resolved_at: ago(120),
    })
    .execute();
  await db
    .insertInto('fleet.evidence')
    .values({
      org_id,
      cluster_id: id,
      host_id: first.host_id,
      items: JSON.stringify([
        {
          name: 'df',
          text: 'Filesystem  Size  Used Avail Use% Mounted on\n/dev/sdb1   500G  496G  4.1G 100% /var/lib',
        },
        { name: 'kernel', text: 'blk_update_request: I/O error, dev sdb, sector 81920' },
      ]),
    })
    .execute();
  const disk = (change: Partial<GuardedServer>): GuardedServer => ({
    name: server,
    stage: 'calm',
    since: ago(300),
    answers: true,
    sizeBytes: 500e9,
    freeBytes: 213e9,
    reserveBytes: 2e9,
    thresholds: {
      warnBytes: 75e9,
      releaseBytes: 8.5e9,
      readOnlyBytes: 7e9,
      recoverBytes: 10e9,
      floorBytes: 1.75e9,
    },
    daysToFull: 41.3,
    readOnly: false,
    writesAllowedUntil: null,
    causes: [],
    ...change,
  });
  const full = disk({
    stage: 'read-only',
    freeBytes: free,
    readOnly: true,
    reserveBytes: 0,
    daysToFull: 0.4,
    causes: [
      { kind: 'archive-failing', name: '0000000300000A1200000042', logical: false, retainedBytes: null },
      { kind: 'inactive-slot', name: 'warehouse_sync', logical: true, retainedBytes: 61e9 },
    ],
  });
  await noteGuardian(db, first.host_id, { servers: [full] });
  await noteGuardian(db, second.host_id, { servers: [disk({})] });
});
afterAll(async () => {
  setMetricsStore(undefined);
  await journey.stop();
  await metrics?.stop();
});

const readers = [
  { name: 'en', locale: 'en', size: 'wide', scheme: 'light' },
  { name: 'zh-CN.dark', locale: 'zh-CN', size: 'wide', scheme: 'dark' },
  { name: 'phone.zh-CN', locale: 'zh-CN', size: 'phone', scheme: 'light' },
] as const;

test.each(readers)('$name: the line of time is readable by everybody', async ({ name, ...reader }) => {
  const page = await journey.open(reader);
  for (const [what, path] of [
    ['day', '/clusters/orders/timeline'],
    ['empty', '/clusters/orders/timeline?span=hour'],
  ] as const) {
    const answer = await page.goto(journey.url + path);
    expect(answer?.status(), path).toBe(200);
    if (metrics) await curvesDrawn(page);
    await look(page, `${what}.${name}`);
  }
});

/** Waits until every curve has drawn. */
async function curvesDrawn(page: Page): Promise<void> {
  await page.locator('[data-curve]').first().waitFor();
  for (const curve of await page.locator('[data-curve]').all())
    await curve.locator('[data-drawn=yes]').waitFor();
}

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load');
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'timeline'), name, true);
}

test.each(readers)('$name: locks and log are readable by everybody', async ({ name, ...reader }) => {
  const page = await journey.open(reader);
  const answer = await page.goto(`${journey.url}/clusters/orders/activity`);
  expect(answer?.status()).toBe(200);
  await look(page, `activity.${name}`);
});

test('who holds whom up stands first with its waiters below it, and the log shows errors alone when asked', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/orders`);
  await page.getByRole('link', { name: 'Locks and log' }).click();
  const locks = page.getByRole('table', { name: 'Who waits for whom' });
  const rows = locks.getByRole('row');
  await rows.nth(1).getByText('48213').waitFor();
  const sessions = await locks
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => /\d{5}/.exec(row.textContent ?? '')?.[0]));
  // The one that waits longest comes first, with who waits for it.
  expect(sessions).toEqual(['48213', '50877', '51340', '51002']);
  await rows.nth(1).getByText('alter table orders add column note text').waitFor();
  await rows.nth(1).getByRole('cell', { name: '3', exact: true }).waitFor();
  const log = page.getByRole('list', { name: 'Log of PostgreSQL' });
  expect(await log.getByRole('listitem').count()).toBe(4);
  await log.getByText('constraint', { exact: true }).waitFor();
  await page.getByText('Errors only').click();
  await page.waitForURL('**/activity?only=errors');
  await expect.poll(() => log.getByRole('listitem').count()).toBe(2);
  // By keyboard, too.
  await log.focus();
  expect(await log.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Look again' }).click();
  await rows.nth(1).getByText('48213').waitFor();
});

test('kinds are left out, and what is shown is taken along as one file', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/orders/timeline`);
  await page.getByText('sector 81920').first().waitFor();
  await page.getByRole('button', { name: /^Kernel/ }).click();
  await page.getByRole('cell').getByText('sector 81920').waitFor({ state: 'detached' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download HTML' }).click(),
  ]);
  const html = await readFile(await download.path(), 'utf8');
  expect(html).toContain('became the primary, on timeline 4');
  expect(html).not.toContain('sector 81920');
  await page.getByText('warehouse_sync').waitFor();
  await page.getByRole('button', { name: 'Room was made' }).waitFor();
  await page.getByText('df', { exact: true }).click();
  await page.getByText('/dev/sdb1').waitFor();
});

test.skipIf(metrics === undefined)(
  'key figures stand on the line of time, are looked at closer, and are taken along',
  async () => {
    const page = await journey.open();
    await page.goto(`${journey.url}/clusters/orders/timeline`);
    await curvesDrawn(page);
    const curves = page.getByRole('group', { name: 'Key figures in this time' });
    expect(await curves.getByRole('heading', { level: 3 }).allInnerTexts()).toMatchObject([
      expect.stringContaining('Transactions'),
      expect.stringContaining('What work waits for'),
      expect.stringContaining('Seconds behind'),
      expect.stringContaining('Fullest disk'),
    ]);
    // A curve begins and ends where the marks do.
    const lane = (await page.locator('[class*=laneLine]').first().boundingBox())!;
    const chart = page.locator('[data-curve=transactions] [role=img]');
    const box = (await chart.boundingBox())!;
    expect(Math.abs(box.x - lane.x)).toBeLessThan(1);
    expect(Math.abs(box.width - lane.width)).toBeLessThan(1);

    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      return readFile(await download.path(), 'utf8');
    };
    const html = await saved('Download HTML');
    expect(html).toContain('orders-1 · committed');
    expect(html.match(/<polyline/g)!.length).toBeGreaterThan(8);
    const json = TimelineFile.parse(JSON.parse(await saved('Download JSON')));
    const [commits] = json.curves[0]!.series;
    expect(commits).toMatchObject({ kind: 'commits', name: 'orders-1' });
    expect(Math.max(...commits!.values.map((value) => value ?? 0))).toBeGreaterThan(100);

    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 6 });
    await page.mouse.up();
    await page.waitForURL(/timeline\?from=\d+&to=\d+/);
    const { searchParams } = new URL(page.url());
    const hours = (Number(searchParams.get('to')) - Number(searchParams.get('from'))) / 3600;
    expect(hours).toBeGreaterThan(4);
    expect(hours).toBeLessThan(5.6);
    await curvesDrawn(page);
    await page.getByRole('link', { name: 'Day' }).click();
    await page.waitForURL(/span=day/);
  },
);

test('a time without figures says so in a line, and so does an Elepherd that keeps none', async () => {
  const page = await journey.open();
  if (metrics) {
    const year = Math.floor(Date.now() / 1000) - 365 * 86_400;
    await page.goto(`${journey.url}/clusters/orders/timeline?from=${year}&to=${year + 3600}`);
    await page.getByText('No figures were kept for this time.').waitFor();
  }
  setMetricsStore(undefined);
  try {
    await page.goto(`${journey.url}/clusters/orders/timeline`);
    await page.getByText('Install the Debian package victoria-metrics').waitFor();
    expect(await page.locator('[data-curve]').count()).toBe(0);
    await page.getByText('sector 81920').first().waitFor();
  } finally {
    setMetricsStore(metrics?.store);
  }
});
