// Over 300 lines: the pages of backups, restores and drills are one journey, on one sample fleet.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { insertSampleBackups, type SampleBackups } from '#tests/support/sample-backups.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
let journey: SampleJourney;
let sample: SampleBackups;

beforeAll(async () => {
  journey = await startSampleJourney(db);
  sample = await insertSampleBackups(journey.ctx, journey.fleet);
  await journey.fleet.beat();
});
afterAll(async () => {
  await journey.stop();
});

const pages = [
  ['protection', '/backups'],
  ['repositories', '/backups/repositories'],
  ['policies', '/backups/policies'],
  ['new-repository', '/backups/repositories/new'],
  ['external', '/backups/external'],
  ['cluster', '/clusters/orders/backups'],
  ['failing', '/clusters/members/backups'],
  ['bare', '/clusters/payments/backups'],
  ['aside', '/clusters/reports/backups'],
  ['restore', '/clusters/orders/backups/restore'],
  ['drills', '/clusters/orders/backups/drills'],
  ['bad-drill', '/clusters/members/backups/drills'],
  ['no-drill', '/clusters/reports/backups/drills'],
] as const;
// Together they have each language, width and colour scheme; all pages in all eight would only take longer.
const readers = [
  { name: 'en', locale: 'en', size: 'wide', scheme: 'light', sees: pages },
  { name: 'phone.zh-CN.dark', locale: 'zh-CN', size: 'phone', scheme: 'dark', sees: pages },
] as const;

test.each(readers)(
  '$name: the pages are readable by everybody and as wide as the window',
  async ({ name, sees, ...reader }) => {
    const page = await journey.open(reader);
    for (const [what, path] of sees) {
      const answer = await page.goto(journey.url + path);
      expect(answer?.status(), path).toBe(200);
      await page.waitForLoadState('load');
      expect(await seriousFindings(page), what).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${what} is wider than the window`).toBeLessThanOrEqual(0);
      if (pictures) await takePicture(page, join(pictures, 'backups'), `${what}.${name}`, true);
    }
  },
  300_000,
);

test('at one look: who is bare, who is in danger and why, and what everybody could lose', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/backups`);
  const cards = page.getByRole('list', { name: 'Clusters and their protection' }).locator('> li');
  expect(await cards.locator('h2').allTextContents()).toEqual(['payments', 'members', 'orders', 'reports']);
  await cards.nth(0).getByText('Nothing of it is kept anywhere else').waitFor();
  for (const words of ['In danger', 'No space left on device', 'Backup bad']) {
    await cards.nth(1).getByText(words).first().waitFor();
  }
  for (const words of ['at most 1m', 'back in 7m 29s', 'with 1 gap']) {
    await cards.nth(2).getByText(words).waitFor();
  }
  await cards.nth(3).getByText('The last backup is older than the policy wants').waitFor();
  await page.getByText('Nobody has kept the passphrase of oss-hangzhou').waitFor();
});

