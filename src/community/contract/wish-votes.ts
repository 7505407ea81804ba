import { z } from 'zod';
import { prose } from '#src/platform/contract/text.ts';
import { Handle, MemberCard } from './members.ts';

/** What shows that a member really uses what a wish is about. */
export const VerifyUse = z.object({
  member: Handle,
  evidence: prose(2000).refine((text) => text.trim().length >= 5, 'must have at least 5 characters'),
});
export type VerifyUse = z.input<typeof VerifyUse>;

/** A use that was verified, as those who look after wishes see it. */
export const VerifiedUse = z.object({
  member: MemberCard,
  evidence: z.string().max(2000),
  verifiedBy: MemberCard,
  at: z.string().max(40),
});
export type VerifiedUse = z.infer<typeof VerifiedUse>;

/** The votes of some voters, and how many of them must have it. */
export const Segment = z.object({
  name: z.string().max(60),
  votes: z.number().int(),
  mustVotes: z.number().int(),
  weight: z.number().int(),
});
export type Segment = z.infer<typeof Segment>;

export const segmentKinds = ['trust', 'organisation-kind', 'organisation-size', 'role', 'use'] as const;
export type SegmentKind = (typeof segmentKinds)[number];
