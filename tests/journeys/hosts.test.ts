import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notePort } from '#src/fleet/server/enrolments/note-port.ts';
import { testDatabase } from '#tests/support/database.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
let journey: SampleJourney;
const hostId = (name: string) => journey.fleet.hostIds.get(name)!;

beforeAll(async () => {
  journey = await startSampleJourney(db);
  await notePort(db, {
    urls: ['https://elepherd.example.com:7434', 'https://127.0.0.1:7434'],
    keyPin: 'q'.repeat(43) + '=',
  });
});
afterAll(async () => {
  await journey.stop();
});

const readers = [
  { name: 'en', locale: 'en', size: 'wide', scheme: 'light' },
  { name: 'zh-CN.dark', locale: 'zh-CN', size: 'wide', scheme: 'dark' },
  { name: 'phone.zh-CN', locale: 'zh-CN', size: 'phone', scheme: 'light' },
] as const;

test.each(readers)(
  '$name: every page is readable by everybody and as wide as the window',
  async ({ name, ...reader }) => {
    const page = await journey.open(reader);
    const pages = [
      ['list', '/hosts'],
      ['new', '/hosts/new'],
      ['host', `/hosts/${hostId('db-bj-01')}`],
      ['silent', `/hosts/${hostId('db-old-07')}`],
    ] as const;
    for (const [what, path] of pages) {
      const answer = await page.goto(journey.url + path);
      expect(answer?.status(), path).toBe(200);
      await look(page, `${what}.${name}`);
    }
    await page.goto(`${journey.url}/hosts/new`);
    await page.locator('form button[type=submit]').click();
    await page.getByRole('region').first().waitFor();
    await look(page, `command.${name}`);
  },
);

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load');
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'hosts'), name, true);
}

test('a command is made once, and the page sees its host arrive', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/hosts/new`);
  await page.getByLabel('Name (optional)').fill('db-new-01');
  await page.getByRole('button', { name: 'Make the command' }).click();
  const command = await page.getByRole('region', { name: 'Command for the new host' }).innerText();
  expect(command).toMatch(
    /^export ELEPHERD_TOKEN=\S+; curl -fsSk --pinnedpubkey 'sha256\/\/\S+' https:\/\/elepherd\.example\.com:7434\/agent\/install\.sh \| sh$/,
  );
  await page.getByText('Waiting for the host to appear').waitFor();

  const { id } = await db
    .selectFrom('fleet.enrolment')
    .select('id')
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('fleet.enrolment')
    .set({ used_at: new Date(), host_id: hostId('db-bj-04') })
    .where('id', '=', id)
    .execute();
  await page.getByText('db-bj-04 is online').waitFor();
  await page.getByRole('link', { name: 'Open the host' }).click();
  await page.getByRole('heading', { level: 1, name: 'db-bj-04' }).waitFor();
});

test('a host is edited, drained and used again; removing one with clusters is refused with their names', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/hosts/${hostId('mini-01')}`);
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Edit');
  await page.getByLabel('Failure domain').fill('branch office');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('branch office').first().waitFor();

  await choose('Drain');
  await page.getByText('No new servers are placed here').waitFor();
  await choose('Use again');
  await page.getByText('No new servers are placed here').waitFor({ state: 'detached' });

  await choose('Remove host');
  await page.getByLabel('Type “mini-01” to confirm').fill('mini-01');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove host' }).click();

  await page.getByText('Clusters still have members on this host: members').waitFor();
});
