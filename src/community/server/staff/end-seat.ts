import { sql } from 'kysely';
import { staffText } from '#src/community/contract/staff.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';

/** Ends a seat in the staff at once; what was done in it stands. */
export async function endSeat(ctx: Context, id: string): Promise<void> {
  await requireStaff(ctx, 'community.staff.appoint');
  await inTransaction(ctx, async (tx) => {
    const seat = await tx.db
      .updateTable('community.staff')
      // A seat that begins later has not been held: its end must still come after its beginning.
      .set({ ends_at: sql<Date>`greatest(now(), starts_at + interval '1 microsecond')` })
      .where('id', '=', id)
      .where(sql<boolean>`coalesce(ends_at, 'infinity') > now()`)
      .returning('role')
      .executeTakeFirst();
    if (!seat) throw new AppError('not_found', staffText.noSuchSeat);
    await audit(tx, 'community.staff.end', id, { role: seat.role });
  });
}
