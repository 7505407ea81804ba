import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { startTestSignIn, type TestReader } from '#tests/support/sign-in.ts';
import { createSignInLink } from '../public.ts';

const { db } = await testDatabase();
const { reader, config } = await startTestSignIn(db);
const email = 'ann@example.com';
const password = 'correct horse battery';

/** What an authenticator app shows (RFC 6238), written here anew so that the server is not checked against itself. */
function codeOf(uri: string, atMs = Date.now()): string {
  const bits = [...(new URL(uri).searchParams.get('secret') ?? '')]
    .map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Of the three codes that are valid now, one that was not used yet. */
async function freshCode(): Promise<string> {
  const spent = await db.selectFrom('identity.spent_code').select('code').execute();
  const valid = [0, 30_000, -30_000].map((ms) => codeOf(uri, Date.now() + ms));
  return valid.find((code) => !spent.some((one) => one.code === code)) ?? '';
}

const start = (who: TestReader) => who.call('POST', '/api/identity/sign-in/password', { email, password });
const second = (who: TestReader, body: unknown) =>
  who.call('POST', '/api/identity/sign-in/second-factor', body);
const isSignedIn = async (who: TestReader) => (await who.call('GET', '/api/identity/account')).status === 200;

const ann = reader();
await ann.call('POST', '/api/identity/sign-in/link', {
  token: new URL(await createSignInLink(db, config)).hash.slice(1),
});
await ann.call('POST', '/api/identity/account/set-up', { name: 'Ann', email, password });

let uri = '';
let recoveryCodes: string[] = [];
let firstCode = '';

test('the second factor needs the password, and is asked for only after its first code', async () => {
  const offer = (given: string) => ann.call('POST', '/api/identity/second-factor', { password: given });
  expect((await offer('wrong')).status).toBe(422);
  const made = (await (await offer(password)).json()) as {
    uri: string;
    qrSvg: string;
    recoveryCodes: string[];
  };
  ({ uri, recoveryCodes } = made);
  expect(uri).toMatch(/^otpauth:\/\/totp\/Elepherd:ann%40example\.com\?/);
  expect(made.qrSvg).toMatch(/^<svg /);
  expect(recoveryCodes).toHaveLength(10);
  expect(await (await start(reader())).json()).toEqual({ next: 'home' });

  const confirm = (code: string) => ann.call('POST', '/api/identity/second-factor/confirm', { code });
  expect((await confirm(codeOf(uri) === '000000' ? '000001' : '000000')).status).toBe(422);
  firstCode = codeOf(uri);
  expect((await confirm(firstCode)).status).toBe(204);
  expect(await (await ann.call('GET', '/api/identity/account')).json()).toMatchObject({ secondFactor: true });
});

test('password alone signs nobody in; the code of now does', async () => {
  const who = reader();
  expect(await (await start(who)).json()).toEqual({ next: 'second-factor' });
  expect(await isSignedIn(who)).toBe(false);
  const old = codeOf(uri, Date.now() - 10 * 60_000);
  expect((await second(who, { code: old })).status).toBe(422);
  expect(await isSignedIn(who)).toBe(false);
  const code = await freshCode();
  expect(await (await second(who, { code })).json()).toEqual({ next: 'home' });
  expect(await isSignedIn(who)).toBe(true);

  const watcher = reader();
  await start(watcher);
  const sessions = () => db.selectFrom('identity.session').select('id').execute();
  const before = (await sessions()).length;
  expect((await second(watcher, { code })).status).toBe(422);
  expect(await isSignedIn(watcher)).toBe(false);
  expect(await sessions()).toHaveLength(before);
});

test('the code that turned the second factor on signs nobody in', async () => {
  const watcher = reader();
  await start(watcher);
  expect((await second(watcher, { code: firstCode })).status).toBe(422);
  expect(await isSignedIn(watcher)).toBe(false);
});

test('a code without a password before it is refused', async () => {
  const who = reader();
  expect((await second(who, { code: codeOf(uri) })).status).toBe(422);
  expect(await isSignedIn(who)).toBe(false);
});

test('each recovery code works once', async () => {
  const recoveryCode = recoveryCodes[0];
  const who = reader();
  await start(who);
  expect((await second(who, { recoveryCode })).status).toBe(200);
  const again = reader();
  await start(again);
  expect((await second(again, { recoveryCode })).status).toBe(422);
  expect((await second(again, { recoveryCode: recoveryCodes[1] })).status).toBe(200);
});

test('five wrong codes end the sign-in, ten in a row close the account for a while', async () => {
  const wrong = codeOf(uri) === '123456' ? '654321' : '123456';
  const guesser = reader();
  await start(guesser);
  for (let i = 0; i < 5; i++) expect((await second(guesser, { code: wrong })).status).toBe(422);
  expect((await second(guesser, { code: codeOf(uri) })).status).toBe(422);
  const other = reader();
  await start(other);
  for (let i = 0; i < 5; i++) await second(other, { code: wrong });
  const third = reader();
  await start(third);
  expect((await second(third, { code: codeOf(uri) })).status).toBe(429);
  await db
    .updateTable('identity.second_factor')
    .set({ locked_until: null, failed_verification_count: 0 })
    .execute();
});

test('secrets and codes are sealed in the database', async () => {
  const row = await db.selectFrom('identity.second_factor').selectAll().executeTakeFirstOrThrow();
  expect(row.secret).not.toContain(new URL(uri).searchParams.get('secret'));
  expect(row.recovery_codes).not.toContain(recoveryCodes[5]);
});

test('new recovery codes replace the old; turning it off needs the password', async () => {
  const who = reader();
  await start(who);
  await second(who, { code: await freshCode() });
  const renewed = await who.call('POST', '/api/identity/second-factor/recovery-codes', { password });
  const codes = ((await renewed.json()) as { recoveryCodes: string[] }).recoveryCodes;
  const again = reader();
  await start(again);
  expect((await second(again, { recoveryCode: recoveryCodes[4] })).status).toBe(422);
  expect((await second(again, { recoveryCode: codes[0] })).status).toBe(200);

  expect((await who.call('POST', '/api/identity/second-factor/disable', {})).status).toBe(422);
  expect((await who.call('POST', '/api/identity/second-factor/disable', { password })).status).toBe(204);
  expect(await (await start(reader())).json()).toEqual({ next: 'home' });
});
