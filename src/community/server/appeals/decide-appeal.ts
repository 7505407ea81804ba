import { sql } from 'kysely';
import { DecideAppeal } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findSubject } from '../moderation/find-subject.ts';
import { requireNeutral } from '../moderation/require-neutral.ts';
import { undo } from '../moderation/undo-action.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** Answers an appeal: granted, the action is undone. Refuses who acted themselves, and a conflict of interest. */
export async function decideAppeal(ctx: Context, given: DecideAppeal): Promise<void> {
  const wish = DecideAppeal.parse(given);
  await requireStaff(ctx, 'community.post.moderate');
  const moderator = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const appeal = await tx.db
      .selectFrom('community.appeal as p')
      .innerJoin('community.moderation_action as a', 'a.id', 'p.action_id')
      .innerJoin('community.member as m', 'm.id', 'p.member_id')
      .select(['p.id', 'p.action_id', 'p.member_id', 'a.actor_id', 'm.handle'])
      .select(
        sql<boolean>`exists (select from community.moderation_action u where u.undoes = a.id)`.as('isUndone'),
      )
      .where('p.id', '=', wish.appeal)
      .where('p.state', '=', 'open')
      .forUpdate('p')
      .executeTakeFirst();
    if (!appeal) throw new AppError('not_found', reviewText.noSuchAppeal);
    if (appeal.actor_id === moderator.id) throw new AppError('conflict', reviewText.ownAction);
    await requireNeutral(tx, moderator.id, await findSubject(tx, `member:${appeal.handle}`));
    await tx.db
      .updateTable('community.appeal')
      .set({
        state: wish.verdict === 'grant' ? 'granted' : 'denied',
        decided_by: moderator.id,
        decided_at: sql<Date>`now()`,
        answer: wish.answer,
      })
      .where('id', '=', appeal.id)
      .execute();
    if (wish.verdict === 'grant' && !appeal.isUndone)
      await undo(tx, moderator, appeal.action_id, wish.answer.slice(0, 2000));
    await audit(tx, 'community.appeal.decide', String(appeal.id), {
      verdict: wish.verdict,
      action: appeal.action_id,
    });
    await notifyMember(tx, {
      memberId: appeal.member_id,
      kind: 'appeal',
      key: `appeal:${appeal.id}`,
      payload: {
        href: '/moderation/mine',
        what: wish.verdict === 'grant' ? 'granted' : 'denied',
        reason: wish.answer,
      },
    });
  });
}
