import { commentPath } from '../comments/rules.ts';
import { selectPlace } from '../comments/select-place.ts';
import type { NoticePayload } from '../notifications/notify-member.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { News } from './queue-telling.ts';

/** Something that happened below what can be followed, as its followers are told. */
export type FoundNews = {
  followed: { kind: 'post' | 'wish'; id: number };
  /** Names the event; who was told of it under one of `keys` is not told again. */
  key: string;
  keys: string[];
  actorId: string;
  /** Who blocked one of them hears nothing. */
  actors: string[];
  /** Who follows only since then knew it already. */
  since: Date | null;
  payload: NoticePayload;
};

/** What there is to tell of an answer or comment now; nothing of what is no longer public, was imported, or is accepted no more. */
export const findNews = (
  db: Db,
  what: News,
  id: number,
  actorId: string | undefined,
): Promise<FoundNews | undefined> =>
  what === 'comment' ? findComment(db, id) : findAnswer(db, what, id, actorId);

async function findAnswer(
  db: Db,
  what: 'answer' | 'accepted',
  id: number,
  actorId: string | undefined,
): Promise<FoundNews | undefined> {
  const answer = await db
    .selectFrom('community.post as a')
    .innerJoin('community.post as q', 'q.id', 'a.parent_id')
    .select(['a.author_id as authorId', 'a.published_at as publishedAt', 'q.id as questionId', 'q.title'])
    .select(['q.accepted_at as acceptedAt', 'q.accepted_answer_id as acceptedId'])
    .where('a.id', '=', id)
    .where('a.state', '=', 'published')
    .where('a.imported_from', 'is', null)
    .where('q.state', '=', 'published')
    .executeTakeFirst();
  if (!answer) return undefined;
  const { authorId, questionId, title } = answer;
  const told = {
    followed: { kind: 'post' as const, id: questionId },
    payload: { href: `/questions/${questionId}#answer-${id}`, title: title ?? '', postId: id, what },
  };
  if (what === 'answer')
    return {
      ...told,
      key: `answer:${id}`,
      keys: [`answer:${id}`, `mention:post:${id}`],
      actorId: authorId,
      actors: [authorId],
      since: answer.publishedAt,
    };
  if (answer.acceptedId !== id || actorId === undefined) return undefined;
  return {
    ...told,
    key: `accepted:${id}`,
    keys: [`accepted:${id}`],
    actorId,
    actors: [actorId, authorId],
    since: answer.acceptedAt,
  };
}

async function findComment(db: Db, id: number): Promise<FoundNews | undefined> {
  const comment = await db
    .selectFrom('community.comment as c')
    .innerJoin('community.comment_place as l', 'l.comment_id', 'c.id')
    .select('c.author_id as authorId')
    .select(selectPlace)
    .where('c.id', '=', id)
    .executeTakeFirst();
  if (!comment?.isShown) return undefined;
  const { authorId, postId, wishId } = comment;
  const followed =
    wishId === null ? { kind: 'post' as const, id: postId ?? 0 } : { kind: 'wish' as const, id: wishId };
  return {
    followed,
    key: `comment:${id}`,
    keys: [`comment:${id}`, `mention:comment:${id}`],
    actorId: authorId,
    actors: [authorId],
    since: null,
    payload: {
      href: commentPath({ ...comment, kind: comment.placeKind }, id),
      title: comment.title,
      ...(postId !== null && { postId }),
      commentId: id,
      what: 'comment',
    },
  };
}
