import { sql } from 'kysely';
import { ChangePointRule, type RuledCause } from '#src/community/contract/points.ts';
import { pointText } from '#src/community/contract/points.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findMember } from '../members/queries.ts';
import { requireStaff } from '../members/require-staff.ts';

/**
 * Says what a cause brings from a moment to come on: the rule that holds ends then. Not at once, so that no award that is being
 * entered can miss it; and never for the past, so that every entry stays explained by the rule of its time.
 */
export async function changeRule(ctx: Context, cause: RuledCause, given: ChangePointRule): Promise<void> {
  await requireStaff(ctx, 'community.point.manage');
  const { from, ...wish } = ChangePointRule.parse(given);
  await inTransaction(ctx, async (tx) => {
    const last = await tx.db
      .selectFrom('community.point_rule')
      .selectAll()
      .select([
        sql<Date>`coalesce(${from}::timestamptz, date_trunc('minute', now()) + interval '1 minute')`.as(
          'starts',
        ),
        sql<Date>`lower(valid)`.as('since'),
      ])
      .where('cause', '=', cause)
      .where(sql<boolean>`upper_inf(valid)`)
      .forUpdate()
      .executeTakeFirst();
    if (!last) throw new AppError('not_found', pointText.noSuchCause);
    if (last.starts.getTime() <= Date.now()) throw new AppError('invalid', pointText.fromPast);
    if (last.starts.getTime() <= last.since.getTime()) throw new AppError('conflict', pointText.isPlanned);
    await tx.db
      .updateTable('community.point_rule')
      .set({ valid: sql<string>`tstzrange(lower(valid), ${last.starts})` })
      .where('id', '=', last.id)
      .execute();
    const person =
      ctx.actor.kind === 'user' && ctx.actor.id !== null ? await findMember(tx.db, ctx.actor.id) : undefined;
    await tx.db
      .insertInto('community.point_rule')
      .values({
        cause,
        version: last.version + 1,
        growth: wish.growth,
        spendable: wish.spendable,
        daily_cap: wish.dailyCap,
        actor_cap: wish.actorCap,
        valid: sql<string>`tstzrange(${last.starts}, null)`,
        changed_by: person?.id ?? null,
      })
      .execute();
    await audit(tx, 'community.point.rule', cause, { ...wish, from: last.starts.toISOString() });
  });
}
