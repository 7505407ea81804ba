import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSignInLink } from '#src/identity/server/public.ts';
import { testDatabase } from '#tests/support/database.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { lookAtPage, newcomer } from './support/newcomer.ts';
import { takePicture } from './support/pictures.ts';

const { db } = await testDatabase();
const pictures = process.env['ELEPHERD_PICTURES'];
const look = async (page: Page, name: string) => {
  if (pictures) await takePicture(page, join(pictures, 'community-wishes'), name, true);
};
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

test.each(['zh-CN', 'en'] as const)(
  'on a phone, in %s: a wish is made, voted for, claimed by a vendor, and comes true',
  async (locale) => {
    const title = locale === 'en' ? 'Refresh views by what changed' : '物化视图增量刷新';
    const author = await newcomer({ browser, url: server.url, db }, 'Lin Xiao', locale);
    await author.goto(`${server.url}/wishes`);
    await lookAtPage(author, `wishes.${locale}`);
    await author.click('main a[href="/wishes/new"]');
    await author.fill('[name=title]', title);
    await author.selectOption('[name=industry]', 'finance');
    await author.fill('[name=capability]', 'Only what changed is computed anew.');
    await author.fill('[name=problem]', 'A whole refresh takes four hours each night.');
    await lookAtPage(author, `new-wish.${locale}`);
    await author.press('[name=vendors]', 'Enter');
    await author.waitForURL(/\/wishes\/\d+/);
    const path = new URL(author.url()).pathname;

    const voter = await newcomer({ browser, url: server.url, db }, 'Ben Adeyemi', locale);
    await voter.goto(`${server.url}/wishes/new`);
    await voter.fill('[name=title]', title);
    // Somebody wishes it already: the vote goes there.
    expect(await voter.locator(`elepherd-similar a[href="${path}"]`).getAttribute('href')).toBe(path);
    await voter.goto(server.url + path);
    await voter.click('button[name=strength][value=nice]');
    await voter.locator('button[name=strength][value=nice][aria-pressed=true]').waitFor();
    expect(await voter.locator('.com-wish-sums strong').textContent()).toContain('2');

    const vendor = await newcomer({ browser, url: server.url, db }, 'Maria Ortega', locale);
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
    await lookAtPage(vendor, `claim.${locale}`);
    await vendor.click('button[name=intent][value=claim]');
    await vendor.locator('button[name=intent][value=withdraw]').waitFor();
    // Who claimed it answers below it, whatever their reputation; the author reads and answers back.
    await vendor.fill('textarea[name=comment]', 'It comes in *5.1*: may we see your views?');
    await vendor.click('#comments button[type=submit]');
    await vendor.locator('#comments li em', { hasText: '5.1' }).waitFor();
    expect(new URL(vendor.url()).hash).toMatch(/^#comment-\d+$/);
    await author.goto(server.url + path);
    await author.click('#comments a[href$="/reply"]');
    await author.press('textarea[name=comment]', 'End');
    await author.locator('textarea[name=comment]').pressSequentially('Gladly.');
    await author.click('.com-form button[type=submit]');
    await author.locator('#comments li', { hasText: 'Gladly.' }).waitFor();
    await lookAtPage(author, `comments.${locale}`);
    await look(author, `comments.${locale}`);
    await vendor
      .locator('details', { has: vendor.locator('[name=url]') })
      .locator('summary')
      .click();
    await vendor.fill('form:has([name=url]) [name=title]', 'Herd Database 5.1');
    await vendor.fill('[name=url]', 'https://herd.example.com/5.1');
    await vendor.click('button[name=intent][value=deliver]');
    await vendor.locator('a[href="https://herd.example.com/5.1"]').waitFor();
    await lookAtPage(vendor, `delivered.${locale}`);

    await voter.goto(`${server.url}/notifications`);
    await voter
      .locator(`a[href*="${path.split('/').slice(0, 3).join('/')}"]`)
      .first()
      .waitFor();
    await voter.goto(`${server.url}/wishes/roadmap`);
    expect(await voter.locator(`main a[href="${path}"]`).count()).toBe(1);
    await lookAtPage(voter, `roadmap.${locale}`);

    // What they gave and got stands on pages of its own, each number with its rows.
    const { handle } = await db
      .selectFrom('community.member as m')
      .innerJoin('community.wish as w', 'w.author_id', 'm.id')
      .select('m.handle')
      .where('w.id', '=', Number(path.split('/')[2]))
      .executeTakeFirstOrThrow();
    for (const [reader, page, number] of [
      [author, `/members/${handle}`, 'wishes-accepted'],
      [vendor, `/organisations/${slug}`, 'claims-kept'],
    ] as const) {
      await reader.goto(server.url + page);
      await reader.click(`main a[href="${page}/value"]`);
      await reader.waitForURL(`**${page}/value`);
      await lookAtPage(reader, `value-${number}.${locale}`);
      await look(reader, `value-${number}.${locale}`);
      expect(await reader.locator(`a[href="${page}/value/${number}"] b`).textContent()).toBe('1');
      await reader.click(`a[href="${page}/value/${number}"]`);
      await reader.locator(`main tbody a[href="${path}"]`).waitFor();
      await lookAtPage(reader, `value-rows-${number}.${locale}`);
      await look(reader, `value-rows-${number}.${locale}`);
    }
  },
);
