// Over 300 lines: every attack on one door, side by side.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { Problem } from '#src/platform/contract/problem.ts';
import { startListening } from '#src/platform/server/listen.ts';
import { addressOf, listRoutes } from './routes.ts';
import { bearer, openWorld, reader } from './world.ts';

const world = await openWorld({ RATE_ANONYMOUS: '20' });
const { app, ours, people, stranger, anonymous } = world;
const { db } = world.database;
const routes = listRoutes(world);
const problemOf = async (answer: Response) => Problem.parse(await answer.json());
const failures = () => world.logged.filter((line) => line.startsWith('a request failed'));
const cookieOf = (person: { cookies: Map<string, string> }) =>
  [...person.cookies].map(([k, v]) => `${k}=${v}`).join('; ');

test('a NUL in an address is refused, not passed on to the database', async () => {
  for (const path of [
    '/api/fleet/clusters/a%00b',
    '/api/fleet/sandbox-templates/a%00b',
    '/api/platform/audit?actor=a%00b',
    '/api/platform/audit?subject=%00',
    '/api/identity/viewer?x=%00',
  ]) {
    expect((await problemOf(await people.owner.call('GET', path))).code, path).toBe('invalid');
  }
  expect(failures()).toEqual([]);
});

test('a page marker that somebody made is refused, never a failure of ours', async () => {
  const lists = routes.filter((one) => one.route.parameters?.some(({ name }) => name === 'cursor'));
  expect(lists.length).toBeGreaterThan(5);
  const forged = [
    ['x', 'y'],
    ['2026-01-01 00:00:00+00', 'no-uuid'],
    ['infinity', randomUUID()],
    ['2026-99-99 00:00:00+00', randomUUID()],
    [1e300, randomUUID()],
    ['a\u0000b'],
    ['a\ud800b'],
    [1.5],
    [-1e300],
    [9e15],
    ['NaN'],
    [],
  ].map((values) => Buffer.from(JSON.stringify(values)).toString('base64url'));
  for (const list of lists) {
    for (const cursor of [...forged, 'x', '%', '💣', 'x'.repeat(400)]) {
      const answer = await people.owner.call(
        'GET',
        `${addressOf(list, world.ours).split('?')[0]}?cursor=${encodeURIComponent(cursor)}`,
      );
      // A marker of one kind may be the same as that of another list: what counts is that it does no harm.
      expect([200, 422], `${list.path} ${cursor}`).toContain(answer.status);
      await answer.body?.cancel();
    }
  }
  expect(failures()).toEqual([]);
});

test('a body nested a hundred thousand times is refused', async () => {
  const deep = '[{"a":'.repeat(50_000) + '1' + '}]'.repeat(50_000);
  const bodies = [deep, `{"response":${deep},"name":"x"}`, `{"name":${deep}}`, '{"a":'.repeat(80_000)];
  for (const body of bodies) {
    for (const path of ['/api/identity/sign-in/passkey', '/api/identity/passkeys', '/api/fleet/clusters']) {
      const answer = await people.owner.call('POST', path, body, { 'content-type': 'application/json' });
      expect(answer.status, path).toBe(422);
    }
  }
  expect(failures()).toEqual([]);
});

