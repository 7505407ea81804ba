import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { awardPoints, type Cause } from '../points/change-points.ts';
import { lockMembers } from '../points/lock-members.ts';

/** A month of an area that met its target, and who answered for it. */
export type MetMonth = { areaId: number; month: string; memberId: string };

export const causeOf = ({ areaId, month, memberId }: MetMonth): Cause => ({
  memberId,
  cause: 'area-met',
  key: `${areaId}:${month}`,
});

/**
 * Gives who answered for an area the points of a month in which it met its target, in the caller's transaction; once, and
 * not again after somebody took them back.
 */
export async function payMonth(tx: Context, month: MetMonth): Promise<boolean> {
  await lockMembers(tx, [month.memberId]);
  const cause = causeOf(month);
  const { rows } = await sql<{ isPaid: boolean }>`select exists (select from community.point_entry
    where member_id = ${cause.memberId} and cause = ${cause.cause} and cause_key = ${cause.key}) as "isPaid"`.execute(
    tx.db,
  );
  return rows[0]?.isPaid === false && awardPoints(tx, cause);
}
