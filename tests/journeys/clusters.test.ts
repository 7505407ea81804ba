// Over 300 lines: the pages of clusters are one journey, on one sample fleet.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
let journey: SampleJourney;

beforeAll(async () => {
  journey = await startSampleJourney(db);
});
afterAll(async () => {
  await journey.stop();
});

const pages = [
  ['list', '/clusters'],
  ['wizard', '/clusters/new'],
  ['topology', '/clusters/orders'],
  ['witness', '/clusters/members'],
  ['degraded', '/clusters/payments'],
  ['progress', '/clusters/analytics'],
  ['deleting', '/clusters/wiki-old'],
  ['connect', '/clusters/orders/connect'],
  ['databases', '/clusters/orders/databases'],
  ['settings', '/clusters/orders/settings'],
] as const;
// Together they have each language, width and colour scheme; all pages in all eight would only take longer.
const readers = [
  { name: 'en', locale: 'en', size: 'wide', scheme: 'light', sees: pages },
  { name: 'phone.zh-CN.dark', locale: 'zh-CN', size: 'phone', scheme: 'dark', sees: pages },
  { name: 'zh-CN.dark', locale: 'zh-CN', size: 'wide', scheme: 'dark', sees: pages.slice(1, 5) },
] as const;

test.each(readers)(
  '$name: the pages are readable by everybody and as wide as the window',
  async ({ name, sees, ...reader }) => {
    const page = await journey.open(reader);
    for (const [what, path] of sees) {
      const answer = await page.goto(journey.url + path);
      expect(answer?.status(), path).toBe(200);
      await look(page, `${what}.${name}`);
    }
  },
);

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load');
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'clusters'), name, true);
}

test('the preview follows each choice, says what stands in the way, and is what gets built', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/new`);
  const preview = page.getByRole('group', { name: 'What you get' });
  const verdict = page.locator('form').getByRole('status').last();

  await page.getByRole('button', { name: 'Build cluster' }).click();
  await page.getByText('3 to 40 lower-case letters').waitFor();
  expect(
    await page.getByRole('textbox', { name: 'Name' }).evaluate((field) => field === document.activeElement),
  ).toBe(true);

  await page.keyboard.type('billing');
  await preview.getByRole('img', { name: /Primary: billing-1\. Replicas: billing-2, billing-3/ }).waitFor();
  await page.getByRole('radio', { name: /^Two and a witness/ }).click();
  await preview.getByRole('img', { name: /Replicas: billing-2\. Witness: mini-01/ }).waitFor();

  // By hand, two hosts of one rack: allowed, and said; without the witness there is a reason against it.
  await page.getByText('By hand').click();
  await page.getByRole('checkbox', { name: 'db-bj-01' }).click();
  await page.getByRole('checkbox', { name: 'db-bj-04' }).click();
  await preview.getByText('share the failure domain “rack-b”').waitFor();
  await page.getByRole('combobox', { name: 'Witness host' }).click();
  await page.getByRole('option', { name: /^mini-01/ }).click();
  await preview.getByText('Two members alone cannot tell').waitFor();
  await page.getByRole('button', { name: 'Build cluster' }).click();
  expect(await preview.evaluate((group) => group === document.activeElement)).toBe(true);
  await page.getByRole('checkbox', { name: 'db-bj-03' }).click();
  await preview.getByRole('img', { name: /Replicas: billing-2, billing-3/ }).waitFor();

  await page.getByRole('radio', { name: /^Synchronous/ }).click();
  await preview.getByText('a lost host loses no acknowledged row').waitFor();
  await page.getByRole('button', { name: '10.20.1.0/24' }).click();
  await preview.getByText(/settings fitted to your hosts/).click();
  await preview.getByText(/A quarter of the \d+ MiB this server may count on/).waitFor();
  await expect.poll(() => verdict.textContent()).toBe('Ready to be built.');
  await page.getByRole('button', { name: 'Build cluster' }).click();

  await page.waitForURL('**/clusters/billing');
  await page.getByText('Being built').first().waitFor();
  await page.getByRole('heading', { name: 'Build cluster' }).waitFor();
  const row = await db
    .selectFrom('fleet.cluster')
    .selectAll()
    .where('name', '=', 'billing')
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ protection: 'sync', networks: ['10.20.1.0/24'], deletion_protected: true });
  const hosts = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select(['h.name'])
    .where('m.cluster_id', '=', row.id)
    .orderBy('m.name')
    .execute();
  expect(hosts.map(({ name }) => name)).toEqual(['db-bj-02', 'db-bj-04', 'db-bj-03']);
});

test('by keyboard alone, a cluster is wished for', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters`);
  await page.getByRole('link', { name: 'New cluster' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'New cluster' }).waitFor();
  await tabTo(page, 'Name');
  await page.keyboard.type('keys-only');
  await tabTo(page, '18 newest');
  await tabTo(page, 'Three members');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await tabTo(page, 'Networks that may connect');
  await page.keyboard.type('10.9.0.0/16');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByText('It only needs a name.').count()).toBe(0);
  await page.getByRole('img', { name: 'Primary: keys-only-1.' }).waitFor();
  await tabTo(page, 'Build cluster');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/clusters/keys-only');
  const row = await db
    .selectFrom('fleet.cluster')
    .selectAll()
    .where('name', '=', 'keys-only')
    .executeTakeFirstOrThrow();
  expect(row.networks).toEqual(['10.9.0.0/16']);
});

