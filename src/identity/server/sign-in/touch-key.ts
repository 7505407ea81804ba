import { sql } from 'kysely';
import type { Db } from '#src/platform/server/db.ts';

/** Notes that a key was used, at most once a minute: a write for each request would cost more than the request. */
export async function touchKey(db: Db, id: string): Promise<void> {
  await db
    .updateTable('identity.api_key')
    .set({ last_used_at: sql`now()` })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('last_used_at', 'is', null),
        eb('last_used_at', '<', sql<Date>`now() - interval '1 minute'`),
      ]),
    )
    .execute();
}
