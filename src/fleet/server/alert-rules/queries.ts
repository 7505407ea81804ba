import { sql } from 'kysely';
import type { AlertRule, Severity } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import type { ShippedKey } from '#src/fleet/contract/shipped-alerts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { explain } from '../alerts/rules.ts';
import { withChoice, type Choice, type OwnRule } from './files.rules.ts';
import { isShipped, shippedRules } from './shipped.rules.ts';

/** What each organisation with hosts wants judged. */
export async function listAllRules(db: Db): Promise<{ orgId: string; choices: Choice[]; own: OwnRule[] }[]> {
  const orgs = await sql<{ id: string }>`
    select org_id as id from fleet.host where phase <> 'removed'
    union select org_id from fleet.alert_rule where enabled
    order by id`.execute(db);
  const choices = await db
    .selectFrom('fleet.alert_choice')
    .select(['org_id', 'rule', 'enabled', 'severity', 'threshold', 'for_seconds as forSeconds'])
    .orderBy('rule')
    .execute();
  const own = await db
    .selectFrom('fleet.alert_rule')
    .select(['org_id', 'id', 'expression', 'for_seconds as forSeconds', 'severity'])
    .where('enabled', '=', true)
    .orderBy('id')
    .execute();
  return orgs.rows.map(({ id }) => ({
    orgId: id,
    choices: choices.filter(({ org_id }) => org_id === id) as (Choice & { org_id: string })[],
    own: own.filter(({ org_id }) => org_id === id) as (OwnRule & { org_id: string })[],
  }));
}

/** Every rule of the organisation, shipped ones first. */
export async function listRules(ctx: Context): Promise<AlertRule[]> {
  const { orgId } = ctx.actor;
  const choices = await ctx.db
    .selectFrom('fleet.alert_choice')
    .select(['rule', 'enabled', 'severity', 'threshold', 'for_seconds as forSeconds'])
    .where('org_id', '=', orgId)
    .execute();
  const own = await ctx.db
    .selectFrom('fleet.alert_rule')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('name')
    .execute();
  const counts = await ctx.db
    .selectFrom('fleet.alert')
    .select(['rule', ({ fn }) => fn.countAll<number>().as('firing')])
    .where('org_id', '=', orgId)
    .where('resolved_at', 'is', null)
    .groupBy('rule')
    .execute();
  const firing = new Map(counts.map((one) => [one.rule, Number(one.firing)]));
  const chosen = new Map(choices.map((one) => [one.rule, one as Choice]));
  return [
    ...(Object.keys(shippedRules) as ShippedKey[]).map((rule): AlertRule => {
      const { topic, unit } = shippedRules[rule];
      const explanation = explain(rule, undefined);
      return {
        rule,
        shipped: true,
        topic,
        title: explanation.title,
        unit,
        changed: chosen.has(rule),
        explanation,
        firing: firing.get(rule) ?? 0,
        ...withChoice(rule, chosen.get(rule)),
      };
    }),
    ...own.map((row): AlertRule => {
      const words = { name: row.name, meaning: row.meaning, nextStep: row.next_step };
      const explanation = explain(row.id, words);
      return {
        rule: row.id,
        shipped: false,
        topic: 'own',
        title: explanation.title,
        enabled: row.enabled,
        severity: row.severity as Severity,
        expression: row.expression,
        forSeconds: row.for_seconds,
        threshold: null,
        unit: null,
        changed: false,
        explanation,
        firing: firing.get(row.id) ?? 0,
      };
    }),
  ];
}

/** One rule of the organisation. */
export async function getRule(ctx: Context, rule: string): Promise<AlertRule> {
  const found = (await listRules(ctx)).find((one) => one.rule === rule);
  if (!found) throw new AppError('not_found', alertText.noSuchRule);
  return found;
}

/** True for a rule that the organisation has. */
export async function isRule(ctx: Context, rule: string): Promise<boolean> {
  if (isShipped(rule)) return true;
  const found = await sql`select from fleet.alert_rule
    where org_id = ${ctx.actor.orgId} and id::text = ${rule}`.execute(ctx.db);
  return found.rows.length > 0;
}
