import { sql } from 'kysely';
import { areaText } from '#src/community/contract/areas.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { causeOf } from './pay-month.ts';

/**
 * Takes back, or gives again, the points of a month in which an area met its target. For those who look after points.
 * Refuses months that were missed, and what is as it is asked to be already.
 */
export async function changeCredit(
  ctx: Context,
  areaId: number,
  month: string,
  isGiven: boolean,
): Promise<void> {
  await requireStaff(ctx, 'community.point.manage');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('community.area_month')
      .select('member_id as memberId')
      .where('area_id', '=', areaId)
      .where(sql<boolean>`month = ${month}::date`)
      .where('is_met', '=', true)
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', areaText.noSuchMonth);
    const cause = causeOf({ areaId, month, memberId: row.memberId });
    const isChanged = await (isGiven ? awardPoints(tx, cause) : reversePoints(tx, cause));
    if (!isChanged) throw new AppError('conflict', areaText.creditStands);
    await audit(tx, 'community.area.credit', String(areaId), { month, isGiven });
  });
}
