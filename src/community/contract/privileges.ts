import { z } from 'zod';

const threshold = (reputation: number) =>
  z.number().int().min(-1_000_000).max(10_000_000).default(reputation);

/**
 * What members may do from which reputation on. The amounts are those of Apache Answer and Stack Overflow; a community
 * changes them by the setting `privileges`.
 */
export const Privileges = z.object({
  voteUp: threshold(15),
  comment: threshold(50),
  offerBounty: threshold(75),
  voteDown: threshold(125),
  edit: threshold(200),
  invite: threshold(1000),
  createTag: threshold(1500),
  editUnreviewed: threshold(2000),
  close: threshold(3000),
});
export type Privileges = z.infer<typeof Privileges>;
export type Privilege = keyof Privileges;

const amount = (points: number) => z.number().int().min(-1000).max(1000).default(points);

/** What reputation comes and goes for; a community changes it by the setting `reputation`. */
export const ReputationAmounts = z.object({
  upVote: amount(10),
  downVote: amount(-2),
  /** For who votes down an answer. */
  downVoting: amount(-1),
  accepted: amount(15),
  accepting: amount(2),
  /** From up-votes, a day in UTC; acceptances and bounties come on top. */
  dailyCap: z.number().int().min(0).max(1_000_000).default(200),
});
export type ReputationAmounts = z.infer<typeof ReputationAmounts>;

/** How questions are closed and experts invited; a community changes it by the setting `questions`. */
export const QuestionTerms = z.object({
  /** Members who must want a question closed, or open again. */
  closeVotes: z.number().int().min(1).max(100).default(3),
  invitationsAtMost: z.number().int().min(1).max(100).default(5),
});
export type QuestionTerms = z.infer<typeof QuestionTerms>;

/** All that is decided about reputation, as everybody may read it. */
export const ReputationTerms = z.object({
  privileges: Privileges,
  amounts: ReputationAmounts,
  questions: QuestionTerms,
});
export type ReputationTerms = z.infer<typeof ReputationTerms>;

/** The same for a reader: what their own reputation is, and whether they may decide about it. */
export const ReputationPage = z.object({
  terms: ReputationTerms,
  /** Null for who is no member. */
  own: z.number().int().nullable(),
  mayChange: z.boolean(),
});
export type ReputationPage = z.infer<typeof ReputationPage>;
