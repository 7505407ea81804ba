import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSignInLink } from '#src/identity/server/public.ts';
import { testDatabase } from '#tests/support/database.ts';
import { seriousFindings } from './support/accessibility.ts';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';
import { takePicture } from './support/pictures.ts';

const { db } = await testDatabase();
const password = 'correct horse battery';
const pictures = process.env['ELEPHERD_PICTURES'];
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

/** Looks at a page: nothing serious for axe, nothing wider than the window, and a picture when one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  if (pictures) await takePicture(page, join(pictures, 'identity'), name, true);
}

async function signInByPassword(page: Page, email: string): Promise<void> {
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** What an authenticator app would show for a secret in base 32. */
function codeOf(secret: string, atMs = Date.now()): string {
  const bits = [...secret]
    .map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('without script: the printed link, the first account, sign-out and a wrong password', async () => {
  const page = await browser.open({ scripts: false });
  const link = await createSignInLink(db, { publicUrl: server.url });
  // Somebody looks at the link before the person does: that uses nothing up.
  expect((await fetch(link)).status).toBe(200);
  await page.goto(link);
  // The server is not told what stands after the #: without script the person hands it over.
  const paste = () => page.getByLabel('Token of the link').fill(new URL(link).hash.slice(1));
  await paste();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/set-up');
  await page.getByLabel('Your name').fill('Ann Admin');
  await page.getByLabel('E-mail address').fill('ann@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.waitForURL(`${server.url}/`);

  await page.goto(link);
  await paste();
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('This link was used already');

  await page.context().clearCookies();
  await page.goto(`${server.url}/account`);
  await page.waitForURL('**/sign-in?back=%2Faccount');
  await page.getByLabel('E-mail address').fill('ann@example.com');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('not right');
  await page.getByLabel('E-mail address').fill('ann@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/account');
});

test('the printed link with script: one press signs in, and its token goes nowhere else', async () => {
  const page = await browser.open();
  const link = await createSignInLink(db, { publicUrl: server.url });
  const token = new URL(link).hash.slice(1);
  const sent: string[] = [];
  page.on('request', (request) => {
    sent.push(`${request.method()} ${request.url()} ${JSON.stringify(request.headers())}`);
  });
  await page.goto(link);
  await page.waitForURL(`${server.url}/sign-in/link`);
  expect(await page.getByLabel('Token of the link').isVisible()).toBe(false);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.filter((one) => one.includes(token))).toEqual([]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${server.url}/`);
  expect(sent.filter((one) => one.includes(token))).toEqual([]);
  expect(await page.evaluate(() => history.length)).toBeLessThan(5);
  await page.goBack();
  expect(page.url()).not.toContain(token);
});

test('the public pages are in order in both languages and on a phone', async () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    for (const size of ['wide', 'phone'] as const) {
      const page = await browser.open({ locale, size });
      const paths = { 'sign-in': '/sign-in', forgot: '/forgot-password', reset: '/reset-password?token=x' };
      const more = {
        second: '/sign-in/second-factor',
        link: '/sign-in/link#x',
        dead: '/invitation?token=none-of-ours-at-all',
      };
      for (const [name, path] of Object.entries({ ...paths, ...more })) {
        await page.goto(server.url + path);
        await look(page, `${name}-${locale}-${size}`);
      }
    }
  }
});

test('a passkey of the browser is added and signs in', async () => {
  const page = await browser.open();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signInByPassword(page, 'ann@example.com');
  await page.waitForURL(`${server.url}/`);
  await page.goto(`${server.url}/account`);
  await page.getByLabel('Name of the device').fill('Laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('cell', { name: 'Laptop' }).waitFor();
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toHaveLength(1);

  await page.context().clearCookies();
  await page.goto(`${server.url}/sign-in?back=%2Faccount`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/account');
  await page.getByRole('cell', { name: 'Laptop' }).waitFor();

  await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
  await page.context().clearCookies();
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('passkey was not used');
});

test('the second factor is set up with the picture and asked for without script', async () => {
  const page = await browser.open();
  await signInByPassword(page, 'ann@example.com');
  await page.waitForURL(`${server.url}/`);
  await page.goto(`${server.url}/account`);
  const panel = page.getByRole('region', { name: 'Two-step sign-in' });
  await panel.getByLabel('Present password').fill(password);
  await panel.getByRole('button', { name: 'Set up' }).click();
  await panel.locator('svg[viewBox]').first().waitFor();
  const secret = (await panel.getByRole('region', { name: 'Secret' }).textContent()) ?? '';
  await look(page, 'second-factor-offer');
  await panel.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret.trim()));
  await panel.getByRole('button', { name: 'Turn on' }).click();
  await panel.getByText('On', { exact: true }).waitFor();

  const plain = await browser.open({ scripts: false });
  await signInByPassword(plain, 'ann@example.com');
  await plain.waitForURL('**/sign-in/second-factor**');
  await plain
    .getByRole('textbox', { name: 'Code', exact: true })
    .fill(codeOf(secret.trim(), Date.now() + 30_000));
  await plain.getByRole('button', { name: 'Sign in' }).click();
  await plain.waitForURL(`${server.url}/`);

  await panel.getByLabel('Present password').fill(password);
  await panel.getByRole('button', { name: 'Turn off' }).click();
  await panel.getByText('Off', { exact: true }).waitFor();
});

test('an owner invites, a colleague joins, a key is made and revoked, and the audit log has it all', async () => {
  const page = await browser.open();
  await signInByPassword(page, 'ann@example.com');
  await page.waitForURL(`${server.url}/`);
  await page.goto(`${server.url}/organisation`);
  const invitations = page.getByRole('region', { name: 'Open invitations' });
  await invitations.getByLabel('E-mail address').fill('bob@example.com');
  await invitations.getByLabel('Role').selectOption('operator');
  await invitations.getByRole('button', { name: 'Invite' }).click();
  await invitations.getByRole('cell', { name: 'bob@example.com' }).waitFor();

  const mail = await db.selectFrom('platform.mail').select('text').executeTakeFirstOrThrow();
  const bob = await browser.open({ scripts: false, locale: 'zh-CN' });
  await bob.goto(/http\S+/.exec(mail.text ?? '')?.[0] ?? '');
  await bob.getByLabel('您的姓名').fill('王小明');
  await bob.getByLabel('密码').fill(password);
  await bob.getByRole('button', { name: '加入' }).click();
  await bob.waitForURL(`${server.url}/`);

  const keys = page.getByRole('region', { name: 'API keys' });
  await keys.getByRole('textbox', { name: 'Name' }).fill('deploy');
  await keys.getByRole('button', { name: 'Create key' }).click();
  const token = (await keys.getByRole('region', { name: 'Key' }).textContent())?.trim() ?? '';
  expect(token).toMatch(/^elp_[\w-]{43}$/);
  const ask = async () =>
    (await fetch(`${server.url}/api/identity/members`, { headers: { authorization: `Bearer ${token}` } }))
      .status;
  expect(await ask()).toBe(200);
  await keys.getByRole('button', { name: 'Revoke' }).click();
  await keys.getByText('Revoked', { exact: true }).waitFor();
  await expect.poll(ask).toBe(401);

  await page.goto(`${server.url}/audit`);
  await page.getByRole('textbox', { name: 'Action' }).fill('identity.key');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect.poll(() => page.getByText('identity.member.invite').count()).toBe(0);
  await page.getByText('identity.key.revoke').waitFor();
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/The chain of \d+ entries holds/).waitFor();
});

test('the pages of account, organisation and audit are in order in both languages and on a phone', async () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    for (const size of ['wide', 'phone'] as const) {
      const page = await browser.open({ locale, size });
      await page.goto(`${server.url}/sign-in`);
      await page.locator('input[name=email]').fill('ann@example.com');
      await page.locator('input[name=password]').fill(password);
      await page.locator('button[type=submit]').click();
      await page.waitForURL(`${server.url}/`);
      for (const name of ['account', 'organisation', 'audit']) {
        await page.goto(`${server.url}/${name}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await look(page, `${name}-${locale}-${size}`);
      }
    }
  }
});

test('a language chosen in the account is kept, and signing out ends it', async () => {
  const page = await browser.open();
  await signInByPassword(page, 'ann@example.com');
  await page.waitForURL(`${server.url}/`);
  await page.goto(`${server.url}/account`);
  await page.getByLabel('Language of pages and mails').selectOption('zh-CN');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: '我的账户' }).waitFor();
  await page.getByRole('button', { name: 'Ann Admin 的账户菜单' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.waitForURL('**/sign-in?note=signed-out');
  await page.goto(`${server.url}/account`);
  await page.waitForURL('**/sign-in?back=%2Faccount');
});
