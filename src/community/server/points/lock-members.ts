import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';

const weights = sql`hashtextextended('community.weights', 0)`;

/**
 * Makes whoever else changes the points of these members wait for the caller's transaction; always in one order, so that nobody
 * waits in a circle. No weight of a tag changes meanwhile either.
 */
export async function lockMembers(tx: Context, ids: readonly string[]): Promise<void> {
  await tx.db
    .with(
      (cte) => cte('shared').materialized(),
      (db) => db.selectNoFrom(sql`pg_advisory_xact_lock_shared(${weights})`.as('held')),
    )
    .selectFrom(['community.member as m', 'shared'])
    .select('m.id')
    .where('m.id', 'in', [...ids])
    .orderBy('m.id')
    .forNoKeyUpdate('m')
    .execute();
}

/** Lets no weight of a tag change, and no post come under another, until the caller's transaction ends. */
export async function shareWeights(tx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${weights})`.execute(tx.db);
}

/** Waits until nobody enters points any more, and lets nobody until the caller's transaction ends. */
export async function lockWeights(tx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(${weights})`.execute(tx.db);
}
