import type { Kysely } from 'kysely';
import type { Authenticate } from '#src/platform/server/api.ts';
import type { Config } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { createVault, type Vault } from '#src/platform/server/secrets.ts';
import { authenticateRequest } from './sign-in/authenticate-request.ts';
import { ensureAdminToken } from './sign-in/ensure-admin-token.ts';
import { findFirstOwner } from './sign-in/queries.ts';
import { recall, startSignIn, stopSignIn } from './sign-in/start-sign-in.ts';

export { confirmPassword } from './accounts/confirm-password.ts';
export { eraseAccount } from './privacy/erase-account.ts';
export { exportAccount, listOwnedAlone, listPersonalRows } from './privacy/queries.ts';
export { accountColumns, type PersonalColumn } from './privacy/rules.ts';
export { forgetAccount } from './sign-in/start-sign-in.ts';
export { listSharedPlaces, sharePlace } from './sessions/queries.ts';
export { createSignInLink } from './sign-in/create-sign-in-link.ts';
export { ensureAdminToken };

/** What a program gives to make sign-in work. */
export type IdentityOptions = {
  /** The very handle the API's contexts carry. */
  db: Kysely<DB>;
  config: Config;
  /** The vault of the home; opened here when it is left out. */
  vault?: Vault;
  /** All permissions of all rooms: `rooms.flatMap((room) => room.permissions)`. */
  permissions?: readonly string[];
};

/**
 * Starts sign-in for one program and returns what its API needs to know callers. Writes `<home>/admin-token`. Sessions
 * are remembered for seconds only in a program that called `startListening`, and forgotten by its news.
 */
export async function startIdentity(
  options: IdentityOptions,
): Promise<{ authenticate: Authenticate; stop(): void }> {
  const { db, config } = options;
  const signIn = await startSignIn({
    db,
    config,
    vault: options.vault ?? (await createVault(config.home)),
    permissions: options.permissions ?? [],
    adminToken: await ensureAdminToken(config.home),
  });
  return { authenticate: authenticateRequest(db), stop: () => stopSignIn(signIn) };
}

/** True until the first administrator has signed in and given an address: then a start prints a sign-in link. */
export async function needsFirstSignIn(db: Kysely<DB>): Promise<boolean> {
  const owner = await findFirstOwner(db);
  return owner === undefined || owner.setupPending;
}

/** The organisation that runs this Elepherd; undefined before there is one. */
export async function findHouse(db: Kysely<DB>): Promise<string | undefined> {
  return (await findFirstOwner(db))?.orgId;
}

/** True for an actor of the first organisation: the one that runs this Elepherd, and lets others have their own in it. */
export async function operatesElepherd({ db, actor }: Context): Promise<boolean> {
  const owner = await recall(
    db,
    ({ owners }) => owners,
    'first',
    () => findFirstOwner(db),
  );
  return owner?.orgId === actor.orgId;
}
