import { z } from 'zod';
import { PostId } from './posts.ts';

/** How bounties are offered; a community changes it by the setting `bounties`. */
export const BountyTerms = z.object({
  atLeast: z.number().int().min(1).max(100_000).default(50),
  atMost: z.number().int().min(1).max(100_000).default(500),
  days: z.number().int().min(1).max(90).default(7),
  /** Votes that an answer given meanwhile needs to get the bounty at the deadline. */
  votesAtDeadline: z.number().int().min(0).max(1000).default(2),
});
export type BountyTerms = z.infer<typeof BountyTerms>;

export const OfferBounty = z.object({
  question: PostId,
  amount: z.coerce.number().int().min(1).max(100_000),
});
export type OfferBounty = z.infer<typeof OfferBounty>;

export const PayBounty = z.object({ answer: PostId });
export type PayBounty = z.infer<typeof PayBounty>;

export const Bounty = z.object({
  id: z.number().int(),
  amount: z.number().int(),
  state: z.enum(['open', 'paid', 'returned']),
  answerId: z.number().int().nullable(),
  endsAt: z.string().max(40),
  isMine: z.boolean(),
});
export type Bounty = z.infer<typeof Bounty>;
