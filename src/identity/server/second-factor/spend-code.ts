import { sql } from 'kysely';
import type { Db } from '#src/platform/server/db.ts';

/** Longer than a code stays valid with its neighbours on both sides. */
export const spentMinutes = 5;

/** Takes a code that was just found right, and answers whether nobody had used it before. Of two at the same moment one gets it. */
export async function spendCode(db: Db, accountId: string, code: string): Promise<boolean> {
  const taken = await db
    .insertInto('identity.spent_code')
    .values({ account_id: accountId, code })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'code'])
        .doUpdateSet({ spent_at: sql<Date>`now()` })
        .where(
          'identity.spent_code.spent_at',
          '<',
          sql<Date>`now() - make_interval(mins => ${spentMinutes})`,
        ),
    )
    .returning('code')
    .executeTakeFirst();
  return taken !== undefined;
}
