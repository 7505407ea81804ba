import { sql } from 'kysely';
import { mvpText } from '#src/community/contract/mvp.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { lockRound } from './lock-round.ts';
import { findDossier } from './queries.ts';
import { placesOf } from './rules.ts';

/** Publishes the result of a round once the jury is done: dossiers, means and places as they are now, for good. */
export async function publishRound(ctx: Context, id: number): Promise<void> {
  await requireStaff(ctx, 'community.mvp.run');
  await inTransaction(ctx, async (tx) => {
    const round = await lockRound(tx, id);
    if (round.phase !== 'counting') throw new AppError('conflict', mvpText.notCounting);
    const nominees = await tx.db
      .selectFrom('community.mvp_nominee')
      .select(['id', 'member_id as memberId'])
      .where('round_id', '=', id)
      .execute();
    const scores = await tx.db
      .selectFrom('community.mvp_score as s')
      .innerJoin('community.mvp_nominee as n', 'n.id', 's.nominee_id')
      .select(['s.nominee_id as nomineeId', 's.points'])
      .where('n.round_id', '=', id)
      .execute();
    const judged = [];
    for (const { id: nomineeId, memberId } of nominees)
      judged.push({
        id: nomineeId,
        scores: scores.flatMap((one) => (one.nomineeId === nomineeId ? [one.points] : [])),
        dossier: await findDossier(tx.db, memberId, round),
      });
    const places = placesOf(judged, round.winners);
    for (const { id: nomineeId, mean, place, isWinner } of places)
      await tx.db
        .updateTable('community.mvp_nominee')
        .set({
          mean: mean === null ? null : mean.toFixed(3),
          place,
          is_winner: isWinner,
          dossier: JSON.stringify(judged.find((one) => one.id === nomineeId)?.dossier),
        })
        .where('id', '=', nomineeId)
        .execute();
    await tx.db
      .updateTable('community.mvp_round')
      .set({ published_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.mvp.publish', String(id), { places });
  });
}
