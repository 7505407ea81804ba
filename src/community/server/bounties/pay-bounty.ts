import { PayBounty } from '#src/community/contract/bounties.ts';
import { bountyText } from '#src/community/contract/bounties.text.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { endBounty, lockBounty } from './end-bounty.ts';

/** Gives a bounty to an answer, by who offered it; never to an answer of their own. */
export async function payBounty(ctx: Context, bountyId: number, given: PayBounty): Promise<void> {
  const member = await requireWriter(ctx);
  const { answer: answerId } = PayBounty.parse(given);
  // not audited: the bounty and the entries of points are the trace
  await inTransaction(ctx, async (tx) => {
    const bounty = await lockBounty(tx, bountyId);
    if (bounty?.offered_by !== member.id) throw new AppError('not_found', bountyText.noSuchBounty);
    if (bounty.state !== 'open') throw new AppError('conflict', bountyText.isOver);
    const answer = await tx.db
      .selectFrom('community.post')
      .select(['id', 'author_id as authorId'])
      .where('id', '=', answerId)
      .where('parent_id', '=', bounty.question_id)
      .where('state', '=', 'published')
      .executeTakeFirst();
    if (!answer) throw new AppError('not_found', questionText.noSuchAnswer);
    if (answer.authorId === member.id) throw new AppError('conflict', bountyText.notToOneself);
    await endBounty(tx, bounty, answer);
  });
}
