import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonalExport } from '#src/community/contract/privacy.ts';
import { runText } from '#src/community/contract/runs.text.ts';
import { answerQuestion } from '#src/community/server/questions/answer-question.ts';
import { createSignInLink } from '#src/identity/server/public.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, type TestMember } from '#tests/support/members.ts';
import { tinyPng } from '#tests/support/pictures.ts';
import { seriousFindings } from './support/accessibility.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { press, tabTo, type } from './support/keyboard.ts';
import { takePicture } from './support/pictures.ts';

const { db } = database;
const password = 'correct horse battery';
const pictures = process.env['ELEPHERD_PICTURES'];
let server: IdentityServer;
let browser: TestBrowser;
let expert: TestMember;
let folder: string;

beforeAll(async () => {
  server = await startIdentityServer(db, { SIGN_UP: 'open' });
  browser = await startBrowser();
  // Somebody runs this Elepherd; those who sign up do not.
  await createSignInLink(db, { publicUrl: server.url });
  // Newcomers choose among the tags that there are.
  await db.insertInto('community.tag').values({ name: 'vacuum' }).execute();
  expert = await testMember({ reputation: 500 });
  folder = await mkdtemp(join(tmpdir(), 'elepherd-write-'));
  await writeFile(join(folder, 'plan.png'), tinyPng);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Looks at a page: nothing serious for axe, nothing wider than the window, and a picture when one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'community'), name, true);
}

/** Some weeks go by: whoever signed up is no newcomer any more, and nobody writes too fast. */
async function letTimePass(email: string): Promise<void> {
  await sql`update community.member set trust_level = 1, joined_at = now() - interval '90 days'
    where account_id = (select id from identity.account where email = ${email})`.execute(db);
  await db.deleteFrom('community.writing_pace').execute();
}

async function signUp(page: Page, name: string, email: string): Promise<void> {
  await page.goto(`${server.url}/sign-up`);
  await type(page, '[name=name]', name);
  await type(page, '[name=email]', email);
  await type(page, '[name=password]', password);
  await page.keyboard.press('Enter');
  await page.getByRole('status').waitFor();
  const mail = await db
    .selectFrom('platform.mail')
    .select('text')
    .where('recipient', '=', email)
    .executeTakeFirstOrThrow();
  await page.goto(/http:\S+confirm\S+/.exec(mail.text ?? '')?.[0] ?? '');
  await type(page, '[name=password]', password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/community');
}

/** Presses a button of the editor's toolbar. */
async function pressTool(page: Page, name: string): Promise<void> {
  await tabTo(page, page.locator('.com-editor-tools button[tabindex="0"]'));
  await page.keyboard.press('Home');
  const tool = page.locator(`.com-editor-tools [data-tool=${name}]`);
  for (let steps = 0; !(await tool.evaluate((one) => one === document.activeElement)); steps += 1) {
    expect(steps, name).toBeLessThan(20);
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
}

/** Puts a picture into what is being written: by the toolbar of the editor, or as one is pasted. */
async function addPicture(page: Page, by: 'toolbar' | 'paste'): Promise<void> {
  if (by === 'toolbar') {
    // Asked for well before the key: a browser that learns of it after the key opens a dialog of its own, and tells nobody.
    const choosing = page.waitForEvent('filechooser');
    choosing.catch(() => {});
    await pressTool(page, 'image');
    await (await choosing).setFiles(join(folder, 'plan.png'));
  } else {
    await page.locator('[name=markdown]').evaluate(
      (area, bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([new Uint8Array(bytes)], 'plan.png', { type: 'image/png' }));
        area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      },
      [...tinyPng],
    );
  }
  await expect
    .poll(() => page.locator('[name=markdown]').inputValue(), { timeout: 20_000 })
    .toMatch(/!\[[^\]]*\]\(\/api\/platform\/files\/[\w-]+\)/);
}

const runnable = '```sql run\nselect 6 * 7 as pages_read\n```';

const words = {
  en: {
    name: 'Mira Holm',
    title: 'What a covering index saved us',
    body: `Reading the heap was what cost us.\n\n${runnable}\n\n`,
    question: 'Why does zebrafish vacuum never finish?',
    details: 'It runs for days on the table `zebrafish`.',
    answer: 'A forgotten replication slot holds the horizon back.',
    comment: 'It was the slot, indeed.',
    search: 'zebrafish',
  },
  'zh-CN': {
    name: '穆兰',
    title: '覆盖索引为我们省下了什么',
    body: `真正的代价是回表。\n\n${runnable}\n\n`,
    question: '为什么斑马鱼表的清理一直不结束？',
    details: '在表 `zebrafish_zh` 上已经跑了好几天。',
    answer: '被遗忘的复制槽拖住了清理边界。',
    comment: '确实是复制槽的问题。',
    search: '斑马鱼',
  },
};

