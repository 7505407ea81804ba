import { type RawBuilder, sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { queueTelling } from '../follows/queue-telling.ts';
import { notifyMentioned } from '../mentions/notify-mentioned.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { listNamed } from '../wishes/tell-voters.ts';
import type { Commented } from './queries.ts';
import { commentPath } from './rules.ts';

/**
 * Tells whoever wrote the post or wish, and the members that a comment calls by name; each of them once, however often it is
 * changed. Of a private wish everybody whom it names, and nobody else.
 */
export async function tellOfComment(
  tx: Context,
  place: Commented,
  comment: { id: number; authorId: string; markdown: string },
): Promise<void> {
  const { id, authorId: actorId, markdown } = comment;
  const payload = {
    href: commentPath(place, id),
    title: place.title,
    ...(place.postId !== null && { postId: place.postId }),
    commentId: id,
  };
  const named =
    place.isPrivate && place.wishId !== null
      ? await listNamed(tx, { id: place.wishId, author_id: place.authorId })
      : undefined;
  for (const memberId of named ?? [place.authorId])
    await notifyMember(tx, { memberId, kind: 'comment', key: `comment:${id}`, actorId, payload });
  await notifyMentioned(tx, {
    actorId,
    markdown,
    place: `comment:${id}`,
    payload,
    ...(named && { among: named }),
  });
}

/** For the statement that shows a comment: the job that tells who follows the post or wish, when somebody does. */
export const tellingOfComment = (
  { postId, wishId }: Pick<Commented, 'postId' | 'wishId'>,
  id: RawBuilder<unknown>,
): RawBuilder<number | null> =>
  queueTelling(
    wishId === null ? { kind: 'post', id: sql`${postId}` } : { kind: 'wish', id: sql`${wishId}` },
    { what: 'comment', id },
  );
