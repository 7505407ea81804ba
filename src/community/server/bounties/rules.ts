/** An answer that may get the bounty at its deadline. */
export type Candidate = { id: number; authorId: string; score: number; isAccepted: boolean; at: Date };

/**
 * Who gets a bounty that was not awarded by hand: the accepted answer, else the one given since the offer with the most votes,
 * at least so many, the earlier of two alike. Undefined when nobody does, and it goes back. Never an answer of who offered it.
 */
export function winnerOf(
  answers: readonly Candidate[],
  bounty: { offeredBy: string; offeredAt: Date },
  votesAtLeast: number,
): Candidate | undefined {
  const others = answers.filter(({ authorId }) => authorId !== bounty.offeredBy);
  return (
    others.find(({ isAccepted }) => isAccepted) ??
    others
      .filter(({ at, score }) => at >= bounty.offeredAt && score >= votesAtLeast)
      .toSorted((a, b) => b.score - a.score || a.id - b.id)[0]
  );
}
