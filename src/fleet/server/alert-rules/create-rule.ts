import { sql } from 'kysely';
import { CreateAlertRule, type AlertRule } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { checkExpression } from './check-expression.ts';
import { getRule } from './queries.ts';
import { ownRulesAtMost, rulesChannel } from './rules.ts';

/** Adds a rule of the organisation's own; refuses an expression that the store cannot judge, and a name that is taken. */
export async function createRule(ctx: Context, given: CreateAlertRule): Promise<AlertRule> {
  requirePermission(ctx, 'fleet.alert.manage');
  const wish = CreateAlertRule.parse(given);
  await checkExpression(ctx, wish.expression);
  return inTransaction(ctx, async (tx) => {
    const { orgId } = tx.actor;
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int4 as n from fleet.alert_rule where org_id = ${orgId}`.execute(tx.db);
    if ((rows[0]?.n ?? 0) >= ownRulesAtMost)
      throw new AppError('conflict', alertText.tooManyRules(ownRulesAtMost));
    const made = await tx.db
      .insertInto('fleet.alert_rule')
      .values({
        org_id: orgId,
        name: wish.name,
        expression: wish.expression,
        for_seconds: wish.forSeconds,
        severity: wish.severity,
        meaning: wish.meaning,
        next_step: wish.nextStep,
        enabled: wish.enabled,
        created_by_name: tx.actor.name,
      })
      .onConflict((oc) => oc.columns(['org_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', alertText.nameTaken(wish.name));
    await audit(tx, 'fleet.alert.create-rule', made.id, { name: wish.name, expression: wish.expression });
    await sql`select pg_notify(${rulesChannel}, '')`.execute(tx.db);
    return getRule(tx, made.id);
  });
}
