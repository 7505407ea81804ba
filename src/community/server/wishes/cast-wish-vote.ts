import { sql } from 'kysely';
import { livingStates, type Strength, type WishTerms } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { findSponsorTier } from '../sponsorships/queries.ts';
import { budgetOf, type Voter, weightOf } from './rules.ts';

/** How many votes a member holds on wishes that are not closed. */
export async function countHeldVotes(ctx: Context, memberId: string): Promise<number> {
  return (await countOfHeld(ctx, memberId).executeTakeFirstOrThrow()).count;
}

const countOfHeld = ({ db }: Context, memberId: string) =>
  db
    .selectFrom('community.wish_vote as v')
    .innerJoin('community.wish as w', 'w.id', 'v.wish_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('v.member_id', '=', memberId)
    .where('w.state', 'in', [...livingStates]);

/** What counts of a member who votes for a wish: trust, where they work today, and whether staff verified their use. */
export async function findVoter(
  tx: Context,
  member: { id: string; trustLevel: number },
  wishId: number,
): Promise<Voter> {
  const { rows } = await sql<{ employer: string | null; isVerifiedUse: boolean }>`
    select (select o.id from community.organisation o
        where o.id = community.employer_on(${member.id}, current_date) and o.state = 'verified') as employer,
      exists (select from community.wish_use where wish_id = ${wishId} and member_id = ${member.id}) as "isVerifiedUse"`.execute(
    tx.db,
  );
  const { employer = null, isVerifiedUse = false } = rows[0] ?? {};
  return {
    trustLevel: member.trustLevel,
    isAtOrganisation: employer !== null,
    tier: employer === null ? 0 : await findSponsorTier(tx, employer),
    isVerifiedUse,
  };
}

/** What a member's votes are until the caller's transaction ends, for nobody else changes them: on one wish, and how many are held. */
export async function lockVotes(tx: Context, member: OwnMember, wishId: number): Promise<HeldVotes> {
  await sql`select pg_advisory_xact_lock(hashtextextended('community.wish-votes:' || ${member.id}::text, 0))`.execute(
    tx.db,
  );
  const { before, held } = await tx.db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('community.wish_vote')
        .select('strength')
        .where('wish_id', '=', wishId)
        .where('member_id', '=', member.id)
        .as('before'),
      countOfHeld(tx, member.id).as('held'),
    ])
    .executeTakeFirstOrThrow();
  return { before, held: held ?? 0 };
}
export type HeldVotes = { before: string | null; held: number };

/**
 * Gives a vote its strength, or with null takes it back, in the caller's transaction; answers how many are left. The caller has
 * locked the votes first, then the wish's row, or made it. Refuses a vote more than the trust level gives, or casts none then.
 */
export async function castWishVote(
  tx: Context,
  vote: { member: OwnMember; wishId: number; strength: Strength | null; terms: WishTerms } & HeldVotes,
  when: 'always' | 'if-any-is-left' = 'always',
): Promise<number> {
  const { member, wishId, strength, terms, before, held } = vote;
  const budget = budgetOf(member.trustLevel, terms);
  if (strength === before) return budget - held;
  if (strength !== null && before === null && held >= budget) {
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
    const weight = weightOf(strength, await findVoter(tx, member, wishId), terms);
    await tx.db
      .insertInto('community.wish_vote')
      .values({ wish_id: wishId, member_id: member.id, strength, weight })
      .onConflict((oc) =>
        oc.columns(['wish_id', 'member_id']).doUpdateSet({ strength, weight, at: sql<Date>`now()` }),
      )
      .execute();
  }
  return budget - held - Number(strength !== null) + Number(before !== null);
}
