import { z } from 'zod';
import { line, prose } from '#src/platform/contract/text.ts';
import { MeasuredValue } from './measures.ts';
import { Handle, MemberCard } from './members.ts';
import { Slug } from './organisations.ts';

/** The committee that leads the others; its chair and deputies are those of the community. */
export const boardSlug = 'board';

export const offices = ['chair', 'deputy', 'member'] as const;
export const Office = z.enum(offices);
export type Office = z.infer<typeof Office>;

export const seatOrigins = ['appointed', 'applied', 'elected'] as const;
export const SeatOrigin = z.enum(seatOrigins);
export type SeatOrigin = z.infer<typeof SeatOrigin>;

/** A day as people write it: 2026-11-29. */
export const Day = z.iso.date();

export const FillSeat = z.object({
  handle: Handle,
  office: Office,
  /** From when on; at once when left out. */
  from: Day.optional(),
  months: z.number().int().min(1).max(60),
});
export type FillSeat = z.infer<typeof FillSeat>;

const moment = z.string().max(40);

export const Seat = z.object({
  id: z.uuid(),
  member: MemberCard,
  office: Office,
  from: moment,
  until: moment,
  standing: z.enum(['now', 'later', 'past']),
  origin: SeatOrigin,
});
export type Seat = z.infer<typeof Seat>;

/** A committee in the list of them. */
export const ListedCommittee = z.object({
  slug: z.string().max(60),
  name: z.string().max(100),
  mission: z.string().max(400),
  /** Those who hold a seat now: the chair first, then deputies. */
  seats: z.array(Seat),
  openMatters: z.number().int(),
});
export type ListedCommittee = z.infer<typeof ListedCommittee>;

/** Something of other rooms that waits for the committee, and where. */
export const Waiting = z.object({
  what: z.enum([
    'organisations',
    'offerings',
    'experts',
    'campus-chapters',
    'chapters',
    'reviews',
    'applications',
  ]),
  count: z.number().int(),
  href: z.string().max(200),
});
export type Waiting = z.infer<typeof Waiting>;

export const Committee = ListedCommittee.extend({
  /** Seats that were held, and those that begin later. */
  otherSeats: z.array(Seat),
  /** What the seats of this committee permit. */
  permissions: z.array(z.string().max(100)),
  measures: z.array(MeasuredValue),
  viewer: z.object({
    office: Office.nullable(),
    ownSeat: z.uuid().nullable(),
    mayFill: z.array(Office),
    hasApplied: z.boolean(),
    /** Reads the queue: somebody with a seat, or who looks after all committees. */
    mayRead: z.boolean(),
  }),
});
export type Committee = z.infer<typeof Committee>;

export const FileMatter = z.object({ title: line(200), markdown: prose(20_000).default('') });
export type FileMatter = z.input<typeof FileMatter>;

export const CloseMatter = z.object({
  outcome: z.enum(['done', 'declined']),
  answer: prose(4000).refine((text) => text.trim() !== '', 'must not be empty'),
});
export type CloseMatter = z.infer<typeof CloseMatter>;

export const AssignMatter = z.object({ handle: Handle });
export type AssignMatter = z.infer<typeof AssignMatter>;

export const Matter = z.object({
  id: z.number().int(),
  committee: Slug,
  title: z.string().max(200),
  html: z.string(),
  filedBy: MemberCard,
  filedAt: moment,
  assignedTo: MemberCard.nullable(),
  state: z.enum(['open', 'done', 'declined']),
  answer: z.string().max(4000),
  closedAt: moment.nullable(),
});
export type Matter = z.infer<typeof Matter>;

/** What waits for a committee. Those without a seat see what they brought themselves. */
export const Queue = z.object({ waiting: z.array(Waiting), matters: z.array(Matter) });
export type Queue = z.infer<typeof Queue>;
