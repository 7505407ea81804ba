import { sql } from 'kysely';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { resolveAlerts } from '../alerts/raise-alert.ts';
import { getRule } from './queries.ts';
import { rulesChannel } from './rules.ts';

/** Removes a rule that people wrote, and ends its alerts; a shipped one stays. */
export async function deleteRule(ctx: Context, rule: string): Promise<void> {
  requirePermission(ctx, 'fleet.alert.manage');
  await inTransaction(ctx, async (tx) => {
    const { shipped, title } = await getRule(tx, rule);
    if (shipped) throw new AppError('conflict', alertText.shippedStays);
    await resolveAlerts(tx, { rule }, alertText.resolvedByRule);
    await tx.db
      .deleteFrom('fleet.alert_rule')
      .where('org_id', '=', tx.actor.orgId)
      .where('id', '=', rule)
      .execute();
    await audit(tx, 'fleet.alert.delete-rule', rule, { name: title.en });
    await sql`select pg_notify(${rulesChannel}, '')`.execute(tx.db);
  });
}
