import { z } from 'zod';
import { line, prose } from '#src/platform/contract/text.ts';
import { Handle, MemberCard } from './members.ts';
import { Slug } from './organisations.ts';

const moment = z.string().max(40);

/** The way of a meeting, in its order and no other. */
export const meetingStates = ['available', 'open', 'finished', 'closed'] as const;
export const MeetingState = z.enum(meetingStates);
export type MeetingState = z.infer<typeof MeetingState>;

export const CallMeeting = z.object({
  committee: Slug,
  title: line(200),
  startsAt: z.iso.datetime({ offset: true }),
  agenda: prose(20_000).default(''),
  /** Every member may join; otherwise those with a seat in the committee. */
  forAll: z.boolean().default(false),
});
export type CallMeeting = z.input<typeof CallMeeting>;

export const AdvanceMeeting = z.object({ to: z.enum(['open', 'finished', 'closed']) });
export const GiveProxy = z.object({ handle: Handle });
export const Remark = z.object({
  words: prose(1000).refine((text) => text.trim() !== '', 'must not be empty'),
});
export const WriteMinutes = z.object({ minutes: prose(50_000) });
export const AskPoll = z.object({ question: line(500), options: z.array(line(200)).min(2).max(10) });
export type AskPoll = z.infer<typeof AskPoll>;

export const VoteInPoll = z.object({
  option: z.number().int().min(0).max(9),
  /** For whom by proxy; oneself when left out. */
  as: Handle.optional(),
});
export type VoteInPoll = z.infer<typeof VoteInPoll>;

export const MeetingQuery = z.object({ committee: Slug.optional() });
export type MeetingQuery = z.infer<typeof MeetingQuery>;

export const ListedMeeting = z.object({
  id: z.number().int(),
  /** Under which calendars know it. */
  uid: z.uuid(),
  committee: z.object({ slug: z.string().max(60), name: z.string().max(100) }),
  title: z.string().max(200),
  startsAt: moment,
  /** Nobody says beforehand how long it lasts. */
  finishedAt: moment.nullable(),
  changedAt: moment,
  state: MeetingState,
  forAll: z.boolean(),
});
export type ListedMeeting = z.infer<typeof ListedMeeting>;

export const Poll = z.object({
  id: z.number().int(),
  question: z.string().max(500),
  isClosed: z.boolean(),
  options: z.array(z.object({ words: z.string().max(200), votes: z.number().int() })),
});
export type Poll = z.infer<typeof Poll>;

export const Meeting = ListedMeeting.extend({
  agenda: z.string().max(20_000),
  agendaHtml: z.string(),
  minutes: z.string().max(50_000),
  minutesHtml: z.string(),
  attendants: z.array(MemberCard),
  proxies: z.array(z.object({ giver: MemberCard, holder: MemberCard })),
  polls: z.array(Poll),
  remarks: z.array(z.object({ member: MemberCard, words: z.string().max(1000), at: moment })),
  viewer: z.object({
    mayJoin: z.boolean(),
    attends: z.boolean(),
    /** Calls meetings of this committee, opens and closes them. */
    presides: z.boolean(),
    /** Those for whom the reader votes beside themself. */
    votesFor: z.array(MemberCard),
  }),
});
export type Meeting = z.infer<typeof Meeting>;

export const MeetingList = z.object({
  items: z.array(ListedMeeting),
  mayCall: z.array(z.object({ slug: z.string().max(60), name: z.string().max(100) })),
});

export const MeetingRecord = z.object({ markdown: z.string() });
