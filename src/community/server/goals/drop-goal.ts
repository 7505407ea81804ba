import { sql } from 'kysely';
import { goalText } from '#src/community/contract/goals.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { requirePerson } from '../members/require-member.ts';

/** Drops a goal of one's committee; the audit log keeps what it was. */
export async function dropGoal(ctx: Context, id: number): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const goal = await tx.db
      .selectFrom('community.goal as g')
      .innerJoin('community.committee as c', 'c.id', 'g.committee_id')
      .select(['c.slug', 'g.title'])
      .where('g.id', '=', id)
      .where('g.dropped_at', 'is', null)
      .forUpdate('g')
      .executeTakeFirst();
    if (!goal) throw new AppError('not_found', goalText.noSuch);
    await requireSeat(tx, goal.slug);
    await tx.db
      .updateTable('community.goal')
      .set({ dropped_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.goal.drop', String(id), { committee: goal.slug, title: goal.title });
  });
}
