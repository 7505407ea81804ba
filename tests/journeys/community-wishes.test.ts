import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSignInLink } from '#src/identity/server/public.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { testDatabase } from '#tests/support/database.ts';
import { seriousFindings } from './support/accessibility.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';

const { db } = await testDatabase();
const password = 'correct horse battery';
let server: IdentityServer;
let browser: TestBrowser;

beforeAll(async () => {
  server = await startIdentityServer(db, { SIGN_UP: 'open' });
  browser = await startBrowser();
  // Somebody runs this Elepherd; those who sign up do not.
  await createSignInLink(db, { publicUrl: server.url });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** A window whose reader has just signed up and proved the address. */
async function newcomer(name: string, locale: Locale): Promise<Page> {
  const email = `${crypto.randomUUID()}@example.com`;
  const page = await browser.open({ locale, size: 'phone' });
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
  // The member is made by the first thing that is done.
  await page.goto(`${server.url}/settings/community`);
  await page.press('[name=headline]', 'Enter');
  await page.waitForURL('**/settings/community?saved=1');
  return page;
}

/** Looks at a page: nothing serious for axe, nothing wider than the window. */
async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
}

test.each(['zh-CN', 'en'] as const)(
  'on a phone, in %s: a wish is made, voted for, claimed by a vendor, and comes true',
  async (locale) => {
    const title = locale === 'en' ? 'Refresh views by what changed' : '物化视图增量刷新';
    const author = await newcomer('Lin Xiao', locale);
    await author.goto(`${server.url}/wishes`);
    await look(author, `wishes.${locale}`);
    await author.click('main a[href="/wishes/new"]');
    await author.fill('[name=title]', title);
    await author.selectOption('[name=industry]', 'finance');
    await author.fill('[name=capability]', 'Only what changed is computed anew.');
    await author.fill('[name=problem]', 'A whole refresh takes four hours each night.');
    await look(author, `new-wish.${locale}`);
    await author.press('[name=vendors]', 'Enter');
    await author.waitForURL(/\/wishes\/\d+/);
    const path = new URL(author.url()).pathname;

    const voter = await newcomer('Ben Adeyemi', locale);
    await voter.goto(`${server.url}/wishes/new`);
    await voter.fill('[name=title]', title);
    // Somebody wishes it already: the vote goes there.
    expect(await voter.locator(`elepherd-similar a[href="${path}"]`).getAttribute('href')).toBe(path);
    await voter.goto(server.url + path);
    await voter.click('button[name=strength][value=nice]');
    await voter.locator('button[name=strength][value=nice][aria-pressed=true]').waitFor();
    expect(await voter.locator('.com-wish-sums strong').textContent()).toContain('2');

    const vendor = await newcomer('Maria Ortega', locale);
    const { id: memberId } = await db
      .selectFrom('community.member')
      .select('id')
      .orderBy('joined_at', 'desc')
      .executeTakeFirstOrThrow();
    const slug = `herd-${locale.toLowerCase()}`;
    const { id: organisationId } = await db
      .insertInto('community.organisation')
      .values({ name: 'Herd Database', slug, kind: 'database-vendor', state: 'verified' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('community.organisation_manager')
      .values({ organisation_id: organisationId, member_id: memberId })
      .execute();
    await vendor.goto(server.url + path);
    await vendor
      .locator('details', { has: vendor.locator('[name=dueOn]') })
      .locator('summary')
      .click();
    await vendor.fill('[name=dueOn]', new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
    await look(vendor, `claim.${locale}`);
    await vendor.click('button[name=intent][value=claim]');
    await vendor.locator('button[name=intent][value=withdraw]').waitFor();
    await vendor
      .locator('details', { has: vendor.locator('[name=url]') })
      .locator('summary')
      .click();
    await vendor.fill('form:has([name=url]) [name=title]', 'Herd Database 5.1');
    await vendor.fill('[name=url]', 'https://herd.example.com/5.1');
    await vendor.click('button[name=intent][value=deliver]');
    await vendor.locator('a[href="https://herd.example.com/5.1"]').waitFor();
    await look(vendor, `delivered.${locale}`);

    await voter.goto(`${server.url}/notifications`);
    await voter
      .locator(`a[href*="${path.split('/').slice(0, 3).join('/')}"]`)
      .first()
      .waitFor();
    await voter.goto(`${server.url}/wishes/roadmap`);
    expect(await voter.locator(`main a[href="${path}"]`).count()).toBe(1);
    await look(voter, `roadmap.${locale}`);
  },
);
