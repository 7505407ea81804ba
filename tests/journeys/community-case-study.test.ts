import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendDownloadLink } from '#src/community/server/downloads/send-download-link.job.ts';
import { createSignInLink } from '#src/identity/server/public.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost } from '#tests/support/members.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { lookAtPage, newcomer } from './support/newcomer.ts';
import { takePicture } from './support/pictures.ts';

const { db } = database;
await writeAtAnyPace();
const pictures = process.env['ELEPHERD_PICTURES'];
let server: IdentityServer;
let browser: TestBrowser;

beforeAll(async () => {
  server = await startIdentityServer(db, { SIGN_UP: 'open' });
  browser = await startBrowser();
  await createSignInLink(db, { publicUrl: server.url });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const look = async (page: Page, name: string) => {
  await lookAtPage(page, name);
  if (pictures) await takePicture(page, join(pictures, 'community-case-study'), name, true);
};

test.each(['zh-CN', 'en'] as const)(
  'on a phone, in %s: a case study is written, approved by its customer, found by industry and told of by the newsletter',
  async (locale) => {
    const author = await newcomer({ browser, url: server.url, db }, 'Lin Xiao', locale);
    const manager = await newcomer({ browser, url: server.url, db }, 'Ben Adeyemi', locale);
    const slug = `bank-${locale.toLowerCase()}`;
    await sql`with made as (insert into community.organisation (name, slug, kind, state, industry)
        values ('Reliable Bank', ${slug}, 'end-user', 'verified', 'finance') returning id)
      insert into community.organisation_manager (organisation_id, member_id)
      select made.id, m.id from made, (select id from community.member order by joined_at desc limit 1) m`.execute(
      db,
    );
    const title = locale === 'en' ? 'How a bank sleeps again' : '一家银行如何安心入眠';
    await author.goto(`${server.url}/articles/write`);
    await author.fill('[name=title]', title);
    await author.fill('textarea[name=markdown]', `Reports were slow, in ${locale}.`);
    await author
      .locator('details', { has: author.locator('[name=roles]') })
      .locator('summary')
      .click();
    await author.check('[name=industries][value=finance]');
    await author.check('[name=roles][value=dba]');
    await author
      .locator('details', { has: author.locator('[name=customer]') })
      .locator('summary')
      .click();
    await author.fill('[name=customer]', slug);
    await author.selectOption('[name=caseIndustry]', 'finance');
    await author.selectOption('[name=companySize]', '1000-4999');
    await author.fill('[name=figures]', 'Nightly report; 240; 12; min\nRows a second；1000；9000；');
    await author.fill('[name=quote]', 'We sleep again.');
    await author.fill('[name=quotedPerson]', 'Anna Tusk');
    await look(author, `write.${locale}`);
    await author.locator('form[data-wide] button.com-button').first().click();
    await author.waitForURL(/\/articles\/\d+\//);
    const path = new URL(author.url()).pathname;
    const stranger = await browser.open({ locale, size: 'phone' });
    expect((await stranger.goto(server.url + path))?.status()).toBe(404);

    await manager.goto(server.url + path);
    await look(manager, `waits.${locale}`);
    await manager.click('button[value=approve-case]');
    await manager.locator('button[value=withdraw-case]').waitFor();
    expect((await stranger.goto(server.url + path))?.status()).toBe(200);
    const rows = stranger.locator('main table tbody tr');
    expect(await rows.first().textContent()).toContain('−95 %');
    expect(await rows.last().textContent()).toContain('+800 %');
    await look(stranger, `public.${locale}`);
    for (const list of ['/case-studies?industry=finance', '/articles?industry=finance&role=dba']) {
      await stranger.goto(server.url + list);
      expect(await stranger.locator(`main a[href^="${encodeURI(decodeURI(path))}"]`).count()).toBe(1);
      await look(stranger, `list${list.includes('case') ? '-cases' : ''}.${locale}`);
    }
    await stranger.goto(`${server.url}/case-studies?industry=retail`);
    expect(await stranger.locator('main .com-card').count()).toBe(0);

    // An edition that told of an article, with what was put right.
    const writer = await testMember();
    const post = await testPost(writer, { kind: 'article', title: 'What the week brought' });
    const edition = await db.transaction().execute(async (tx) => {
      const { rows: made } = await sql<{ id: number }>`
        insert into community.newsletter_edition (locale, week) values (${locale}, '2026-11-23') returning id`.execute(
        tx,
      );
      const id = made[0]?.id ?? 0;
      await sql`insert into community.newsletter_entry (edition_id, position, post_id, title, excerpt, industries, for_roles)
        values (${id}, 1, ${post}, 'What the week brought', 'Words.', '{finance}', '{dba}')`.execute(tx);
      await sql`insert into community.newsletter_correction (edition_id, author_id, markdown, html)
        values (${id}, ${writer.id}, 'It is 18.', '<p>It is 18.</p>')`.execute(tx);
      return id;
    });
    await stranger.goto(`${server.url}/newsletters`);
    await look(stranger, `newsletters.${locale}`);
    await stranger.click(`main a[href="/newsletters/${edition}"]`);
    await stranger.locator('#corrections').getByText('It is 18.').waitFor();
    await look(stranger, `edition.${locale}`);
    await author.goto(`${server.url}/settings/community/notifications`);
    await author
      .locator('details', { has: author.locator('[name=industries]') })
      .locator('summary')
      .click();
    await author.check('[name=newsletter]');
    await author.check('[name=industries][value=finance]');
    await look(author, `limits.${locale}`);
    await author.locator('form:has([name=newsletter]) .com-actions button').click();
    await author.locator('[name=industries][value=finance]:checked').waitFor({ state: 'attached' });
    const { rows: kept } = await sql<{
      count: number;
    }>`select count(*)::int as count from community.notification_setting
      where newsletter and newsletter_industries = '{finance}'`.execute(db);
    expect(kept[0]?.count).toBe(locale === 'zh-CN' ? 1 : 2);
  },
);

test.each(['zh-CN', 'en'] as const)(
  'on a phone, in %s: the file of a case study is given for a name and a real address, which the managers see',
  async (locale) => {
    const place = { browser, url: server.url, db };
    const author = await newcomer(place, 'Lin Xiao', locale);
    const manager = await newcomer(place, 'Ben Adeyemi', locale);
    const [publisher, customer] = [`works-${locale.toLowerCase()}`, `shop-${locale.toLowerCase()}`];
    // The newest two: the manager of both organisations, and the author, who works at one of them.
    await sql`with two as (select id, row_number() over (order by joined_at desc) as nth from community.member),
      made as (insert into community.organisation (name, slug, kind, state)
        values ('Herd Works', ${publisher}, 'support-provider', 'verified'), ('Corner Shop', ${customer}, 'end-user', 'verified')
        returning id, slug),
      managing as (insert into community.organisation_manager (organisation_id, member_id)
        select made.id, two.id from made, two where two.nth = 1)
      insert into community.employment (member_id, organisation_id, period, standing)
      select two.id, made.id, '[2020-01-01,)', 'confirmed' from made, two where two.nth = 2 and made.slug = ${publisher}`.execute(
      db,
    );
    await author.goto(`${server.url}/articles/write`);
    await author.fill('[name=title]', locale === 'en' ? 'How a shop grew' : '一家商店如何成长');
    await author.fill('textarea[name=markdown]', `It grew, in ${locale}.`);
    await author
      .locator('details', { has: author.locator('[name=customer]') })
      .locator('summary')
      .click();
    await author.fill('[name=customer]', customer);
    await author.selectOption('[name=caseIndustry]', 'retail');
    await author.selectOption('[name=companySize]', '1-49');
    await author.fill('[name=figures]', 'Orders; 10; 900; /h');
    await author.locator('form[data-wide] button.com-button').first().click();
    await author.waitForURL(/\/articles\/\d+\//);
    const path = new URL(author.url()).pathname;
    const file = `/downloads/${/\d+/.exec(path)?.[0]}`;
    await author.click(`main a[href="${file}"]`);
    const pdf = Buffer.from('%PDF-1.7 how a shop grew');
    await author.setInputFiles('[name=file]', { name: 'shop.pdf', mimeType: 'application/pdf', buffer: pdf });
    await author.click('button[value=attach]');
    await author.click('button[value=gate]');
    await author.locator('button[value=free]').waitFor();
    await look(author, `file-managed.${locale}`);

    await manager.goto(server.url + path);
    await manager.click('button[value=approve-case]');
    await manager.locator('button[value=withdraw-case]').waitFor();

    // Somebody without an account: by keyboard alone, then through the mail.
    const stranger = await browser.open({ locale, size: 'phone' });
    await stranger.goto(server.url + path);
    await look(stranger, `with-file.${locale}`);
    await stranger.locator(`main a[href="${file}"]`).focus();
    await stranger.keyboard.press('Enter');
    await stranger.waitForURL(`**${file}`);
    expect(await stranger.locator('[name=agrees]').isChecked()).toBe(false);
    expect(await stranger.locator('main').textContent()).toContain('Herd Works');
    await look(stranger, `asked.${locale}`);
    const email = `anna-${locale.toLowerCase()}@example.com`;
    await stranger.locator('[name=name]').focus();
    for (const typed of ['Anna Tusk', email, 'Tusk & Co']) {
      await stranger.keyboard.type(typed);
      await stranger.keyboard.press('Tab');
    }
    await stranger.keyboard.press('Space');
    await stranger.keyboard.press('Enter');
    await stranger.getByRole('status').waitFor();
    await look(stranger, `mailed.${locale}`);
    const leads = `${server.url}/organisations/${publisher}/leads`;
    await manager.goto(leads);
    expect(await manager.locator('main table').count()).toBe(0);
    const { rows } = await sql<{ grant: number }>`
      select grant_id as grant from community.lead where email = ${email}`.execute(db);
    const config = readConfig({ PUBLIC_URL: server.url });
    await sendDownloadLink.run({ db, config, log: createLog('test', 'silent') }, rows[0] as never);
    const mail = await db
      .selectFrom('platform.mail')
      .select('text')
      .where('recipient', '=', email)
      .executeTakeFirstOrThrow();
    await stranger.goto(/http:\S+token=[\w-]+/.exec(mail.text ?? '')?.[0] ?? '');
    await look(stranger, `mail-opened.${locale}`);
    const downloaded = stranger.waitForEvent('download');
    await stranger.click('button[value=confirm]');
    const download = await downloaded;
    expect(download.suggestedFilename()).toBe('shop.pdf');
    expect((await readFile(await download.path())).equals(pdf)).toBe(true);
    expect((await (await fetch(`${server.url}/api/community${file}/file`)).json()) as object).toMatchObject({
      status: 403,
    });

    await manager.goto(leads);
    const row = manager.locator('main table tbody tr');
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toContain(email);
    await look(manager, `leads.${locale}`);
    expect((await author.goto(leads))?.status()).toBe(404);
    await author.goto(server.url + file);
    expect(await author.locator('main').textContent()).toMatch(/Downloads: 1|下载 1 次/);

    // A member has the fields filled in, and the file at once.
    const reader = await newcomer(place, 'Ada Reader', locale);
    await reader.goto(server.url + file);
    expect(await reader.inputValue('[name=name]')).toBe('Ada Reader');
    expect(await reader.inputValue('[name=email]')).toContain('@example.com');
    await reader.fill('[name=company]', 'Reading Ltd');
    await reader.check('[name=agrees]');
    await reader.click('button[value=give]');
    await reader.locator(`main a[href="/api/community${file}/file"]`).waitFor();
    await look(reader, `given.${locale}`);

    await manager.goto(leads);
    expect(await row.count()).toBe(2);
    await row.first().locator('button[name=lead]').click();
    await manager.locator('main table tbody tr:only-child').waitFor();
    await manager.locator('button[name=lead]').click();
    await manager.locator('main .com-empty').waitFor();
    await look(manager, `no-leads.${locale}`);
  },
  // Three people sign up, and one of them has no account.
  300_000,
);
