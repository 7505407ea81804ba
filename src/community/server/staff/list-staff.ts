import type { StaffSeat } from '#src/community/contract/members.ts';
import type { Context } from '#src/platform/server/context.ts';
import { requireStaff } from '../members/require-staff.ts';
import { listSeats } from './queries.ts';

/** Seats in the staff, for those who appoint it. */
export async function listStaff(ctx: Context): Promise<StaffSeat[]> {
  await requireStaff(ctx, 'community.staff.appoint');
  return listSeats(ctx);
}
