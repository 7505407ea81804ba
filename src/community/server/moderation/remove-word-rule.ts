import { reviewText } from '#src/community/contract/review.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { forgetModeration } from './judge-writing.ts';

/** Takes a rule about a word or a domain away. */
export async function removeWordRule(ctx: Context, id: number): Promise<void> {
  await requireStaff(ctx, 'community.post.moderate');
  await inTransaction(ctx, async (tx) => {
    const rule = await tx.db
      .deleteFrom('community.moderation_rule')
      .where('id', '=', id)
      .returning(['kind', 'pattern', 'effect'])
      .executeTakeFirst();
    if (!rule) throw new AppError('not_found', reviewText.noSuchRule);
    await audit(tx, 'community.word-rule.remove', String(id), rule);
  });
  forgetModeration();
}