test('one action protects a bare cluster', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/backups`);
  await page.getByRole('button', { name: 'Protect payments' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('takes a first full backup').waitFor();
  await choose(page, 'Repository', /^oss-hangzhou/);
  await choose(page, 'Second repository', /^office-nas/);
  await choose(page, 'Policy', 'hourly-strict');
  await dialog.getByText('any second of 30 days').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Protect' }).click();
  await page.getByText('Being set up').waitFor();
  const plan = await db
    .selectFrom('fleet.backup_plan as p')
    .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
    .innerJoin('fleet.backup_policy as y', 'y.id', 'p.policy_id')
    .select(['p.id', 'p.state', 'y.name'])
    .where('c.name', '=', 'payments')
    .executeTakeFirstOrThrow();
  expect(plan).toMatchObject({ state: 'enabling', name: 'hourly-strict' });
});

/** Chooses from a list of choices in the open dialog or page. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

test('the time slider goes by keyboard, zooms, leaps between backups, and knows its gaps', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/orders/backups`);
  const slider = page.getByRole('slider', { name: 'Moment to restore to' });
  const now = async (name: 'now' | 'min' | 'max') => Number(await slider.getAttribute(`aria-value${name}`));
  expect(await slider.getAttribute('aria-valuetext')).toBe('Newest there is');
  await page.getByText('Restores everything that reached the archive.').waitFor();
  await slider.focus();
  await page.keyboard.press('Home');
  expect((await now('now')) - (await now('min'))).toBeLessThanOrEqual(1);
  await page.keyboard.press('End');
  expect(await now('now')).toBe(await now('max'));
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  expect(await page.getByRole('radio', { name: '24 h' }).isChecked()).toBe(true);
  await page.keyboard.press('ArrowLeft');
  const afterStep = await now('now');
  // The end has parts of a second, the steps have not.
  expect([299, 300]).toContain((await now('max')) - afterStep);
  await page.keyboard.press('PageDown');
  expect(afterStep - (await now('now'))).toBe(3000);
  await page.keyboard.press('-');
  expect(await page.getByRole('radio', { name: '7 d' }).isChecked()).toBe(true);

  await page.getByRole('button', { name: 'Backup before' }).click();
  const ends = await db.selectFrom('fleet.backup').select('ended_at').execute();
  expect(ends.map(({ ended_at }) => ended_at.getTime() / 1000)).toContain(await now('now'));

  await choose(page, 'in time zone', 'UTC');
  const lost = new Date((sample.gap.from.getTime() + sample.gap.to.getTime()) / 2);
  await page.getByLabel('Exact time').fill(lost.toISOString().slice(0, 19));
  await page.getByText('Nothing leads to this moment').waitFor();
  expect(await page.getByRole('button', { name: 'Restore to this moment…' }).isDisabled()).toBe(true);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('status').filter({ hasText: 'Nothing leads' }).getByRole('button').first().click();
  await page.getByText('This moment can be restored.').waitFor();
  const before = await now('now');
  expect(before * 1000).toBeLessThanOrEqual(sample.gap.from.getTime());
  await page.getByText('1 gap', { exact: true }).click();
  await page.getByText(/WAL \w{24} to \w{24} is missing/).waitFor();
  await page.getByRole('link', { name: 'Restore to this moment…' }).click();
  await page.waitForURL('**/backups/restore?at=*');
  expect(new URL(page.url()).searchParams.get('at')).toBe(new Date(before * 1000).toISOString());
  expect(await now('now')).toBe(before);
});

test('the slider follows the pointer', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/orders/backups`);
  const slider = page.getByRole('slider', { name: 'Moment to restore to' });
  const newest = Number(await slider.getAttribute('aria-valuenow'));
  await slider.scrollIntoViewIfNeeded();
  const box = (await slider.locator('..').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.9, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 80, { steps: 4 });
  await page.mouse.up();
  const at = Number(await slider.getAttribute('aria-valuenow'));
  // A month is shown, the newest near its right edge.
  expect((newest - at) / 86_400).toBeGreaterThan(8);
  expect((newest - at) / 86_400).toBeLessThan(14);
  expect(await slider.evaluate((handle) => handle === document.activeElement)).toBe(true);
});

test('a restore: what will happen is shown for each place, and one in place wants the name typed', async () => {
  const page = await journey.open();
  const lost = new Date((sample.gap.from.getTime() + sample.gap.to.getTime()) / 2);
  await page.goto(`${journey.url}/clusters/orders/backups/restore?at=${lost.toISOString()}`);
  const preview = page.getByRole('group', { name: 'What will happen' });
  await preview.getByText('Not possible').waitFor();
  expect(await page.getByRole('button', { name: 'Start restore' }).isDisabled()).toBe(true);
  await preview.getByRole('button', { name: /^Take / }).click();
  for (const words of [/WAL files?, /, /UTC$/, 'GiB free', 'the newest', 'from measured restores']) {
    await preview.getByText(words).first().waitFor();
  }
  await page.getByText('Ready to start.').waitFor();
  await page.getByRole('radio', { name: /^New cluster/ }).click();
  expect(await page.getByLabel('Name of the new cluster').inputValue()).toBe('orders-restored');
  await preview.getByText('gets the data first').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('radio', { name: /^In place/ }).click();
  await preview.getByText('takes no writes and answers nothing').waitFor();
  for (const host of ['db-bj-01', 'db-bj-02', 'db-bj-03']) await preview.getByText(host).first().waitFor();
  await page.getByText('Ready to start.').waitFor();
  await page.getByRole('button', { name: 'Restore in place…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('All its databases go back to').waitFor();
  const go = dialog.getByRole('button', { name: 'Restore in place' });
  expect(await go.isDisabled()).toBe(true);
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByLabel('Type “orders” to confirm').fill('orders');
  await go.click();
  await page.waitForURL('**/operations/*');
  await page.getByRole('heading', { name: 'Restore in place' }).first().waitFor();
  await page.getByText('Stop all servers of the cluster').first().waitFor();
  const row = await db
    .selectFrom('fleet.restore')
    .select(['kind', 'state', 'target_at'])
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow();
  expect(row.kind).toBe('in-place');
  expect(row.target_at!.getTime()).toBeLessThanOrEqual(sample.gap.from.getTime());
});

test('to the end of one backup, without any change after it', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/reports/backups`);
  await page.getByRole('link', { name: /^To its end / }).click();
  await page.getByText('without any change after it').waitFor();
  await page.getByText('Ready to start.').waitFor();
  await page.getByRole('button', { name: 'Choose a moment instead' }).click();
  await page.getByRole('slider', { name: 'Moment to restore to' }).waitFor();
});

