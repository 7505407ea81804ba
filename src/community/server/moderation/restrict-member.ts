import { sql } from 'kysely';
import { RestrictMember } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { findSubject } from './find-subject.ts';
import { auditAction } from './audit-action.ts';
import { requireNeutral } from './require-neutral.ts';

/** Suspends or silences a member for some days, with the reason they read. Refuses a conflict of interest, and staff as the target. */
export async function restrictMember(ctx: Context, given: RestrictMember): Promise<{ action: number }> {
  const { member: handle, ...wish } = RestrictMember.parse(given);
  await requireStaff(ctx, 'community.member.moderate');
  const moderator = await requireMember(ctx);
  return inTransaction(ctx, async (tx) => {
    const subject = await findSubject(tx, `member:${handle}`);
    await requireNeutral(tx, moderator.id, subject);
    return { action: await restrict(tx, moderator, { ...wish, memberId: subject.authorId }) };
  });
}

type Restriction = { memberId: string; kind: 'suspend' | 'silence'; days: number; reason: string };

/** The restriction itself, in the caller's transaction; by nobody when the rules do it. */
export async function restrict(
  tx: Context,
  moderator: Pick<OwnMember, 'id'> | null,
  { memberId, kind, days, reason }: Restriction,
): Promise<number> {
  const columns =
    kind === 'suspend'
      ? (['suspended_until', 'suspended_reason'] as const)
      : (['silenced_until', 'silenced_reason'] as const);
  const before = await tx.db
    .selectFrom('community.member as m')
    .select([`m.${columns[0]} as until`, `m.${columns[1]} as reason`])
    .select(
      sql<boolean>`exists (select from community.staff s where s.member_id = m.id
        and s.starts_at <= now() and (s.ends_at is null or s.ends_at > now()))`.as('isStaff'),
    )
    .where('m.id', '=', memberId)
    .forUpdate('m')
    .executeTakeFirstOrThrow();
  if (before.isStaff) throw new AppError('conflict', reviewText.isStaff);
  await tx.db
    .updateTable('community.member')
    .set({ [columns[0]]: sql<Date>`now() + make_interval(days => ${days})`, [columns[1]]: reason })
    .where('id', '=', memberId)
    .execute();
  const action = await auditAction(tx, {
    kind,
    actorId: moderator?.id ?? null,
    memberId,
    reason,
    before: { member: { [columns[0]]: before.until?.toISOString() ?? null, [columns[1]]: before.reason } },
  });
  await notifyMember(tx, {
    memberId,
    kind: 'moderation',
    key: `moderation:${action}`,
    payload: { href: '/moderation/mine', what: kind, days, reason },
  });
  return action;
}
