import { sql } from 'kysely';
import { areaText } from '#src/community/contract/areas.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { listHours } from './queries.ts';

/** Confirms hours of somebody else: by who answers for the area, or with a seat in its committee. */
export async function confirmHours(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const member = await requireMember(tx);
    const waits = (await listHours(tx)).some((one) => one.id === id && one.mayConfirm);
    if (!waits) throw new AppError('not_found', areaText.noSuchHours);
    await tx.db
      .updateTable('community.volunteer_hours')
      .set({ confirmed_by: member.id, confirmed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('confirmed_at', 'is', null)
      .execute();
    await audit(tx, 'community.hours.confirm', String(id));
  });
}
