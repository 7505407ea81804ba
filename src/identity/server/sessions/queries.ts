import { sql } from 'kysely';
import type { Db } from '#src/platform/server/db.ts';
import type { Session } from '#src/identity/contract/accounts.ts';
import type { Context } from '#src/platform/server/context.ts';

/** Living sessions of an account, newest first. */
export async function listSessions(
  { db }: Context,
  accountId: string,
  currentId: string | null,
): Promise<Session[]> {
  const rows = await db
    .selectFrom('identity.session')
    .select(['id', 'ip', 'user_agent as userAgent', 'created_at as createdAt', 'expires_at as expiresAt'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    ...row,
    isCurrent: row.id === currentId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Whether two accounts are signed in from the same address with the same browser: a hint, and no proof, that they are one person's. */
export async function sharePlace(db: Db, one: string, other: string): Promise<boolean> {
  const shared = await db
    .selectFrom('identity.session as a')
    .innerJoin('identity.session as b', (join) =>
      join.onRef('b.ip', '=', 'a.ip').onRef('b.user_agent', '=', 'a.user_agent'),
    )
    .select('a.id')
    .where('a.account_id', '=', one)
    .where('b.account_id', '=', other)
    .limit(1)
    .executeTakeFirst();
  return shared !== undefined;
}

const placesAtMost = 10_000;

/**
 * For each address and browser from which at least two and at most `crowd` of some accounts are signed in: which of them. A
 * place of more is an office or a campus.
 */
export async function listSharedPlaces(
  db: Db,
  accountIds: readonly string[],
  crowd: number,
): Promise<string[][]> {
  const { rows } = await sql<{ accounts: string[] }>`
    select array_agg(distinct account_id::text) as accounts from identity.session
    where account_id = any(${[...accountIds]}::uuid[]) and ip is not null and user_agent is not null
    group by ip, user_agent having count(distinct account_id) between 2 and ${crowd}
    limit ${placesAtMost}`.execute(db);
  return rows.map(({ accounts }) => accounts);
}
