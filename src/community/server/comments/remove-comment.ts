import { questionText } from '#src/community/contract/questions.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findCommented } from './queries.ts';

/** Takes a comment away: one's own, or as staff anybody's, which is audited. Below a private wish that is for those who look after wishes. */
export async function removeComment(ctx: Context, commentId: number): Promise<void> {
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const comment = await tx.db
      .selectFrom('community.comment')
      .select(['post_id as postId', 'wish_id as wishId', 'author_id as authorId', 'state'])
      .where('id', '=', commentId)
      .where('state', '<>', 'removed')
      .forUpdate()
      .executeTakeFirst();
    const isMine = comment?.authorId === member.id;
    if (!comment || (!isMine && comment.state !== 'published'))
      throw new AppError('not_found', questionText.noSuchComment);
    if (!isMine) {
      const wish = comment.wishId === null ? undefined : await findCommented(tx, comment);
      if (comment.wishId !== null && !wish) throw new AppError('not_found', questionText.noSuchComment);
      await requireStaff(tx, wish?.isPrivate === true ? 'community.wish.manage' : 'community.post.moderate');
      const [action, subject] =
        comment.wishId === null
          ? ['community.post.moderate', comment.postId]
          : ['community.wish.moderate', comment.wishId];
      await audit(tx, action, String(subject), { comment: commentId });
    }
    await tx.db
      .updateTable('community.comment')
      .set({ state: 'removed' })
      .where('id', '=', commentId)
      .execute();
  });
}
