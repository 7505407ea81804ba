import { sql } from 'kysely';
import type { ServerRun, Writing } from '#src/community/contract/runs.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import type { PlanBlock } from './queries.ts';
import { noteTest } from './note-test.ts';
import { isRecording, type Offer, verdictOn } from './rules.ts';
import { tellBroken } from './tell-broken.ts';

/** What a block gave on a version, and what it gave there the second time. */
export type Ran = { block: PlanBlock; first: ServerRun; second: ServerRun | undefined };

/**
 * Keeps what blocks gave on a version: of one that was recorded the first, of the others what they gave last. Whose
 * block gives something else than they recorded is told once; an entry of the FAQ is verified by a proof that held, and a
 * wish is true on the version that passes its test.
 */
export async function keepRuns(
  ctx: Context,
  writing: Writing,
  offer: Offer,
  ran: readonly Ran[],
): Promise<void> {
  // open to: the job that ran them
  // not audited: nobody decided anything, and the result is its own trace
  await inTransaction(ctx, async (tx) => {
    for (const { block, first, second } of ran) {
      const isRecorded = isRecording(block, offer);
      const run = isRecorded ? first : (second ?? first);
      const isSteady = isRecorded && second ? first.digest === second.digest : block.isSteady;
      const isOther = await keepRun(tx, { ...block, isSteady }, offer, run);
      if (writing.kind === 'wish') {
        await noteTest(tx, writing.id);
        continue;
      }
      // A proof shows that something is right: one that is refused shows nothing.
      const isBroken = isOther || (block.isProof && run.error !== null);
      if (block.isProof) await noteProof(tx, writing.id, offer, isBroken);
      if (isBroken) await tellBroken(tx, writing, offer.major);
    }
  });
}

/** Keeps one result; answers whether it speaks against the block. What an older minor gave goes, unless it was recorded. */
async function keepRun(tx: Context, block: PlanBlock, offer: Offer, run: ServerRun): Promise<boolean> {
  // The writing may have got other words while its blocks ran.
  const { numUpdatedRows } = await tx.db
    .updateTable('community.run_block')
    .set({ is_steady: sql<boolean>`coalesce(is_steady, true) and ${block.isSteady}` })
    .where('id', '=', block.id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const { version: _, digest, shape, ...outcome } = run;
  const place = { engine: offer.engine, major: offer.major, version: offer.version };
  const result = {
    ran_at: sql<Date>`now()`,
    outcome: JSON.stringify(outcome),
    digest,
    shape,
    is_recorded: isRecording(block, offer),
  };
  await tx.db
    .insertInto('community.run_result')
    .values({ block_id: block.id, ...place, ...result })
    .onConflict((oc) => oc.columns(['block_id', 'engine', 'version']).doUpdateSet(result))
    .execute();
  await tx.db
    .deleteFrom('community.run_result')
    .where('block_id', '=', block.id)
    .where('engine', '=', offer.engine)
    .where('major', '=', offer.major)
    .where('version', '<>', offer.version)
    .where('is_recorded', '=', false)
    .execute();
  return verdictOn(block, offer, run) === 'broke';
}

/** Says of an entry of the FAQ what the run of its proof says; only the newest version that it speaks of makes it fresh. */
async function noteProof(
  tx: Context,
  faqId: number,
  { major, version }: Offer,
  isBroken: boolean,
): Promise<void> {
  if (isBroken) {
    await tx.db.updateTable('community.faq').set({ broke_on: version }).where('id', '=', faqId).execute();
    return;
  }
  await sql`update community.faq f set broke_on = null,
      verified_at = case when n.is_newest then now() else f.verified_at end,
      proved_on = case when n.is_newest then ${version} else f.proved_on end
    from (select not exists (select from community.postgres_version v
        where v.major > ${major} and (g.pg_to is null or v.major <= g.pg_to)
          and v.released_on <= (now() at time zone 'UTC')::date) as is_newest
      from community.faq g where g.id = ${faqId}) n
    where f.id = ${faqId}`.execute(tx.db);
}
