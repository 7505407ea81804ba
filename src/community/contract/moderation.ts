// Over 300 lines: what is said of moderation over the wire, in one place.
import { z } from 'zod';
import { isOneLine, prose } from '#src/platform/contract/text.ts';
import { Handle, MemberCard } from './members.ts';
import { Difference } from './revisions.ts';

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
  /** And to take over an edit that somebody suggested. */
  editReviewersNeeded: z.number().int().min(1).max(3).default(2),
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

/** What a decision is about: a post, a comment, a suggested edit by its number, or a member's profile by its handle. */
export const Subject = z
  .string()
  .regex(/^(?:(?:post|comment|edit):[1-9]\d{0,14}|member:[a-z0-9][a-z0-9-]{1,38}[a-z0-9])$/);
const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const words = (max: number) =>
  prose(max)
    .transform((text) => text.trim())
    .refine((text) => text !== '', 'must not be empty');
const reason = words(2000);

export const flagKinds = ['spam', 'off-topic', 'rude', 'wrong', 'copyright', 'other'] as const;
export const FlagKind = z.enum(flagKinds);
export type FlagKind = z.infer<typeof FlagKind>;

export const FlagWriting = z.object({
  subject: Subject,
  kind: FlagKind,
  note: prose(2000).default(''),
});
export type FlagWriting = z.input<typeof FlagWriting>;

/** Approved, what waits is published and what was flagged stays; declined, it goes, and with days its author is suspended. */
export const DecideWriting = z.object({
  subject: Subject,
  verdict: z.enum(['approve', 'decline']),
  reason: prose(2000).default(''),
  /** The same text from anybody waits from now on. */
  isSpam: z.boolean().default(false),
  suspendDays: z.number().int().min(1).max(3650).optional(),
});
export type DecideWriting = z.input<typeof DecideWriting>;

export const Decision = z.object({
  /** waiting: it takes the verdict of another reviewer. */
  outcome: z.enum(['approved', 'declined', 'waiting']),
  action: z.number().int().nullable(),
});
export type Decision = z.infer<typeof Decision>;

export const ApproveAll = z.object({ member: Handle });
export const ApprovedAll = z.object({
  approved: z.number().int(),
  /** Left alone: a conflict of interest, or another reviewer is needed. */
  left: z.number().int(),
});
export type ApprovedAll = z.infer<typeof ApprovedAll>;

export const RestrictMember = z.object({
  member: Handle,
  /** Suspended, a member may only read; silenced, publish nothing. */
  kind: z.enum(['suspend', 'silence']),
  days: z.number().int().min(1).max(3650),
  reason,
});
export type RestrictMember = z.infer<typeof RestrictMember>;

export const SetTrust = z.object({
  member: Handle,
  level: z.number().int().min(0).max(4),
  /** The rules leave the level alone from now on. */
  locked: z.boolean(),
  reason,
});
export type SetTrust = z.infer<typeof SetTrust>;

export const ActionDone = z.object({ action: z.number().int() });
export const UndoAction = z.object({ action: id, reason: prose(2000).default('') });

export const AppealAction = z.object({ action: id, words: words(4000) });
export const DecideAppeal = z.object({
  appeal: id,
  verdict: z.enum(['grant', 'deny']),
  answer: words(4000),
});
export type DecideAppeal = z.infer<typeof DecideAppeal>;

export const ClaimCopyright = z.object({
  post: id,
  /** The work that was copied: its title, and where it is. */
  work: words(2000),
  claim: words(4000),
});
export type ClaimCopyright = z.infer<typeof ClaimCopyright>;
export const AnswerClaim = z.object({ takedown: id, answer: words(4000) });
export const DecideClaim = z.object({ takedown: id, verdict: z.enum(['remove', 'refuse']), reason });
export type DecideClaim = z.infer<typeof DecideClaim>;

export const AddWordRule = z.object({
  kind: z.enum(['word', 'domain']),
  pattern: z.string().trim().toLowerCase().min(1).max(200).refine(isOneLine, 'must be one line'),
  effect: z.enum(['allow', 'hold', 'refuse']),
  note: z.string().trim().max(500).refine(isOneLine, 'must be one line').default(''),
});
export type AddWordRule = z.input<typeof AddWordRule>;
export const WordRule = z.object({
  id: z.number().int(),
  kind: z.enum(['word', 'domain']),
  pattern: z.string().max(200),
  effect: z.enum(['allow', 'hold', 'refuse']),
  note: z.string().max(500),
  createdAt: z.string().max(40),
});
export type WordRule = z.infer<typeof WordRule>;

/** Why a reviewer may not decide. */
export const Conflict = z.object({
  kind: z.enum(['self', 'colleague', 'employer']),
  organisation: z.string().max(200),
});
export type Conflict = z.infer<typeof Conflict>;

export const queueViews = ['pending', 'flagged', 'edits', 'appeals', 'takedowns'] as const;
export const QueueView = z.enum(queueViews);
export type QueueView = z.infer<typeof QueueView>;

