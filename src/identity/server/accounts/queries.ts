import { sql } from 'kysely';
import type { Account } from '#src/identity/contract/accounts.ts';
import { Locale } from '#src/platform/contract/i18n.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Viewer } from '#src/platform/contract/viewer.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { recall } from '../sign-in/start-sign-in.ts';
import { requirePerson } from './require-person.ts';

/** The actor's own account. Refuses everybody who is not a person. */
export async function getOwnAccount(ctx: Context): Promise<Account> {
  const { db } = ctx;
  const accountId = requirePerson(ctx);
  const row = await db
    .selectFrom('identity.account as a')
    .select((eb) => [
      'a.id',
      'a.name',
      'a.email',
      'a.email_verified as emailVerified',
      'a.locale',
      'a.time_zone as timeZone',
      'a.setup_pending as setupPending',
      'a.second_factor_enabled as secondFactor',
      eb
        .exists(
          eb
            .selectFrom('identity.credential as c')
            .select('c.id')
            .whereRef('c.account_id', '=', 'a.id')
            .where('c.password_hash', 'is not', null),
        )
        .as('hasPassword'),
      eb
        .exists(
          eb
            .selectFrom('identity.credential as c')
            .select('c.id')
            .whereRef('c.account_id', '=', 'a.id')
            .where('c.provider', '=', 'oidc'),
        )
        .as('hasOidc'),
    ])
    .where('a.id', '=', accountId)
    .executeTakeFirst();
  if (!row) throw new AppError('unauthenticated', platformText.signInFirst);
  const passkeys = await db
    .selectFrom('identity.passkey')
    .select(['id', 'name', 'backed_up as synced', 'created_at as createdAt'])
    .where('account_id', '=', row.id)
    .orderBy('created_at')
    .execute();
  return {
    ...row,
    locale: Locale.safeParse(row.locale).data ?? null,
    hasPassword: Boolean(row.hasPassword),
    hasOidc: Boolean(row.hasOidc),
    passkeys: passkeys.map((one) => ({
      ...one,
      name: one.name ?? '',
      createdAt: one.createdAt.toISOString(),
    })),
  };
}

const nobody: Viewer = { user: null, org: null, orgs: [], permissions: [], locale: null };

/** Who is looking, for pages: account, organisations, and which of `permissions` they hold. */
export async function getViewer(ctx: Context, permissions: readonly string[]): Promise<Viewer> {
  const { db, actor } = ctx;
  const { kind, id } = actor;
  if (kind !== 'user' || id === null) return { ...nobody, permissions: permissions.filter(actor.may) };
  const found = await recall(
    db,
    ({ viewers }) => viewers,
    `${id} ${actor.orgId}`,
    () => findViewer(ctx, id, permissions),
  );
  return found?.viewer ?? nobody;
}

async function findViewer({ db, actor }: Context, accountId: string, permissions: readonly string[]) {
  const user = await db
    .selectFrom('identity.account')
    .select(['id', 'name', 'email', 'locale'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!user) return undefined;
  const orgs = await db
    .selectFrom('identity.membership as m')
    .innerJoin('identity.organisation as o', 'o.id', 'm.org_id')
    .select(['o.id', 'o.name'])
    .where('m.account_id', '=', accountId)
    .orderBy('m.created_at')
    .execute();
  const viewer: Viewer = {
    user: { id: user.id, name: user.name, email: user.email },
    org: orgs.find(({ id }) => id === actor.orgId) ?? null,
    orgs,
    permissions: permissions.filter(actor.may),
    locale: Locale.safeParse(user.locale).data ?? null,
  };
  return { accountId, viewer };
}

/** The hash of an account's password; null when it has none. */
export async function findPasswordHash(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('identity.credential')
    .select('password_hash as hash')
    .where('account_id', '=', accountId)
    .where('provider', '=', 'credential')
    .executeTakeFirst();
  return row?.hash ?? null;
}

/** How many ways to sign in an account has. */
export async function countWays(db: Db, accountId: string): Promise<number> {
  const { rows } = await sql<{ ways: number }>`
    select (select count(*) from identity.passkey where account_id = ${accountId})
      + (select count(*) from identity.credential
         where account_id = ${accountId} and (password_hash is not null or provider <> 'credential')) as ways`.execute(
    db,
  );
  return rows[0]?.ways ?? 0;
}
