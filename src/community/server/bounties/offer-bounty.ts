import { sql } from 'kysely';
import { type Bounty, BountyTerms, OfferBounty } from '#src/community/contract/bounties.ts';
import { bountyText } from '#src/community/contract/bounties.text.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { spendPoints } from '../points/change-points.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';
import { findSetting } from '../settings/queries.ts';
import { bountyOf } from './queries.ts';

/**
 * Sets points of the member aside for the best answer to a question: it is gone from them at once, and given or returned
 * at the end. One bounty a question at a time. Refuses more than the member has.
 */
export async function offerBounty(ctx: Context, given: OfferBounty): Promise<Bounty> {
  const member = await requireWriter(ctx);
  const { question: questionId, amount } = OfferBounty.parse(given);
  // not audited: the bounty and the entries of points are the trace
  return inTransaction(ctx, async (tx) => {
    const question = await tx.db
      .selectFrom('community.post')
      .select('closed_at as closedAt')
      .where('id', '=', questionId)
      .where('kind', '=', 'question')
      .where('state', '=', 'published')
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
    if (question.closedAt !== null) throw new AppError('conflict', questionText.isClosed);
    await requirePrivilege(tx, member, 'offerBounty');
    const terms = await findSetting(tx.db, 'bounties', BountyTerms);
    if (amount < terms.atLeast || amount > terms.atMost)
      throw new AppError('conflict', bountyText.outOfRange(terms.atLeast, terms.atMost));
    const bounty = await tx.db
      .insertInto('community.bounty')
      .values({
        question_id: questionId,
        offered_by: member.id,
        amount,
        ends_at: sql<Date>`now() + make_interval(days => ${terms.days})`,
      })
      .onConflict((oc) => oc.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!bounty) throw new AppError('conflict', bountyText.hasOne);
    const short = await spendPoints(tx, {
      memberId: member.id,
      contra: 'bounties',
      amount,
      cause: 'bounty-offered',
      key: String(bounty.id),
      postId: questionId,
    });
    if (short) throw new AppError('conflict', bountyText.notEnough(short.has));
    return bountyOf(bounty, member.id);
  });
}
