import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveDueBadges } from '#src/community/server/badges/give-due-badges.job.ts';
import { awardPoints } from '#src/community/server/points/change-points.ts';
import { createSignInLink } from '#src/identity/server/public.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { testDatabase } from '#tests/support/database.ts';
import { seriousFindings } from './support/accessibility.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { takePicture } from './support/pictures.ts';

const { db } = await testDatabase();
const password = 'correct horse battery';
const pictures = process.env['ELEPHERD_PICTURES'];
let server: IdentityServer;
let browser: TestBrowser;
let staff: Page;

beforeAll(async () => {
  server = await startIdentityServer(db, { SIGN_UP: 'open' });
  browser = await startBrowser();
  staff = await browser.open({ locale: 'en' });
  await staff.goto(await createSignInLink(db, { publicUrl: server.url }));
  await staff.locator('button[type=submit]').first().click();
  await staff.waitForURL((url) => !url.pathname.includes('sign-in'));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Looks at a page: nothing serious for axe, nothing wider than the window, and a picture when one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'community-points'), name, true);
}

async function signUp(page: Page, email: string, name: string): Promise<void> {
  await page.goto(`${server.url}/sign-up`);
  await page.fill('[name=name]', name);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.press('[name=password]', 'Enter');
  await page.getByRole('status').waitFor();
  const mail = await db
    .selectFrom('platform.mail')
    .select('text')
    .where('recipient', '=', email)
    .executeTakeFirstOrThrow();
  await page.goto(/http:\S+confirm\S+/.exec(mail.text ?? '')?.[0] ?? '');
  await page.fill('[name=password]', password);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/community');
}

/** The figures of one's points: reputation, what can be spent, what is held. */
const figuresOf = async (page: Page): Promise<string[]> => {
  await page.goto(`${server.url}/points`);
  return page.locator('.com-stats b, .com-stats strong').allTextContents();
};

test.each([
  ['zh-CN', 'light', '幼象', '小象'],
  ['en', 'dark', 'Calf', 'Young elephant'],
] as const)(
  'on a phone, without script, in %s: an article is featured, its points make a level, and buy a reward that is cancelled and sent',
  async (locale, scheme, first, second) => {
    const page = await browser.open({ locale, scheme, size: 'phone', scripts: false });
    await signUp(page, `points-${locale.toLowerCase()}@example.com`, locale === 'en' ? 'Ada' : '王岚');
    // Where no script runs none can judge a page: the same reader looks at it in a window of their own.
    const eyes = await browser.open({ locale, scheme, size: 'phone' });
    await eyes.context().addCookies(await page.context().cookies());
    const lookAgain = async (name: string) => {
      await eyes.goto(page.url());
      await look(eyes, name);
    };
    await lookAgain(`home.${locale}`);
    await page.goto(`${server.url}/points`);
    expect(await page.locator('.com-level').textContent()).toBe(first);
    await lookAgain(`points-none.${locale}`);
    // What others found of the member's writings before: nothing of theirs waits for a reviewer.
    await db.updateTable('community.member').set({ trust_level: 2 }).execute();

    await page.goto(`${server.url}/articles/write`);
    await page.fill('[name=title]', locale === 'en' ? 'How vacuum works' : '清理的原理');
    await page.fill('[name=markdown]', locale === 'en' ? 'It removes dead rows.' : '它清除死元组。');
    await page.locator('main button.com-button[type=submit]').first().click();
    await page.waitForURL(/\/articles\/\d+/);
    const article = page.url();
    expect(await figuresOf(page)).toEqual(expect.arrayContaining(['10']));

    await staff.goto(article);
    await staff.locator('button[value=feature]').click();
    await staff.locator('button[value=unfeature]').waitFor();
    for (let i = 0; i < 3; i++) await giveAccepted(locale, i);
    await giveDueBadges.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
    expect((await figuresOf(page)).join(' ')).toMatch(/105.*105/);
    expect(await page.locator('.com-level').textContent()).toBe(second);
    await lookAgain(`points.${locale}`);
    for (const path of [
      '/points/rules',
      '/points/levels',
      '/badges',
      '/badges/featured',
      '/leaderboard?period=all',
    ]) {
      await page.goto(server.url + path);
      await lookAgain(`${path.replaceAll(/\W+/g, '-').slice(1)}.${locale}`);
    }

    await staff.goto(`${server.url}/rewards`);
    await staff.fill('[name=en]', `Shirt ${locale}`);
    await staff.fill('[name=zh]', `文化衫 ${locale}`);
    await staff.fill('[name=aboutEn]', 'With an elephant.');
    await staff.fill('[name=aboutZh]', '印有小象。');
    await staff.locator('form:has([name=en]) [name=price]').fill('100');
    await staff.fill('[name=stock]', '2');
    await staff.fill('[name=value]', '900');
    await look(staff, `rewards-staff.${locale}`);
    await staff.locator('button[value=create]').click();
    await staff.getByText(`Shirt ${locale}`).waitFor();

    await page.goto(`${server.url}/rewards`);
    await lookAgain(`rewards.${locale}`);
    const redeem = async () => {
      await page.goto(`${server.url}/rewards`);
      const card = page.locator('.com-card', { hasText: locale === 'en' ? 'Shirt en' : '文化衫 zh-CN' });
      await card.locator('summary').first().click();
      await card.locator('[name=address]').fill('Somebody, somewhere 1');
      await card.locator('button[value=redeem]').click();
      await page.waitForURL('**/rewards/mine');
    };
    await redeem();
    expect((await figuresOf(page)).join(' ')).toMatch(/105.*\b5\b/);
    await page.goto(`${server.url}/rewards/mine`);
    await page.locator('button[name=redemption]').click();
    await page.locator('button[name=redemption]').waitFor({ state: 'detached' });
    expect((await figuresOf(page)).join(' ')).toMatch(/105.*105/);
    await redeem();
    await staff.goto(`${server.url}/rewards/handle`);
    expect(await staff.locator('main').textContent()).toContain('Somebody, somewhere 1');
    await look(staff, `rewards-handle.${locale}`);
    await staff.locator('button[value=sent]').click();
    await staff.locator('button[value=sent]').waitFor({ state: 'detached' });
    await staff.locator('button[value=delivered]').click();
    await staff.locator('button[value=delivered]').waitFor({ state: 'detached' });
    await page.goto(`${server.url}/rewards/mine`);
    await lookAgain(`rewards-mine.${locale}`);
    const redemptions = await db
      .selectFrom('community.redemption')
      .select(['state', 'address_sealed as address'])
      .orderBy('ordered_at', 'desc')
      .limit(2)
      .execute();
    expect(redemptions).toEqual([
      { state: 'delivered', address: null },
      { state: 'cancelled', address: null },
    ]);
    // Spending never lowers a level.
    await figuresOf(page);
    expect(await page.locator('.com-level').textContent()).toBe(second);
  },
  300_000,
);

/** An acceptance as it would be entered, for the member who wrote last. */
async function giveAccepted(locale: string, at: number): Promise<void> {
  const { id } = await db
    .selectFrom('community.member as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .select('m.id')
    .where('a.email', '=', `points-${locale.toLowerCase()}@example.com`)
    .executeTakeFirstOrThrow();
  await inTransaction(systemContext(db, noOrg), (tx) =>
    awardPoints(tx, { memberId: id, cause: 'accepted', key: `journey:${at}` }),
  );
}
