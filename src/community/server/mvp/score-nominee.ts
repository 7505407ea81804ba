import { ScoreNominee } from '#src/community/contract/mvp.ts';
import { mvpText } from '#src/community/contract/mvp.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { listEmployers } from '../moderation/require-neutral.ts';
import { lockRound } from './lock-round.ts';
import { conflictOfJuror } from './rules.ts';

/** Scores a nominee as one of the jury, or changes one's score, while the jury scores; never where something stands between them. */
export async function scoreNominee(ctx: Context, nomineeId: number, given: ScoreNominee): Promise<void> {
  const juror = await requireMember(ctx);
  const { points, note } = ScoreNominee.parse(given);
  // not audited: the score is the trace
  await inTransaction(ctx, async (tx) => {
    const nominee = await tx.db
      .selectFrom('community.mvp_nominee')
      .select(['round_id as roundId', 'member_id as memberId', 'nominated_by as nominatedBy'])
      .where('id', '=', nomineeId)
      .executeTakeFirst();
    if (!nominee) throw new AppError('not_found', mvpText.noSuchNominee);
    const round = await lockRound(tx, nominee.roundId);
    const seat = await tx.db
      .selectFrom('community.mvp_juror')
      .select('member_id')
      .where('round_id', '=', round.id)
      .where('member_id', '=', juror.id)
      .executeTakeFirst();
    if (!seat) throw new AppError('conflict', mvpText.notJuror);
    if (round.phase !== 'scoring') throw new AppError('conflict', mvpText.notScoring);
    const employersOf = async (id: string) => (await listEmployers(tx.db, id)).map((one) => one.id);
    const conflict = conflictOfJuror(
      { id: juror.id, employers: await employersOf(juror.id) },
      { ...nominee, employers: await employersOf(nominee.memberId) },
    );
    if (conflict) throw new AppError('conflict', mvpText[conflict]);
    await tx.db
      .insertInto('community.mvp_score')
      .values({ nominee_id: nomineeId, juror_id: juror.id, points, note })
      .onConflict((oc) =>
        oc.columns(['nominee_id', 'juror_id']).doUpdateSet({ points, note, at: new Date() }),
      )
      .execute();
  });
}
