import type { Context } from '#src/platform/server/context.ts';

/** Makes whoever else changes the points of these members wait for the caller's transaction; always in one order, so that nobody waits in a circle. */
export async function lockMembers(tx: Context, ids: readonly string[]): Promise<void> {
  await tx.db
    .selectFrom('community.member')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}
