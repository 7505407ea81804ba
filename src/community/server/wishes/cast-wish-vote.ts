import { sql } from 'kysely';
import {
  livingStates,
  type Strength,
  type WishStanding,
  type WishTerms,
} from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { together } from '#src/platform/server/ask-together.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import type { OwnMember } from '../members/queries.ts';
import { findSponsorTier } from '../sponsorships/queries.ts';
import { budgetOf, type Voter, weightOf } from './rules.ts';

/** How many votes a member holds on wishes that are not closed. */
export async function countHeldVotes(ctx: Context, memberId: string): Promise<number> {
  return (await countOfHeld(ctx.db, memberId).executeTakeFirstOrThrow()).count;
}

const countOfHeld = (db: Db, memberId: string) =>
  db
    .selectFrom('community.wish_vote as v')
    .innerJoin('community.wish as w', 'w.id', 'v.wish_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('v.member_id', '=', memberId)
    .where('w.state', 'in', [...livingStates]);

type Voting = { memberId: string; wishId: number };

/** Where a member works today, if that is verified, and whether staff verified their use. */
const standingOf = ({ memberId, wishId }: Voting) => [
  sql<string | null>`(select o.id from community.organisation o
    where o.id = community.employer_on(${memberId}, current_date) and o.state = 'verified')`.as('employer'),
  sql<boolean>`exists (select from community.wish_use where wish_id = ${wishId} and member_id = ${memberId})`.as(
    'isVerifiedUse',
  ),
];
type Standing = { employer: string | null; isVerifiedUse: boolean };

const selectStanding = prepareQuery((db: Db, given: Voting) =>
  db.selectNoFrom(standingOf(given)).$castTo<Standing>(),
);

/** What counts of a member who votes for a wish: trust, where they work today, and whether staff verified their use. */
export async function findVoter(
  tx: Context,
  member: { id: string; trustLevel: number },
  wishId: number,
): Promise<Voter> {
  const [row] = await selectStanding(tx.db, { memberId: member.id, wishId });
  return voterOf(tx, member, row!);
}

const voterOf = async (
  tx: Context,
  { trustLevel }: { trustLevel: number },
  { employer, isVerifiedUse }: Standing,
): Promise<Voter> => ({
  trustLevel,
  isAtOrganisation: employer !== null,
  tier: employer === null ? 0 : await findSponsorTier(tx, employer),
  isVerifiedUse,
});

const selectHeld = prepareQuery((db: Db, given: Voting) =>
  db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('community.wish_vote')
        .select('strength')
        .where('wish_id', '=', given.wishId)
        .where('member_id', '=', given.memberId)
        .as('before'),
      countOfHeld(db, given.memberId).as('held'),
    ])
    .select(standingOf(given))
    .$castTo<HeldVotes>(),
);

/**
 * Asks what a member's votes are until the caller's transaction ends, for nobody else changes them: on one wish, and how many
 * are held. Two questions: the second sees what was written before the lock was free.
 */
export const votesLocked = (db: Db, given: Voting) =>
  [
    sql`select pg_advisory_xact_lock(hashtextextended('community.wish-votes:' || ${given.memberId}::text, 0))`.compile(
      db,
    ),
    selectHeld.of(db, given),
  ] as const;

export type HeldVotes = { before: string | null; held: number } & Standing;

const giveVote = prepareQuery((db: Db, given: Voting & { strength: Strength; weight: number }) =>
  db
    .insertInto('community.wish_vote')
    .values({
      wish_id: given.wishId,
      member_id: given.memberId,
      strength: given.strength,
      weight: given.weight,
    })
    .onConflict((oc) =>
      oc.columns(['wish_id', 'member_id']).doUpdateSet((eb) => ({
        strength: eb.ref('excluded.strength'),
        weight: eb.ref('excluded.weight'),
        at: sql<Date>`now()`,
      })),
    ),
);

/** Writes a vote as it shall be; null takes it away. */
const writeVote = (db: Db, { strength, ...given }: Voting & { strength: Strength | null; weight: number }) =>
  strength === null ? takeVote.of(db, given) : giveVote.of(db, { ...given, strength });

const takeVote = prepareQuery((db: Db, given: Voting) =>
  db
    .deleteFrom('community.wish_vote')
    .where('wish_id', '=', given.wishId)
    .where('member_id', '=', given.memberId),
);

const lockRow = (db: Db, id: number) =>
  db.selectFrom('community.wish').select('id').where('id', '=', id).forNoKeyUpdate().compile();

const selectSums = prepareQuery((db: Db, { id }: { id: number }) =>
  db
    .selectFrom('community.wish')
    .select(['state', 'votes', 'must_votes as mustVotes', 'weight'])
    .where('id', '=', id),
);

/**
 * Gives a vote its strength, or with null takes it back, in the caller's transaction; answers how many are left, and what the
 * wish has now. The caller has locked the votes. Refuses wishes that are closed, and a vote more than the trust level gives, or
 * casts none then.
 */
export async function castWishVote(
  tx: Context,
  vote: { member: OwnMember; wishId: number; strength: Strength | null; terms: WishTerms } & HeldVotes,
  when: 'always' | 'if-any-is-left' = 'always',
): Promise<Omit<WishStanding, 'vote'>> {
  const { member, wishId, strength, terms, before, held } = vote;
  const budget = budgetOf(member.trustLevel, terms);
  const isMore = strength !== null && before === null;
  const isOver = isMore && held >= budget;
  if (isOver && when === 'always') throw new AppError('conflict', wishText.noVoteLeft(budget));
  const isSame = strength === before || isOver;
  const weight = isSame || strength === null ? 0 : weightOf(strength, await voterOf(tx, member, vote), terms);
  // As late as it can be: whoever else votes for the same wish waits from here to the end.
  const lock = lockRow(tx.db, wishId);
  const sums = selectSums.of(tx.db, { id: wishId });
  const writing = writeVote(tx.db, { memberId: member.id, wishId, strength, weight });
  const [now] = isSame
    ? (await together(tx.db, lock, sums))[1]
    : (await together(tx.db, lock, writing, sums))[2];
  const { state, ...standing } = now!;
  if (!livingStates.some((one) => one === state)) throw new AppError('conflict', wishText.isClosed);
  const change = isSame ? 0 : Number(strength !== null) - Number(before !== null);
  return { ...standing, votesLeft: budget - held - change };
}