test.each(['zh-CN', 'en'] as const)(
  'by keyboard, on a phone, in %s: sign up, write with a picture and SQL that runs, ask, answer, accept, find, export, leave',
  async (locale) => {
    const said = words[locale];
    const email = `mira-${locale.toLowerCase()}@example.com`;
    const page = await browser.open({ locale, size: 'phone' });
    await signUp(page, said.name, email);
    await page.goto(`${server.url}/settings/community`);
    await letTimePass(email);

    await page.goto(`${server.url}/articles/write`);
    await type(page, '[name=title]', said.title);
    await type(page, '[name=markdown]', said.body);
    await page.locator('.com-editor-status[data-state=saved]').waitFor();
    await page.reload();
    // What nobody saved has saved itself.
    expect(await page.locator('[name=title]').inputValue()).toBe(said.title);
    expect((await page.locator('[name=markdown]').inputValue()).trim()).toBe(said.body.trim());
    await tabTo(page, page.locator('[name=markdown]'));
    await page.keyboard.press('Control+End');
    await addPicture(page, locale === 'en' ? 'paste' : 'toolbar');
    await pressTool(page, 'preview');
    await expect.poll(() => page.locator('.com-editor-preview img').count()).toBe(1);
    expect(await page.locator('.com-editor-preview').innerText()).toContain('pages_read');
    await look(page, `write.${locale}`);
    await press(page, 'form.com-form button[type=submit]:not([name])');
    await page.waitForURL(/\/articles\/\d+\//);
    await look(page, `article.${locale}`);
    const shown = page.locator('.com-prose img');
    expect(await shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
    await page.getByRole('button', { name: runText.run[locale] }).waitFor();
    await press(page, 'elepherd-run-sql button');
    // The first run fetches PostgreSQL.
    await page.locator('elepherd-run-sql td', { hasText: '42' }).waitFor({ timeout: 120_000 });
    await look(page, `ran.${locale}`);
    await type(page, '#comments textarea', said.comment);
    await press(page, '#comments button[type=submit]');
    await page.waitForURL(/#comment-\d+$/);
    expect(await page.locator('.com-comments li').textContent()).toContain(said.comment);
    const article = page.url();
    await letTimePass(email);

    await page.goto(`${server.url}/questions/ask`);
    await type(page, '[name=title]', said.question);
    await type(page, '[name=markdown]', said.details);
    await type(page, '[name=tags]', 'vacuum');
    await look(page, `ask.${locale}`);
    await press(page, 'form.com-form button[type=submit]');
    await page.waitForURL(/\/questions\/\d+/);
    const question = Number(/\/questions\/(\d+)/.exec(page.url())?.[1]);
    const { id: answer } = await answerQuestion(expert.ctx, question, { markdown: said.answer });

    const another = await testPost(expert, { kind: 'question', title: `${said.title}?` });
    await letTimePass(email);
    await page.goto(`${server.url}/questions/${another}`);
    await type(page, '[name=markdown]', said.body);
    await press(page, '.com-q-answer button[type=submit]');
    await page.waitForURL(/#answer-\d+$/);
    await look(page, `answered.${locale}`);

    await page.goto(`${server.url}/questions/${question}`);
    await press(page, `#answer-${answer} button.com-q-accepted`);
    await page.waitForURL(new RegExp(`#answer-${answer}$`));
    expect(await page.locator(`#answer-${answer}`).getAttribute('data-accepted')).toBe('');
    await look(page, `accepted.${locale}`);
    expect(
      await db
        .selectFrom('community.post')
        .select('accepted_answer_id')
        .where('id', '=', question)
        .executeTakeFirst(),
    ).toEqual({ accepted_answer_id: answer });

    await page.goto(`${server.url}/search`);
    await type(page, 'main [name=q]', said.search);
    await page.keyboard.press('Enter');
    await page.waitForURL(/[?&]q=/);
    await look(page, `found.${locale}`);
    await press(page, `main a[href^="/questions/${question}"]`);
    await page.waitForURL(new RegExp(`/questions/${question}`));

    await page.goto(`${server.url}/settings/community/privacy`);
    const downloading = page.waitForEvent('download');
    await press(page, 'a[download]');
    const data = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as PersonalExport;
    const everything = JSON.stringify(data.parts);
    for (const written of [said.title, said.question, said.comment]) expect(everything).toContain(written);

    const { own } = await db
      .selectFrom('community.member')
      .select('handle as own')
      .where('account_id', '=', (eb) =>
        eb.selectFrom('identity.account').select('id').where('email', '=', email),
      )
      .executeTakeFirstOrThrow();
    await type(page, '[name=confirm]', own);
    await type(page, '[name=password]', password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in?note=erased');
    // What was written stays and names nobody.
    const answered = await page.goto(article);
    expect(answered?.status()).toBe(200);
    expect(await page.locator('main').textContent()).not.toContain(said.name);
    expect((await page.goto(`${server.url}/members/${own}`))?.status()).toBe(404);
  },
  300_000,
);
