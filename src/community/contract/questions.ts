import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { Bounty } from './bounties.ts';
import { Handle, MemberCard } from './members.ts';
import { Markdown, PostId, PostKind, PostState, RevisionNote, TagName, Tags, Title } from './posts.ts';

/** The orders in which questions are listed; `unanswered` leaves out what has an answer, is closed or is younger than a day. */
export const questionOrders = ['newest', 'active', 'unanswered', 'votes'] as const;
export const QuestionOrder = z.enum(questionOrders);
export type QuestionOrder = z.infer<typeof QuestionOrder>;

export const QuestionsQuery = PageQuery.extend({
  order: QuestionOrder.default('newest'),
  tag: TagName.optional(),
});
export type QuestionsQuery = z.infer<typeof QuestionsQuery>;

export const answerOrders = ['score', 'newest', 'oldest'] as const;
export const AnswerOrder = z.enum(answerOrders);
export type AnswerOrder = z.infer<typeof AnswerOrder>;

/** Answers on one page of a question. */
export const answersPerPage = 50;
export const QuestionQuery = z.object({
  order: AnswerOrder.default('score'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type QuestionQuery = z.infer<typeof QuestionQuery>;

export const AskQuestion = z.object({
  title: Title,
  markdown: Markdown,
  tags: Tags.default([]),
  locale: Locale.optional(),
});
export type AskQuestion = z.input<typeof AskQuestion>;

export const AnswerQuestion = z.object({ markdown: Markdown });
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;

export const AcceptAnswer = z.object({ answerId: PostId.nullable() });
export type AcceptAnswer = z.infer<typeof AcceptAnswer>;

/** Other words for a question or an answer, made from a revision that the editor has seen. */
export const EditPost = z.object({
  title: Title.optional(),
  markdown: Markdown,
  tags: Tags.optional(),
  note: RevisionNote.default(''),
  revision: z.coerce.number().int().min(1),
});
export type EditPost = z.input<typeof EditPost>;

/** The words of a post for somebody who may change them, or suggest a change. */
export const PostSource = z.object({
  id: z.number().int(),
  kind: PostKind,
  /** Of an answer its question, otherwise itself. */
  questionId: z.number().int(),
  /** Where it is read. */
  path: z.string().max(1000),
  title: z.string().max(200),
  markdown: z.string(),
  tags: z.array(z.string().max(40)),
  revision: z.number().int(),
  /** Whether a change stands at once; otherwise it waits for reviewers. */
  isDirect: z.boolean(),
  /** A suggestion of the reader's for this post that waits: there is one at a time. */
  waitingEdit: z.number().int().nullable(),
});
export type PostSource = z.infer<typeof PostSource>;

export const closeReasons = ['duplicate', 'off-topic', 'unclear', 'spam', 'resolved'] as const;
export const CloseReason = z.enum(closeReasons);
export type CloseReason = z.infer<typeof CloseReason>;

export const CloseQuestion = z
  .object({ reason: CloseReason, duplicateOf: PostId.optional() })
  .refine(({ reason, duplicateOf }) => (reason === 'duplicate') === (duplicateOf !== undefined), {
    message: 'must name the other question when it is a duplicate, and only then',
    path: ['duplicateOf'],
  });
export type CloseQuestion = z.infer<typeof CloseQuestion>;

/** Whether a question is closed now, and how many more members must want the change. */
export const CloseStanding = z.object({ isClosed: z.boolean(), votesMissing: z.number().int() });
export type CloseStanding = z.infer<typeof CloseStanding>;

export const InviteMember = z.object({ handle: Handle });
export type InviteMember = z.infer<typeof InviteMember>;

/** Who was asked for an answer, and how long they took. */
export const Invitation = z.object({
  member: MemberCard,
  at: z.string().max(40),
  answeredAfterSeconds: z.number().int().nullable(),
});
export type Invitation = z.infer<typeof Invitation>;

export const SimilarQuery = z.object({ title: z.string().max(300) });
/** A question that may be the same. */
export const SimilarQuestion = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  slug: z.string().max(120),
  answerCount: z.number().int(),
  isAccepted: z.boolean(),
});
export type SimilarQuestion = z.infer<typeof SimilarQuestion>;

/** How soon questions get their first answer, by the week in which they were asked. */
export const ResponseBoard = z.object({
  unanswered: z.number().int(),
  weeks: z.array(
    z.object({
      week: z.string().max(10),
      asked: z.number().int(),
      answered: z.number().int(),
      medianSeconds: z.number().int().nullable(),
    }),
  ),
});
export type ResponseBoard = z.infer<typeof ResponseBoard>;

/** What was written: its number, and whether others see it already. */
export const Posted = z.object({ id: z.number().int(), state: PostState });
export type Posted = z.infer<typeof Posted>;

/** A comment below a post. */
export const Comment = z.object({
  id: z.number().int(),
  html: z.string().max(40_000),
  author: MemberCard,
  state: PostState,
  createdAt: z.string().max(40),
  editedAt: z.string().max(40).nullable(),
  isMine: z.boolean(),
});
export type Comment = z.infer<typeof Comment>;

/** A question or an answer as it stands on the page of the question, with what its reader did and may do with it. */
export const ThreadPost = z.object({
  id: z.number().int(),
  html: z.string(),
  state: PostState,
  score: z.number().int(),
  author: MemberCard,
  publishedAt: z.string().max(40),
  editedAt: z.string().max(40).nullable(),
  revision: z.number().int(),
  /** Written with a suggestion of a language model. */
  isAssisted: z.boolean(),
  comments: z.array(Comment),
  /** The reader's own vote: 1, −1, or 0 for none. */
  vote: z.number().int(),
  isMine: z.boolean(),
});
export type ThreadPost = z.infer<typeof ThreadPost>;

export const Question = ThreadPost.extend({
  title: z.string().max(200),
  slug: z.string().max(120),
  excerpt: z.string().max(400),
  locale: Locale,
  tags: z.array(z.string().max(40)),
  answerCount: z.number().int(),
  viewCount: z.number().int(),
  acceptedAnswerId: z.number().int().nullable(),
  activeAt: z.string().max(40),
  closed: z.object({ at: z.string().max(40), reason: z.string().max(40) }).nullable(),
  duplicateOf: z
    .object({ id: z.number().int(), title: z.string().max(200), slug: z.string().max(120) })
    .nullable(),
  bounties: z.array(Bounty),
  invitations: z.array(Invitation),
  hasCapsule: z.boolean(),
});
export type Question = z.infer<typeof Question>;

/** Everything that the page of a question shows its reader. */
export const QuestionPage = z.object({
  question: Question,
  answers: z.array(ThreadPost),
  page: z.number().int(),
  pages: z.number().int(),
  order: AnswerOrder,
  /** Whether the reader follows the question; null for who cannot: nobody is signed in, or it is not public. */
  follows: z.boolean().nullable(),
  may: z.object({
    answer: z.boolean(),
    /** Ask a language model for a draft. */
    suggest: z.boolean(),
    accept: z.boolean(),
    comment: z.boolean(),
    /** Changes of others' words stand at once; below that they are suggested. */
    edit: z.boolean(),
    suggestEdit: z.boolean(),
    close: z.boolean(),
    invite: z.boolean(),
    offerBounty: z.boolean(),
    capsule: z.boolean(),
    curate: z.boolean(),
  }),
});
export type QuestionPage = z.infer<typeof QuestionPage>;

/** What a member says of a post: up, down, or takes back what was said. */
export const CastVote = z.object({ value: z.union([z.literal(1), z.literal(-1), z.literal(0)]) });
export type CastVote = z.infer<typeof CastVote>;

export const VoteStanding = z.object({ score: z.number().int(), vote: z.number().int() });
export type VoteStanding = z.infer<typeof VoteStanding>;