test('a body above the limit is not read to its end, whatever it calls itself', async () => {
  let sent = 0;
  const endless = () =>
    new ReadableStream({
      pull(stream) {
        sent += 65_536;
        if (sent > 64 * 1024 * 1024) stream.close();
        else stream.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
  for (const [path, type] of [
    ['/api/fleet/clusters', 'application/json'],
    ['/api/platform/files?name=a', 'application/json'],
    ['/api/platform/files?name=a', 'text/plain'],
  ] as const) {
    sent = 0;
    const answer = await app.request(`http://localhost:7433${path}`, {
      method: 'POST',
      headers: {
        cookie: cookieOf(people.owner),
        'x-elepherd-csrf': '1',
        'content-type': type,
        'idempotency-key': randomUUID(),
      },
      body: endless(),
      duplex: 'half',
    } as RequestInit);
    expect(answer.status, `${path} ${type}`).toBe(413);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  }
});

test('every answer of the API says that it is data, for this reader, now', async () => {
  for (const path of ['/api/identity/viewer', '/api/fleet/clusters', '/api/nowhere', '/api/openapi.json']) {
    const { headers } = await people.owner.call('GET', path);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('cache-control'), path).toBe('no-store');
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
    expect(headers.get('access-control-allow-origin'), path).toBe(null);
  }
});

test('guessing tokens is counted like any other request of nobody', async () => {
  const env = { incoming: { socket: { remoteAddress: '198.51.100.7' } } };
  const guess = async (n: number) =>
    (
      await app.request(
        'http://localhost:7433/api/fleet/clusters',
        {
          headers: {
            authorization: `Bearer elp_${String(n).padStart(43, 'x')}`,
            // Nobody stands before this server: what a header says of the address counts for nothing.
            'x-forwarded-for': `203.0.113.${n}`,
            'x-real-ip': `203.0.113.${n}`,
            forwarded: `for=203.0.113.${n}`,
          },
        },
        env,
      )
    ).status;
  const answers: number[] = [];
  for (let n = 0; n < 30; n++) answers.push(await guess(n));
  expect(answers.slice(0, 20)).toEqual(Array(20).fill(401));
  expect(answers.at(-1)).toBe(429);
});

test('sign-in from one network is closed after many failures, whatever address of it they come from', async () => {
  const attempt = async (address: string, n: number) =>
    (
      await app.request(
        'http://localhost:7433/api/identity/sign-in/link',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': `192.0.2.${n}` },
          body: JSON.stringify({ token: `${n}`.padStart(43, 'y') }),
        },
        // No `inProcess` here would count requests; the lock-out counts failures.
        { incoming: { socket: { remoteAddress: address } }, inProcess: true },
      )
    ).status;
  const answers: number[] = [];
  for (let n = 0; n < 32; n++) answers.push(await attempt(`2001:db8:1:2::${n.toString(16)}`, n));
  expect(answers.at(-1)).toBe(429);
  expect(await attempt('2001:db8:1:3::1', 99)).toBe(422);
});

test('no write by cookie is taken from another site, in any form a browser can send', async () => {
  const forms: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' },
    { 'sec-fetch-site': 'same-site', 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { origin: 'https://evil.example', 'content-type': 'text/plain' },
    { origin: 'null', 'content-type': 'application/json' },
    { 'x-http-method-override': 'GET', 'content-type': 'application/json' },
    { 'x-elepherd-csrf': '0', 'content-type': 'application/json' },
    {},
  ];
  const writes = routes.filter(({ method }) => method !== 'GET');
  const cookie = cookieOf(people.owner);
  for (const described of writes) {
    for (const headers of forms) {
      const answer = await app.request(`http://localhost:7433${addressOf(described, ours)}`, {
        method: described.method,
        headers: { cookie, ...headers },
        body: '{}',
      });
      expect(answer.status, `${described.method} ${described.path} ${JSON.stringify(headers)}`).toBe(403);
      await answer.body?.cancel();
    }
  }
});

test('a method in disguise is not taken for another', async () => {
  const answer = await people.viewer.call(
    'GET',
    `/api/fleet/hosts/${ours.hosts[1]}?_method=DELETE`,
    undefined,
    {
      'x-http-method-override': 'DELETE',
    },
  );
  expect(answer.status).toBe(200);
  expect((await people.owner.call('GET', `/api/fleet/hosts/${ours.hosts[1]}`)).status).toBe(200);
});

test('fields that nobody offered are not written', async () => {
  const patched = await people.viewer.call('PATCH', '/api/identity/account', {
    name: 'Plain',
    locale: null,
    timeZone: null,
    email: 'owner@example.com',
    email_verified: true,
    setup_pending: true,
    secondFactorEnabled: false,
    role: 'owner',
    id: people.owner.accountId,
  });
  expect(await patched.json()).toMatchObject({ id: people.viewer.accountId, email: people.viewer.email });
  const key = await people.owner.call('POST', '/api/identity/keys', {
    name: 'wide',
    scopes: ['fleet.*.read'],
    daysValid: 1,
    orgId: stranger.orgId,
    org_id: stranger.orgId,
    createdBy: stranger.accountId,
    token: 'elp_chosen',
    revokedAt: null,
  });
  const made = (await key.json()) as { id: string; token: string };
  expect(made.token).not.toContain('chosen');
  const row = await db
    .selectFrom('identity.api_key')
    .select(['org_id', 'created_by'])
    .where('id', '=', made.id)
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ org_id: ours.orgId, created_by: people.owner.accountId });
  const host = await people.owner.call('PATCH', `/api/fleet/hosts/${ours.hosts[1]}`, {
    failureDomain: 'rack 9',
    org_id: stranger.orgId,
    phase: 'removed',
    facts: {},
  });
  expect(await host.json()).toMatchObject({ failureDomain: 'rack 9', phase: 'active' });
});

