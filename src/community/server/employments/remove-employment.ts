import { employmentText } from '#src/community/contract/employments.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { attributePosts, lockEmployment } from './attribute-posts.ts';

/** Takes back a time of employment of one's own: posts of those days count for no organisation any more. */
export async function removeEmployment(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: what a member says of themselves, they may take back
    const member = await requireMember(tx);
    await lockEmployment(tx, [member.id]);
    const removed = await tx.db
      .deleteFrom('community.employment')
      .where('id', '=', id)
      .where('member_id', '=', member.id)
      .returning('id')
      .executeTakeFirst();
    if (!removed) throw new AppError('not_found', employmentText.noSuch);
    await attributePosts(tx, [member.id]);
  });
}