/** One thing that waits for a reviewer. */
export const QueueItem = z.object({
  subject: z.string().max(60),
  kind: z.enum(['article', 'question', 'answer', 'comment', 'profile', 'edit']),
  title: z.string().max(200),
  /** Rendered and sanitised. */
  html: z.string(),
  /** Of a suggested edit: what it would change. */
  difference: Difference.nullable(),
  href: z.string().max(300).nullable(),
  isHidden: z.boolean(),
  author: MemberCard,
  authorJoinedAt: z.string().max(40),
  /** Other writings of the author that wait. */
  alsoWaiting: z.number().int(),
  reasons: z.array(HoldReason),
  flags: z.array(
    z.object({ kind: FlagKind, note: z.string().max(2000), by: MemberCard, at: z.string().max(40) }),
  ),
  conflict: Conflict.nullable(),
  approvals: z.number().int(),
  needed: z.number().int(),
  at: z.string().max(40),
});
export type QueueItem = z.infer<typeof QueueItem>;

export const Action = z.object({
  id: z.number().int(),
  kind: z.string().max(40),
  /** Null for the rules themselves. */
  actor: MemberCard.nullable(),
  member: MemberCard.nullable(),
  title: z.string().max(200),
  href: z.string().max(300).nullable(),
  reason: z.string().max(2000),
  at: z.string().max(40),
  isUndone: z.boolean(),
  canUndo: z.boolean(),
});
export type Action = z.infer<typeof Action>;

export const AppealItem = z.object({
  id: z.number().int(),
  action: Action,
  words: z.string().max(4000),
  state: z.enum(['open', 'granted', 'denied']),
  answer: z.string().max(4000),
  at: z.string().max(40),
  dueAt: z.string().max(40),
  isOverdue: z.boolean(),
  /** The one who acted does not judge the appeal. */
  isOwnAction: z.boolean(),
});
export type AppealItem = z.infer<typeof AppealItem>;

export const TakedownItem = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  href: z.string().max(300),
  author: MemberCard,
  claimant: MemberCard,
  work: z.string().max(2000),
  claim: z.string().max(4000),
  answer: z.string().max(4000).nullable(),
  state: z.enum(['open', 'answered', 'removed', 'refused', 'withdrawn']),
  decision: z.string().max(2000),
  at: z.string().max(40),
  dueAt: z.string().max(40),
  isOverdue: z.boolean(),
  conflict: Conflict.nullable(),
});
export type TakedownItem = z.infer<typeof TakedownItem>;

export const Queue = z.object({
  view: QueueView,
  counts: z.object({
    pending: z.number().int(),
    flagged: z.number().int(),
    edits: z.number().int(),
    appeals: z.number().int(),
    takedowns: z.number().int(),
  }),
  items: z.array(QueueItem),
  appeals: z.array(AppealItem),
  takedowns: z.array(TakedownItem),
});
export type Queue = z.infer<typeof Queue>;

/** What a level takes, and how much of it there is. */
export const TrustNeed = z.object({
  name: z.enum(['days', 'writings', 'active-days', 'up-votes', 'voters', 'agreed-flags', 'suspensions']),
  have: z.number().int(),
  need: z.number().int(),
  /** At most so many, instead of at least. */
  isLimit: z.boolean(),
  isMet: z.boolean(),
});
export type TrustNeed = z.infer<typeof TrustNeed>;

export const TrustStanding = z.object({
  level: z.number().int(),
  isLocked: z.boolean(),
  graceUntil: z.string().max(40).nullable(),
  /** The next level and what it takes; null when staff alone give the next. */
  next: z.object({ level: z.number().int(), needs: z.array(TrustNeed) }).nullable(),
  changes: z.array(
    z.object({
      from: z.number().int(),
      to: z.number().int(),
      reason: z.string().max(2000),
      at: z.string().max(40),
    }),
  ),
  limits: z.object({
    images: z.number().int().nullable(),
    links: z.number().int().nullable(),
    mentions: z.number().int(),
    topicsADay: z.number().int(),
    repliesADay: z.number().int(),
    mayMessage: z.boolean(),
  }),
});
export type TrustStanding = z.infer<typeof TrustStanding>;

/** What moderation did to the member who asks, and what they may do about it. */
export const OwnModeration = z.object({
  suspendedUntil: z.string().max(40).nullable(),
  suspendedReason: z.string().max(2000),
  silencedUntil: z.string().max(40).nullable(),
  silencedReason: z.string().max(2000),
  trust: TrustStanding,
  actions: z.array(
    Action.extend({
      appealUntil: z.string().max(40).nullable(),
      appeal: z
        .object({
          state: z.enum(['open', 'granted', 'denied']),
          dueAt: z.string().max(40),
          answer: z.string().max(4000),
        })
        .nullable(),
    }),
  ),
  /** Claims of copyright against own posts. */
  claims: z.array(TakedownItem),
  waiting: z.array(
    z.object({ subject: z.string().max(60), title: z.string().max(200), at: z.string().max(40) }),
  ),
});
export type OwnModeration = z.infer<typeof OwnModeration>;
