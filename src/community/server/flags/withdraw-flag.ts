import { sql } from 'kysely';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { findSubject } from '../moderation/find-subject.ts';

/** Takes an own flag back while nobody has decided about it. What it helped to hide stays hidden until somebody looks. */
export async function withdrawFlag(ctx: Context, name: string): Promise<void> {
  const { id: memberId } = await requireMember(ctx);
  // not audited: the flag keeps that it was withdrawn.
  await inTransaction(ctx, async (tx) => {
    const subject = await findSubject(tx, name);
    const { numUpdatedRows } = await tx.db
      .updateTable('community.flag')
      .set({ state: 'withdrawn', decided_at: sql<Date>`now()` })
      .where('member_id', '=', memberId)
      .where('state', '=', 'open')
      .where((eb) =>
        subject.type === 'comment'
          ? eb('comment_id', '=', subject.commentId)
          : subject.type === 'post'
            ? eb('post_id', '=', subject.postId)
            : eb('profile_id', '=', subject.authorId),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('not_found', reviewText.noSuchFlag);
  });
}
