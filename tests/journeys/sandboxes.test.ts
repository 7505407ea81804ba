import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from '#src/fleet/server/sandboxes/create-sandbox.ts';
import { createTemplate } from '#src/fleet/server/sandboxes/create-template.ts';
import { reportTask } from '#src/fleet/server/tasks/report-task.ts';
import { takeTasks } from '#src/fleet/server/tasks/take-tasks.ts';
import { testDatabase } from '#tests/support/database.ts';
import { someFacts } from '#tests/support/hosts.ts';
import { readyWith } from '#tests/support/sandboxes.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
let journey: SampleJourney;
let playing = true;
const made: string[] = [];

const answers: Record<string, () => unknown> = {
  'start-sandbox': readyWith,
  'reset-sandbox': () => ({ readyMs: 92 }),
  'extend-sandbox': () => ({}),
  'destroy-sandbox': () => ({ destroyed: true }),
};

beforeAll(async () => {
  journey = await startSampleJourney(db);
  const hostId = journey.fleet.hostIds.get('db-bj-01')!;
  const { facts } = await db
    .selectFrom('fleet.host')
    .select('facts')
    .where('id', '=', hostId)
    .executeTakeFirstOrThrow();
  const installed = [18, 17].map((major) => ({ major, version: `${major}.4-1.pgdg13+1` }));
  await db
    .updateTable('fleet.host')
    .set({ facts: JSON.stringify({ ...someFacts(), ...(facts as object), postgresInstalled: installed }) })
    .where('id', '=', hostId)
    .execute();
  void (async () => {
    while (playing) {
      const { orders } = await takeTasks(db, hostId, []);
      for (const { id, kind } of orders) {
        const output = answers[kind]?.();
        if (output !== undefined) await reportTask(db, hostId, id, { state: 'succeeded', output, lines: [] });
      }
      await sleep(20);
    }
  })();
  await createTemplate(journey.ctx, { name: 'chinook', initSql: 'create table album (id int)' });
  for (const wish of [
    { purpose: '课程 3：索引入门', template: 'chinook', minutes: 45 },
    { purpose: 'Reproduce issue 1187', minutes: 240, memoryBacked: true },
    { minutes: 4 },
  ]) {
    made.push((await createSandbox(journey.ctx, wish)).id);
  }
});
afterAll(async () => {
  playing = false;
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
    for (const [what, path] of [
      ['list', '/sandboxes'],
      ['sandbox', `/sandboxes/${made[0]}`],
    ] as const) {
      const answer = await page.goto(journey.url + path);
      expect(answer?.status(), path).toBe(200);
      await look(page, `${what}.${name}`);
    }
    await page.goto(`${journey.url}/sandboxes`);
    await page.getByRole('button', { name: /New sandbox|新建沙箱/ }).click();
    await page.getByLabel(/PostgreSQL version|PostgreSQL 版本/).waitFor();
    await look(page, `new.${name}`);
  },
);

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load');
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'sandboxes'), name, true);
}

test('a sandbox is made, its way in shown, its time counted down; reset, extended and destroyed', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/sandboxes`);
  await page.getByRole('button', { name: 'New sandbox' }).click();
  await page.getByLabel('PostgreSQL version').selectOption('17');
  await page.getByLabel('Begins as').selectOption('chinook');
  await page.getByLabel('Lives for').selectOption('15');
  await page.getByLabel('What it is for').fill('A journey');
  await page.getByRole('switch', { name: 'Keep its data in memory' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();

  await page.getByRole('heading', { level: 1, name: 'A journey' }).waitFor();
  const command = await page.getByRole('region', { name: 'Command for a terminal' }).innerText();
  expect(command).toMatch(/^psql 'postgresql:\/\/sandbox:[\w-]{24}@[\d.]+:\d+\/sandbox\?sslmode=require'$/);
  const left = page.locator('dt:has-text("Time left") + dd');
  const before = await left.innerText();
  expect(before).toMatch(/^14m|^15m/);
  await page.waitForTimeout(2100);
  expect(await left.innerText()).not.toBe(before);

  await page.getByRole('button', { name: 'Extend to an hour' }).click();
  await expect.poll(() => left.innerText(), { timeout: 15_000 }).toMatch(/^(59m|1h)/);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
  await page.getByText('92 ms').waitFor();
  await page.getByRole('button', { name: 'Destroy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Destroy' }).click();
  await page.getByText('It is gone, with everything that was in it.').waitFor();
  expect(await page.getByRole('region', { name: 'Command for a terminal' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Sandboxes' }).first().click();
  await page.getByText('Reproduce issue 1187').waitFor();
  // What the page before had read may be seen for a moment.
  await expect.poll(() => page.getByText('A journey').count(), { timeout: 15_000 }).toBe(0);
});

test('what does not fit is refused beside the form, and nothing is lost of what was chosen', async () => {
  await db
    .insertInto('fleet.sandbox_quota')
    .values({ org_id: journey.ctx.actor.orgId })
    .onConflict((oc) => oc.column('org_id').doUpdateSet({ sandboxes: 3 }))
    .execute();
  const page = await journey.open();
  await page.goto(`${journey.url}/sandboxes`);
  await page.getByText('3 of 3 sandboxes in use').waitFor();
  await page.getByRole('button', { name: 'New sandbox' }).click();
  await page.getByLabel('What it is for').fill('One too many');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('alert').getByText('may have 3 sandboxes at once').waitFor();
  expect(await page.getByLabel('What it is for').inputValue()).toBe('One too many');
});
