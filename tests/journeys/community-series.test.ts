import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSignInLink } from '#src/identity/server/public.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost } from '#tests/support/members.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { lookAtPage, newcomer } from './support/newcomer.ts';

const { db } = database;
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

async function makeSeries(title: string): Promise<{ id: number; parts: number[] }> {
  const author = await testMember();
  const { id } = await db
    .insertInto('community.series')
    .values({ author_id: author.id, title, about: 'From the first page to the last.' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const parts: number[] = [];
  for (const [at, name] of ['Pages', 'Tuples', 'Visibility'].entries()) {
    // Long enough that its end is not seen at once.
    const markdown = Array.from({ length: 80 }, (_, line) => `Paragraph ${line} of ${name}.`).join('\n\n');
    const post = await testPost(author, { kind: 'article', title: `${title}: ${name}`, markdown });
    await db
      .updateTable('community.post')
      .set({ series_id: id, series_position: at + 1 })
      .where('id', '=', post)
      .execute();
    parts.push(post);
  }
  return { id, parts };
}

test.each(['zh-CN', 'en'] as const)(
  'on a phone, in %s: who reaches the end of a part has read it, the button leads on, and the series says where to go on',
  async (locale) => {
    const { id, parts } = await makeSeries(locale === 'en' ? 'How rows are kept' : '行是怎样存放的');
    const reader = await newcomer({ browser, url: server.url, db }, 'Lin Xiao', locale);
    await reader.goto(`${server.url}/series/${id}`);
    const progress = reader.locator('main progress');
    expect(await progress.getAttribute('value')).toBe('0');
    await lookAtPage(reader, `series.${locale}`);
    await reader.click(`.com-readings a[href^="/articles/${parts[0]}"]`);
    const mark = reader.locator('elepherd-read-mark');
    expect(await mark.getAttribute('post')).toBe(String(parts[0]));
    const told = reader.waitForResponse((answer) => answer.url().endsWith(`/readings/${parts[0]}`));
    await mark.scrollIntoViewIfNeeded();
    expect((await told).status()).toBe(204);
    await lookAtPage(reader, `read.${locale}`);
    await reader.click('button[name=intent][value=read-on]');
    await reader.waitForURL(new RegExp(`/articles/${parts[1]}/`));
    // By the button, without a word of script.
    await reader.click('button[name=intent][value=read-on]');
    await reader.waitForURL(new RegExp(`/articles/${parts[2]}/`));
    await reader.goto(`${server.url}/articles`);
    await reader.locator(`.com-readings a[href^="/articles/${parts[2]}"]`).waitFor();
    await lookAtPage(reader, `go-on.${locale}`);
    await reader.goto(`${server.url}/series/${id}`);
    expect(await progress.getAttribute('value')).toBe('2');
    expect(await reader.locator('.com-series .com-mark').count()).toBe(2);
  },
);
