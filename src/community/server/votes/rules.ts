import type { PostKind } from '#src/community/contract/posts.ts';

export type Value = -1 | 0 | 1;

/** What a vote on a post is a cause of: for its author, and for who votes. */
export function effectsOf(value: Value, kind: PostKind) {
  if (value === 0) return [];
  if (value === 1) return [{ whom: 'author', cause: 'up-vote' } as const];
  const author = { whom: 'author', cause: 'down-vote' } as const;
  // Voting down an answer costs something, so that it is done for a reason.
  return kind === 'answer' ? [author, { whom: 'voter', cause: 'down-voting' } as const] : [author];
}
