import { expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { startGithub, type GithubUser } from '#tests/support/github-server.ts';
import { startTestSignIn, type TestReader } from '#tests/support/sign-in.ts';

const { db } = await testDatabase();
const address = (email: string, primary: boolean, verified: boolean) => ({
  email,
  primary,
  verified,
  visibility: null,
});
const person = (id: number, login: string, more: Partial<GithubUser>): GithubUser => ({
  id,
  login,
  name: null,
  email: null,
  emails: [],
  ...more,
});
const people = {
  ann: person(1, 'ann', {
    name: 'Ann',
    email: 'shown@example.com',
    emails: [address('other@example.com', false, true), address('Ann@Example.com', true, true)],
  }),
  // Verified, and not primary; shown to everybody, and not verified.
  sly: person(2, 'sly', {
    email: 'bob@example.com',
    emails: [address('bob@example.com', true, false), address('sly@example.com', false, true)],
  }),
  bob: person(3, 'bob', { emails: [address('bob@example.com', true, true)] }),
  eve: person(4, 'eve', { emails: [address('eve@example.com', true, true)] }),
};
const github = await startGithub(people);
const { reader } = await startTestSignIn(db, { ...github.settings, GITHUB_NAME: 'Our GitHub' });

async function begin(who: TestReader): Promise<string> {
  const answer = await who.call('POST', '/api/identity/sign-in/github');
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { url: string }).url;
}
/** The address to which GitHub sends the browser of a person back. */
async function walk(url: string, login: string): Promise<URL> {
  const answer = await fetch(`${url}&login=${login}`, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}
async function comeBack(who: TestReader, back: URL): Promise<string> {
  const answer = await who.call('GET', back.pathname + back.search);
  expect(answer.status).toBe(302);
  return answer.headers.get('location') ?? '';
}
const signIn = async (who: TestReader, login: string) => comeBack(who, await walk(await begin(who), login));
const account = (who: TestReader) => who.call('GET', '/api/identity/account');
const refused = /\/sign-in\?error=/;

test('the button is offered by its name; what goes to GitHub has a state and PKCE and asks for no more than the addresses', async () => {
  expect(await (await reader().call('GET', '/api/identity/sign-in/ways')).json()).toMatchObject({
    github: 'Our GitHub',
    oidc: null,
  });
  const url = new URL(await begin(reader()));
  expect(url.origin + url.pathname).toBe(`${github.url}/login/oauth/authorize`);
  const asks = Object.fromEntries(url.searchParams);
  expect(asks).toMatchObject({
    redirect_uri: 'http://localhost:7433/api/identity/sign-in/callback/github',
    scope: 'read:user user:email',
    code_challenge_method: 'S256',
  });
  expect(asks['state']?.length).toBeGreaterThan(15);
  expect(url.href).not.toContain(github.secret);
});

test('a round trip signs in by the verified primary address, the second time to the same account; no token is kept', async () => {
  const first = reader();
  expect(await signIn(first, 'ann')).toBe('/');
  const ann = (await (await account(first)).json()) as { id: string };
  expect(ann).toMatchObject({ name: 'Ann', email: 'ann@example.com', emailVerified: true });
  const second = reader();
  await signIn(second, 'ann');
  expect(((await (await account(second)).json()) as { id: string }).id).toBe(ann.id);
  expect(await db.selectFrom('identity.credential').selectAll().execute()).toMatchObject([
    { provider: 'github', subject: '1', access_token: null, refresh_token: null, id_token: null },
  ]);
  const audited = await db
    .selectFrom('platform.audit')
    .select('details')
    .where('action', '=', 'identity.session.create')
    .execute();
  expect(audited).toEqual([{ details: { how: 'github' } }, { details: { how: 'github' } }]);
  // Neither the token nor the secret stands in an address.
  const tokens = [...github.tokens.keys()];
  for (const { path } of github.asked)
    for (const secret of [...tokens, github.secret]) expect(path).not.toContain(secret);
});

test('an address that GitHub did not verify, or that is not the primary one, opens nothing; a verified one joins its account', async () => {
  const { id } = await db
    .insertInto('identity.account')
    .values({ name: 'Bob', email: 'bob@example.com', email_verified: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  const sly = reader();
  expect(await signIn(sly, 'sly')).toMatch(refused);
  expect((await account(sly)).status).toBe(401);
  const bob = reader();
  await signIn(bob, 'bob');
  expect(await (await account(bob)).json()).toMatchObject({ id });
});

test('an account here whose address was never proved is not taken over by whoever proves it elsewhere', async () => {
  await db
    .insertInto('identity.account')
    .values({ name: 'Eve', email: 'eve@example.com', email_verified: false })
    .execute();
  const eve = reader();
  expect(await signIn(eve, 'eve')).toMatch(refused);
  expect((await account(eve)).status).toBe(401);
});

test('a code without the browser that began, used twice, made up or refused by the person signs nobody in', async () => {
  const back = await walk(await begin(reader()), 'ann');
  const thief = reader();
  await comeBack(thief, back);
  expect((await account(thief)).status).toBe(401);

  const again = reader();
  const good = await walk(await begin(again), 'ann');
  await comeBack(again, good);
  expect((await account(again)).status).toBe(200);
  again.cookies.delete('elepherd_session');
  await comeBack(again, good);
  expect((await account(again)).status).toBe(401);

  const maker = reader();
  const made = await walk(await begin(maker), 'ann');
  made.searchParams.set('code', 'bad-code');
  expect(await comeBack(maker, made)).toMatch(refused);
  const refuser = reader();
  expect(await signIn(refuser, 'nobody')).toMatch(/error=access_denied/);
  for (const who of [maker, refuser]) expect((await account(who)).status).toBe(401);
});

test.each(['forbidden', 'garbage', 'endless'] as const)(
  'an API that answers something else (%s) signs nobody in',
  async (trouble) => {
    github.setTrouble(trouble);
    const who = reader();
    expect(await signIn(who, 'ann')).toMatch(refused);
    expect((await account(who)).status).toBe(401);
    github.setTrouble(undefined);
  },
);

test('without its settings GitHub is no way to sign in', async () => {
  const { reader: other } = await startTestSignIn((await testDatabase()).db, {
    GITHUB_CLIENT_ID: 'only-half',
  });
  expect(await (await other().call('GET', '/api/identity/sign-in/ways')).json()).toMatchObject({
    github: null,
  });
  expect((await other().call('POST', '/api/identity/sign-in/github')).status).toBe(404);
  expect((await other().call('GET', '/api/identity/sign-in/callback/github?code=x&state=y')).status).toBe(
    404,
  );
});
