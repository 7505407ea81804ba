import { z } from 'zod';

export const electionMethods = ['approval', 'score', 'stv'] as const;
export const ElectionMethod = z.enum(electionMethods);
export type ElectionMethod = z.infer<typeof ElectionMethod>;

/**
 * What a ballot says, by the numbers of candidates: with approval those who are approved of, with STV the preferences in
 * their order, with score one figure for each candidate in the order of their numbers.
 */
export const Marks = z.array(z.number().int().min(0).max(1000)).max(100);
export type Marks = z.infer<typeof Marks>;

/** A ballot as it is published: the voter's receipt and what was marked. */
export const Paper = z.object({ receipt: z.string().max(40), marks: Marks });
export type Paper = z.infer<typeof Paper>;

/** Votes as they are written: with five digits behind the point where there are fractions. */
const votes = z.string().max(20);

/** One stage of a count: what was done, and where each candidate stood after it. */
export const Stage = z.object({
  action: z.enum(['first', 'surplus', 'exclusion']),
  /** Whose votes were transferred; null in the first stage. */
  candidate: z.number().int().nullable(),
  /** Who was elected by it. */
  elected: z.array(z.number().int()),
  votes: z.array(votes),
  /** Of papers on which nobody is left. */
  nonTransferable: votes,
  /** What fell off behind the fifth digit. */
  lost: votes,
  /** Candidates who were level where one had to be chosen, and how that was done. */
  tie: z.object({ between: z.array(z.number().int()), by: z.enum(['earlier-stage', 'lot']) }).nullable(),
});
export type Stage = z.infer<typeof Stage>;

/** What a count found. */
export const Tally = z.object({
  method: ElectionMethod,
  seats: z.number().int(),
  ballots: z.number().int(),
  /** Only with STV. */
  quota: z.number().int().nullable(),
  /** The candidates' votes, or their points. */
  totals: z.array(votes),
  stages: z.array(Stage),
  winners: z.array(z.number().int()),
  /** Candidates who were level at the last seat, and were chosen among by lot. */
  tied: z.array(z.number().int()),
  /** The order in which the lot takes candidates; who stands earlier gives way. */
  lot: z.array(z.number().int()),
});
export type Tally = z.infer<typeof Tally>;

/** What is published of an election that was counted: enough to count it again without us. */
export const ElectionFile = z.object({
  format: z.literal('elepherd-election-1'),
  id: z.number().int(),
  title: z.string().max(200),
  method: ElectionMethod,
  seats: z.number().int().min(1).max(50),
  maxScore: z.number().int().min(1).max(100),
  candidates: z.array(z.string().max(200)).max(100),
  eligible: z.number().int(),
  ballots: z.array(Paper),
  tally: Tally,
});
export type ElectionFile = z.infer<typeof ElectionFile>;
