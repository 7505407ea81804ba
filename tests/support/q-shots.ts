import { readFile } from 'node:fs/promises';
import { startBrowser } from '#tests/journeys/support/browser.ts';
const link = /http\S+/.exec(await readFile('/tmp/q-sample.log', 'utf8'))![0];
const base = new URL(link).origin;
const browser = await startBrowser();
const shot = async (page: any, name: string) => { await page.screenshot({ path: `/tmp/q-${name}.png`, fullPage: true }); console.log(name, page.url()); };
try {
  const page = await browser.open({});
  await page.goto(link); await page.waitForTimeout(1500);
  for (const b of await page.locator('button[type=submit]').all()) { if (await b.isVisible()) { await b.click(); break; } }
  await page.waitForTimeout(1500);
  await page.goto(base + '/questions'); await shot(page, 'list');
  const first = await page.locator('.com-post h3 a').first().getAttribute('href');
  await page.goto(base + first); await shot(page, 'question');
  const up = page.locator('.com-q-vote button').first();
  if (await up.count()) { await up.click(); await page.waitForTimeout(800); console.log('vote url', page.url(), await page.locator('.com-q-said').allTextContents()); }
  await page.locator('textarea[name=markdown]').first().fill('Try `EXPLAIN (ANALYZE, BUFFERS)` first.');
  await page.locator('.com-q-answer button[type=submit].com-button').click(); await page.waitForTimeout(1500);
  await shot(page, 'answered');
  await page.goto(base + '/questions/ask'); await page.fill('input[name=title]', 'Why is my index not used?'); await page.waitForTimeout(1500); await shot(page, 'ask');
  await page.goto(base + '/questions?order=unanswered'); await shot(page, 'unanswered');
  await page.goto(base + '/faq/write'); await shot(page, 'faqwrite');
  await page.fill('input[name=title]', 'Why are there too many connections?'); await page.locator('textarea[name=markdown]').fill('Use a **pool**.\n\n```sql\nshow max_connections;\n```');
  await page.fill('input[name=pgFrom]', '13'); await page.fill('input[name=signals]', 'sqlstate:53300'); await page.locator('textarea[name=proofSql]').fill('show max_connections');
  await page.locator('.com-actions button').last().click(); await page.waitForTimeout(1500); await shot(page, 'faqentry');
  await page.goto(base + '/faq'); await shot(page, 'faq');
  const phone = await browser.open({ size: 'phone', locale: 'zh-CN', scheme: 'dark' });
  await phone.goto(base + first); await shot(phone, 'phone');
} finally { await browser.close().catch((e: Error) => console.log('ERR', e.message)); }
