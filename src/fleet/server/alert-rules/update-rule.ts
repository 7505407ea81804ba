import { sql } from 'kysely';
import type { AlertRule, UpdateAlertRule } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { resolveAlerts } from '../alerts/raise-alert.ts';
import { checkExpression } from './check-expression.ts';
import { getRule } from './queries.ts';
import { rulesChannel } from './rules.ts';

/** Changes a rule; of a shipped one only whether, how bad, how long and how much. A rule that is disabled ends its alerts. */
export async function updateRule(ctx: Context, rule: string, wish: UpdateAlertRule): Promise<AlertRule> {
  requirePermission(ctx, 'fleet.alert.manage');
  const before = await getRule(ctx, rule);
  refuseMisfit(before, wish);
  if (!before.shipped && wish.expression !== undefined) await checkExpression(ctx, wish.expression);
  return inTransaction(ctx, async (tx) => {
    await (before.shipped ? choose(tx, rule, wish) : change(tx, rule, wish));
    if (wish.enabled === false) await resolveAlerts(tx, { rule }, alertText.resolvedByRule);
    await audit(tx, 'fleet.alert.update-rule', before.shipped ? null : rule, { rule, ...wish });
    await sql`select pg_notify(${rulesChannel}, '')`.execute(tx.db);
    return getRule(tx, rule);
  });
}

function refuseMisfit(before: AlertRule, wish: UpdateAlertRule): void {
  const words = [wish.name, wish.expression, wish.meaning, wish.nextStep];
  if (before.shipped) {
    if (words.some((word) => word !== undefined)) throw new AppError('conflict', alertText.shippedStays);
    if (typeof wish.threshold === 'number' && before.threshold === null) {
      throw new AppError('conflict', alertText.noThreshold);
    }
    return;
  }
  if (typeof wish.threshold === 'number') throw new AppError('conflict', alertText.noThreshold);
  if (wish.severity === null || wish.forSeconds === null) {
    throw new AppError('conflict', alertText.ownNeedsValue);
  }
}

async function choose(tx: Context, rule: string, wish: UpdateAlertRule): Promise<void> {
  const set = {
    ...(wish.enabled !== undefined && { enabled: wish.enabled }),
    ...(wish.severity !== undefined && { severity: wish.severity }),
    ...(wish.threshold !== undefined && { threshold: wish.threshold }),
    ...(wish.forSeconds !== undefined && { for_seconds: wish.forSeconds }),
  };
  if (Object.keys(set).length === 0) return;
  await tx.db
    .insertInto('fleet.alert_choice')
    .values({ org_id: tx.actor.orgId, rule, ...set })
    .onConflict((oc) => oc.columns(['org_id', 'rule']).doUpdateSet(set))
    .execute();
  // As shipped again in everything is no choice.
  await sql`delete from fleet.alert_choice where org_id = ${tx.actor.orgId} and rule = ${rule}
    and enabled and severity is null and threshold is null and for_seconds is null`.execute(tx.db);
}

async function change(tx: Context, rule: string, wish: UpdateAlertRule): Promise<void> {
  const set = {
    ...(wish.enabled !== undefined && { enabled: wish.enabled }),
    ...(typeof wish.severity === 'string' && { severity: wish.severity }),
    ...(typeof wish.forSeconds === 'number' && { for_seconds: wish.forSeconds }),
    ...(wish.name !== undefined && { name: wish.name }),
    ...(wish.expression !== undefined && { expression: wish.expression }),
    ...(wish.meaning !== undefined && { meaning: wish.meaning }),
    ...(wish.nextStep !== undefined && { next_step: wish.nextStep }),
  };
  if (Object.keys(set).length === 0) return;
  if (wish.name !== undefined) {
    const taken = await tx.db
      .selectFrom('fleet.alert_rule')
      .select('id')
      .where('org_id', '=', tx.actor.orgId)
      .where('name', '=', wish.name)
      .where('id', '<>', rule)
      .executeTakeFirst();
    if (taken) throw new AppError('conflict', alertText.nameTaken(wish.name));
  }
  await tx.db
    .updateTable('fleet.alert_rule')
    .set(set)
    .where('org_id', '=', tx.actor.orgId)
    .where('id', '=', rule)
    .execute();
}
