import type { Context } from '#src/platform/server/context.ts';
import { notifyMember, type Notice } from '../notifications/notify-member.ts';

/** Tells every manager of an organisation of something, once for each event, in the caller's transaction. */
export async function tellManagers(
  tx: Context,
  organisationId: string,
  notice: Omit<Notice, 'memberId'>,
): Promise<void> {
  const managers = await tx.db
    .selectFrom('community.organisation_manager')
    .select('member_id')
    .where('organisation_id', '=', organisationId)
    .orderBy('member_id')
    .execute();
  for (const { member_id } of managers) await notifyMember(tx, { ...notice, memberId: member_id });
}
