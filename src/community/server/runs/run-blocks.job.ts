import type { Kysely } from 'kysely';
import { RunTerms, Writing } from '#src/community/contract/runs.ts';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { findSetting } from '../settings/queries.ts';
import { keepRuns, type Ran } from './keep-runs.ts';
import { listOffers, postgresOf } from './provide-postgres.ts';
import { findPlan, type PlanBlock } from './queries.ts';
import { isRecording, type Offer, isOverLimit, signatureOf, verdictOn, wantedRuns } from './rules.ts';

const daySeconds = 86_400;

/**
 * Runs the blocks of a public writing on every version where they should have run and did not. What finds no server, or is
 * over its author's measure, is tried again with the next comparison of offers.
 */
export const runBlocks = defineJob('community.run-blocks', Writing, async ({ db, log }, writing) => {
  const offers = await listOffers();
  const plan = await findPlan(db, writing);
  const terms = await findSetting(db, 'runs', RunTerms);
  const late = new Set<number>();
  for (const offer of offers) {
    const wanted = plan.filter((block) => wantedRuns(block, offers).includes(offer));
    const due: PlanBlock[] = [];
    for (const block of wanted)
      if (await mayRun(db, block, offer, terms.runsADay)) due.push(block);
      else late.add(block.id);
    if (due.length === 0) continue;
    try {
      const ran = await runOn(offer, due, terms.secondsAtMost);
      await keepRuns(systemContext(db, noOrg), writing, offer, ran);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn(
        { writing, major: offer.major, error: error.message },
        'no server ran the blocks of a writing',
      );
      for (const { id } of due) late.add(id);
    }
  }
  const done = plan.map(({ id }) => id).filter((id) => !late.has(id));
  if (done.length === 0) return;
  await db
    .updateTable('community.run_block')
    .set({ held_against: signatureOf(offers) })
    .where('id', 'in', done)
    .execute();
});

/**
 * What is recorded runs twice: only so it is seen whether a result can be the same again. Of the others, those run a second
 * time that gave something else: a server that was short of something says nothing against a block.
 */
async function runOn(offer: Offer, due: readonly PlanBlock[], secondsAtMost: number): Promise<Ran[]> {
  const run = async (blocks: readonly PlanBlock[]) =>
    (await postgresOf(offer.engine)?.runAll(
      offer.major,
      blocks.map(({ setup, code }) => ({ setup, code, secondsAtMost })),
    )) ?? [];
  const first = await run(due);
  const doubted = due.filter((block, at) => {
    const one = first[at];
    if (one === undefined) return false;
    const isDoubted = block.onEach ? isOverLimit(one) : verdictOn(block, offer, one) === 'broke';
    return isRecording(block, offer) || isDoubted;
  });
  const second = doubted.length > 0 ? await run(doubted) : [];
  return due.flatMap((block, at) => {
    const one = first[at];
    return one ? [{ block, first: one, second: second[doubted.indexOf(block)] }] : [];
  });
}

/** A new version is no deed of the author's; what they publish is measured. */
async function mayRun(db: Kysely<DB>, block: PlanBlock, offer: Offer, runsADay: number): Promise<boolean> {
  const isTheirs = isRecording(block, offer) || (block.onEach && block.results.length === 0);
  if (block.authorId === null || !isTheirs) return true;
  if (runsADay === 0) return false;
  try {
    await takeRate(db, `run-blocks:${block.authorId}`, { limit: runsADay, windowSeconds: daySeconds });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_many') return false;
    throw error;
  }
}
