import type { Claim, Strength, WishState, WishTerms } from '#src/community/contract/wishes.ts';

/** What of a voter counts; `tier` is the level of their organisation as a sponsor, from 1 on, and 0 for none. */
export type Voter = { trustLevel: number; isAtOrganisation: boolean; tier: number; isVerifiedUse: boolean };

/** What a vote weighs, in hundredths: its strength, more for trust, for a verified organisation and its level, for a verified use. */
export function weightOf(strength: Strength, voter: Voter, terms: WishTerms): number {
  const percent =
    100 +
    voter.trustLevel * terms.perLevel +
    (voter.isAtOrganisation ? terms.atOrganisation + voter.tier * terms.perTier : 0) +
    (voter.isVerifiedUse ? terms.verifiedUse : 0);
  return Math.max(1, Math.round((terms[strength] * percent) / 100));
}

/** How many votes a trust level gives. */
export const budgetOf = (trustLevel: number, { budget }: WishTerms): number =>
  budget[Math.min(trustLevel, budget.length - 1)] ?? 0;

/** What became of a claim, by its days (`YYYY-MM-DD`). A claim withdrawn after its day was missed. */
export function outcomeOf(
  claim: { dueOn: string; deliveredOn: string | null; withdrawnOn: string | null },
  today: string,
): Claim['outcome'] {
  const { dueOn, deliveredOn, withdrawnOn } = claim;
  if (deliveredOn !== null) return deliveredOn <= dueOn ? 'kept' : 'late';
  if (withdrawnOn !== null && withdrawnOn <= dueOn) return 'withdrawn';
  return dueOn < today ? 'missed' : 'open';
}

/** Of claims whose outcome is certain: how many were kept. One that was withdrawn in time counts for neither. */
export function keepRateOf(outcomes: readonly Claim['outcome'][]): { kept: number; due: number } {
  const due = outcomes.filter((one) => one !== 'open' && one !== 'withdrawn');
  return { kept: due.filter((one) => one === 'kept').length, due: due.length };
}

/** Where a wish may go from where it stands; a duplicate stays one. */
export function mayMove(from: WishState, to: WishState): boolean {
  if (from === to || from === 'duplicate' || to === 'pending') return false;
  return from !== 'pending' || to === 'open' || to === 'declined';
}

/** The middle of some numbers of days, to a tenth; of an even count the mean of the two in the middle. */
export function medianOf(days: readonly number[]): number {
  const sorted = days.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const value = Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
    : (sorted[Math.floor(middle)] ?? 0);
  return Math.round(value * 10) / 10;
}
