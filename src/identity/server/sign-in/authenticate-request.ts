import { timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { grants, Role, rolePatterns } from '#src/identity/contract/roles.ts';
import { signInText } from '#src/identity/contract/sign-in.text.ts';
import { Locale } from '#src/platform/contract/i18n.ts';
import type { Authenticate, Identified } from '#src/platform/server/api.ts';
import { noOrg } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { sessionCookie } from './edge.rules.ts';
import { findFirstOwner, findKey, listMemberships } from './queries.ts';
import { hashToken, signInOf, type Remembered } from './start-sign-in.ts';
import { touchKey } from './touch-key.ts';

/** Chooses the organisation of one request. */
const orgHeader = 'x-elepherd-org';

/**
 * Says who a request comes from: a session cookie, `Authorization: Bearer` with an API key, or this machine's admin token.
 * A cookie that is over means nobody; a key that is not good is refused, so that a program notices.
 */
export function authenticateRequest(db: Kysely<DB>): Authenticate {
  return async (request) => {
    const authorization = request.headers.get('authorization');
    const bearer = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
    if (bearer !== undefined) {
      const found = await byToken(db, bearer);
      if (!found) throw new AppError('unauthenticated', signInText.keyDead);
      return identified(found, request, false);
    }
    const cookie = cookieValue(request.headers.get('cookie'), sessionCookie);
    if (cookie === null) return null;
    const found = await bySession(db, cookie);
    return found && identified(found, request, true);
  };
}

/** The organisation and rights of what was found. Refuses an organisation that is not theirs. */
function identified(who: Remembered, request: Request, byCookie: boolean): Identified {
  const wished = request.headers.get(orgHeader);
  const membership =
    wished === null
      ? (who.memberships.find(({ orgId }) => orgId === who.orgId) ?? who.memberships[0])
      : who.memberships.find(({ orgId }) => orgId === wished);
  if (wished !== null && !membership) throw new AppError('not_found', signInText.notOurOrganisation);
  const patterns = membership ? rolePatterns[membership.role] : [];
  const { scopes } = who;
  return {
    actor: {
      kind: who.kind,
      id: who.id,
      name: who.name,
      orgId: membership?.orgId ?? noOrg,
      may: (permission) => grants(patterns, permission) && (scopes === null || grants(scopes, permission)),
    },
    byCookie,
    ...(who.locale === null ? {} : { locale: who.locale }),
  };
}

async function bySession(db: Kysely<DB>, cookie: string): Promise<Remembered | null> {
  const { auth, cache } = signInOf(db);
  const key = `session ${hashToken(cookie).toString('base64url')}`;
  const remembered = cache.get(key);
  if (remembered) return stillGood(remembered);
  const askedAt = cache.now();
  const headers = new Headers({ cookie: `${sessionCookie}=${cookie}` });
  const found = await auth.api.getSession({ headers });
  if (!found) return null;
  const { session, user } = found;
  const fresh: Remembered = {
    accountId: user.id,
    kind: 'user',
    id: user.id,
    name: user.name,
    locale: Locale.safeParse(user.locale).data ?? null,
    sessionId: session.id,
    orgId: session.activeOrgId ?? null,
    memberships: await memberships(db, user.id),
    scopes: null,
    expiresAt: session.expiresAt,
  };
  cache.set(key, fresh, askedAt);
  return fresh;
}

async function byToken(db: Kysely<DB>, token: string): Promise<Remembered | null> {
  const { cache, adminTokenHash } = signInOf(db);
  const hash = hashToken(token);
  if (adminTokenHash && timingSafeEqual(hash, adminTokenHash)) return firstOwner(db);
  if (!token.startsWith('elp_')) return null;
  const key = `key ${hash.toString('base64url')}`;
  const remembered = cache.get(key);
  if (remembered) return stillGood(remembered);
  const askedAt = cache.now();
  const row = await findKey(db, hash);
  if (!row) return null;
  const all = await memberships(db, row.accountId);
  const own = all.filter(({ orgId }) => orgId === row.orgId);
  // A key lives as long as the membership of the person who made it.
  if (own.length === 0) return null;
  const fresh: Remembered = {
    accountId: row.accountId,
    kind: 'key',
    id: row.id,
    name: row.name,
    locale: null,
    sessionId: null,
    orgId: row.orgId,
    memberships: own,
    scopes: row.scopes,
    expiresAt: row.expiresAt,
  };
  await touchKey(db, row.id);
  cache.set(key, fresh, askedAt);
  return fresh;
}

/** The admin token acts as the first organisation's first owner. */
async function firstOwner(db: Kysely<DB>): Promise<Remembered | null> {
  const owner = await findFirstOwner(db);
  if (!owner) return null;
  return {
    accountId: owner.accountId,
    kind: 'user',
    id: owner.accountId,
    name: `${owner.name} (admin-token)`,
    locale: null,
    sessionId: null,
    orgId: owner.orgId,
    memberships: await memberships(db, owner.accountId),
    scopes: null,
    expiresAt: null,
  };
}

async function memberships(db: Kysely<DB>, accountId: string): Promise<Remembered['memberships']> {
  const rows = await listMemberships(db, accountId);
  return rows.map(({ orgId, role }) => ({ orgId, role: Role.parse(role) }));
}

const stillGood = (one: Remembered) =>
  one.expiresAt === null || one.expiresAt.getTime() > Date.now() ? one : null;

/** The raw value of one cookie. */
export function cookieValue(header: string | null, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key = '', ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}
