import { z } from 'zod';
import { line, prose } from '#src/platform/contract/text.ts';
import { Office } from './committees.ts';
import { MemberCard } from './members.ts';
import { Slug } from './organisations.ts';
import { ElectionMethod, Marks, Tally } from './tallies.ts';

const moment = z.string().max(40);

export const CallElection = z
  .object({
    title: line(200),
    about: prose(20_000).default(''),
    method: ElectionMethod,
    seats: z.number().int().min(1).max(50),
    maxScore: z.number().int().min(1).max(100).default(5),
    /** The seats that are filled by it, if they are those of a committee. */
    fills: z
      .object({ committee: Slug, office: Office, months: z.number().int().min(1).max(60) })
      .nullable()
      .default(null),
    /** Who votes: members for so many days, with at least so much reputation, at this moment. */
    joinedDays: z.number().int().min(0).max(3650).default(28),
    minReputation: z.number().int().min(0).max(1_000_000).default(1),
    opensAt: z.iso.datetime({ offset: true }),
    closesAt: z.iso.datetime({ offset: true }),
  })
  .refine(({ opensAt, closesAt }) => Date.parse(opensAt) < Date.parse(closesAt), {
    path: ['closesAt'],
    message: 'must be after the opening',
  });
export type CallElection = z.input<typeof CallElection>;

export const Stand = z.object({ statement: prose(20_000).default('') });
export type Stand = z.input<typeof Stand>;

export const CastBallot = z.object({ marks: Marks });
export type CastBallot = z.infer<typeof CastBallot>;

/** What a voter keeps: the number under which the ballot is published. Shown once. */
export const Receipt = z.object({ receipt: z.string().max(40) });

export const electionStates = ['nominations', 'open', 'closed', 'counted', 'cancelled'] as const;
export const ElectionState = z.enum(electionStates);
export type ElectionState = z.infer<typeof ElectionState>;

export const ListedElection = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  method: ElectionMethod,
  seats: z.number().int(),
  state: ElectionState,
  opensAt: moment,
  closesAt: moment,
  eligible: z.number().int(),
});
export type ListedElection = z.infer<typeof ListedElection>;

export const ElectionList = z.object({ items: z.array(ListedElection), mayCall: z.boolean() });
export type ElectionList = z.infer<typeof ElectionList>;

export const Candidate = z.object({ number: z.number().int(), member: MemberCard, html: z.string() });
export type Candidate = z.infer<typeof Candidate>;

export const Election = ListedElection.extend({
  aboutHtml: z.string(),
  maxScore: z.number().int(),
  fills: z
    .object({ slug: z.string().max(60), name: z.string().max(100), office: Office, months: z.number().int() })
    .nullable(),
  joinedDays: z.number().int(),
  minReputation: z.number().int(),
  candidates: z.array(Candidate),
  voted: z.number().int(),
  /** Only once it is counted: nothing is known before. */
  tally: Tally.nullable(),
  unfinished: z.number().int(),
  isSeated: z.boolean(),
  viewer: z.object({
    isEligible: z.boolean(),
    hasVoted: z.boolean(),
    stands: z.boolean(),
    mayCall: z.boolean(),
  }),
});
export type Election = z.infer<typeof Election>;
