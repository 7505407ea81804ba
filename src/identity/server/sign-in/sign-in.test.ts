import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startTestSignIn, type TestReader } from '#tests/support/sign-in.ts';
import { testDatabase } from '#tests/support/database.ts';
import { createSignInLink, needsFirstSignIn } from '../public.ts';

const { db } = await testDatabase();
const { app, reader, config } = await startTestSignIn(db);
const password = 'correct horse battery';
const email = 'ann@example.com';

const tokenOf = (link: string) => new URL(link).hash.slice(1);
const byLink = async (who: TestReader, link: string) =>
  who.call('POST', '/api/identity/sign-in/link', { token: tokenOf(link) });
const byPassword = async (who: TestReader, given = { email, password }) =>
  who.call('POST', '/api/identity/sign-in/password', given);

test('the first start: a link signs in the first administrator once, who then sets the account up', async () => {
  expect(await needsFirstSignIn(db)).toBe(true);
  const older = await createSignInLink(db, config);
  const link = await createSignInLink(db, config);
  expect(link).toMatch(/^http:\/\/localhost:7433\/sign-in\/link#[\w-]{43}$/);

  const ann = reader();
  expect((await byLink(ann, older)).status).toBe(422);
  const answer = await byLink(ann, link);
  expect(await answer.json()).toEqual({ next: 'set-up' });
  expect(answer.headers.getSetCookie().join()).toMatch(/elepherd_session=[^;]+;.*HttpOnly; SameSite=Lax/i);

  const replayed = await byLink(reader(), link);
  expect(replayed.status).toBe(422);
  expect(await replayed.json()).toMatchObject({ code: 'invalid' });

  const done = await ann.call('POST', '/api/identity/account/set-up', { name: 'Ann', email, password });
  expect(await done.json()).toMatchObject({ name: 'Ann', email, hasPassword: true, setupPending: false });
  expect((await ann.call('POST', '/api/identity/account/set-up', { name: 'B', email })).status).toBe(409);
  expect(await needsFirstSignIn(db)).toBe(false);

  const viewer = await (await ann.call('GET', '/api/identity/viewer')).json();
  expect(viewer).toMatchObject({ user: { name: 'Ann' }, org: { name: 'My organisation' } });
  expect(viewer.permissions).toContain('identity.owner.grant');
});

test('forged and expired links sign nobody in', async () => {
  const link = await createSignInLink(db, config);
  expect((await byLink(reader(), `${link.slice(0, -1)}_`)).status).toBe(422);
  await db
    .updateTable('identity.sign_in_link')
    .set({ expires_at: sql<Date>`now()` })
    .execute();
  const who = reader();
  expect((await byLink(who, link)).status).toBe(422);
  expect((await who.call('GET', '/api/identity/account')).status).toBe(401);
});

test('of two who use a link at once one gets in', async () => {
  const link = await createSignInLink(db, config);
  const answers = await Promise.all([byLink(reader(), link), byLink(reader(), link), byLink(reader(), link)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
});

test('a password signs in; a wrong one and an unknown address answer alike', async () => {
  const ann = reader();
  expect(await (await byPassword(ann)).json()).toEqual({ next: 'home' });
  expect(await (await ann.call('GET', '/api/identity/account')).json()).toMatchObject({ email });

  const wrong = await byPassword(reader(), { email, password: 'wrong' });
  const unknown = await byPassword(reader(), { email: 'nobody@example.com', password: 'wrong' });
  const plain = async (answer: Response) => {
    const { requestId: _, ...rest } = (await answer.json()) as { requestId: string };
    return { status: answer.status, rest };
  };
  expect(await plain(wrong)).toEqual(await plain(unknown));
});

test('a cookie with a changed signature is nobody', async () => {
  const ann = reader();
  await byPassword(ann);
  const cookie = ann.cookies.get('elepherd_session') ?? '';
  ann.cookies.set('elepherd_session', `${cookie.slice(0, 10)}x${cookie.slice(11)}`);
  expect((await ann.call('GET', '/api/identity/account')).status).toBe(401);
});

test('a write with the cookie but from another site is refused', async () => {
  const ann = reader();
  await byPassword(ann);
  const answer = await ann.call(
    'POST',
    '/api/identity/organisations',
    { name: 'X' },
    { 'x-elepherd-csrf': '0' },
  );
  expect(answer.status).toBe(403);
});

test('five failures close the name for everybody, for longer each time, and say how long', async () => {
  for (let i = 0; i < 5; i++) await byPassword(reader(`198.51.100.${i}`), { email, password: 'wrong' });
  // The sixth bad one is refused like the right one: nothing tells them apart.
  expect((await byPassword(reader('198.51.100.6'), { email, password: 'wrong' })).status).toBe(429);
  const closed = await byPassword(reader('203.0.113.9'));
  expect(closed.status).toBe(429);
  const seconds = Number(closed.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(25);
  expect(seconds).toBeLessThanOrEqual(30);
  expect(await closed.json()).toMatchObject({
    code: 'too_many',
    detail: expect.stringContaining(`${seconds} s`),
  });

  const rest = () =>
    db
      .updateTable('identity.sign_in_failure')
      .set({ locked_until: sql<Date>`now()` })
      .execute();
  await rest();
  await byPassword(reader('198.51.100.7'), { email, password: 'wrong' });
  expect(Number((await byPassword(reader('203.0.113.9'))).headers.get('retry-after'))).toBeGreaterThan(50);

  await rest();
  expect((await byPassword(reader('203.0.113.9'))).status).toBe(200);
  await byPassword(reader('203.0.113.9'), { email, password: 'wrong' });
  expect((await byPassword(reader('203.0.113.9'))).status).toBe(200);

  const audited = await db
    .selectFrom('platform.audit')
    .select('action')
    .where('action', '=', 'identity.account.lock-out')
    .execute();
  expect(audited).toHaveLength(2);
});

test('guesses sent at once are not free guesses', async () => {
  await db.deleteFrom('identity.sign_in_failure').execute();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      byPassword(reader(`198.51.100.${i}`), { email: 'bob@example.com', password: `guess ${i}` }),
    ),
  );
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
});

test('one address that fails for many names is closed too', async () => {
  await db.deleteFrom('identity.sign_in_failure').execute();
  const attacker = '203.0.113.66';
  // Counted without the slow hashing of thirty passwords: what the routes count is the same.
  await db
    .insertInto('identity.sign_in_failure')
    .values({ subject: `address:${attacker}`, failures: 29 })
    .execute();
  expect((await byPassword(reader(attacker), { email: 'x@example.com', password: 'wrong' })).status).toBe(
    422,
  );
  expect((await byPassword(reader(attacker), { email: 'y@example.com', password: 'wrong' })).status).toBe(
    429,
  );
  expect((await byPassword(reader('203.0.113.67'))).status).toBe(200);
});

test('a forgotten password: the same answer for all, a mail for those who exist, one use, all sessions end', async () => {
  await db.deleteFrom('identity.sign_in_failure').execute();
  const old = reader();
  await byPassword(old);
  const who = reader();
  const ask = (address: string) => who.call('POST', '/api/identity/password-reset', { email: address });
  expect((await ask('nobody@example.com')).status).toBe(202);
  expect((await ask(email)).status).toBe(202);
  const mails = async () => db.selectFrom('platform.mail').select(['recipient', 'text']).execute();
  await expect.poll(mails, { timeout: 5000 }).toHaveLength(1);
  const [mail] = await mails();
  expect(mail?.recipient).toBe(email);
  const token = /token=([\w%.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  const kept = await db.selectFrom('identity.verification').select('identifier').execute();
  expect(kept.some(({ identifier }) => identifier.includes(token))).toBe(false);

  const confirm = (given: string) =>
    who.call('POST', '/api/identity/password-reset/confirm', {
      token: given,
      password: 'another good password',
    });
  expect((await confirm(`${token.slice(0, -1)}0`)).status).toBe(422);
  expect((await confirm(token)).status).toBe(204);
  expect((await confirm(token)).status).toBe(422);
  expect((await old.call('GET', '/api/identity/account')).status).toBe(401);
  expect((await byPassword(reader())).status).toBe(422);
  expect((await byPassword(reader(), { email, password: 'another good password' })).status).toBe(200);

  for (let i = 0; i < 6; i++) await ask(email);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await mails()).length).toBeLessThanOrEqual(4);
});

test('every answer of the open routes fits the description', async () => {
  const { expectResponse } = await import('#tests/support/openapi.ts');
  const document = await (await app.request('/api/openapi.json')).json();
  const who = reader();
  for (const [method, path, body] of [
    ['GET', '/api/identity/viewer'],
    ['GET', '/api/identity/sign-in/ways'],
    ['POST', '/api/identity/sign-in/password', { email, password: 'another good password' }],
    ['GET', '/api/identity/viewer'],
    ['GET', '/api/identity/account'],
    ['GET', '/api/identity/sessions'],
    ['GET', '/api/identity/organisations'],
    ['GET', '/api/identity/organisations/current'],
    ['GET', '/api/identity/members'],
    ['GET', '/api/identity/keys'],
    ['GET', '/api/identity/invitations'],
  ] as const) {
    const answer = await who.call(method, path, body);
    expect(answer.status, path).toBe(200);
    await expectResponse(document as never, method, path, answer);
  }
});
