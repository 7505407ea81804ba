import { SetGoal } from '#src/community/contract/goals.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { findByHandle } from '../members/queries.ts';

/** Sets a goal of a year for one's committee: a measure from the list and its target. How far it is, nobody types. */
export async function setGoal(ctx: Context, given: SetGoal): Promise<{ id: number }> {
  const wish = SetGoal.parse(given);
  return inTransaction(ctx, async (tx) => {
    const { committee, reader } = await requireSeat(tx, wish.committee);
    const owner = wish.owner === null ? undefined : await findByHandle(tx.db, wish.owner);
    if (wish.owner !== null && !owner) throw new AppError('not_found', memberText.noSuchMember);
    const made = await tx.db
      .insertInto('community.goal')
      .values({
        committee_id: committee.id,
        year: wish.year,
        title: wish.title,
        measure: wish.measure,
        target: wish.target,
        owner_id: owner?.id ?? null,
        created_by: reader?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { year, measure, target } = wish;
    await audit(tx, 'community.goal.set', String(made.id), {
      committee: committee.slug,
      year,
      measure,
      target,
    });
    return made;
  });
}
