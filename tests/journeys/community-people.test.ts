import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonalExport } from '#src/community/contract/privacy.ts';
import { createSignInLink } from '#src/identity/server/public.ts';
import { testDatabase } from '#tests/support/database.ts';
import { seriousFindings } from './support/accessibility.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { press, type } from './support/keyboard.ts';
import { takePicture } from './support/pictures.ts';

const { db } = await testDatabase();
const password = 'correct horse battery';
const pictures = process.env['ELEPHERD_PICTURES'];
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

/** Looks at a page: nothing serious for axe, nothing wider than the window, and a picture when one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'community-people'), name, true);
}

test.each(['zh-CN', 'en'] as const)(
  'by keyboard, on a phone, in %s: sign up, prove the address, say who one is, export everything, leave',
  async (locale) => {
    const email = `lin-${locale.toLowerCase()}@example.com`;
    const page = await browser.open({ locale, size: 'phone' });
    await page.goto(`${server.url}/sign-in`);
    await press(page, 'main a[href="/sign-up"]');
    await page.waitForURL('**/sign-up');
    await look(page, `sign-up.${locale}`);
    await type(page, '[name=name]', locale === 'en' ? 'Lin Xiao' : '林晓');
    await type(page, '[name=email]', email);
    await type(page, '[name=password]', password);
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    await look(page, `sign-up-sent.${locale}`);

    const mail = await db
      .selectFrom('platform.mail')
      .select('text')
      .where('recipient', '=', email)
      .executeTakeFirstOrThrow();
    await page.goto(/http:\S+confirm\S+/.exec(mail.text ?? '')?.[0] ?? '');
    await look(page, `confirm.${locale}`);
    await type(page, '[name=password]', password);
    await page.keyboard.press('Enter');
    // Without an organisation the community is home.
    await page.waitForURL('**/community');

    await page.goto(`${server.url}/settings/community`);
    await type(page, '[name=headline]', 'VACUUM');
    await press(page, '[name=roles][value=dba]', 'Space');
    await type(page, '[name=skills]', '索引, WAL');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/community?saved=1');
    await look(page, `profile-settings.${locale}`);
    await press(page, '.com-notice a');
    await page.waitForURL('**/members/*');
    expect(await page.locator('h1').textContent()).toContain(locale === 'en' ? 'Lin Xiao' : '林晓');
    await look(page, `member.${locale}`);
    const handle = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.goto(`${server.url}/members?skill=WAL`);
    await look(page, `members.${locale}`);
    expect(await page.locator(`main a[href="/members/${handle}"]`).count()).toBeGreaterThan(0);
    for (const path of ['/messages', '/settings/community/following']) {
      await page.goto(server.url + path);
      await look(page, `${path.replaceAll('/', '-').slice(1)}.${locale}`);
    }

    await page.goto(`${server.url}/settings/community/privacy`);
    await look(page, `privacy.${locale}`);
    const downloading = page.waitForEvent('download');
    await press(page, 'a[download]');
    const file = await (await downloading).path();
    const data = JSON.parse(await readFile(file, 'utf8')) as PersonalExport;
    expect(data.parts['profile']?.['community.member']).toMatchObject([{ handle, headline: 'VACUUM' }]);
    expect(data.parts['account']?.['identity.account']).toMatchObject([{ email }]);

    await type(page, '[name=confirm]', handle);
    await type(page, '[name=password]', password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in?note=erased');
    await look(page, `erased.${locale}`);
    expect((await page.goto(`${server.url}/members/${handle}`))?.status()).toBe(404);
    const left = await db.selectFrom('identity.account').select('id').where('email', '=', email).execute();
    expect(left).toEqual([]);
  },
);
