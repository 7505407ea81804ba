import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { startTestSignIn, type TestReader } from '#tests/support/sign-in.ts';

const { db } = await testDatabase();
const { reader } = await startTestSignIn(db, { SIGN_UP: 'open' });
const closed = await testDatabase();
const invited = await startTestSignIn(closed.db);
const password = 'correct horse battery';

let networks = 0;
/** Somebody from a network of their own. */
const somebody = () => reader(`198.51.100.${++networks}`);
const signUp = (who: TestReader, email: string, given = password, name = 'Lin') =>
  who.call('POST', '/api/identity/sign-up', { name, email, password: given });
const confirm = (who: TestReader, token: string, given = password) =>
  who.call('POST', '/api/identity/sign-up/confirm', { token, password: given });

async function mailsTo(email: string): Promise<string[]> {
  const rows = await db
    .selectFrom('platform.mail')
    .select('text')
    .where('recipient', '=', email)
    .orderBy('created_at')
    .execute();
  return rows.map(({ text }) => text ?? '');
}
const tokenIn = (text: string | undefined) => /confirm\?token=([\w-]+)/.exec(text ?? '')?.[1] ?? '';

test('somebody new proves the address with the mailed link and the password, and belongs to no organisation', async () => {
  const lin = somebody();
  expect((await signUp(lin, 'Lin@example.com')).status).toBe(202);
  const early = await lin.call('POST', '/api/identity/sign-in/password', {
    email: 'lin@example.com',
    password,
  });
  expect(early.status).toBe(422);
  const token = tokenIn((await mailsTo('lin@example.com'))[0]);
  expect((await confirm(lin, token, 'another password')).status).toBe(422);
  expect(await (await confirm(lin, token)).json()).toEqual({ next: 'home' });
  const viewer = await (await lin.call('GET', '/api/identity/viewer')).json();
  expect(viewer).toMatchObject({
    user: { name: 'Lin', email: 'lin@example.com' },
    org: null,
    orgs: [],
    permissions: [],
  });
  const account = await (await lin.call('GET', '/api/identity/account')).json();
  expect(account).toMatchObject({ emailVerified: true, hasPassword: true });
  expect((await confirm(somebody(), token)).status).toBe(422);
  const later = await somebody().call('POST', '/api/identity/sign-in/password', {
    email: 'lin@example.com',
    password,
  });
  expect(later.status).toBe(200);
});

test('nobody is told whether an address has an account, but its mailbox', async () => {
  const first = somebody();
  await signUp(first, 'known@example.com');
  await confirm(first, tokenIn((await mailsTo('known@example.com'))[0]));
  const [known, unknown] = [
    await signUp(somebody(), 'known@example.com', 'an attacker chose it'),
    await signUp(somebody(), 'unknown@example.com'),
  ];
  expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
  const told = (await mailsTo('known@example.com'))[1];
  expect(told).toContain('/forgot-password');
  expect(tokenIn(told)).toBe('');
});

test('who signs up with an address of somebody else gets no account by their click', async () => {
  await signUp(somebody(), 'victim@example.com', 'the attacker knows this');
  const theirs = tokenIn((await mailsTo('victim@example.com'))[0]);
  const victim = somebody();
  await signUp(victim, 'victim@example.com', 'the victim knows this');
  expect((await confirm(victim, theirs, 'the victim knows this')).status).toBe(422);
  const own = tokenIn((await mailsTo('victim@example.com'))[1]);
  expect((await confirm(victim, own, 'the victim knows this')).status).toBe(200);
  // The other link is worth nothing now, not even with its password.
  expect((await confirm(somebody(), theirs, 'the attacker knows this')).status).toBe(422);
});

test('of ten confirmations at once one makes the account, and passwords are not guessed at a link', async () => {
  await signUp(somebody(), 'once@example.com');
  const token = tokenIn((await mailsTo('once@example.com'))[0]);
  const answers = await Promise.all(Array.from({ length: 4 }, () => confirm(somebody(), token)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);

  await signUp(somebody(), 'guessed@example.com');
  const guessed = tokenIn((await mailsTo('guessed@example.com'))[0]);
  for (let i = 0; i < 5; i++) await confirm(somebody(), guessed, `guess number ${i}`);
  expect((await confirm(somebody(), guessed)).status).toBe(429);
});

test('a link is over after a day', async () => {
  await signUp(somebody(), 'late@example.com');
  await sql`update identity.sign_up set expires_at = now() where email = 'late@example.com'`.execute(db);
  expect((await confirm(somebody(), tokenIn((await mailsTo('late@example.com'))[0]))).status).toBe(422);
});

test('a mailbox gets three mails, and a network that signs up too often waits', async () => {
  for (let i = 0; i < 5; i++) expect((await signUp(somebody(), 'often@example.com')).status).toBe(202);
  expect(await mailsTo('often@example.com')).toHaveLength(3);
  const office = somebody();
  // Dropped wishes count as well, so this needs no twenty slow hashes.
  for (let i = 0; i < 20; i++) await signUp(office, 'often@example.com');
  const refused = await signUp(office, 'new@example.com');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('an address that nobody proved yet is proved by a link, by its own account alone, once', async () => {
  await signUp(somebody(), 'one@example.com');
  const one = somebody();
  await confirm(one, tokenIn((await mailsTo('one@example.com'))[0]));
  await signUp(somebody(), 'two@example.com');
  const two = somebody();
  await confirm(two, tokenIn((await mailsTo('two@example.com'))[0]));
  const isProved = async () =>
    ((await (await one.call('GET', '/api/identity/account')).json()) as { emailVerified: boolean })
      .emailVerified;
  // Proved already: no mail.
  expect((await one.call('POST', '/api/identity/sign-up/proof')).status).toBe(202);
  expect(await mailsTo('one@example.com')).toHaveLength(1);
  await sql`update identity.account set email_verified = false where email = 'one@example.com'`.execute(db);
  expect((await one.call('POST', '/api/identity/sign-up/proof')).status).toBe(202);
  const token = /token=([\w-]+)/.exec((await mailsTo('one@example.com'))[1] ?? '')?.[1] ?? '';
  const prove = (who: TestReader) => who.call('POST', '/api/identity/sign-up/proof/confirm', { token });
  expect((await prove(somebody())).status).toBe(401);
  expect((await prove(two)).status).toBe(422);
  // Nor does it make a new account.
  expect((await confirm(somebody(), token)).status).toBe(422);
  expect(await isProved()).toBe(false);
  expect((await prove(one)).status).toBe(204);
  expect(await isProved()).toBe(true);
  expect((await prove(one)).status).toBe(422);
});

test('without SIGN_UP=open nobody signs up', async () => {
  const who = invited.reader();
  expect((await signUp(who, 'lin@example.com')).status).toBe(404);
  expect(await (await who.call('GET', '/api/identity/sign-in/ways')).json()).toMatchObject({ signUp: false });
  const { n } = await closed.db
    .selectFrom('identity.sign_up')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  expect(Number(n)).toBe(0);
});
