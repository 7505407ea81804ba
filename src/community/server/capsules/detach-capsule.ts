import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** Takes the capsule away from a question of one's own, for good. */
export async function detachCapsule(ctx: Context, questionId: number): Promise<void> {
  const member = await requireMember(ctx);
  // not audited: what goes was the member's own
  await inTransaction(ctx, async (tx) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('community.capsule')
      .where('question_id', '=', questionId)
      .where('author_id', '=', member.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new AppError('not_found', questionText.noSuchCapsule);
  });
}