test('an idempotency key is worth nothing to another person, in another organisation or for another request', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const body = { name: 'shown once', scopes: ['fleet.*.read'], daysValid: 1 };
  const first = await people.owner.call('POST', '/api/identity/keys', body, key);
  const { token } = (await first.json()) as { token: string };
  for (const other of [people.admin, stranger]) {
    const answer = await other.call('POST', '/api/identity/keys', body, key);
    expect(answer.headers.get('idempotency-replayed')).toBe(null);
    expect(await answer.text()).not.toContain(token);
  }
  expect((await people.viewer.call('POST', '/api/identity/keys', body, key)).status).toBe(403);
  expect((await anonymous.call('POST', '/api/identity/keys', body, key)).status).toBe(401);
  const again = await people.owner.call('POST', '/api/identity/keys', body, key);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const kept = await sql<{ row: string }>`select i::text as row from platform.idempotency i`.execute(db);
  expect(kept.rows.map(({ row }) => row).join()).not.toContain(token);
});

test('a session cookie that was there before is not the one after signing in', async () => {
  const victim = reader(app);
  const attacker = await world.signIn(people.viewer.accountId);
  const planted = attacker.cookies.get('elepherd_session') ?? '';
  victim.cookies.set('elepherd_session', planted);
  const token = randomUUID() + randomUUID();
  await db
    .insertInto('identity.sign_in_link')
    .values({
      account_id: people.owner.accountId,
      token_hash: Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))),
      expires_at: sql<Date>`now() + interval '5 minutes'`,
    })
    .execute();
  expect((await victim.call('POST', '/api/identity/sign-in/link', { token })).status).toBe(200);
  expect(victim.cookies.get('elepherd_session')).not.toBe(planted);
  const seen = (await (await attacker.call('GET', '/api/identity/viewer')).json()) as {
    user: { id: string };
  };
  expect(seen.user.id).toBe(people.viewer.accountId);
});

test('signing out, losing a role and losing a key take effect at once, also in what was remembered', async () => {
  const listening = startListening(world.database.url, { debug() {}, info() {}, warn() {}, error() {} });
  const person = await world.signIn(people.operator.accountId);
  const stolen = person.cookies.get('elepherd_session') ?? '';
  expect((await person.call('GET', '/api/platform/audit')).status).toBe(200);
  const made = await people.admin.call('POST', '/api/identity/keys', {
    name: 'short',
    scopes: ['*'],
    daysValid: 1,
  });
  const { id, token } = (await made.json()) as { id: string; token: string };
  const key = bearer(app, token);
  expect((await key.call('GET', '/api/platform/audit')).status).toBe(200);
  await people.owner.call('PATCH', `/api/identity/members/${person.accountId}`, { role: 'viewer' });
  await people.owner.call('DELETE', `/api/identity/keys/${id}`);
  await expect.poll(async () => (await person.call('GET', '/api/platform/audit')).status).toBe(403);
  await expect.poll(async () => (await key.call('GET', '/api/platform/audit')).status).toBe(401);
  await person.call('POST', '/api/identity/sessions/sign-out');
  const thief = reader(app);
  thief.cookies.set('elepherd_session', stolen);
  expect((await thief.call('GET', '/api/fleet/clusters')).status).toBe(401);
  await listening.stop();
});

