import { SetTrust } from '#src/community/contract/moderation.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findSubject } from '../moderation/find-subject.ts';
import { auditAction } from '../moderation/audit-action.ts';
import { requireNeutral } from '../moderation/require-neutral.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** Gives a member a trust level by hand; locked, the rules leave it alone. Refuses a conflict of interest. */
export async function setTrust(ctx: Context, given: SetTrust): Promise<{ action: number }> {
  const wish = SetTrust.parse(given);
  await requireStaff(ctx, 'community.member.moderate');
  const moderator = await requireMember(ctx);
  return inTransaction(ctx, async (tx) => {
    const subject = await findSubject(tx, `member:${wish.member}`);
    await requireNeutral(tx, moderator.id, subject);
    const before = await tx.db
      .selectFrom('community.member')
      .select(['trust_level', 'trust_locked'])
      .where('id', '=', subject.authorId)
      .executeTakeFirstOrThrow();
    await tx.db
      .updateTable('community.member')
      .set({ trust_level: wish.level, trust_locked: wish.locked, trust_grace_until: null })
      .where('id', '=', subject.authorId)
      .execute();
    if (before.trust_level !== wish.level) {
      await tx.db
        .insertInto('community.trust_change')
        .values({
          member_id: subject.authorId,
          from_level: before.trust_level,
          to_level: wish.level,
          by_member: moderator.id,
          reason: wish.reason,
        })
        .execute();
    }
    const action = await auditAction(tx, {
      kind: 'set-trust',
      actorId: moderator.id,
      memberId: subject.authorId,
      reason: wish.reason,
      before: { member: { trust_level: before.trust_level, trust_locked: before.trust_locked } },
    });
    if (before.trust_level !== wish.level) {
      await notifyMember(tx, {
        memberId: subject.authorId,
        kind: 'trust',
        key: `trust:set:${action}`,
        payload: {
          href: '/moderation/mine',
          what: wish.level > before.trust_level ? 'raise' : 'lower',
          level: wish.level,
          reason: wish.reason,
        },
      });
    }
    return { action };
  });
}
