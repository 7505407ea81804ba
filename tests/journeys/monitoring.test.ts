import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { testDatabase } from '#tests/support/database.ts';
import { insertSampleFailover, writeSampleMetrics } from '#tests/support/sample-metrics.ts';
import { startVictoriaMetrics, type TestStore } from '#tests/support/victoria-metrics.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
const metrics = await startVictoriaMetrics();
let journey: SampleJourney;

describe.skipIf(metrics === undefined)('monitoring', () => {
  beforeAll(async () => {
    journey = await startSampleJourney(db);
    const { store } = metrics as TestStore;
    await writeSampleMetrics(journey.ctx, store, { days: 31, stepSeconds: 300 });
    await writeSampleMetrics(journey.ctx, store, { days: 0.3, stepSeconds: 15 });
    await insertSampleFailover(journey.ctx, 'orders', 2.5);
    setMetricsStore(store);
  });
  afterAll(async () => {
    setMetricsStore(undefined);
    await journey.stop();
    await metrics?.stop();
  });

  const host = () => journey.fleet.hostIds.get('db-bj-01') ?? '';
  const pages: [string, () => string][] = [
    ['fleet', () => '/monitoring?range=24h'],
    ['cluster', () => '/clusters/orders/metrics?range=6h'],
    ['month', () => '/clusters/orders/metrics?range=30d&compare=week'],
    ['host', () => `/hosts/${host()}/metrics?range=24h`],
    ['statements', () => '/clusters/orders/statements?range=24h'],
  ];
  const readers = [
    { name: 'en', locale: 'en', size: 'wide', scheme: 'light', sees: pages },
    { name: 'zh-CN.dark', locale: 'zh-CN', size: 'wide', scheme: 'dark', sees: pages.slice(1, 3) },
    { name: 'phone.zh-CN', locale: 'zh-CN', size: 'phone', scheme: 'light', sees: [pages[1]!, pages[4]!] },
  ] as const;

  test.each(readers)(
    '$name: the pages draw, and are readable by everybody',
    async ({ name, sees, ...reader }) => {
      const page = await journey.open(reader);
      for (const [what, path] of sees) {
        const answer = await page.goto(journey.url + path());
        expect(answer?.status(), path()).toBe(200);
        await drawn(page);
        expect(await seriousFindings(page), what).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${what} is wider than the window`).toBeLessThanOrEqual(0);
        if (pictures) await takePicture(page, join(pictures, 'monitoring'), `${what}.${name}`, true);
      }
    },
  );

  test('what was dragged across is looked at closer, and the address says so', async () => {
    const page = await journey.open();
    await page.goto(`${journey.url}/clusters/orders/metrics?range=6h`);
    await drawn(page);
    const chart = page.locator('[data-panel=transactions] [role=img]');
    const box = (await chart.boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.4, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, y, { steps: 6 });
    await page.mouse.up();
    await page.waitForURL(/from=\d+&to=\d+/);
    const { searchParams } = new URL(page.url());
    const length = Number(searchParams.get('to')) - Number(searchParams.get('from'));
    expect(length).toBeGreaterThan(3000);
    expect(length).toBeLessThan(7000);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect
      .poll(
        () =>
          Number(new URL(page.url()).searchParams.get('to')) -
          Number(new URL(page.url()).searchParams.get('from')),
      )
      .toBeGreaterThan(length * 1.5);
    await page.getByRole('button', { name: '24 hours' }).click();
    await page.waitForURL(/range=24h/);
    await page.getByText('orders-2 became the primary of orders.').waitFor();
    // A series is taken out of its picture by its name.
    const commits = page.locator('[data-panel=transactions] button').first();
    await commits.click();
    expect(await commits.getAttribute('aria-pressed')).toBe('false');
  });

  test('the largest tables stand below the charts, and those with most bloat when asked', async () => {
    const page = await journey.open();
    await page.goto(`${journey.url}/clusters/orders/metrics?range=6h`);
    const table = page.getByRole('table', { name: 'Tables' });
    await table.scrollIntoViewIfNeeded();
    const first = () =>
      table
        .locator('tbody tr')
        .first()
        .innerText()
        .then((words) => words.replaceAll(/\s+/g, ' '));
    await expect.poll(first).toMatch(/public\.order_line app [\d.]+ GiB \+[\d.]+ [MG]iB/);
    expect(await table.locator('tbody tr').count()).toBe(7);
    await page.getByRole('button', { name: 'Most bloated' }).click();
    await expect.poll(first).toContain('public.session');
    expect(await first()).toContain('62%');
    // A table without bloat is not among them.
    await expect.poll(() => table.locator('tbody tr').count()).toBe(6);
    await table.getByRole('button', { name: 'Size' }).click();
  });

  test('without a store the page says why there is nothing, and what to do', async () => {
    setMetricsStore(undefined);
    try {
      const page = await journey.open();
      await page.goto(`${journey.url}/monitoring`);
      await page.getByText('Install the Debian package victoria-metrics').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    } finally {
      setMetricsStore(metrics?.store);
    }
  });
});

/** Brings every panel into view and waits until each has drawn or said why not. */
async function drawn(page: Page): Promise<void> {
  const panels = page.locator('[data-panel]');
  await panels.first().waitFor();
  for (const panel of await panels.all()) {
    await panel.scrollIntoViewIfNeeded();
    await panel
      .locator('[data-drawn=yes], [role=status], p:text-matches("No data|没有数据")')
      .first()
      .waitFor();
  }
  await page.evaluate(() => scrollTo(0, 0));
  expect(await page.locator('[data-panel] [role=status]').count()).toBe(0);
}