test('the passphrase of the dumps of an external database is taken along before the database is forgotten', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/backups/external`);
  await page.getByText('Nobody has kept its passphrase yet').waitFor();
  await page.getByRole('button', { name: 'Remove legacy-erp' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type “legacy-erp” to confirm').fill('legacy-erp');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog.getByText('without it they could never be read').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show passphrase of legacy-erp' }).click();
  await dialog.getByRole('button', { name: 'Show passphrase' }).click();
  await dialog.getByText('Without it the backups cannot be read by anybody').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByText('Nobody has kept its passphrase yet').waitFor({ state: 'detached' });
  const audited = await db.selectFrom('platform.audit').select('action').execute();
  expect(audited.map(({ action }) => action)).toContain('fleet.external-database.show-key');
});

test('one table is taken out of a scratch server, from the restore page, and its progress is shown', async () => {
  const page = await journey.open({ locale: 'en', size: 'phone', scheme: 'light' });
  await page.goto(`${journey.url}/clusters/orders/backups/restore`);
  await page.getByRole('button', { name: 'Take a table or database…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Nothing that is there now is overwritten').waitFor();
  const take = dialog.getByRole('button', { name: 'Take', exact: true });
  await dialog.getByLabel('Database of the scratch server').fill('shop');
  await dialog.getByLabel('Table', { exact: false }).last().fill('sales orders');
  await take.click();
  await dialog.getByText('Letters, digits, _ and -; a letter first.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'backups'), 'take.phone');
  await dialog.getByLabel('Table', { exact: false }).last().fill('sales.orders');
  expect(await dialog.getByLabel('Into the new database').getAttribute('placeholder')).toBe('shop_restored');
  await take.click();
  await page.waitForURL('**/operations/*');
  await page.getByText('Take a database or a table out of a scratch server').first().waitFor();
  const { input } = await db
    .selectFrom('platform.operation')
    .select('input')
    .where('kind', '=', 'fleet.take-contents')
    .executeTakeFirstOrThrow();
  expect(input).toMatchObject({
    database: 'shop',
    table: { schema: 'sales', name: 'orders' },
    into: 'shop_restored',
  });

  // On another host than the primary's it would be refused: the page says where it must run.
  const elsewhere = { host_id: journey.fleet.hostIds.get('db-bj-04')! };
  await db.updateTable('fleet.restore').set(elsewhere).where('kind', '=', 'scratch').execute();
  await page.goto(`${journey.url}/clusters/orders/backups`);
  await page.getByText('on the host of the primary, db-bj-01').waitFor();
  expect(await page.getByRole('button', { name: 'Take a table or database…' }).count()).toBe(0);
});

test('the data of before is let go only after a question', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/reports/backups`);
  await page.getByText('The data of before is kept.').waitFor();
  await page.getByRole('button', { name: 'The restore is right: remove the old data' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('There is no way back to it after that.').waitFor();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.waitFor({ state: 'detached' });
  const audited = await db.selectFrom('platform.audit').select('action').execute();
  expect(audited.map(({ action }) => action)).toContain('fleet.restore.clean');
});

