import { sql } from 'kysely';
import type { ClosePlan } from '#src/community/contract/plan.ts';
import { planText } from '#src/community/contract/plan.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { requirePerson } from '../members/require-member.ts';
import { lockEntry } from './queries.ts';

/** Says that an entry of the plan is done, or will not be; calendars are told so. Once. */
export async function closePlan(ctx: Context, id: number, { outcome }: ClosePlan): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { slug, state, sequence } = await lockEntry(tx, id);
    await requireSeat(tx, slug);
    if (state !== 'planned') throw new AppError('conflict', planText.isClosed);
    await tx.db
      .updateTable('community.plan_entry')
      .set({
        state: outcome,
        closed_on: sql<string>`(now() at time zone 'UTC')::date`,
        sequence: sequence + 1,
        changed_at: sql<Date>`now()`,
      })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.plan.close', String(id), { committee: slug, outcome });
  });
}