test('a file that is not public stays with its reader: never in a shared cache, never without asking again', async () => {
  const path = `/api/platform/files/${ours.file}`;
  const answer = await people.viewer.call('GET', path);
  const etag = answer.headers.get('etag') ?? '';
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  const known = { 'if-none-match': etag };
  expect((await people.viewer.call('GET', path, undefined, known)).status).toBe(304);
  // Somebody who guessed what is in it learns nothing.
  expect((await stranger.call('GET', path, undefined, known)).status).toBe(404);
  expect((await anonymous.call('GET', path, undefined, known)).status).toBe(401);
});

test('an administrator does not become an owner by the outbox', async () => {
  const outbox = async (like: string) => {
    const { id, text } = await db
      .selectFrom('platform.mail')
      .select(['id', 'text'])
      .where('text', 'like', `%${like}%`)
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow();
    return { path: `/api/platform/mails/${id}`, text };
  };
  const mailsNow = async () =>
    (await db.selectFrom('platform.mail').select('id').where('text', 'like', '%/reset-password?%').execute())
      .length;
  await people.owner.call('POST', '/api/identity/account/password', { newPassword: 'correct horse battery' });
  await anonymous.call('POST', '/api/identity/password-reset', { email: people.owner.email });
  await expect.poll(mailsNow).toBeGreaterThan(0);
  await people.owner.call('POST', '/api/identity/invitations', { email: 'next@example.com', role: 'owner' });
  for (const { path, text } of [await outbox('/reset-password?'), await outbox('/invitation?')]) {
    const refused = await people.admin.call('GET', path);
    expect(refused.status).toBe(403);
    expect((await people.admin.call('POST', `${path}/send`)).status).toBe(403);
    expect(await (await people.owner.call('GET', path)).json()).toMatchObject({ text });
  }
  await people.owner.call('POST', '/api/identity/invitations', {
    email: 'plain@example.com',
    role: 'viewer',
  });
  expect((await people.admin.call('GET', (await outbox('/invitation?')).path)).status).toBe(200);
});

test('only who may start work may change its course', async () => {
  const path = `/api/platform/operations/${ours.operation}`;
  for (const [role, status] of [
    ['developer', 403],
    ['viewer', 403],
  ] as const) {
    for (const verb of ['cancel', 'retry']) {
      expect((await people[role].call('POST', `${path}/${verb}`)).status, `${role} ${verb}`).toBe(status);
    }
    expect(await (await people[role].call('GET', path)).json()).toMatchObject({ canCancel: false });
  }
  expect(await (await people.admin.call('GET', path)).json()).toMatchObject({ canCancel: true });
});

test('a thousand questions whether the server is ready are one question to its database', async () => {
  const asked = Array.from({ length: 1000 }, () => anonymous.call('GET', '/api/health/ready'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(world.database.pool.waitingCount).toBeLessThan(5);
  const statuses = new Set((await Promise.all(asked)).map(({ status }) => status));
  expect([...statuses]).toEqual([200]);
});

test('who sends a request drop by drop is cut off', async () => {
  const server = serve({ fetch: app.fetch, port: 0, overrideGlobalObjects: false }) as Server;
  try {
    expect(server.headersTimeout).toBeGreaterThan(0);
    expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(server.requestTimeout).toBeGreaterThan(0);
    expect(server.requestTimeout).toBeLessThanOrEqual(300_000);
  } finally {
    server.close();
  }
});
