import { sql } from 'kysely';
import type { MovePlan } from '#src/community/contract/plan.ts';
import { planText } from '#src/community/contract/plan.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { requirePerson } from '../members/require-member.ts';
import { lockEntry } from './queries.ts';

/** Moves an entry of the plan to other days; what was first planned stays beside it, with the reason. */
export async function movePlan(
  ctx: Context,
  id: number,
  { startsOn, endsOn, reason }: MovePlan,
): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { slug, state, sequence } = await lockEntry(tx, id);
    const { reader } = await requireSeat(tx, slug);
    if (state !== 'planned') throw new AppError('conflict', planText.isClosed);
    await sql`insert into community.plan_change (entry_id, sequence, was_on, was_until, reason, member_id)
      select id, sequence + 1, starts_on, ends_on, ${reason}, ${reader?.id ?? null}
      from community.plan_entry where id = ${id}`.execute(tx.db);
    await tx.db
      .updateTable('community.plan_entry')
      .set({ starts_on: startsOn, ends_on: endsOn, sequence: sequence + 1, changed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.plan.move', String(id), { committee: slug, startsOn, endsOn, reason });
  });
}
