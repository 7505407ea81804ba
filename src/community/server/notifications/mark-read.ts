import { sql } from 'kysely';
import { MarkRead } from '#src/community/contract/notifications.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';

/** Marks own notices as read: some, or all that came up to one. What is not one's own stays as it is. */
export async function markRead(ctx: Context, given: MarkRead): Promise<void> {
  const { ids, upTo } = MarkRead.parse(given);
  const { id: memberId } = await requireMember(ctx);
  // not audited: only the reader's own marks change.
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .updateTable('community.notification')
      .set({ read_at: sql<Date>`now()` })
      .where('member_id', '=', memberId)
      .where('read_at', 'is', null)
      .where((eb) =>
        eb.or([
          eb('id', 'in', ids.length === 0 ? [0] : ids),
          ...(upTo === undefined ? [] : [eb('id', '<=', upTo)]),
        ]),
      )
      .execute();
  });
}
