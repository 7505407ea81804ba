import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faqPageText } from '#src/community/contract/faq.text.ts';
import { runText as text } from '#src/community/contract/runs.text.ts';
import { writeFaq } from '#src/community/server/faq/write-faq.ts';
import { acceptAnswer } from '#src/community/server/questions/accept-answer.ts';
import { compareOffers } from '#src/community/server/runs/compare-offers.job.ts';
import { providePostgres } from '#src/community/server/runs/provide-postgres.ts';
import { runBlocks } from '#src/community/server/runs/run-blocks.job.ts';
import { createSignInLink } from '#src/identity/server/public.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse } from '#tests/support/members.ts';
import { namedPostgres } from '#tests/support/named-postgres.ts';
import { seriousFindings } from './support/accessibility.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { takePicture } from './support/pictures.ts';

const { db } = database;
const pictures = process.env['ELEPHERD_PICTURES'];
const locales = ['zh-CN', 'en'] as const;
let server: IdentityServer;
let browser: TestBrowser;

beforeAll(async () => {
  server = await startIdentityServer(db);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const setup =
  "```sql setup\ncreate table herd (name text, calves int);\ninsert into herd values ('Ada', 3), ('Lin', 5);\n```";
const block = (code: string, marks = 'run') => `\`\`\`sql ${marks}\n${code}\n\`\`\``;
const settled = 120_000;

/** Looks at a page: nothing serious for axe, nothing wider than the window, and a picture when one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'runnable-sql'), name, true);
}

/** Goes to an element by the keyboard alone and presses a key there. */
async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  for (let steps = 0; steps < 120; steps++) {
    if (await target.evaluate((element) => element === document.activeElement))
      return page.keyboard.press(key);
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not lead to ${target}`);
}

test.each(locales)(
  'by keyboard, on a phone, in %s: run a block, make it mine, go back to the author’s, stop an endless one',
  async (locale) => {
    const article = await testPost(await testMember(), {
      kind: 'article',
      title: 'Counting the herd',
      markdown: [
        'How many calves?',
        setup,
        block('select name, calves, null as nothing from herd order by name'),
        block('select count(*) from generate_series(1, 1e15::bigint)'),
        block('select * from mammoth'),
      ].join('\n\n'),
    });
    const page = await browser.open({ locale, size: 'phone' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${server.url}/articles/${article}`);
    const [first, endless, wrong] = [0, 1, 2].map((at) => page.locator('elepherd-run-sql').nth(at));
    const button = (of: Locator | undefined, words: string) => of!.getByRole('button', { name: words });
    await button(first, text.run[locale]).waitFor();
    await look(page, `before.${locale}`);
    // Nothing of PostgreSQL comes before somebody asks for it.
    expect(asked.filter((path) => /run-worker|\.wasm|\.data$/.test(path))).toEqual([]);

    await press(page, button(first, text.run[locale]));
    await first!.locator('table').waitFor({ timeout: settled });
    expect(await first!.locator('table').innerText()).toMatch(
      /name\s+calves\s+nothing\s+Ada\s+3\s+NULL\s+Lin\s+5\s+NULL/,
    );
    expect(asked.some((path) => path.endsWith('.wasm'))).toBe(true);
    await look(page, `ran.${locale}`);

    // A copy of one's own: it stays in this browser, and goes when it is not wanted any more.
    await press(page, button(first, text.edit[locale]));
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('select sum(calves) as calves from herd');
    await page.keyboard.press('Control+Enter');
    await first!.locator('td', { hasText: '8' }).waitFor({ timeout: settled });
    await look(page, `mine.${locale}`);
    const write = await first!.getByRole('link', { name: text.write[locale] }).getAttribute('href');
    await page.reload();
    expect(await first!.locator('textarea').inputValue()).toBe('select sum(calves) as calves from herd');
    await press(page, button(first, text.reset[locale]));
    expect(await first!.locator('textarea').count()).toBe(0);
    expect(await first!.locator('pre').innerText()).toContain('order by name');
    await page.reload();
    await button(first, text.run[locale]).waitFor();
    expect(await first!.locator('textarea').count()).toBe(0);

    await press(page, button(endless, text.run[locale]));
    await endless!.getByText(text.running[locale]).waitFor({ timeout: settled });
    await press(page, button(endless, text.stop[locale]));
    await endless!.getByText(text.stopped[locale]).waitFor({ timeout: 2000 });
    await press(page, button(wrong, text.run[locale]));
    await wrong!.getByText('relation "mammoth" does not exist (42P01)').waitFor({ timeout: settled });
    await look(page, `refused.${locale}`);

    // Who is signed in goes on with it in the editor: the set-up comes along.
    const link = new URL(await createSignInLink(db, { publicUrl: server.url }));
    await page.request.post(`${server.url}/api/identity/sign-in/link`, {
      data: { token: link.hash.slice(1) },
      headers: { 'x-elepherd-csrf': '1' },
    });
    await page.goto(server.url + write);
    await page.locator('elepherd-editor[live]').waitFor();
    expect(await page.locator('textarea[name=markdown]').inputValue()).toBe(
      `${setup}\n\n${block('select sum(calves) as calves from herd')}\n`,
    );
    expect(new URL(page.url()).hash).toBe('');
  },
  600_000,
);

