import type { Kysely } from 'kysely';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { DB } from '#src/platform/server/db.ts';
import { seriousFindings } from './accessibility.ts';
import type { TestBrowser } from './browser.ts';

type Place = { browser: TestBrowser; url: string; db: Kysely<DB> };
const password = 'correct horse battery';

/** A window on a phone whose reader has just signed up, proved the address and become a member. */
export async function newcomer({ browser, url, db }: Place, name: string, locale: Locale): Promise<Page> {
  const email = `${crypto.randomUUID()}@example.com`;
  const page = await browser.open({ locale, size: 'phone' });
  await page.goto(`${url}/sign-up`);
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
  await page.goto(`${url}/settings/community`);
  await page.press('[name=headline]', 'Enter');
  await page.waitForURL('**/settings/community?saved=1');
  return page;
}

/** Looks at a page: nothing serious for axe, nothing wider than the window. */
export async function lookAtPage(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
}
