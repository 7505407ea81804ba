import { sql } from 'kysely';
import type { AppointStaff } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { staffText } from '#src/community/contract/staff.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findMember } from '../members/queries.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** Gives a member a seat in the staff, for some months or without an end. Refuses a second seat of the same role. */
export async function appointStaff(ctx: Context, input: AppointStaff): Promise<{ id: string }> {
  await requireStaff(ctx, 'community.staff.appoint');
  return inTransaction(ctx, async (tx) => {
    // The member is locked, so that two who appoint at once give one seat.
    const member = await tx.db
      .selectFrom('community.member')
      .select(['id', 'handle'])
      .where('handle', '=', input.handle)
      .where('erased_at', 'is', null)
      .where('merged_into', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!member) throw new AppError('not_found', memberText.noSuchMember);
    const held = await tx.db
      .selectFrom('community.staff')
      .select('id')
      .where('member_id', '=', member.id)
      .where('role', '=', input.role)
      .where(sql<boolean>`coalesce(ends_at, 'infinity') > now()`)
      .executeTakeFirst();
    if (held) throw new AppError('conflict', staffText.hasSeat);
    const by =
      tx.actor.kind === 'user' && tx.actor.id !== null ? await findMember(tx.db, tx.actor.id) : undefined;
    const { id } = await tx.db
      .insertInto('community.staff')
      .values({
        member_id: member.id,
        role: input.role,
        granted_by: by?.id ?? null,
        ends_at: input.months === null ? null : sql<Date>`now() + make_interval(months => ${input.months})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await notifyMember(tx, {
      memberId: member.id,
      kind: 'staff',
      key: `staff:${id}`,
      actorId: by?.id ?? null,
      payload: { href: `/members/${member.handle}`, role: input.role },
    });
    await audit(tx, 'community.staff.appoint', id, { handle: member.handle, role: input.role });
    return { id };
  });
}
