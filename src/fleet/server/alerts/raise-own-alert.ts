import type { ShippedKey } from '#src/fleet/contract/shipped-alerts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { withChoice, type Choice } from '../alert-rules/files.rules.ts';
import { raiseAlert } from './raise-alert.ts';
import type { Labels } from './rules.ts';

/** Takes a word of trouble that rows of ours say, as bad as the organisation of `tx` has chosen; does nothing when it has disabled the rule. */
export async function raiseOwnAlert(
  tx: Context,
  trouble: { rule: ShippedKey; labels: Labels; value?: number; clusterId?: string | null },
): Promise<void> {
  const choice = await tx.db
    .selectFrom('fleet.alert_choice')
    .select(['rule', 'enabled', 'severity', 'threshold', 'for_seconds as forSeconds'])
    .where('org_id', '=', tx.actor.orgId)
    .where('rule', '=', trouble.rule)
    .executeTakeFirst();
  const { enabled, severity } = withChoice(trouble.rule, choice as Choice | undefined);
  if (!enabled) return;
  await raiseAlert(tx, { value: 0, clusterId: null, ...trouble, severity, source: 'elepherd' });
}
