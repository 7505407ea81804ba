import { livingStates, VoteForWish, WishTerms, type WishStanding } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { requireWriter } from '../members/require-member.ts';
import { findSetting } from '../settings/queries.ts';
import { castWishVote, lockVotes } from './cast-wish-vote.ts';
import { lockWish } from './lock-wish.ts';

/** Says that one needs a wish too, how much, or with null no longer. Refuses wishes that are closed, and a vote more than one has. */
export async function voteForWish(ctx: Context, id: number, given: VoteForWish): Promise<WishStanding> {
  const { strength } = VoteForWish.parse(given);
  const [member, terms] = await Promise.all([requireWriter(ctx), findSetting(ctx.db, 'wishes', WishTerms)]);
  // not audited: the votes are the trace
  return inTransaction(ctx, async (tx) => {
    const votes = await lockVotes(tx, member, id);
    // As late as it can be: whoever else votes for the same wish waits from here to the end.
    const wish = await lockSeen(tx, id, member);
    if (!livingStates.some((state) => state === wish.state))
      throw new AppError('conflict', wishText.isClosed);
    const votesLeft = await castWishVote(tx, { member, wishId: id, strength, terms, ...votes });
    const sums = await tx.db
      .selectFrom('community.wish')
      .select(['votes', 'must_votes as mustVotes', 'weight'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { ...sums, vote: strength, votesLeft };
  });
}

/** Those who look after wishes see more of them; whether somebody does is asked only where it matters. */
async function lockSeen(tx: Context, id: number, member: OwnMember) {
  try {
    return await lockWish(tx, id, { member, mayManage: false });
  } catch (error) {
    const isUnseen = error instanceof AppError && error.code === 'not_found';
    if (!isUnseen || !(await mayAsStaff(tx, 'community.wish.manage'))) throw error;
    return lockWish(tx, id, { member, mayManage: true });
  }
}
