import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import type { Config } from '#src/platform/server/config.ts';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import type { Db, DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { Vault } from '#src/platform/server/secrets.ts';
import type { Viewer } from '#src/platform/contract/viewer.ts';
import { keepCache, type Cache } from './keep-cache.ts';
import type { Provider } from './edge.rules.ts';
import type { BetterAuth } from './make-better-auth.ts';
import type { findFirstOwner } from './queries.ts';
import { recordReset } from './record-reset.ts';
import { sendResetMail } from './send-reset-mail.ts';

/** What is remembered of a session or a key between requests. */
export type Remembered = {
  accountId: string;
  kind: 'user' | 'key';
  /** The account, or the key. */
  id: string;
  name: string;
  locale: 'en' | 'zh-CN' | null;
  /** Null for keys and the admin token. */
  sessionId: string | null;
  /** The organisation chosen last; keys belong to one. */
  orgId: string | null;
  memberships: readonly { orgId: string; role: 'owner' | 'admin' | 'operator' | 'developer' | 'viewer' }[];
  scopes: readonly string[] | null;
  expiresAt: Date | null;
};

type FirstOwner = NonNullable<Awaited<ReturnType<typeof findFirstOwner>>>;

export type SignIn = {
  config: Config;
  auth: BetterAuth;
  /** Every permission of every room, for pages that show or hide by permission. */
  permissions: readonly string[];
  cache: Cache<Remembered>;
  /** What pages know of accounts, by account and organisation. */
  viewers: Cache<{ accountId: string; viewer: Viewer }>;
  /** The first owner, under one key. */
  owners: Cache<FirstOwner>;
  adminTokenHash: Buffer | null;
  /** better-auth for passkeys at the address the browser shows; refuses addresses that are not ours. */
  authAt(origin: string | null): BetterAuth;
  /** better-auth with the company's sign-in server or GitHub; refuses one that is not set up, and while the server does not answer. */
  authWith(provider: Provider): Promise<BetterAuth>;
};

export type SignInOptions = {
  db: Kysely<DB>;
  config: Config;
  vault: Vault;
  permissions: readonly string[];
  adminToken: string | null;
};

const running = new WeakMap<object, SignIn>();
/** Every change is heard of at once; this is how long one counts for nothing whose news was lost with its connection. */
const cacheSeconds = 30;

/** The sign-in of the program that works on this database; throws in a program that did not start it. */
export function signInOf(db: Db): SignIn {
  const found = running.get(db);
  if (!found) throw new Error('Sign-in was not started for this database: call startIdentity first.');
  return found;
}

/** Forgets what this program remembers of an account, so that its next request is looked at anew. */
export function forgetAccount(db: Db, accountId: string): void {
  for (const memory of memoriesOf(running.get(db))) memory.forget(accountId);
}

const memoriesOf = (signIn: SignIn | undefined) =>
  signIn === undefined ? [] : [signIn.cache, signIn.viewers, signIn.owners];

/** Ends what listens for news of accounts. */
export function stopSignIn(signIn: SignIn): void {
  for (const memory of memoriesOf(signIn)) memory.stop();
}

/** What `find` finds, remembered for seconds where sign-in runs on this very database, never in a transaction; found anew there and elsewhere. */
export async function recall<T extends { accountId: string }>(
  db: Db,
  memoryOf: (signIn: SignIn) => Cache<T>,
  key: string,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const signIn = running.get(db);
  if (!signIn) return find();
  const memory = memoryOf(signIn);
  const known = memory.get(key);
  if (known) return known;
  const askedAt = memory.now();
  const found = await find();
  if (found) memory.set(key, found, askedAt);
  return found;
}

/** Makes sign-in work for everything that uses this database handle. */
export async function startSignIn(options: SignInOptions): Promise<SignIn> {
  const { db, config, permissions } = options;
  const secret = await sharedSecret(db, options.vault);
  // Loaded by what signs people in alone: a worker has no use for it.
  const { makeBetterAuth } = await import('./make-better-auth.ts');
  const make = (rpId: string, provider: Provider | null = null) =>
    makeBetterAuth({
      db,
      config,
      secret,
      rpId,
      provider,
      sendReset: (email, token) => sendResetMail(db, config, email, token),
      wasReset: (accountId) => recordReset(systemContext(db, noOrg), accountId),
    });
  const home = new URL(config.publicUrl);
  const auth = make(home.hostname);
  const atLocalhost = isLoopback(home.hostname) ? make('localhost') : null;
  const made = new Map<Provider, BetterAuth>();
  const signIn: SignIn = {
    config,
    auth,
    permissions,
    cache: keepCache(cacheSeconds),
    viewers: keepCache(cacheSeconds),
    owners: keepCache(cacheSeconds),
    adminTokenHash: options.adminToken === null ? null : hashToken(options.adminToken),
    authAt(origin) {
      const host = hostOf(origin);
      if (host === home.hostname && !isAddress(host)) return auth;
      if (host === 'localhost' && atLocalhost) return atLocalhost;
      throw new AppError('invalid', signInText.passkeyNeedsName(passkeyAddress(config)));
    },
    async authWith(provider) {
      if (!isSetUp(config, provider))
        throw new AppError('not_found', provider === 'oidc' ? signInText.oidcOff : signInText.githubOff);
      const before = made.get(provider);
      if (before) return before;
      // Discovery runs while better-auth starts and is not repeated: one that failed must not stay.
      const auth = make(home.hostname, provider);
      const { socialProviders } = await auth.$context;
      const found = typeof socialProviders === 'function' ? [] : socialProviders;
      if (found.length === 0) throw new AppError('unavailable', signInText.oidcUnreachable);
      made.set(provider, auth);
      return auth;
    },
  };
  running.set(db, signIn);
  return signIn;
}

/** Whether the settings name a provider. */
export const isSetUp = (config: Config, provider: Provider): boolean =>
  provider === 'oidc'
    ? Boolean(config.OIDC_ISSUER && config.OIDC_CLIENT_ID)
    : Boolean(config.GITHUB_CLIENT_ID && config.GITHUB_CLIENT_SECRET);

/** Where passkeys work: the public address, or `localhost` when that is only this machine's. */
export function passkeyAddress(config: Config): string {
  const url = new URL(config.publicUrl);
  if (isLoopback(url.hostname)) url.hostname = 'localhost';
  return url.origin;
}

/** What is kept of a random token. Random tokens need no slow hash: nobody can guess 256 bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.');
const isAddress = (host: string) => /^[\d.]+$/.test(host) || host.startsWith('[');

function hostOf(origin: string | null): string | null {
  return origin !== null && URL.canParse(origin) ? new URL(origin).hostname : null;
}

const secretName = 'identity.sign-in';

/** Signs cookies and seals TOTP secrets; all servers of one database use the same. */
async function sharedSecret(db: Db, vault: Vault): Promise<string> {
  await db
    .insertInto('platform.signing_key')
    .values({ name: secretName, sealed: vault.seal(randomBytes(32).toString('base64url'), secretName) })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const row = await db
    .selectFrom('platform.signing_key')
    .select('sealed')
    .where('name', '=', secretName)
    .executeTakeFirstOrThrow();
  return vault.open(row.sealed, secretName).toString();
}
