import { sql } from 'kysely';
import { VoteForWish, WishTerms, type WishStanding } from '#src/community/contract/wishes.ts';
import { together } from '#src/platform/server/ask-together.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { requireWriter } from '../members/require-member.ts';
import { findSetting } from '../settings/queries.ts';
import { castWishVote, votesLocked } from './cast-wish-vote.ts';
import { isNamed, isPublicWish, lockWish } from './lock-wish.ts';

/** Says that one needs a wish too, how much, or with null no longer. Refuses wishes that are closed, and a vote more than one has. */
export async function voteForWish(ctx: Context, id: number, given: VoteForWish): Promise<WishStanding> {
  const { strength } = VoteForWish.parse(given);
  const [member, terms] = await Promise.all([requireWriter(ctx), findSetting(ctx.db, 'wishes', WishTerms)]);
  // not audited: the votes are the trace
  return inTransaction(ctx, async (tx) => {
    const voting = { memberId: member.id, wishId: id };
    const [, [votes], [seen]] = await together(
      tx.db,
      ...votesLocked(tx.db, voting),
      selectSeen.of(tx.db, voting),
    );
    // Those who look after wishes see more of them; whether somebody does is asked only where it matters.
    if (!seen) await lockWish(tx, id, { member, mayManage: await mayAsStaff(tx, 'community.wish.manage') });
    const standing = await castWishVote(tx, { member, wishId: id, strength, terms, ...votes! });
    return { ...standing, vote: strength };
  });
}

const selectSeen = prepareQuery((db: Db, { wishId, memberId }: { wishId: number; memberId: string }) =>
  db
    .selectFrom('community.wish as w')
    .select('w.id')
    .where('w.id', '=', wishId)
    .where(sql<boolean>`(${isPublicWish} or ${isNamed(sql`${memberId}`)})`),
);
