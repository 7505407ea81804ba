import { sql } from 'kysely';
import { questionText } from '#src/community/contract/questions.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';

/** Takes a comment away: one's own, or as staff anybody's, which is audited. */
export async function removeComment(ctx: Context, commentId: number): Promise<void> {
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const comment = await tx.db
      .selectFrom('community.comment')
      .select(['post_id as postId', 'author_id as authorId', 'state'])
      .where('id', '=', commentId)
      .where('state', '<>', 'removed')
      .forUpdate()
      .executeTakeFirst();
    const isMine = comment?.authorId === member.id;
    if (!comment || (!isMine && comment.state !== 'published'))
      throw new AppError('not_found', questionText.noSuchComment);
    if (!isMine) {
      await requireStaff(tx, 'community.post.moderate');
      await audit(tx, 'community.post.moderate', String(comment.postId), { comment: commentId });
    }
    await tx.db
      .updateTable('community.comment')
      .set({ state: 'removed' })
      .where('id', '=', commentId)
      .execute();
    if (comment.state === 'published')
      await tx.db
        .updateTable('community.post')
        .set({ comment_count: sql<number>`comment_count - 1` })
        .where('id', '=', comment.postId)
        .execute();
  });
}
