import { sql } from 'kysely';
import type { z } from 'zod';
import { AnswerClaim } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** The author's answer to a claim of copyright: from then on it waits for staff and no longer for a day. */
export async function answerClaim(ctx: Context, given: z.infer<typeof AnswerClaim>): Promise<void> {
  const wish = AnswerClaim.parse(given);
  const { id: memberId } = await requireMember(ctx);
  // not audited: the answer is the trace.
  await inTransaction(ctx, async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('community.takedown')
      .set({ state: 'answered', answer: wish.answer, answered_at: sql<Date>`now()` })
      .where('id', '=', wish.takedown)
      .where('state', '=', 'open')
      .where('post_id', 'in', (eb) =>
        eb.selectFrom('community.post').select('id').where('author_id', '=', memberId),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('not_found', reviewText.noSuchClaim);
  });
}
