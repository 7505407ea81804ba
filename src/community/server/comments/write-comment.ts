import { sql } from 'kysely';
import { WriteComment, type WrittenComment } from '#src/community/contract/comments.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';
import { findCommented } from './queries.ts';
import { tellOfComment } from './tell-of-comment.ts';

/** Says something short below a public post. Refuses members whose reputation does not reach, unless the post or its question is theirs. */
export async function writeComment(ctx: Context, given: WriteComment): Promise<WrittenComment> {
  const member = await requireWriter(ctx);
  const { post: postId, markdown } = WriteComment.parse(given);
  // not audited: the comment is the trace
  return inTransaction(ctx, async (tx) => {
    const post = await findCommented(tx.db, postId);
    if (!post) throw new AppError('not_found', postText.noSuchPost);
    if (post.authorId !== member.id && post.askerId !== member.id)
      await requirePrivilege(tx, member, 'comment');
    const state = await judgeWriting(tx, member, { kind: 'comment', markdown });
    const { id } = await tx.db
      .insertInto('community.comment')
      .values({
        post_id: postId,
        author_id: member.id,
        state,
        markdown,
        html: renderMarkdown(markdown).html,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (state === 'pending') return { id, state };
    await tx.db
      .updateTable('community.post')
      .set({ comment_count: sql<number>`comment_count + 1`, active_at: sql<Date>`now()` })
      .where('id', '=', postId)
      .execute();
    await tellOfComment(tx, post, { id, authorId: member.id, markdown });
    return { id, state };
  });
}
