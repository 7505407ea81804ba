import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tendElections } from '#src/community/server/elections/tend-elections.job.ts';
import { createSignInLink } from '#src/identity/server/public.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { testDatabase } from '#tests/support/database.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { lookAtPage, newcomer } from './support/newcomer.ts';

const { db } = await testDatabase();
const run = promisify(execFile);
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

const place = () => ({ browser, url: server.url, db });
const newest = async () =>
  db
    .selectFrom('community.member')
    .select(['id', 'handle'])
    .orderBy('joined_at', 'desc')
    .executeTakeFirstOrThrow();
const seat = (memberId: string, committee: string, office: string) =>
  sql`insert into community.committee_seat (committee_id, member_id, office, period, origin)
    select id, ${memberId}, ${office}, tstzrange(now(), now() + interval '1 month'), 'appointed'
    from community.committee where slug = ${committee}`.execute(db);

/** Fills a field for a day and a time, in UTC, so many minutes from now. */
const fillTime = (page: Page, name: string, minutes: number) =>
  page.fill(`[name=${name}]`, new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16));

test.each([
  ['zh-CN', 'media'],
  ['en', 'press'],
] as const)(
  'on a phone, in %s: somebody applies to the core group, the committee votes, and the seat is theirs',
  async (locale, committee) => {
    const voter = await newcomer(place(), 'Wu Tong', locale);
    await seat((await newest()).id, committee, 'chair');
    const wisher = await newcomer(place(), 'Zhou Min', locale);
    await wisher.goto(`${server.url}/committees`);
    await lookAtPage(wisher, `committees.${locale}`);
    await wisher.goto(`${server.url}/committees/${committee}`);
    await lookAtPage(wisher, `committee.${locale}`);
    await wisher.click(`main a[href="/core-applications/new?committee=${committee}"]`);
    await wisher.waitForURL('**/core-applications/new**');
    await lookAtPage(wisher, `apply.${locale}`);
    for (const field of await wisher.locator('main textarea').all())
      await field.fill('Ten years of PostgreSQL.');
    await wisher.click('main button[type=submit]');
    await wisher.waitForURL(/\/core-applications\/\d+$/);
    await lookAtPage(wisher, `application.${locale}`);
    const path = new URL(wisher.url()).pathname;

    await voter.goto(`${server.url}/committees/${committee}/queue`);
    await lookAtPage(voter, `queue.${locale}`);
    await voter.click(`main a[href="/core-applications?committee=${committee}"]`);
    await voter.click(`main a[href="${path}"]`);
    await voter.waitForURL(`**${path}`);
    await voter.click('button[name=intent][value=yes]');
    await voter.locator('.com-mark[data-tone=good]').first().waitFor();

    await wisher.goto(`${server.url}/committees/${committee}`);
    expect(await wisher.locator('button[name=intent][value=end]').count()).toBe(1);
    await lookAtPage(wisher, `seated.${locale}`);
    await wisher.goto(`${server.url}/plan`);
    await wisher.fill('[name=title]', 'Summit');
    await wisher.fill('form:has([name=committee]) [name=startsOn]', `${new Date().getUTCFullYear()}-12-31`);
    await wisher.click('button[name=intent][value=enter]');
    await wisher.locator('.com-planned h3').first().waitFor();
    await lookAtPage(wisher, `plan.${locale}`);
    const calendar = await wisher.request.get(`${server.url}/committees/${committee}/calendar.ics`);
    expect(calendar.headers()['content-type']).toContain('text/calendar');
    expect(await calendar.text()).toContain('SUMMARY:Summit');
  },
);

test.each(['zh-CN', 'en'] as const)(
  'on a phone, in %s: an election is called, people stand and vote, and anybody counts again',
  async (locale) => {
    const caller = await newcomer(place(), 'Ingrid Solberg', locale);
    await seat((await newest()).id, 'board', 'deputy');
    const other = await newcomer(place(), 'Mateo Ruiz', locale);
    await caller.goto(`${server.url}/elections`);
    await lookAtPage(caller, `elections.${locale}`);
    await caller.click('main a[href="/elections/new"]');
    await caller.fill('[name=title]', 'Chair of the experts');
    await caller.selectOption('[name=committee]', 'experts');
    await caller.selectOption('[name=office]', 'member');
    // Both have just come, and have no reputation yet.
    await caller.fill('[name=joinedDays]', '0');
    await caller.fill('[name=minReputation]', '0');
    await fillTime(caller, 'opensAt', 60);
    await fillTime(caller, 'closesAt', 120);
    await lookAtPage(caller, `call.${locale}`);
    await caller.click('main button[type=submit]');
    await caller.waitForURL(/\/elections\/\d+$/);
    const path = new URL(caller.url()).pathname;
    const id = Number(path.split('/').at(-1));
    for (const page of [caller, other]) {
      await page.goto(server.url + path);
      await page.fill('[name=statement]', 'More neutral.');
      await page.click('button[name=intent][value=stand]');
      await page.locator('button[name=intent][value=step-back]').waitFor();
    }
    await lookAtPage(other, `nominations.${locale}`);
    const moveTo = (hours: number) =>
      sql`update community.election set opens_at = now() - interval '3 hours', closes_at = now() + make_interval(hours => ${hours})
        where id = ${id}`.execute(db);
    await moveTo(1);
    const receipts: string[] = [];
    for (const [page, first, second] of [
      [caller, '1', '2'],
      [other, '1', ''],
    ] as const) {
      await page.goto(server.url + path);
      await lookAtPage(page, `ballot.${locale}`);
      await page.fill('[name=c0]', first);
      await page.fill('[name=c1]', second);
      await page.click('button[name=intent][value=cast]');
      receipts.push((await page.locator('.com-receipt').textContent()) ?? '');
    }
    await lookAtPage(other, `receipt.${locale}`);
    await moveTo(-1);
    await tendElections.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);

    await other.goto(`${server.url}${path}?receipt=${receipts[1]}`);
    await lookAtPage(other, `result.${locale}`);
    expect(await other.locator('main').textContent()).toContain('Ingrid Solberg');
    expect(await other.locator('.com-notice[data-tone=good]').count()).toBe(2);
    const downloading = other.waitForEvent('download');
    await other.click(`a[href="${path}/ballots.json"]`);
    const file = await (await downloading).path();
    const cli = join(import.meta.dirname, '../../bin/elepherd.mjs');
    const { stdout } = await run(process.execPath, [cli, 'community', 'recount', file, '--lang', locale]);
    expect(stdout).toContain('Ingrid Solberg');
    expect(stdout).toContain(locale === 'en' ? 'The same as published.' : '与公布结果一致');

    await caller.goto(server.url + path);
    await caller.click('button[name=intent][value=seat]');
    await caller.goto(`${server.url}/committees/experts`);
    expect(await caller.locator('main').textContent()).toContain('Ingrid Solberg');
    for (const page of ['meetings', 'decisions', 'areas', 'goals', 'transparency', 'annual-report']) {
      await caller.goto(`${server.url}/${page}`);
      await lookAtPage(caller, `${page}.${locale}`);
    }
    await sql`delete from community.committee_seat`.execute(db);
  },
);
