import type { PostKind } from '#src/community/contract/posts.ts';
import type { ReputationAmounts } from '#src/community/contract/privileges.ts';

export type Value = -1 | 0 | 1;

/** What a vote on a post means for reputation: for its author, and for who votes. */
export function effectsOf(value: Value, kind: PostKind, amounts: ReputationAmounts) {
  if (value === 0) return [];
  if (value === 1) return [{ whom: 'author', cause: 'up-vote', amount: amounts.upVote } as const];
  const author = { whom: 'author', cause: 'down-vote', amount: amounts.downVote } as const;
  // Voting down an answer costs something, so that it is done for a reason.
  return kind === 'answer'
    ? [author, { whom: 'voter', cause: 'down-voting', amount: amounts.downVoting } as const]
    : [author];
}

/** What remains of an up-vote's points for an author who earned so much today: at the cap nothing, just below it a part. */
export const underCap = (points: number, earnedToday: number, dailyCap: number): number =>
  Math.max(0, Math.min(points, dailyCap - earnedToday));
