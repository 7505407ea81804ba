import type { Context } from '#src/platform/server/context.ts';
import { notifyMentioned } from '../mentions/notify-mentioned.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import type { CommentedPost } from './queries.ts';
import { pageOf } from './rules.ts';

/** Tells whoever wrote the post, and the members that a comment calls by name; each of them once, however often it is changed. */
export async function tellOfComment(
  tx: Context,
  post: CommentedPost,
  comment: { id: number; authorId: string; markdown: string },
): Promise<void> {
  const { id, authorId: actorId, markdown } = comment;
  const payload = {
    href: `${pageOf(post)}#comment-${id}`,
    title: post.title ?? post.questionTitle ?? '',
    postId: post.id,
    commentId: id,
  };
  await notifyMember(tx, {
    memberId: post.authorId,
    kind: 'comment',
    key: `comment:${id}`,
    actorId,
    payload,
  });
  await notifyMentioned(tx, { actorId, markdown, place: `comment:${id}`, payload });
}
