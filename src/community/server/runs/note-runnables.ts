import { sql } from 'kysely';
import { RunTerms, type Writing } from '#src/community/contract/runs.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Runnable } from '../markdown/runnable.rules.ts';
import { findSetting } from '../settings/queries.ts';
import { orderRun } from './order-run.ts';
import { blockColumn } from './rules.ts';

/**
 * Notes which blocks of a public writing are to run on the server and has them run, in the caller's transaction; blocks
 * whose words are gone lose their results. Those of an author whom too few trust yet run in browsers alone; with null the
 * staff wrote it.
 */
export async function noteRunnables(
  tx: Context,
  writing: Writing,
  authorId: string | null,
  runnables: readonly (Runnable & { isProof?: boolean })[],
): Promise<void> {
  const wished = runnables.length === 0 ? [] : await admitted(tx, authorId, runnables);
  const column = blockColumn(writing);
  await tx.db
    .deleteFrom('community.run_block')
    .where(column, '=', writing.id)
    .$if(wished.length > 0, (gone) =>
      gone.where(
        'hash',
        'not in',
        wished.map(({ hash }) => hash),
      ),
    )
    .execute();
  if (wished.length === 0) return;
  for (const [position, { hash, setup, code, majors, isProof = false }] of wished.entries()) {
    const place = { position, majors: [...majors], is_proof: isProof, held_against: '' };
    await tx.db
      .insertInto('community.run_block')
      .values({ [column]: writing.id, hash, setup, code, ...place })
      .onConflict((oc) => oc.columns([column, 'hash']).where(column, 'is not', null).doUpdateSet(place))
      .execute();
  }
  // A major that the author names from now on shows what they mean, whatever it was held against before.
  await sql`update community.run_result r set is_recorded = r.major = any (b.majors) from community.run_block b
    where b.id = r.block_id and b.majors <> '{}' and ${sql.ref(`b.${column}`)} = ${writing.id}
      and r.is_recorded <> (r.major = any (b.majors))`.execute(tx.db);
  await orderRun(tx.db, writing);
}

async function admitted<T>(tx: Context, authorId: string | null, runnables: readonly T[]): Promise<T[]> {
  const terms = await findSetting(tx.db, 'runs', RunTerms);
  if (authorId !== null) {
    const author = await tx.db
      .selectFrom('community.member')
      .select('trust_level')
      .where('id', '=', authorId)
      .executeTakeFirst();
    if ((author?.trust_level ?? 0) < terms.trustLevel) return [];
  }
  return runnables.slice(0, terms.blocksAWriting);
}
