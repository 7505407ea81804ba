import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { startTestSignIn, type TestReader } from '#tests/support/sign-in.ts';
import { createSignInLink } from '../public.ts';

const { db } = await testDatabase();
const { reader, config } = await startTestSignIn(db);
const mailed = await testDatabase();
const mailing = await startTestSignIn(mailed.db, { SMTP_URL: 'smtp://mail.example.com' });
const password = 'correct horse battery';

const ann = reader();
await ann.call('POST', '/api/identity/sign-in/link', {
  token: new URL(await createSignInLink(db, config)).hash.slice(1),
});
await ann.call('POST', '/api/identity/account/set-up', { name: 'Ann', email: 'ann@example.com', password });

const bodyOf = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;
const invite = (who: TestReader, email: string, role: string) =>
  who.call('POST', '/api/identity/invitations', { email, role });
const accept = (who: TestReader, token: string, name?: string) =>
  who.call('POST', '/api/identity/invitations/accept', {
    token,
    ...(name !== undefined && { account: { name, password } }),
  });

/** The token in the newest mail to an address. */
async function mailedToken(email: string): Promise<string> {
  const mail = await db
    .selectFrom('platform.mail')
    .select('text')
    .where('recipient', '=', email)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  return /token=([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
}

async function join(email: string, role: string, name: string): Promise<TestReader> {
  expect((await invite(ann, email, role)).status).toBe(201);
  const who = reader();
  expect((await accept(who, await mailedToken(email), name)).status).toBe(200);
  return who;
}

const accountId = async (who: TestReader) =>
  (await bodyOf<{ id: string }>(who.call('GET', '/api/identity/account'))).id;

const bob = await join('bob@example.com', 'admin', 'Bob');
const vera = await join('vera@example.com', 'viewer', 'Vera');

test('somebody invited joins with the role of the invitation', async () => {
  const members = await bodyOf<{ name: string; role: string }[]>(vera.call('GET', '/api/identity/members'));
  expect(members).toMatchObject([
    { name: 'Ann', role: 'owner' },
    { name: 'Bob', role: 'admin' },
    { name: 'Vera', role: 'viewer' },
  ]);
  expect((await invite(vera, 'x@example.com', 'viewer')).status).toBe(403);
  expect((await vera.call('GET', '/api/platform/audit')).status).toBe(403);
});

test('an invitation works once, not after it was revoked, and not after seven days', async () => {
  const used = await mailedToken('bob@example.com');
  expect((await accept(reader(), used, 'Mallory')).status).toBe(404);

  const { id } = await bodyOf<{ id: string }>(invite(ann, 'carl@example.com', 'viewer'));
  expect((await invite(ann, 'carl@example.com', 'admin')).status).toBe(409);
  const token = await mailedToken('carl@example.com');
  const look = await bodyOf(reader().call('POST', '/api/identity/invitations/look-up', { token }));
  expect(look).toEqual({
    organisation: 'My organisation',
    email: 'carl@example.com',
    role: 'viewer',
    hasAccount: false,
  });
  expect((await ann.call('DELETE', `/api/identity/invitations/${id}`)).status).toBe(204);
  expect((await accept(reader(), token, 'Carl')).status).toBe(404);

  await invite(ann, 'carl@example.com', 'viewer');
  await db
    .updateTable('identity.invitation')
    .set({ expires_at: sql<Date>`now()` })
    .where('email', '=', 'carl@example.com')
    .execute();
  expect((await accept(reader(), await mailedToken('carl@example.com'), 'Carl')).status).toBe(404);
  expect((await invite(ann, 'carl@example.com', 'viewer')).status).toBe(201);
  const twice = await mailedToken('carl@example.com');
  const answers = await Promise.all([accept(reader(), twice, 'Carl'), accept(reader(), twice, 'Carl')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
});

test('accepting proves the address only where the link went to the mailbox alone', async () => {
  // Without a mail server the owner of any organisation reads the link in the outbox.
  const bobs = db
    .selectFrom('identity.account')
    .select('email_verified')
    .where('email', '=', 'bob@example.com');
  expect(await bobs.execute()).toEqual([{ email_verified: false }]);

  const owner = mailing.reader();
  const link = new URL(await createSignInLink(mailed.db, mailing.config));
  await owner.call('POST', '/api/identity/sign-in/link', { token: link.hash.slice(1) });
  expect((await invite(owner, 'eve@example.com', 'viewer')).status).toBe(201);
  const mail = await mailed.db
    .selectFrom('platform.mail')
    .select(['org_id', 'text'])
    .executeTakeFirstOrThrow();
  expect(mail.org_id).toBe(null);
  const token = /token=([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
  expect((await accept(mailing.reader(), token, 'Eve')).status).toBe(200);
  const eves = mailed.db.selectFrom('identity.account').select('email_verified').where('name', '=', 'Eve');
  expect(await eves.execute()).toEqual([{ email_verified: true }]);
});

test('an address with an account joins only signed in as that account', async () => {
  const zoe = reader();
  await zoe.call('POST', '/api/identity/sign-in/password', { email: 'vera@example.com', password });
  const { id } = await bodyOf<{ id: string }>(
    zoe.call('POST', '/api/identity/organisations', { name: 'Second' }),
  );
  await zoe.call('PUT', '/api/identity/sessions/organisation', { orgId: id });
  expect((await invite(zoe, 'ann@example.com', 'viewer')).status).toBe(201);
  const token = await mailedToken('ann@example.com');
  expect((await accept(reader(), token, 'Not Ann')).status).toBe(409);
  expect((await accept(bob, token)).status).toBe(409);
  expect((await accept(ann, token)).status).toBe(200);
  const own = await bodyOf<{ name: string; role: string }[]>(ann.call('GET', '/api/identity/organisations'));
  expect(own).toMatchObject([{ role: 'owner' }, { name: 'Second', role: 'viewer' }]);
});

test('the organisation is chosen by session or header; a foreign one is not found', async () => {
  const orgs = await bodyOf<{ id: string; name: string }[]>(ann.call('GET', '/api/identity/organisations'));
  const second = orgs[1]?.id ?? '';
  const current = (headers = {}) =>
    bodyOf<{ name: string }>(ann.call('GET', '/api/identity/organisations/current', undefined, headers));
  expect(await current()).toMatchObject({ name: 'My organisation' });
  expect(await current({ 'x-elepherd-org': second })).toMatchObject({ name: 'Second' });
  expect((await ann.call('GET', '/api/identity/keys', undefined, { 'x-elepherd-org': second })).status).toBe(
    403,
  );
  await ann.call('PUT', '/api/identity/sessions/organisation', { orgId: second });
  expect(await current()).toMatchObject({ name: 'Second' });
  await ann.call('PUT', '/api/identity/sessions/organisation', { orgId: orgs[0]?.id });

  expect(
    (await bob.call('GET', '/api/identity/members', undefined, { 'x-elepherd-org': second })).status,
  ).toBe(404);
  expect((await bob.call('PUT', '/api/identity/sessions/organisation', { orgId: second })).status).toBe(404);
});

test('another organisation’s members and keys are not found', async () => {
  const zoe = reader();
  await zoe.call('POST', '/api/identity/sign-in/password', { email: 'vera@example.com', password });
  const { id } = await bodyOf<{ id: string }>(
    zoe.call('POST', '/api/identity/organisations', { name: 'Third' }),
  );
  const there = { 'x-elepherd-org': id };
  const bobId = await accountId(bob);
  const key = await bodyOf<{ id: string }>(
    ann.call('POST', '/api/identity/keys', { name: 'k', scopes: ['*'], daysValid: null }),
  );
  expect((await zoe.call('DELETE', `/api/identity/members/${bobId}`, undefined, there)).status).toBe(404);
  expect((await zoe.call('PATCH', `/api/identity/members/${bobId}`, { role: 'viewer' }, there)).status).toBe(
    404,
  );
  expect((await zoe.call('DELETE', `/api/identity/keys/${key.id}`, undefined, there)).status).toBe(404);
  expect(await bodyOf(zoe.call('GET', '/api/identity/keys', undefined, there))).toEqual([]);
});

test('only owners touch owners, and the last owner stays', async () => {
  const annId = await accountId(ann);
  const bobId = await accountId(bob);
  const setRole = (who: TestReader, id: string, role: string) =>
    who.call('PATCH', `/api/identity/members/${id}`, { role });
  expect((await setRole(bob, bobId, 'owner')).status).toBe(403);
  expect((await setRole(bob, annId, 'viewer')).status).toBe(403);
  expect((await bob.call('DELETE', `/api/identity/members/${annId}`)).status).toBe(403);
  expect((await invite(bob, 'dora@example.com', 'owner')).status).toBe(403);

  expect((await setRole(ann, annId, 'viewer')).status).toBe(409);
  expect((await ann.call('DELETE', `/api/identity/members/${annId}`)).status).toBe(409);

  expect((await setRole(ann, bobId, 'owner')).status).toBe(204);
  // Both leave at the same moment: one must stay.
  const answers = await Promise.all([
    ann.call('DELETE', `/api/identity/members/${annId}`),
    bob.call('DELETE', `/api/identity/members/${bobId}`),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  const owners = await db.selectFrom('identity.membership').selectAll().where('role', '=', 'owner').execute();
  expect(owners.filter(({ account_id: id }) => [annId, bobId].includes(id))).toHaveLength(1);
});

test('somebody removed is out at once', async () => {
  const { id } = await db
    .selectFrom('identity.organisation')
    .select('id')
    .where('name', '=', 'My organisation')
    .executeTakeFirstOrThrow();
  const there = { 'x-elepherd-org': id };
  const veraId = await accountId(vera);
  expect((await vera.call('GET', '/api/identity/members', undefined, there)).status).toBe(200);
  // One of the two has left in the test before.
  const answers = await Promise.all(
    [ann, bob].map((who) => who.call('DELETE', `/api/identity/members/${veraId}`, undefined, there)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
  expect((await vera.call('GET', '/api/identity/members', undefined, there)).status).toBe(404);
});