test('a repository is made, its passphrase is shown with an audit line, and it is forgotten by its name', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/backups/repositories/new`);
  await page.getByRole('radio', { name: /^Folder on the hosts/ }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  expect(
    await page.getByRole('textbox', { name: 'Name' }).evaluate((field) => field === document.activeElement),
  ).toBe(true);
  await page.keyboard.type('spare-disk');
  await page.getByLabel('Folder', { exact: false }).last().fill('/etc/backup');
  await page.getByRole('button', { name: 'Create' }).click();
  await page
    .getByText(/must lie below/)
    .first()
    .waitFor();
  await page.getByLabel('Folder', { exact: false }).last().fill('/srv/backup');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'The repository is there' }).waitFor();
  await page.getByRole('button', { name: 'Show passphrase' }).click();
  await page.getByText('Without it the backups cannot be read by anybody').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.waitForURL('**/backups/repositories');
  const audited = await db.selectFrom('platform.audit').select('action').execute();
  expect(audited.map(({ action }) => action)).toContain('fleet.repository.show-key');

  // One in use offers no way to be forgotten.
  expect(await page.getByRole('button', { name: 'Forget repository office-nas' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Forget repository spare-disk' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type “spare-disk” to confirm').fill('spare-disk');
  await dialog.getByRole('button', { name: 'Forget repository' }).click();
  await expect.poll(() => page.getByText('spare-disk').count(), { timeout: 20_000 }).toBe(0);
});

test('a policy says in words what its cron lines mean', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/backups/policies`);
  await page.getByText('differential Monday to Saturday at 01:00').waitFor();
  await page.getByRole('button', { name: 'New policy' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Full backup', exact: true }).fill('every day');
  await dialog.getByText('Five parts with blanks between them.').waitFor();
  await dialog.getByRole('textbox', { name: 'Full backup', exact: true }).fill('15 3 * * *');
  await dialog.getByText('daily at 03:15').waitFor();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('early');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByText('full daily at 03:15').waitFor();
});

test('drills: the trend, evidence, and a failed infrastructure told apart from a bad backup', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/clusters/orders/backups/drills`);
  await page.getByRole('img', { name: 'Recovery time in 8 drills: first 8m 41s, last 7m 29s.' }).waitFor();
  await page.getByText('every week, next in 6 days').waitFor();
  const failed = page.getByRole('row').filter({ hasText: 'Not carried out' });
  await failed.getByText('No judgement on the backup').waitFor();
  expect(await failed.getByRole('link').count()).toBe(0);
  const sheet = page.getByRole('link', { name: /^Evidence sheet/ }).first();
  const href = (await sheet.getAttribute('href'))!;
  expect(href).toMatch(/evidence\.html\?lang=en$/);
  for (const [lang, words] of [
    ['en', '512,904,117 rows in 134 tables'],
    ['zh-CN', '通过'],
  ] as const) {
    await page.goto(journey.url + href.replace(/lang=.*/, `lang=${lang}`));
    await page.getByText(words).first().waitFor();
    expect(await seriousFindings(page), `evidence ${lang}`).toEqual([]);
    if (pictures) await takePicture(page, join(pictures, 'backups'), `evidence.${lang}`, true);
  }
  await page.goto(`${journey.url}/clusters/members/backups/drills`);
  const bad = page.getByRole('row').filter({ hasText: 'Backup bad' });
  await bad.getByText('does not match its checksum').waitFor();

  await page.getByRole('button', { name: 'Change schedule' }).click();
  const dialog = page.getByRole('dialog');
  await choose(page, 'Run a drill', 'every 3 days');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('every 3 days, next in 3 days').waitFor();
});

test('who may only look sees no button that would be refused', async () => {
  const page = await journey.open();
  await db.updateTable('identity.membership').set({ role: 'viewer' }).execute();
  try {
    await page.goto(`${journey.url}/backups`);
    await page.getByRole('heading', { name: 'orders' }).waitFor();
    expect(await page.getByRole('button', { name: /^Protect/ }).count()).toBe(0);
    await page.goto(`${journey.url}/backups/repositories`);
    await page.getByText('office-nas').waitFor();
    expect(await page.getByRole('button', { name: 'Show passphrase' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'New repository' }).count()).toBe(0);
    await page.goto(`${journey.url}/clusters/members/backups`);
    await page.getByRole('slider').waitFor();
    for (const name of ['Back up now', 'Change', 'Switch off…']) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0);
    }
    await page.goto(`${journey.url}/clusters/members/backups/drills`);
    await page.getByText('does not match its checksum').waitFor();
    for (const name of ['Run a drill now', 'Change schedule']) {
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    }
    await page.goto(`${journey.url}/clusters/members/backups/restore`);
    await page.getByText('Your role shows what a restore would do, but does not start one.').waitFor();
    expect(await page.getByRole('button', { name: 'Start restore' }).count()).toBe(0);
  } finally {
    await db.updateTable('identity.membership').set({ role: 'owner' }).execute();
  }
});
