import { z } from 'zod';
import { prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { Slug } from './organisations.ts';

const Answer = prose(4000).refine((text) => text.trim() !== '', 'must not be empty');

/** The questions that the community asks of whoever wants to join its core group, in their order. */
export const coreQuestions = [
  'whoIAm',
  'reason',
  'valueOffered',
  'viewOfPresent',
  'area',
  'yearlyMeasure',
  'consequence',
] as const;

const answers = {
  whoIAm: Answer,
  reason: Answer,
  valueOffered: Answer,
  viewOfPresent: Answer,
  area: Answer,
  yearlyMeasure: Answer,
  consequence: Answer,
};

export const ApplyToCore = z.object({ committee: Slug, ...answers });
export type ApplyToCore = z.infer<typeof ApplyToCore>;

export const voteChoices = ['yes', 'no', 'abstain'] as const;
export const VoteChoice = z.enum(voteChoices);
export type VoteChoice = z.infer<typeof VoteChoice>;

export const VoteOnApplication = z.object({ choice: VoteChoice, note: prose(500).trim().default('') });
export type VoteOnApplication = z.input<typeof VoteOnApplication>;

export const applicationStates = ['open', 'accepted', 'refused', 'withdrawn'] as const;
export const ApplicationState = z.enum(applicationStates);
export type ApplicationState = z.infer<typeof ApplicationState>;

const moment = z.string().max(40);

export const ListedApplication = z.object({
  id: z.number().int(),
  committee: z.object({ slug: z.string().max(60), name: z.string().max(100) }),
  applicant: MemberCard,
  state: ApplicationState,
  appliedAt: moment,
  votesUntil: moment,
  isOwn: z.boolean(),
});
export type ListedApplication = z.infer<typeof ListedApplication>;

export const CoreApplication = ListedApplication.extend({
  answers: z.object({
    whoIAm: z.string().max(4000),
    reason: z.string().max(4000),
    valueOffered: z.string().max(4000),
    viewOfPresent: z.string().max(4000),
    area: z.string().max(4000),
    yearlyMeasure: z.string().max(4000),
    consequence: z.string().max(4000),
  }),
  decidedAt: moment.nullable(),
  /** Only for those who vote. */
  votes: z
    .array(z.object({ member: MemberCard, choice: VoteChoice, note: z.string().max(500), at: moment }))
    .nullable(),
  /** How many may vote now. */
  electors: z.number().int(),
  viewer: z.object({ mayVote: z.boolean(), choice: VoteChoice.nullable() }),
});
export type CoreApplication = z.infer<typeof CoreApplication>;

export const ApplicationQuery = z.object({ committee: Slug.optional() });
