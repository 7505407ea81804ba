import { sql } from 'kysely';
import type { Db } from '#src/platform/server/db.ts';

/** Writes an account's password hash, whether it had one or not, in the caller's transaction. */
export async function storePassword(tx: Db, accountId: string, hash: string): Promise<void> {
  await tx
    .insertInto('identity.credential')
    .values({ account_id: accountId, provider: 'credential', subject: accountId, password_hash: hash })
    .onConflict((oc) =>
      oc.columns(['provider', 'subject']).doUpdateSet({ password_hash: hash, updated_at: sql`now()` }),
    )
    .execute();
}
