import { z } from 'zod';

const seconds = (fallback: number) =>
  z
    .number()
    .int()
    .min(0)
    .max(24 * 3600)
    .default(fallback);
const count = (fallback: number, max = 1000) => z.number().int().min(0).max(max).default(fallback);
const days = (fallback: number) => z.number().int().min(1).max(365).default(fallback);

/** What a community may decide about moderation; the defaults are those of Discourse and NodeBB. */
export const ModerationSettings = z.object({
  /** Between two articles or questions, and for newcomers (trust level 0). */
  topicGapSeconds: seconds(15),
  newcomerTopicGapSeconds: seconds(120),
  /** Between two answers or comments. */
  replyGapSeconds: seconds(5),
  newcomerReplyGapSeconds: seconds(30),
  messageGapSeconds: seconds(2),
  topicsADay: count(20),
  repliesADay: count(300),
  messagesADay: count(100),
  editsADay: count(30),
  flagsADay: count(10),
  /** On a newcomer's first day. */
  firstDayTopics: count(3),
  firstDayReplies: count(10),
  /** In one writing of a newcomer. */
  newcomerImages: count(1),
  newcomerLinks: count(2),
  newcomerMentions: count(2),
  mentionsAtMost: count(10),
  /** How many first articles, questions and answers of a newcomer wait for review, whatever they say. */
  firstWritingsHeld: count(0, 20),
  /** From this spam score on a writing of level 0 or 1 waits for review. */
  newcomerHoldScore: count(3, 100),
  memberHoldScore: count(5, 100),
  /** So many flaggers, or this sum of weights in tenths of a flag, hide a writing until it is reviewed. */
  flaggersToHide: z.number().int().min(1).max(100).default(5),
  flagWeightToHide: z.number().int().min(1).max(1000).default(40),
  /** So many flagged writings of a newcomer silence them until somebody looks. */
  flaggedWritingsToSilence: z.number().int().min(1).max(100).default(3),
  /** Distinct reviewers that it takes to publish what waits. */
  reviewersNeeded: z.number().int().min(1).max(3).default(1),
  /** How long an author may appeal, and until when the appeal is answered. */
  appealDays: days(30),
  appealAnswerDays: days(7),
  /** How long an author may answer a claim of copyright before the post goes. */
  takedownDays: days(7),
  /** How long a level is kept without what it needs. */
  trustGraceDays: days(14),
});
export type ModerationSettings = z.infer<typeof ModerationSettings>;

/** What can be said for holding a writing back. */
export const holdReasons = [
  'first-writing',
  'held-word',
  'held-domain',
  'mostly-links',
  'many-links',
  'contact-details',
  'shortened-link',
  'shouting',
  'repetition',
  'invisible-characters',
  'fresh-account-links',
  'advert',
  'declined-before',
] as const;
export const HoldReason = z.object({
  name: z.enum(holdReasons),
  points: z.number().int(),
  /** The word or domain it is about. */
  about: z.string().max(200).optional(),
});
export type HoldReason = z.infer<typeof HoldReason>;
