import type { Locale } from '../contract/i18n.ts';
import { platformText } from '../contract/platform.text.ts';
import type { Db } from './db.ts';
import { AppError } from './errors.ts';

export type ActorKind = 'anonymous' | 'user' | 'key' | 'agent' | 'system';

/** Who acts, for which organisation, and what they may do there. */
export type Actor = {
  kind: ActorKind;
  /** The user, API key or host; null for anonymous and system. */
  id: string | null;
  name: string;
  /** The organisation acted for; the nil uuid when there is none, so that every scoped query finds nothing. */
  orgId: string;
  may(permission: string): boolean;
};

/** What every command and query gets: a database (or the transaction of a command) and the actor. */
export type Context = {
  db: Db;
  actor: Actor;
  requestId: string | null;
  ip: string | null;
  locale: Locale;
};

export const noOrg = '00000000-0000-0000-0000-000000000000';

export const anonymous: Actor = {
  kind: 'anonymous',
  id: null,
  name: 'anonymous',
  orgId: noOrg,
  may: () => false,
};

/** Elepherd itself, acting for one organisation; may do everything there. */
export function systemActor(orgId: string, name = 'elepherd'): Actor {
  return { kind: 'system', id: null, name, orgId, may: () => true };
}

/** A context for work that no request asked for: steps, jobs, programs. */
export function systemContext(db: Db, orgId: string, name?: string): Context {
  return { db, actor: systemActor(orgId, name), requestId: null, ip: null, locale: 'en' };
}

/** Refuses an actor without the permission: unauthenticated when nobody is signed in, forbidden otherwise. */
export function requirePermission(ctx: Context, permission: string): void {
  if (ctx.actor.may(permission)) return;
  if (ctx.actor.kind === 'anonymous') throw new AppError('unauthenticated', platformText.signInFirst);
  throw new AppError('forbidden', platformText.mayNot(permission));
}

/** Refuses an actor who is not signed in. */
export function requireSignedIn(ctx: Context): void {
  if (ctx.actor.kind === 'anonymous') throw new AppError('unauthenticated', platformText.signInFirst);
}

/** Runs `work` in one transaction and commits it; joins the transaction that `ctx` already carries. */
export async function inTransaction<T>(ctx: Context, work: (tx: Context) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  return ctx.db.transaction().execute((db) => work({ ...ctx, db }));
}