/** Presses Tab until the thing with this name has the focus; whatever hides from the keyboard fails here. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const it = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> };
      return `${it?.labels?.[0]?.textContent ?? ''}|${it?.getAttribute('aria-label') ?? ''}|${it?.textContent ?? ''}`;
    });
    if (focused.split('|').some((words) => words.startsWith(name))) return;
  }
  throw new Error(`Tab never reached “${name}”`);
}

test('the picture shows roles, lag and failure domains, and changes by itself', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/orders`);
  const picture = page.getByRole('img', { name: /Primary: orders-1/ });
  for (const words of [
    'Sync replica',
    'no lag',
    'timeline 3',
    'Failure domain rack-b',
    'etcd vote',
    'restart due',
  ]) {
    await picture.getByText(words).first().waitFor();
  }
  await db.updateTable('fleet.host').set({ connected: false }).where('name', '=', 'db-bj-02').execute();
  await picture.getByText('not streaming').waitFor({ timeout: 8000 });
  await page.getByText('Degraded', { exact: true }).waitFor();
  await db.updateTable('fleet.host').set({ connected: true }).where('name', '=', 'db-bj-02').execute();
  await page.getByText('Healthy', { exact: true }).waitFor({ timeout: 8000 });
});

test('a switchover to a named member is asked for, with what it costs, and its progress shows', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/members`);
  await page.getByRole('button', { name: 'Actions on members-2' }).click();
  await page.getByRole('menuitem', { name: 'Make this the primary' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Writes pause for about two seconds').waitFor();
  expect(await dialog.getByRole('radio', { name: /^members-2/ }).isChecked()).toBe(true);
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Switch over' }).click();
  await page.getByRole('heading', { name: 'Switch over' }).waitFor();
  await page.getByText('See who is primary').first().waitFor();
});

test('the password is shown on demand, is written to the audit, and hides itself', async () => {
  const page = await journey.open();
  await page.clock.install();
  await page.goto(`${journey.url}/clusters/orders/connect`);
  for (const language of ['JDBC', 'Node.js', 'Python', 'Go', 'psql']) {
    await page.getByRole('tab', { name: language }).click();
    await page
      .getByRole('region', { name: `Sample for ${language}` })
      .getByText('10.20.1.11')
      .waitFor();
  }
  expect(await page.getByRole('link', { name: 'Download CA' }).getAttribute('href')).toContain(
    'BEGIN%20CERTIFICATE',
  );
  const url = page.getByRole('region', { name: 'URL with the password' }).locator('code');
  await page.getByText('••••••••').waitFor();
  await page.getByRole('button', { name: 'Show password' }).click();
  await page.getByText('Hidden again in').waitFor();
  expect(await url.textContent()).toMatch(/^postgresql:\/\/app:[\w-]{20,}@10\.20\.1\.11:5432,/);
  const audited = await db
    .selectFrom('platform.audit')
    .select('action')
    .where('subject_id', 'is not', null)
    .execute();
  expect(audited.map(({ action }) => action)).toContain('fleet.cluster.connect');
  await page.clock.runFor(31_000);
  await page.getByText('••••••••').waitFor();
  expect(await page.content()).not.toMatch(/app:[\w-]{20,}@/);
});

test('settings: search, a wrong value, the differences, and a restart in the right order', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/orders/settings`);
  await page.getByRole('searchbox', { name: 'Search all settings' }).fill('max_connections');
  const row = page.getByRole('listitem').filter({ hasText: 'max_connections' }).first();
  await row.getByText('fitted to the hosts').waitFor();
  await row.getByRole('button', { name: 'Change' }).click();
  await row.getByRole('textbox').fill('-5');
  await row.getByText('Must lie between 1 and 262143.').waitFor();
  expect(await page.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true);
  await row.getByRole('textbox').fill('500');

  await page.getByRole('searchbox', { name: 'Search all settings' }).fill('work_mem');
  const memory = page.getByRole('listitem').filter({ has: page.getByText('work_mem', { exact: true }) });
  await memory.getByText('set by a person').waitFor();
  await memory.getByRole('button', { name: 'Change' }).click();
  await memory.getByRole('button', { name: 'Give it back' }).click();
  await page.getByText('2 changes').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();

  const dialog = page.getByRole('dialog');
  const change = dialog.getByRole('listitem').filter({ hasText: 'max_connections' });
  expect(await change.locator('del').textContent()).toContain('400');
  expect(await change.locator('ins').textContent()).toContain('500');
  await change.getByText('needs a restart').waitFor();
  await dialog.getByText('raised on them first').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  if (pictures) await takePicture(page, join(pictures, 'clusters'), 'settings-review.en');
  await dialog.getByRole('radio', { name: 'Now, in the right order' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('region', { name: 'Under way' }).getByText('Change the configuration').waitFor();
  const { settings } = await db
    .selectFrom('fleet.cluster')
    .select('settings')
    .where('name', '=', 'orders')
    .executeTakeFirstOrThrow();
  expect(settings).toEqual({ max_connections: '500', log_min_duration_statement: '250ms' });
});

test('a role is made, and its password is shown once', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/reports/databases`);
  await page.getByRole('button', { name: 'Create role' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('importer');
  await dialog.getByRole('button', { name: 'Create role' }).click();
  await dialog.getByText('It is shown this once and kept nowhere').waitFor();
  expect((await dialog.locator('code').textContent())?.length).toBeGreaterThan(20);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Under way' }).waitFor();
});

test('deletion: the protection first, then the name typed exactly, then a way back', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/payments`);
  const open = page.getByRole('button', { name: 'Delete…' });
  expect(await open.isDisabled()).toBe(true);
  await page.getByText('While it is on, nobody can delete').waitFor();
  await page.getByRole('switch', { name: 'Protect from deletion' }).press(' ');
  await expect.poll(() => open.isEnabled()).toBe(true);
  await open.click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Delete cluster' });
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByLabel('Type “payments” to confirm').fill('payment');
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByLabel('Type “payments” to confirm').fill('payments');
  await dialog.getByText('For 72 hours the data stays').waitFor();
  await confirm.click();
  await page.getByText('This cluster is being deleted').waitFor();
  await page.getByText(/removed for good in 2d 23h|removed for good in 3d/).waitFor();
  await page.getByRole('button', { name: 'Bring it back' }).waitFor();
  const row = await db
    .selectFrom('fleet.cluster')
    .select(['phase'])
    .where('name', '=', 'payments')
    .executeTakeFirstOrThrow();
  expect(row.phase).toBe('deleting');
});

test('who may only look sees no button that would be refused', async () => {
  const page = await journey.open();
  await db.updateTable('identity.membership').set({ role: 'viewer' }).execute();
  try {
    await page.goto(`${journey.url}/clusters`);
    expect(await page.getByRole('link', { name: 'New cluster' }).count()).toBe(0);
    await page.goto(`${journey.url}/clusters/orders`);
    await page.getByRole('heading', { name: 'Topology' }).waitFor();
    for (const name of ['Switch over', 'Restart', 'Add member', 'Delete…', 'Actions on orders-2']) {
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    }
    await page.goto(`${journey.url}/clusters/orders/connect`);
    await page.getByText('Your role does not show passwords.').waitFor();
    await page.goto(`${journey.url}/clusters/orders/settings`);
    expect(await page.getByRole('button', { name: 'Change' }).count()).toBe(0);
  } finally {
    await db.updateTable('identity.membership').set({ role: 'owner' }).execute();
  }
});
