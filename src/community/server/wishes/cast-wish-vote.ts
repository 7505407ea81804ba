import { sql } from 'kysely';
import { livingStates, type Strength, type WishTerms } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { lockMembers } from '../points/lock-members.ts';
import { budgetOf, weightOf } from './rules.ts';

/** How many votes a member holds on wishes that are not closed. */
export async function countHeldVotes({ db }: Context, memberId: string): Promise<number> {
  const { count } = await db
    .selectFrom('community.wish_vote as v')
    .innerJoin('community.wish as w', 'w.id', 'v.wish_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('v.member_id', '=', memberId)
    .where('w.state', 'in', [...livingStates])
    .executeTakeFirstOrThrow();
  return count;
}

/** Whether a member works today at an organisation that was verified. */
async function isAtOrganisation({ db }: Context, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('community.employment as e')
    .innerJoin('community.organisation as o', 'o.id', 'e.organisation_id')
    .select('e.id')
    .where('e.member_id', '=', memberId)
    .where(sql<boolean>`e.period @> current_date and e.standing <> 'disputed'`)
    .where('o.state', '=', 'verified')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Gives a vote its strength, or with null takes it back, in the caller's transaction; answers how many are left. The wish's
 * row must be locked, or made, by the caller. Refuses a vote more than the trust level gives, or casts none then.
 */
export async function castWishVote(
  tx: Context,
  member: OwnMember,
  wishId: number,
  strength: Strength | null,
  terms: WishTerms,
  when: 'always' | 'if-any-is-left' = 'always',
): Promise<number> {
  // What this member's votes are is decided one after the other.
  await lockMembers(tx, [member.id]);
  const before = await tx.db
    .selectFrom('community.wish_vote')
    .select('strength')
    .where('wish_id', '=', wishId)
    .where('member_id', '=', member.id)
    .executeTakeFirst();
  const held = await countHeldVotes(tx, member.id);
  const budget = budgetOf(member.trustLevel, terms);
  if (strength === before?.strength || (strength === null && !before)) return budget - held;
  if (strength !== null && !before && held >= budget) {
    if (when === 'if-any-is-left') return 0;
    throw new AppError('conflict', wishText.noVoteLeft(budget));
  }
  if (strength === null) {
    await tx.db
      .deleteFrom('community.wish_vote')
      .where('wish_id', '=', wishId)
      .where('member_id', '=', member.id)
      .execute();
  } else {
    const voter = {
      trustLevel: member.trustLevel,
      isAtOrganisation: await isAtOrganisation(tx, member.id),
      isVerifiedUse: false,
    };
    const weight = weightOf(strength, voter, terms);
    await tx.db
      .insertInto('community.wish_vote')
      .values({ wish_id: wishId, member_id: member.id, strength, weight })
      .onConflict((oc) =>
        oc.columns(['wish_id', 'member_id']).doUpdateSet({ strength, weight, at: sql<Date>`now()` }),
      )
      .execute();
  }
  return budget - held - Number(strength !== null) + Number(before !== undefined);
}
