import { sql } from 'kysely';
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
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf, findMember, type CardRow, type OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { tagNames } from '../questions/queries.ts';
import { mayAcceptForOthers } from '../questions/rules.ts';
import { findSetting } from '../settings/queries.ts';

/** A question with its answers, their comments, and what this reader did and may do: one query for each, at the same time. */
export async function getQuestionPage(ctx: Context, id: number, query: QuestionQuery): Promise<QuestionPage> {
  const { db, actor, locale } = ctx;
  const { order, page } = query;
  const isPerson = actor.kind === 'user' && actor.id !== null;
  const [question, answers, comments, me, privileges] = await Promise.all([
    findQuestion(db, id),
    listAnswers(db, id, query),
    listComments(db, id),
    isPerson ? findMember(db, actor.id ?? '') : undefined,
    findSetting(db, 'privileges', Privileges),
  ]);
  if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
  // Asked only when it can matter: nearly everything on nearly every page is published.
  const isHidden = (one: { state: string }) => one.state !== 'published';
  const seesAll =
    (isHidden(question) || answers.some(isHidden) || comments.some(isHidden)) &&
    (await mayAsStaff(ctx, 'community.post.moderate'));
  const maySee = (one: { state: string; authorId: string }) =>
    !isHidden(one) || seesAll || (one.authorId === me?.id && one.state !== 'removed');
  if (!maySee(question)) throw new AppError('not_found', questionText.noSuchQuestion);
  const votes = me
    ? await listVotes(db, me.id, [id, ...answers.map((one) => one.id)])
    : new Map<number, number>();
  const commentsOf = new Map<number, Comment[]>();
  for (const row of comments.filter(maySee)) {
    const list = commentsOf.get(row.postId) ?? [];
    list.push(commentOf(row, me, locale));
    commentsOf.set(row.postId, list);
  }
  const threadPost = (row: PostRow): ThreadPost => ({
    id: row.id,
    html: row.html,
    state: row.state,
    score: row.score,
    author: cardOf(row, locale),
    publishedAt: (row.publishedAt ?? row.createdAt).toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    revision: row.revision,
    comments: commentsOf.get(row.id) ?? [],
    vote: votes.get(row.id) ?? 0,
    isMine: row.authorId === me?.id,
  });
  const isOpen = question.state === 'published';
  const isAsker = me?.id === question.authorId;
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
    },
    answers: answers.filter(maySee).map(threadPost),
    page,
    pages: Math.max(1, Math.ceil(question.answerCount / answersPerPage)),
    order,
    may: {
      answer: isPerson && isOpen && question.closedAt === null,
      accept:
        isOpen &&
        me !== undefined &&
        (isAsker ||
          (question.acceptedAnswerId === null &&
            mayAcceptForOthers(me.trustLevel, question.publishedAt ?? question.createdAt, new Date()))),
      voteUp: me !== undefined && me.reputation >= privileges.voteUp,
      voteDown: me !== undefined && me.reputation >= privileges.voteDown,
    },
  };
}

const postColumns = [
  'p.id',
  'p.html',
  'p.state',
  'p.score',
  'p.author_id as authorId',
  'p.created_at as createdAt',
  'p.published_at as publishedAt',
  'p.edited_at as editedAt',
  'p.revision',
] as const;

type PostRow = CardRow & {
  id: number;
  html: string;
  state: ThreadPost['state'];
  score: number;
  authorId: string;
  createdAt: Date;
  publishedAt: Date | null;
  editedAt: Date | null;
  revision: number;
};

const findQuestion = (db: Db, id: number) =>
  db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(cardColumns)
    .select(postColumns)
    .select([
      'p.title',
      'p.slug',
      'p.excerpt',
      'p.locale',
      'p.answer_count as answerCount',
      'p.view_count as viewCount',
      'p.accepted_answer_id as acceptedAnswerId',
      'p.active_at as activeAt',
      'p.closed_at as closedAt',
      'p.closed_reason as closedReason',
    ])
    .select(tagNames.as('tags'))
    .select(
      sql<{
        id: number;
        title: string;
        slug: string;
      } | null>`(select json_build_object('id', d.id, 'title', d.title, 'slug', d.slug)
        from community.post d where d.id = p.duplicate_of and d.state = 'published')`.as('duplicateOf'),
    )
    .where('p.id', '=', id)
    .where('p.kind', '=', 'question')
    .executeTakeFirst();

/** One page of answers, the accepted one first whatever the order. */
const listAnswers = (db: Db, questionId: number, { order, page }: QuestionQuery) =>
  db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(cardColumns)
    .select(postColumns)
    .where('p.parent_id', '=', questionId)
    .where('p.state', 'in', ['published', 'pending', 'hidden'])
    .orderBy(
      sql`p.id = (select q.accepted_answer_id from community.post q where q.id = ${questionId})`,
      (by) => by.desc().nullsLast(),
    )
    .orderBy(order === 'score' ? 'p.score' : 'p.id', order === 'oldest' ? 'asc' : 'desc')
    .orderBy('p.id')
    .limit(answersPerPage)
    .offset((page - 1) * answersPerPage)
    .execute();

/** The comments of a question and of all its answers. */
const listComments = (db: Db, questionId: number) =>
  db
    .selectFrom('community.comment as c')
    .innerJoin('community.member as m', 'm.id', 'c.author_id')
    .select(cardColumns)
    .select([
      'c.id',
      'c.post_id as postId',
      'c.html',
      'c.state',
      'c.author_id as authorId',
      'c.created_at as createdAt',
      'c.edited_at as editedAt',
    ])
    .where(
      sql<boolean>`c.post_id in (select p.id from community.post p where p.id = ${questionId} or p.parent_id = ${questionId})`,
    )
    .where('c.state', '<>', 'removed')
    .orderBy('c.id')
    .limit(2000)
    .execute();

type CommentRow = Awaited<ReturnType<typeof listComments>>[number];

function commentOf(row: CommentRow, me: OwnMember | undefined, locale: Context['locale']): Comment {
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

async function listVotes(db: Db, memberId: string, postIds: number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('community.vote')
    .select(['post_id as postId', 'value'])
    .where('member_id', '=', memberId)
    .where('post_id', 'in', postIds)
    .execute();
  return new Map(rows.map(({ postId, value }) => [postId, value]));
}
