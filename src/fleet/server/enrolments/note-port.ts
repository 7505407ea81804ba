import { sql } from 'kysely';
import type { Db } from '#src/platform/server/db.ts';

/** Notes how hosts reach the agents' port; the server that starts last knows best. */
export async function notePort(db: Db, port: { urls: string[]; keyPin: string }): Promise<void> {
  const values = { urls: port.urls, key_pin: port.keyPin };
  await db
    .insertInto('fleet.agents_port')
    .values(values)
    .onConflict((oc) => oc.column('only_row').doUpdateSet({ ...values, updated_at: sql<Date>`now()` }))
    .execute();
}
