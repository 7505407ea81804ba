import { Privileges } from '#src/community/contract/privileges.ts';
import {
  answersPerPage,
  type Comment,
  type QuestionPage,
  type QuestionQuery,
  type ThreadPost,
} from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findLanguageModel } from '#src/platform/server/language-model.ts';
import { bountyOf } from '../bounties/queries.ts';
import { cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { staffMay } from '../members/staff.rules.ts';
import { mayAcceptForOthers } from '../questions/rules.ts';
import { recallSetting } from '../settings/queries.ts';
import { selectThread } from './select-thread.ts';

type PostRow = Awaited<ReturnType<typeof selectThread.answers.score>>[number];

/** A question with its answers, their comments, and what this reader did and may do: one query for each, all at the same time. */
export async function getQuestionPage(ctx: Context, id: number, query: QuestionQuery): Promise<QuestionPage> {
  const { db, actor, locale } = ctx;
  const { order, page } = query;
  const accountId = actor.kind === 'user' ? actor.id : null;
  const wish = { id, accountId };
  const [[question], answers, comments, privileges] = await Promise.all([
    selectThread.question(db, wish),
    selectThread.answers[order](db, { ...wish, skipped: (page - 1) * answersPerPage }),
    selectThread.comments(db, { id }),
    recallSetting(db, 'privileges', Privileges),
  ]);
  if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
  const me = readerOf(question);
  const asStaff = async (permission: string) =>
    staffMay(question.readerRoles, permission) ||
    (actor.may(permission) && (await mayAsStaff(ctx, permission)));
  // Asked only when it can matter: nearly everything on nearly every page is published.
  const seesAll =
    [question, ...answers, ...comments].some(isHidden) && (await asStaff('community.post.moderate'));
  const maySee = (one: { state: string; authorId: string }) =>
    !isHidden(one) || seesAll || (one.authorId === me?.id && one.state !== 'removed');
  if (!maySee(question)) throw new AppError('not_found', questionText.noSuchQuestion);
  const commentsOf = Map.groupBy(comments.filter(maySee), ({ postId }) => postId);
  const threadPost = (row: PostRow): ThreadPost => ({
    id: row.id,
    html: row.html,
    state: row.state,
    score: row.score,
    author: cardOf(row, locale),
    publishedAt: (row.publishedAt ?? row.createdAt).toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    revision: row.revision,
    isAssisted: row.isAssisted,
    comments: (commentsOf.get(row.id) ?? []).map((one) => commentOf(one, me, locale)),
    vote: row.vote ?? 0,
    isMine: row.authorId === me?.id,
  });
  const isOpen = question.state === 'published' && question.closedAt === null;
  return {
    question: {
      ...threadPost(question),
      title: question.title ?? '',
      slug: question.slug,
      excerpt: question.excerpt,
      locale: question.locale,
      tags: question.tags,
      answerCount: question.answerCount,
      viewCount: question.viewCount,
      acceptedAnswerId: question.acceptedAnswerId,
      activeAt: question.activeAt.toISOString(),
      closed:
        question.closedAt === null
          ? null
          : { at: question.closedAt.toISOString(), reason: question.closedReason ?? '' },
      duplicateOf: question.duplicateOf,
      bounties: question.bounties.map((one) => bountyOf({ ...one, ends_at: new Date(one.ends_at) }, me?.id)),
      invitations: question.invitations.map(({ at, seconds, ...member }) => ({
        member: cardOf({ ...member, memberErasedAt: member.isErased ? new Date() : null }, locale),
        at: new Date(at).toISOString(),
        answeredAfterSeconds: seconds,
      })),
      hasCapsule: question.hasCapsule,
    },
    answers: answers.filter(maySee).map(threadPost),
    page,
    pages: Math.max(1, Math.ceil(question.answerCount / answersPerPage)),
    order,
    follows: accountId !== null && question.state === 'published' ? question.follows : null,
    may: {
      ...(await rightsOf(me, question, privileges, asStaff)),
      answer: isOpen && accountId !== null,
      suggest: isOpen && accountId !== null && findLanguageModel() !== undefined,
    },
  };
}

type Reader = { id: string; reputation: number; trustLevel: number };

/** The member who reads; undefined for somebody who is none. */
function readerOf(row: QuestionRow): Reader | undefined {
  const { readerId: id, readerReputation: reputation, readerTrustLevel: trustLevel } = row;
  return id === null || reputation === null || trustLevel === null
    ? undefined
    : { id, reputation, trustLevel };
}

const isHidden = ({ state }: { state: string }) => state !== 'published';

type QuestionRow = Awaited<ReturnType<typeof selectThread.question>>[number];

/** What a reader may do on the page: for showing a form. The command decides again. */
async function rightsOf(
  me: Reader | undefined,
  question: QuestionRow,
  privileges: Privileges,
  asStaff: (permission: string) => Promise<boolean>,
) {
  const isPublic = question.state === 'published';
  const isOpen = isPublic && question.closedAt === null;
  const isAsker = me?.id === question.authorId;
  const moderates = await asStaff('community.post.moderate');
  const reaches = (privilege: keyof Privileges) =>
    me !== undefined && isPublic && (moderates || me.reputation >= privileges[privilege]);
  return {
    accept:
      isPublic &&
      me !== undefined &&
      (isAsker ||
        (question.acceptedAnswerId === null &&
          mayAcceptForOthers(me.trustLevel, question.publishedAt ?? question.createdAt, new Date()))),
    comment: isPublic && (isAsker || reaches('comment')),
    edit: reaches('editUnreviewed'),
    suggestEdit: reaches('edit'),
    close: isPublic && (isAsker || reaches('close')),
    invite: isOpen && (isAsker || reaches('invite')),
    offerBounty: isOpen && reaches('offerBounty') && !question.bounties.some((one) => one.state === 'open'),
    capsule: isAsker && isPublic,
    curate: me !== undefined && isPublic && (await asStaff('community.faq.curate')),
  };
}

type CommentRow = Awaited<ReturnType<typeof selectThread.comments>>[number];

/** A comment as `me` reads it. */
export function commentOf(
  row: CommentRow,
  me: { id: string } | undefined,
  locale: Context['locale'],
): Comment {
  return {
    id: row.id,
    html: row.html,
    author: cardOf(row, locale),
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    isMine: row.authorId === me?.id,
  };
}
