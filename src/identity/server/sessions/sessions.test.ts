import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { Viewer } from '#src/platform/contract/viewer.ts';
import { testDatabase } from '#tests/support/database.ts';
import { startTestSignIn } from '#tests/support/sign-in.ts';
import { createSignInLink } from '../public.ts';

const { db, url } = await testDatabase();
const { reader, config, home } = await startTestSignIn(db);
const email = 'ann@example.com';
const password = 'correct horse battery';

const ann = reader();
await ann.call('POST', '/api/identity/sign-in/link', {
  token: new URL(await createSignInLink(db, config)).hash.slice(1),
});
await ann.call('POST', '/api/identity/account/set-up', { name: 'Ann', email, password });

const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

/** Another server on the same database and home. */
async function otherServer(): Promise<string> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../../../tests/support/sign-in-process.ts')],
    {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: url,
        ELEPHERD_HOME: home,
        PUBLIC_URL: 'http://localhost:7433',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return `http://127.0.0.1:${line.toString().trim()}`;
}

const signIn = async () => {
  const who = reader();
  expect((await who.call('POST', '/api/identity/sign-in/password', { email, password })).status).toBe(200);
  return who;
};
type Session = { id: string; isCurrent: boolean };
const sessions = async (who: ReturnType<typeof reader>) =>
  (await (await who.call('GET', '/api/identity/sessions')).json()) as Session[];

test('a session revoked by one server is forgotten by another that remembers it', async () => {
  const base = await otherServer();
  const victim = await signIn();
  const cookie = `elepherd_session=${victim.cookies.get('elepherd_session')}`;
  const ask = async (path: string) => (await fetch(`${base}${path}`, { headers: { cookie } })).status;
  await expect.poll(() => ask('/api/identity/members'), { timeout: 10_000 }).toBe(200);

  // That the other server really answers from memory: a change that tells nobody goes unnoticed there.
  await sql`alter table identity.session disable trigger announce`.execute(db);
  const current = (await sessions(victim)).find(({ isCurrent }) => isCurrent);
  await db
    .updateTable('identity.session')
    .set({ expires_at: sql<Date>`now()` })
    .where('id', '=', current?.id ?? '')
    .execute();
  expect(await ask('/api/identity/members')).toBe(200);
  await sql`alter table identity.session enable trigger announce`.execute(db);
  await db
    .updateTable('identity.session')
    .set({ expires_at: sql<Date>`now() + interval '1 day'` })
    .where('id', '=', current?.id ?? '')
    .execute();
  await expect.poll(() => ask('/api/identity/members')).toBe(200);

  expect((await ann.call('DELETE', `/api/identity/sessions/${current?.id}`)).status).toBe(204);
  await expect.poll(() => ask('/api/identity/members')).toBe(401);
});

test('a member removed through one server is out on the other', async () => {
  const base = await otherServer();
  const who = await signIn();
  const cookie = `elepherd_session=${who.cookies.get('elepherd_session')}`;
  const ask = async () => (await fetch(`${base}/api/identity/members`, { headers: { cookie } })).status;
  await expect.poll(ask, { timeout: 10_000 }).toBe(200);
  await db.updateTable('identity.membership').set({ role: 'viewer' }).execute();
  const rename = async () => {
    const answer = await fetch(`${base}/api/identity/organisations/current`, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
      body: '{"name":"X"}',
    });
    return answer.status;
  };
  await expect.poll(rename).toBe(403);
  await db.updateTable('identity.membership').set({ role: 'owner' }).execute();
});

test('what another server remembers of a person for its pages is forgotten by every change', async () => {
  const base = await otherServer();
  const who = await signIn();
  const cookie = `elepherd_session=${who.cookies.get('elepherd_session')}`;
  const look = async () => {
    const answer = await fetch(`${base}/api/identity/viewer`, { headers: { cookie } });
    const { user, org, permissions } = Viewer.parse(await answer.json());
    return [user?.name, org?.name, permissions.includes('identity.organisation.delete')];
  };
  const [{ name: orgName }] = (await db.selectFrom('identity.organisation').select('name').execute()) as [
    { name: string },
  ];
  await expect.poll(look, { timeout: 10_000 }).toEqual(['Ann', orgName, true]);

  // That it really answers from memory.
  await sql`alter table identity.account disable trigger announce`.execute(db);
  await db.updateTable('identity.account').set({ name: 'Nobody heard' }).execute();
  expect((await look())[0]).toBe('Ann');
  await sql`alter table identity.account enable trigger announce`.execute(db);

  await db.updateTable('identity.account').set({ name: 'Anna' }).execute();
  await expect.poll(look).toEqual(['Anna', orgName, true]);
  await db.updateTable('identity.organisation').set({ name: 'Renamed' }).execute();
  await expect.poll(look).toEqual(['Anna', 'Renamed', true]);
  await db.updateTable('identity.membership').set({ role: 'viewer' }).execute();
  await expect.poll(look).toEqual(['Anna', 'Renamed', false]);
  await db.updateTable('identity.membership').set({ role: 'owner' }).execute();
  await db.updateTable('identity.organisation').set({ name: orgName }).execute();
  await db.updateTable('identity.account').set({ name: 'Ann' }).execute();
});

test('lists one’s own sessions, ends the others, and signs out', async () => {
  const [first, second] = [await signIn(), await signIn()];
  const listed = await sessions(first);
  expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  expect(listed.length).toBeGreaterThanOrEqual(3);
  expect((await first.call('DELETE', '/api/identity/sessions')).status).toBe(204);
  expect(await sessions(first)).toHaveLength(1);
  expect((await second.call('GET', '/api/identity/account')).status).toBe(401);

  const out = await first.call('POST', '/api/identity/sessions/sign-out');
  expect(out.status).toBe(204);
  expect(first.cookies.has('elepherd_session')).toBe(false);
  expect((await first.call('POST', '/api/identity/sessions/sign-out')).status).toBe(204);
});

test('somebody else’s session is not found', async () => {
  const { id: mallory } = await db
    .insertInto('identity.account')
    .values({ name: 'M', email: 'm@example.com' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('identity.session')
    .values({ token: 'x', account_id: mallory, expires_at: sql<Date>`now() + interval '1 day'` })
    .returning('id')
    .executeTakeFirstOrThrow();
  const who = await signIn();
  expect((await who.call('DELETE', `/api/identity/sessions/${id}`)).status).toBe(404);
});

test('a new password needs the present one and ends the other sessions', async () => {
  const [here, there] = [await signIn(), await signIn()];
  const change = (currentPassword: string) =>
    here.call('POST', '/api/identity/account/password', {
      currentPassword,
      newPassword: 'quite another one',
    });
  expect((await change('wrong')).status).toBe(422);
  expect((await there.call('GET', '/api/identity/account')).status).toBe(200);
  expect((await change(password)).status).toBe(204);
  expect((await here.call('GET', '/api/identity/account')).status).toBe(200);
  expect((await there.call('GET', '/api/identity/account')).status).toBe(401);
});
