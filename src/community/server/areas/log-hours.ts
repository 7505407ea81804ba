import { sql } from 'kysely';
import type { LogHours } from '#src/community/contract/areas.ts';
import { areaText } from '#src/community/contract/areas.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { lockMembers } from '../points/lock-members.ts';

const minutesADay = 24 * 60;

/** Logs time that a member gave to an area; it counts once somebody else confirmed it. Refuses days to come and days that are too long. */
export async function logHours(
  ctx: Context,
  areaId: number,
  { day, minutes, what }: LogHours,
): Promise<{ id: number }> {
  return inTransaction(ctx, async (tx) => {
    // not audited: the row is the trace
    const member = await requireWriter(tx);
    if (day > new Date().toISOString().slice(0, 10)) throw new AppError('invalid', areaText.dayToCome);
    await lockMembers(tx, [member.id]);
    const area = await tx.db
      .selectFrom('community.area')
      .select('id')
      .where('id', '=', areaId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (!area) throw new AppError('not_found', areaText.noSuch);
    const { rows } = await sql<{ logged: number }>`select coalesce(sum(minutes), 0)::int as logged
      from community.volunteer_hours where member_id = ${member.id} and day = ${day}::date`.execute(tx.db);
    if ((rows[0]?.logged ?? 0) + minutes > minutesADay) throw new AppError('conflict', areaText.dayFull);
    return tx.db
      .insertInto('community.volunteer_hours')
      .values({ member_id: member.id, area_id: areaId, day, minutes, what })
      .returning('id')
      .executeTakeFirstOrThrow();
  });
}
