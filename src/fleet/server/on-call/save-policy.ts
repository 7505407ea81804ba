import { sql } from 'kysely';
import { SavePolicy, type Policy } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getPolicy } from './queries.ts';

/** Says who is told of alerts at once, and who when nobody acknowledges; refuses steps that do not rise, and channels or rotas that are not there. */
export async function savePolicy(ctx: Context, given: SavePolicy): Promise<Policy> {
  requirePermission(ctx, 'fleet.alert.manage');
  const { steps } = SavePolicy.parse(given);
  steps.forEach((step, index) => {
    const before = steps[index - 1];
    if (before ? step.afterMinutes <= before.afterMinutes : step.afterMinutes !== 0) {
      throw new AppError('conflict', alertText.stepsNotRising);
    }
    if (!step.owners && step.channelIds.length + step.rotaIds.length === 0) {
      throw new AppError('conflict', alertText.stepTellsNobody);
    }
  });
  return inTransaction(ctx, async (tx) => {
    const { orgId } = tx.actor;
    const missing = async (table: 'fleet.alert_channel' | 'fleet.on_call_rota', ids: string[]) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int4 as n from ${sql.table(table)}
        where org_id = ${orgId} and id = any(${ids}::uuid[])`.execute(tx.db);
      return (rows[0]?.n ?? 0) < new Set(ids).size;
    };
    if (
      await missing(
        'fleet.alert_channel',
        steps.flatMap(({ channelIds }) => channelIds),
      )
    ) {
      throw new AppError('not_found', alertText.noSuchChannel);
    }
    if (
      await missing(
        'fleet.on_call_rota',
        steps.flatMap(({ rotaIds }) => rotaIds),
      )
    ) {
      throw new AppError('not_found', alertText.noSuchRota);
    }
    const row = { steps: JSON.stringify(steps) };
    await tx.db
      .insertInto('fleet.alert_policy')
      .values({ org_id: orgId, ...row })
      .onConflict((oc) => oc.column('org_id').doUpdateSet(row))
      .execute();
    await audit(tx, 'fleet.alert.save-policy', null, { steps: steps.length });
    return getPolicy(tx);
  });
}
