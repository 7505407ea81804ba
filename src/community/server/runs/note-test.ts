import { passesTest } from '#src/community/contract/passes-test.ts';
import type { RunOutcome } from '#src/community/contract/runs.ts';
import type { Context } from '#src/platform/server/context.ts';
import { tellOfTruth } from '../wishes/tell-voters.ts';

/**
 * Says of a wish the first major that passes its test, in the transaction that kept a result. When there is one for the
 * first time, its author and voters are told; when none passes any longer, it is not true.
 */
export async function noteTest(tx: Context, wishId: number): Promise<void> {
  const wish = await tx.db
    .selectFrom('community.wish')
    .selectAll()
    .where('id', '=', wishId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!wish) return;
  const rows = await tx.db
    .selectFrom('community.run_result as r')
    .innerJoin('community.run_block as b', 'b.id', 'r.block_id')
    .select(['r.major', 'r.outcome'])
    .where('b.wish_id', '=', wishId)
    .orderBy('r.major')
    .execute();
  const first = rows.find(({ outcome }) => passesTest(outcome as unknown as RunOutcome))?.major ?? null;
  if (first === wish.true_on) return;
  await tx.db.updateTable('community.wish').set({ true_on: first }).where('id', '=', wishId).execute();
  if (wish.true_on === null && first !== null) await tellOfTruth(tx, wish, first);
}
