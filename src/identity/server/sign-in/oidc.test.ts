import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { Provider } from 'oidc-provider';
import { testDatabase } from '#tests/support/database.ts';
import { startTestSignIn, type TestReader } from '#tests/support/sign-in.ts';

const { db } = await testDatabase();
const people: Record<string, { email: string; email_verified: boolean; name: string }> = {
  ann: { email: 'ann@example.com', email_verified: true, name: 'Ann' },
  sly: { email: 'bob@example.com', email_verified: false, name: 'Sly' },
  bob: { email: 'bob@example.com', email_verified: true, name: 'Bob' },
};

/** A real OpenID provider whose own sign-in page lets everybody in by the name they give. */
async function startProvider(): Promise<{ issuer: string; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'elepherd',
        client_secret: 'a secret of the client',
        redirect_uris: ['http://localhost:7433/api/identity/sign-in/callback/oidc'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    cookies: { keys: ['test'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return { issuer, server };
}

const { issuer, server } = await startProvider();
const oidc = {
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: 'elepherd',
  OIDC_CLIENT_SECRET: 'a secret of the client',
};
const { reader } = await startTestSignIn(db, { ...oidc, OIDC_NAME: 'Acme' });
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Walks through the provider's pages as a browser would and returns the address it sends the browser back to. */
async function walk(url: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = url;
  for (let hops = 0; hops < 12; hops++) {
    if (next.startsWith('http://localhost:7433/')) return next;
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie: cookieLine(cookies) } });
    keep(cookies, answer);
    const location = answer.headers.get('location');
    if (location) {
      next = new URL(location, next).href;
      continue;
    }
    const page = await answer.text();
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const submitted = await fetch(new URL(action, next), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookieLine(cookies), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt, login, password: 'any' }),
    });
    keep(cookies, submitted);
    next = new URL(submitted.headers.get('location') ?? '', next).href;
  }
  throw new Error(`lost at ${next}`);
}
const cookieLine = (cookies: Map<string, string>) => [...cookies].map(([k, v]) => `${k}=${v}`).join('; ');
function keep(cookies: Map<string, string>, answer: Response) {
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', ...value] = (line.split(';')[0] ?? '').split('=');
    cookies.set(name, value.join('='));
  }
}

async function signIn(who: TestReader, login: string): Promise<string> {
  const { url } = (await (await who.call('POST', '/api/identity/sign-in/oidc')).json()) as { url: string };
  const back = new URL(await walk(url, login));
  const answer = await who.call('GET', back.pathname + back.search);
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}
const account = async (who: TestReader) => who.call('GET', '/api/identity/account');

test('the button is offered with the company’s name', async () => {
  expect(await (await reader().call('GET', '/api/identity/sign-in/ways')).json()).toMatchObject({
    oidc: 'Acme',
  });
});

test('a round trip to the company’s server signs in, the second time to the same account', async () => {
  const first = reader();
  expect(await signIn(first, 'ann')).toBe('/');
  const ann = (await (await account(first)).json()) as { id: string };
  expect(ann).toMatchObject({ name: 'Ann', email: 'ann@example.com', emailVerified: true, hasOidc: true });
  const second = reader();
  await signIn(second, 'ann');
  expect(((await (await account(second)).json()) as { id: string }).id).toBe(ann.id);
  const stored = await db.selectFrom('identity.credential').selectAll().execute();
  expect(stored).toHaveLength(1);
  expect(stored).toMatchObject([{ subject: 'ann', access_token: null, refresh_token: null, id_token: null }]);
  const audited = await db
    .selectFrom('platform.audit')
    .select('details')
    .where('action', '=', 'identity.session.create')
    .execute();
  expect(audited).toEqual([{ details: { how: 'oidc' } }, { details: { how: 'oidc' } }]);
});

test('an address the company did not verify takes over no account; a verified one joins it', async () => {
  const { id } = await db
    .insertInto('identity.account')
    .values({ name: 'Bob', email: 'bob@example.com', email_verified: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  const sly = reader();
  expect(await signIn(sly, 'sly')).toMatch(/^http:\/\/localhost:7433\/sign-in\?error=|^\/sign-in\?error=/);
  expect((await account(sly)).status).toBe(401);
  const bob = reader();
  await signIn(bob, 'bob');
  expect(await (await account(bob)).json()).toMatchObject({ id, hasOidc: true });
});

test('a code without the browser that began, or used twice, signs nobody in', async () => {
  const who = reader();
  const { url } = (await (await who.call('POST', '/api/identity/sign-in/oidc')).json()) as { url: string };
  const back = new URL(await walk(url, 'ann'));
  const thief = reader();
  await thief.call('GET', back.pathname + back.search);
  expect((await account(thief)).status).toBe(401);

  const again = reader();
  const fresh = (await (await again.call('POST', '/api/identity/sign-in/oidc')).json()) as { url: string };
  const good = new URL(await walk(fresh.url, 'ann'));
  await again.call('GET', good.pathname + good.search);
  expect((await account(again)).status).toBe(200);
  again.cookies.delete('elepherd_session');
  await again.call('GET', good.pathname + good.search);
  expect((await account(again)).status).toBe(401);
});

test('somebody new belongs to no organisation and may nothing', async () => {
  const ann = reader();
  await signIn(ann, 'ann');
  expect(await (await ann.call('GET', '/api/identity/viewer')).json()).toMatchObject({
    org: null,
    permissions: [],
  });
  expect((await ann.call('GET', '/api/identity/members')).status).toBe(403);
});
