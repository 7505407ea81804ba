import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '#src/platform/server/context.ts';
import { startListening } from '#src/platform/server/listen.ts';
import { createLog } from '#src/platform/server/log.ts';
import { sendMail } from '#src/platform/server/mail/send-mail.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
} from '#src/platform/server/operations/define-operation.ts';
import { knowOperations } from '#src/platform/server/operations/queries.ts';
import { runOperation } from '#src/platform/server/operations/run-operation.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { testDatabase } from '#tests/support/database.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { startSampleJourney, type SampleJourney } from './support/sample-journey.ts';

const { db, url: databaseUrl } = await testDatabase();
const log = createLog('test', 'silent');
const pictures = process.env['ELEPHERD_PICTURES'];
let journey: SampleJourney;
let listening: ReturnType<typeof startListening>;

/** What the second step does when it is looked at next. */
let weather: 'rain' | 'sun' | 'storm' = 'rain';
const paint = defineOperation('test.paint', {
  title: { en: 'Paint the fence', 'zh-CN': '粉刷围栏' },
  deadlineSeconds: 600,
  cancelStep: 'wash',
  steps: {
    mix: step({ en: 'Mix the paint', 'zh-CN': '调配油漆' }, async (op) => {
      await op.say({ en: 'Mixed 3 l of green', 'zh-CN': '已调配 3 升绿漆' });
      return go('brush');
    }),
    brush: step({ en: 'Brush it on', 'zh-CN': '刷漆' }, async (op) => {
      if (weather === 'rain') return wait(600, { en: 'Waiting for dry weather.', 'zh-CN': '等待天晴。' });
      if (weather === 'storm')
        return fail({ en: 'The fence is gone. Find it.', 'zh-CN': '围栏不见了，请找回。' });
      await op.say({ en: 'The sun shines', 'zh-CN': '出太阳了' });
      return go('dry');
    }),
    dry: step({ en: 'Let it dry', 'zh-CN': '晾干' }, async () => done),
    wash: step({ en: 'Wash it off', 'zh-CN': '洗掉' }, async () => done, { hidden: true }),
  },
});
const look = (id: string) => runOperation(db, new Map([[paint.kind, paint]]), id, log);

let id = '';
beforeAll(async () => {
  journey = await startSampleJourney(db);
  listening = startListening(databaseUrl, log);
  knowOperations([paint]);
});
afterAll(async () => {
  await listening.stop();
  await journey.stop();
});
beforeEach(async () => {
  weather = 'rain';
  id = await inTransaction(journey.ctx, (tx) => startOperation(tx, paint, crypto.randomUUID()));
});

const stepOf = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Steps' }).getByRole('listitem').filter({ hasText: name });

test('steps and log follow by themselves, also over a cut connection, and each line is there once', async () => {
  const page = await journey.open();
  await page.goto(`${journey.url}/operations/${id}`);
  await stepOf(page, 'Let it dry').getByText('to come').waitFor();
  await page.getByRole('status').getByText('Live').waitFor();
  await look(id);
  await stepOf(page, 'Mix the paint').getByText('done').waitFor();
  await page.getByText('Waiting for dry weather.').first().waitFor();
  expect(await stepOf(page, 'Brush it on').getAttribute('aria-current')).toBe('step');

  // What happens while the connection is away is caught up with.
  journey.cut();
  weather = 'sun';
  await look(id);
  await page.getByText('Succeeded').first().waitFor();
  await stepOf(page, 'Let it dry').getByText('done').waitFor();
  const lines = page.getByRole('log').locator('p');
  for (const said of ['Mixed 3 l of green', 'The sun shines'])
    expect(await lines.filter({ hasText: said }).count(), said).toBe(1);
  expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('3');
});

test('cancelling is asked about first, and what was begun is undone', async () => {
  const page = await journey.open();
  await look(id);
  await page.goto(`${journey.url}/operations/${id}`);
  await page.getByRole('button', { name: 'Cancel operation' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('undoes what it began').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Let it go on' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Cancel operation' }).click();
  await dialog.getByRole('button', { name: 'Cancel operation' }).click();
  await page.getByText('Cancelling').first().waitFor();
  await look(id);
  await page.getByText('Cancelled').first().waitFor();
  await stepOf(page, 'Let it dry').getByText('not needed').waitFor();
});

test('a failed step says why and is retried from the page', async () => {
  const page = await journey.open();
  weather = 'storm';
  await look(id);
  await page.goto(`${journey.url}/operations/${id}`);
  await page.getByText('The fence is gone. Find it.').first().waitFor();
  await stepOf(page, 'Brush it on').getByText('failed').waitFor();
  weather = 'sun';
  await page.getByRole('button', { name: 'Retry failed step' }).click();
  await page.getByText('Running').first().waitFor();
  await look(id);
  await page.getByText('Succeeded').first().waitFor();
  expect(await page.getByRole('button', { name: 'Retry failed step' }).count()).toBe(0);
});

const readers = [
  { name: 'en', locale: 'en', size: 'wide', scheme: 'light' },
  { name: 'phone.zh-CN.dark', locale: 'zh-CN', size: 'phone', scheme: 'dark' },
] as const;

test.each(readers)(
  '$name: operations, the outbox and the first page are readable by everybody and as wide as the window',
  async ({ name, ...reader }) => {
    weather = 'storm';
    await look(id);
    await inTransaction(journey.ctx, (tx) =>
      sendMail(tx.db, {
        orgId: journey.ctx.actor.orgId,
        to: 'maria@morninglight.example',
        subject: `Fence of ${name}`,
        text: 'It is gone.',
      }),
    );
    const page = await journey.open(reader);
    for (const [what, path] of [
      ['overview', '/'],
      ['list', '/operations'],
      ['failed', `/operations/${id}`],
      ['outbox', '/outbox'],
    ] as const) {
      expect((await page.goto(journey.url + path))?.status(), path).toBe(200);
      await inOrder(page, `${what}.${name}`);
    }
    await page
      .getByRole('link', { name: `Fence of ${name}` })
      .first()
      .click();
    await page.getByText('It is gone.').waitFor();
    await inOrder(page, `mail.${name}`);
  },
);

async function inOrder(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load');
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'operations'), name, true);
}
