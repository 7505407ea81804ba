import { Nominate } from '#src/community/contract/mvp.ts';
import { mvpText } from '#src/community/contract/mvp.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findByHandle } from '../members/queries.ts';
import { requireWriter } from '../members/require-member.ts';
import { lockRound } from './lock-round.ts';

/** Nominates another member, who is not in the jury and has no award for a lifetime already; each is nominated once. */
export async function nominateMember(
  ctx: Context,
  roundId: number,
  given: Nominate,
): Promise<{ id: number }> {
  const nominator = await requireWriter(ctx);
  const { handle, reason } = Nominate.parse(given);
  // not audited: the nomination is the trace
  return inTransaction(ctx, async (tx) => {
    const round = await lockRound(tx, roundId);
    if (round.phase !== 'nominating') throw new AppError('conflict', mvpText.notNominating);
    const member = await findByHandle(tx.db, handle);
    if (!member) throw new AppError('not_found', mvpText.noSuchMember(handle));
    if (member.id === nominator.id) throw new AppError('conflict', mvpText.notOneself);
    const juror = await tx.db
      .selectFrom('community.mvp_juror')
      .select('member_id')
      .where('round_id', '=', roundId)
      .where('member_id', '=', member.id)
      .executeTakeFirst();
    if (juror) throw new AppError('conflict', mvpText.isJuror);
    const won =
      round.kind === 'lifetime' &&
      (await tx.db
        .selectFrom('community.mvp_nominee as n')
        .innerJoin('community.mvp_round as r', 'r.id', 'n.round_id')
        .select('n.id')
        .where('r.kind', '=', 'lifetime')
        .where('n.member_id', '=', member.id)
        .where('n.is_winner', '=', true)
        .where('n.revoked_at', 'is', null)
        .executeTakeFirst());
    if (won) throw new AppError('conflict', mvpText.wonBefore);
    const made = await tx.db
      .insertInto('community.mvp_nominee')
      .values({ round_id: roundId, member_id: member.id, nominated_by: nominator.id, reason })
      .onConflict((oc) => oc.columns(['round_id', 'member_id']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', mvpText.nominatedAlready);
    return made;
  });
}
