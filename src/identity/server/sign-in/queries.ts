import { sql } from 'kysely';
import type { Db } from '#src/platform/server/db.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';

const selectMemberships = prepareQuery((db: Db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('identity.membership')
    .select(['org_id as orgId', 'role'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('org_id'),
);

/** Organisations of an account with its role there, the oldest membership first. */
export const listMemberships = async (db: Db, accountId: string) => selectMemberships(db, { accountId });

/** A living API key by the hash of its token. */
export async function findKey(db: Db, hash: Buffer) {
  return db
    .selectFrom('identity.api_key')
    .select(['id', 'org_id as orgId', 'created_by as accountId', 'name', 'scopes', 'expires_at as expiresAt'])
    .where('secret_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', sql<Date>`now()`)]))
    .executeTakeFirst();
}

/** The oldest owner of the oldest organisation. */
export async function findFirstOwner(db: Db) {
  return db
    .selectFrom('identity.membership as m')
    .innerJoin('identity.organisation as o', 'o.id', 'm.org_id')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .select(['a.id as accountId', 'a.name', 'a.setup_pending as setupPending', 'm.org_id as orgId'])
    .where('m.role', '=', 'owner')
    .orderBy('o.created_at')
    .orderBy('m.created_at')
    .limit(1)
    .executeTakeFirst();
}

/** An account by its id. */
export async function findAccount(db: Db, id: string) {
  return db
    .selectFrom('identity.account')
    .select(['id', 'name', 'email', 'setup_pending as setupPending', 'locale'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** An account by its e-mail address. */
export async function findAccountByEmail(db: Db, email: string) {
  return db
    .selectFrom('identity.account')
    .select(['id', 'name', 'email'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
}
