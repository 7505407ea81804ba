import { sql } from 'kysely';
import { EditComment, type WrittenComment } from '#src/community/contract/comments.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { findCommented } from './queries.ts';
import { tellOfComment } from './tell-of-comment.ts';

/** Gives a comment of one's own other words. Members it newly calls by name are told. */
export async function editComment(
  ctx: Context,
  commentId: number,
  given: EditComment,
): Promise<WrittenComment> {
  const member = await requireWriter(ctx);
  const { markdown } = EditComment.parse(given);
  // not audited: nobody but its author changes a comment
  return inTransaction(ctx, async (tx) => {
    const comment = await tx.db
      .selectFrom('community.comment')
      .select(['post_id as postId', 'wish_id as wishId', 'state'])
      .where('id', '=', commentId)
      .where('author_id', '=', member.id)
      .where('state', 'in', ['published', 'pending'])
      .forUpdate()
      .executeTakeFirst();
    const place = comment && (await findCommented(tx, comment));
    if (!place) throw new AppError('not_found', questionText.noSuchComment);
    const verdict = await judgeWriting(tx, member, { kind: 'comment', markdown, isEdit: true });
    // What waits goes on waiting, whatever it says now.
    const state = place.isPrivate ? 'published' : comment.state === 'pending' ? 'pending' : verdict;
    await tx.db
      .updateTable('community.comment')
      .set({ markdown, html: renderMarkdown(markdown).html, state, edited_at: sql<Date>`now()` })
      .where('id', '=', commentId)
      .execute();
    if (state === 'published')
      await tellOfComment(tx, place, { id: commentId, authorId: member.id, markdown });
    return { id: commentId, state };
  });
}
