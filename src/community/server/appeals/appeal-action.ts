import { sql } from 'kysely';
import type { z } from 'zod';
import { AppealAction } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { moderationOf } from '../moderation/judge-writing.ts';
import { appealable } from '../moderation/queries.ts';

/** Objects to an action that was done to the member who asks, once, within the days there are for it; it will be answered until a day. */
export async function appealAction(ctx: Context, given: z.infer<typeof AppealAction>): Promise<void> {
  const wish = AppealAction.parse(given);
  // Who is suspended may appeal: that is what it is for.
  const { id: memberId } = await requireMember(ctx);
  // not audited: the appeal is the trace.
  await inTransaction(ctx, async (tx) => {
    const { settings } = await moderationOf(tx);
    const action = await tx.db
      .selectFrom('community.moderation_action as a')
      .select('a.id')
      .where('a.id', '=', wish.action)
      .where('a.member_id', '=', memberId)
      .where('a.kind', 'in', appealable)
      .where('a.at', '>', sql<Date>`now() - make_interval(days => ${settings.appealDays})`)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('community.moderation_action as u').select('u.id').whereRef('u.undoes', '=', 'a.id'),
          ),
        ),
      )
      .executeTakeFirst();
    if (!action) throw new AppError('not_found', reviewText.notAppealable);
    const added = await tx.db
      .insertInto('community.appeal')
      .values({
        action_id: wish.action,
        member_id: memberId,
        words: wish.words,
        due_at: sql<Date>`now() + make_interval(days => ${settings.appealAnswerDays})`,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) throw new AppError('conflict', reviewText.appealedBefore);
  });
}
