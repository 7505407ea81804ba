import { sql } from 'kysely';
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
