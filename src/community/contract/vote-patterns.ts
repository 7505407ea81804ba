import { z } from 'zod';
import { MemberCard } from './members.ts';

export const patternKinds = ['ring', 'one-sided', 'same-place', 'circle', 'chain'] as const;
export const PatternKind = z.enum(patternKinds);
export type PatternKind = z.infer<typeof PatternKind>;

/** Votes that look arranged, of the last ninety days. */
export const VotePattern = z.object({
  id: z.number().int(),
  kind: PatternKind,
  giver: MemberCard,
  taker: MemberCard,
  /** Up-votes of the giver for the taker. */
  given: z.number().int(),
  givenAll: z.number().int(),
  returned: z.number().int(),
  /** What the taker has by them. */
  points: z.number().int(),
  /** How many vote round in its circle; null for votes of none. */
  circleOf: z.number().int().nullable(),
  at: z.string().max(40),
});
export type VotePattern = z.infer<typeof VotePattern>;

/** Agreed: what the votes brought is taken back. Declined: nothing is, and it is not asked again for ninety days. */
export const DecidePattern = z.object({ verdict: z.enum(['agree', 'decline']) });
export type DecidePattern = z.infer<typeof DecidePattern>;
