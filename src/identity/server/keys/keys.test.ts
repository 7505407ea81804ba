import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { startTestSignIn } from '#tests/support/sign-in.ts';
import { createSignInLink, ensureAdminToken } from '../public.ts';

const { db } = await testDatabase();
const { reader, config, home } = await startTestSignIn(db);

const ann = reader();
const stranger = reader();
const withKey = (token: string, method: string, path: string, body?: unknown, headers = {}) =>
  stranger.call(method, path, body, { authorization: `Bearer ${token}`, ...headers });

test('the admin token is only for its file’s owner, stays the same, and acts as the first owner', async () => {
  const token = (await readFile(join(home, 'admin-token'), 'utf8')).trim();
  expect((await stat(join(home, 'admin-token'))).mode & 0o777).toBe(0o600);
  expect(await ensureAdminToken(home)).toBe(token);
  expect((await withKey(token, 'GET', '/api/identity/members')).status).toBe(401);

  await ann.call('POST', '/api/identity/sign-in/link', {
    token: new URL(await createSignInLink(db, config)).hash.slice(1),
  });
  expect((await withKey(token, 'GET', '/api/identity/members')).status).toBe(200);
  expect((await withKey(`${token.slice(0, -1)}-`, 'GET', '/api/identity/members')).status).toBe(401);
});

const make = async (scopes: string[], daysValid: number | null = null) => {
  const answer = await ann.call('POST', '/api/identity/keys', { name: 'ci', scopes, daysValid });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; token: string; prefix: string };
};

test('a key may what its scopes say and no more', async () => {
  const { token, prefix, id } = await make(['identity.member.read', 'platform.*.read']);
  expect(token.startsWith(prefix)).toBe(true);
  expect((await withKey(token, 'GET', '/api/identity/members')).status).toBe(200);
  expect((await withKey(token, 'GET', '/api/platform/audit')).status).toBe(200);
  expect((await withKey(token, 'GET', '/api/identity/keys')).status).toBe(403);
  expect((await withKey(token, 'PATCH', '/api/identity/organisations/current', { name: 'X' })).status).toBe(
    403,
  );

  const listed = await (await ann.call('GET', '/api/identity/keys')).text();
  expect(listed).not.toContain(token);
  expect(JSON.parse(listed)[0]).toMatchObject({ id, lastUsedAt: expect.any(String) });
  const stored = await db.selectFrom('identity.api_key').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain(token.slice(12));
});

test('a key makes no keys and is no person', async () => {
  const { token } = await make(['*']);
  const wish = { name: 'more', scopes: ['*'], daysValid: null };
  expect((await withKey(token, 'POST', '/api/identity/keys', wish)).status).toBe(403);
  expect((await withKey(token, 'GET', '/api/identity/sessions')).status).toBe(403);
  expect(
    (await withKey(token, 'POST', '/api/identity/account/password', { newPassword: 'a new long password' }))
      .status,
  ).toBe(403);
});

test('revoked, expired, forged keys and keys of another organisation are refused', async () => {
  const { token, id } = await make(['*']);
  const other = await make(['*'], 1);
  expect((await withKey(token, 'GET', '/api/identity/members')).status).toBe(200);
  expect((await ann.call('DELETE', `/api/identity/keys/${id}`)).status).toBe(204);
  expect((await ann.call('DELETE', `/api/identity/keys/${id}`)).status).toBe(404);
  expect((await withKey(token, 'GET', '/api/identity/members')).status).toBe(401);

  expect((await withKey(other.token, 'GET', '/api/identity/members')).status).toBe(200);
  await db
    .updateTable('identity.api_key')
    .set({ expires_at: sql<Date>`now()` })
    .where('id', '=', other.id)
    .execute();
  expect((await withKey(other.token, 'GET', '/api/identity/members')).status).toBe(401);

  const good = await make(['*']);
  expect((await withKey(`${good.token.slice(0, -2)}xx`, 'GET', '/api/identity/members')).status).toBe(401);
  const own = await (await ann.call('POST', '/api/identity/organisations', { name: 'Other' })).json();
  const there = { 'x-elepherd-org': own.id };
  expect((await withKey(good.token, 'GET', '/api/identity/members', undefined, there)).status).toBe(404);
});

test('a key never may more than its maker may now, and ends with the membership', async () => {
  const { token } = await make(['*']);
  const rename = () => withKey(token, 'PATCH', '/api/identity/organisations/current', { name: 'Renamed' });
  expect((await rename()).status).toBe(200);
  await db.updateTable('identity.membership').set({ role: 'viewer' }).execute();
  expect((await rename()).status).toBe(403);
  expect((await withKey(token, 'GET', '/api/identity/members')).status).toBe(200);
  await db.deleteFrom('identity.membership').execute();
  expect((await withKey(token, 'GET', '/api/identity/members')).status).toBe(401);
});
