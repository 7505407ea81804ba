import { sql } from 'kysely';
import { EditPlan } from '#src/community/contract/plan.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { requirePerson } from '../members/require-member.ts';
import { columnsOf } from './plan-something.ts';
import { lockEntry } from './queries.ts';

/** Gives an entry of the plan other words; its days are moved by themselves, with a reason. */
export async function editPlan(ctx: Context, id: number, given: EditPlan): Promise<void> {
  requirePerson(ctx);
  const wish = EditPlan.parse(given);
  await inTransaction(ctx, async (tx) => {
    const { slug, sequence } = await lockEntry(tx, id);
    await requireSeat(tx, slug);
    await tx.db
      .updateTable('community.plan_entry')
      .set({ ...(await columnsOf(tx, wish)), sequence: sequence + 1, changed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.plan.edit', String(id), { committee: slug, title: wish.title });
  });
}
