import { z } from 'zod';
import { line, prose } from '#src/platform/contract/text.ts';
import { Day } from './committees.ts';
import { Handle, MemberCard } from './members.ts';
import { Slug } from './organisations.ts';

const votes = z.number().int().min(0).max(1_000_000).default(0);
const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const option = z.number().int().min(0).max(9);

export const RecordResolution = z.object({
  committee: Slug,
  title: line(200),
  text: prose(20_000).refine((words) => words.trim() !== '', 'must not be empty'),
  decidedOn: Day,
  yes: votes,
  no: votes,
  abstain: votes,
  owner: Handle.nullable().default(null),
  dueOn: Day.nullable().default(null),
  meetingId: id.nullable().default(null),
  /** The ended poll that decided it, which of its options was adopted, and which means to abstain; the others are against it. */
  poll: z
    .object({ id, yes: option, abstain: option.nullable().default(null) })
    .nullable()
    .default(null),
  /** The counted election that decided it. */
  electionId: id.nullable().default(null),
});
export type RecordResolution = z.input<typeof RecordResolution>;

export const resolutionStates = ['open', 'done', 'dropped'] as const;
export const ResolutionState = z.enum(resolutionStates);
export type ResolutionState = z.infer<typeof ResolutionState>;

export const FollowUp = z.object({ state: ResolutionState, words: prose(4000) });
export type FollowUp = z.infer<typeof FollowUp>;

const day = z.string().max(10);

export const Resolution = z.object({
  id: z.number().int(),
  committee: z.object({ slug: z.string().max(60), name: z.string().max(100) }),
  title: z.string().max(200),
  html: z.string(),
  decidedOn: day,
  yes: z.number().int(),
  no: z.number().int(),
  abstain: z.number().int(),
  owner: MemberCard.nullable(),
  dueOn: day.nullable(),
  isLate: z.boolean(),
  state: ResolutionState,
  followUp: z.string().max(4000),
  meeting: z.object({ id: z.number().int(), title: z.string().max(200) }).nullable(),
  /** What decided it, and so gave it its votes. */
  poll: z.object({ id: z.number().int(), question: z.string().max(500) }).nullable(),
  election: z.object({ id: z.number().int(), title: z.string().max(200) }).nullable(),
  mayFollowUp: z.boolean(),
});
export type Resolution = z.infer<typeof Resolution>;

export const ResolutionList = z.object({
  items: z.array(Resolution),
  mayRecord: z.array(z.object({ slug: z.string().max(60), name: z.string().max(100) })),
});
export type ResolutionList = z.infer<typeof ResolutionList>;