test('without script a block is code with what it gave; a broken accepted answer says so on the question', async () => {
  const offered = [{ major: 17, version: '17.9' }];
  providePostgres({ sandbox: namedPostgres(offered) });
  const [asker, answerer] = [await testMember(), await testMember()];
  const question = await testPost(asker, { kind: 'question', title: 'Which version is this?' });
  const answer = await testPost(answerer, {
    kind: 'answer',
    parentId: question,
    markdown: [
      'Like this:',
      block(`select current_setting('app.version') as version`, 'run pg=17'),
      'And this never changes, here or anywhere:',
      block('select 6 * 7 as answer', 'run pg=16,17'),
    ].join('\n\n'),
  });
  await acceptAnswer(asker.ctx, question, { answerId: answer });
  const entry = await writeFaq(await theHouse(), {
    title: 'Is it the same on every version?',
    markdown: 'It is not.',
    locale: 'en',
    pgFrom: 17,
    proofSql: `select current_setting('app.version') as version`,
  });
  const job = { db, log: createLog('test', 'silent'), config: readConfig({}) };
  for (const more of [[], [{ major: 18, version: '18.4' }]]) {
    offered.push(...more);
    await compareOffers.run(job, {} as never);
    await runBlocks.run(job, { kind: 'post', id: answer } as never);
    await runBlocks.run(job, { kind: 'faq', id: entry.id } as never);
  }
  for (const locale of locales) {
    const plain = await browser.open({ locale, size: 'phone', scripts: false });
    await plain.goto(`${server.url}/questions/${question}`);
    const blocks = plain.locator('elepherd-run-sql');
    const broken = await blocks.nth(0).innerText();
    expect(broken).toContain('PostgreSQL 17.9');
    expect(broken).toContain(text.broken(18)[locale]);
    expect(await blocks.nth(0).locator('td').allInnerTexts()).toEqual(['17.9', '18.4']);
    const held = await blocks.nth(1).innerText();
    expect(held).toContain(text.stillTrue(18)[locale]);
    expect(held).toContain(text.notHere([16])[locale]);
    expect(await plain.getByText(text.followUp(18)[locale]).count()).toBe(1);
    const page = await browser.open({ locale, size: 'phone', scheme: 'dark' });
    await page.goto(`${server.url}/questions/${question}`);
    await page.getByRole('button', { name: text.run[locale] }).first().waitFor();
    await look(page, `results.dark.${locale}`);
    await page.goto(`${server.url}/faq/${entry.id}`);
    expect(await page.locator('.com-notice').first().innerText()).toContain(
      faqPageText.brokenLead('18.4')[locale],
    );
    expect(await page.locator('elepherd-run-sql td').allInnerTexts()).toEqual(['17.9', '18.4']);
    await look(page, `proof.dark.${locale}`);
  }
}, 120_000);
