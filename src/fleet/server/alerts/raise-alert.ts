import { sql } from 'kysely';
import type { Severity } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { stateFact } from '#src/platform/server/events.ts';
import type { Context } from '#src/platform/server/context.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { fingerprintOf, summarise, type Labels, type OwnWords } from './rules.ts';

/** A word that something is wrong now. */
export type Trouble = {
  rule: string;
  severity: Severity;
  labels: Labels;
  value: number;
  source: 'engine' | 'elepherd';
  own?: OwnWords | undefined;
  hostId?: string | null;
  clusterId?: string | null;
};

/** Words of one trouble that come this soon after its end are one alert that goes on: it flaps. */
const flapSeconds = 300;
/** Others that belong together may follow at once. */
const gatherSeconds = 10;

/** Takes a word of trouble in the organisation of `tx`: the first one makes an alert, further ones keep it alive. Returns its id. */
export async function raiseAlert(tx: Context, trouble: Trouble): Promise<string> {
  const { rule, severity, labels, value, source, own } = trouble;
  const orgId = tx.actor.orgId;
  const fingerprint = fingerprintOf(rule, labels);
  const summary = JSON.stringify(summarise(rule, own, labels, value));
  const seen = { summary, value, last_seen_at: sql<Date>`now()` };
  const known = await tx.db
    .updateTable('fleet.alert as a')
    .from((eb) =>
      eb
        .selectFrom('fleet.alert')
        .select(['id', 'severity', 'resolved_at'])
        .where('org_id', '=', orgId)
        .where('fingerprint', '=', fingerprint)
        .where(
          sql<boolean>`(resolved_at is null or (not told_end and resolved_at > now() - make_interval(secs => ${flapSeconds})))`,
        )
        .orderBy('started_at', 'desc')
        .limit(1)
        .forUpdate()
        .as('old'),
    )
    .set({ ...seen, severity, resolved_at: null })
    .whereRef('a.id', '=', 'old.id')
    .returning(['a.id', 'old.severity as before', 'old.resolved_at as ended'])
    .executeTakeFirst();
  if (known) {
    if (known.ended) await noteEvent(tx, known.id, 'fired', alertText.cameBack);
    if (known.before !== severity) {
      await noteEvent(tx, known.id, 'severity', alertText.severityNow(severity));
    }
    return known.id;
  }
  const made = await tx.db
    .insertInto('fleet.alert')
    .values({
      org_id: orgId,
      rule,
      severity,
      fingerprint,
      source,
      labels: JSON.stringify(labels),
      summary,
      value,
      host_id: trouble.hostId ?? null,
      cluster_id: trouble.clusterId ?? null,
    })
    .onConflict((oc) =>
      oc.columns(['org_id', 'fingerprint']).where('resolved_at', 'is', null).doUpdateSet(seen),
    )
    .returning(['id', sql<boolean>`xmax = 0`.as('isNew')])
    .executeTakeFirstOrThrow();
  if (made.isNew) {
    await noteEvent(tx, made.id, 'fired', alertText.fired);
    await stateFact(tx, 'fleet.alert-fired', made.id, { rule, severity });
    await queueTelling(tx, gatherSeconds);
  }
  return made.id;
}

/** Ends open alerts of the organisation of `tx`: by fingerprint, by rule, or by id. Those that are over stay as they are. */
export async function resolveAlerts(
  tx: Context,
  which: { fingerprint: string } | { rule: string } | { id: string },
  why: Text = alertText.resolved,
): Promise<number> {
  const ended = await tx.db
    .updateTable('fleet.alert')
    .set({ resolved_at: sql<Date>`now()` })
    .where('org_id', '=', tx.actor.orgId)
    .where('resolved_at', 'is', null)
    .$if('fingerprint' in which, (qb) =>
      qb.where('fingerprint', '=', (which as { fingerprint: string }).fingerprint),
    )
    .$if('rule' in which, (qb) => qb.where('rule', '=', (which as { rule: string }).rule))
    .$if('id' in which, (qb) => qb.where('id', '=', (which as { id: string }).id))
    .returning(['id', 'rule'])
    .execute();
  for (const { id, rule } of ended) {
    await noteEvent(tx, id, 'resolved', why);
    await stateFact(tx, 'fleet.alert-resolved', id, { rule });
  }
  return ended.length;
}

/** Adds a line to the story of an alert. */
export async function noteEvent(
  tx: Context,
  alertId: string,
  kind: 'fired' | 'acknowledged' | 'told' | 'resolved' | 'severity',
  text: Text,
  byName: string | null = null,
): Promise<void> {
  await tx.db
    .insertInto('fleet.alert_event')
    .values({ alert_id: alertId, kind, text: JSON.stringify(text), by_name: byName })
    .execute();
}

/** Lets people be told soon; what comes until then goes with it. */
export async function queueTelling(tx: Context, waitSeconds: number): Promise<void> {
  const { orgId } = tx.actor;
  await enqueue(
    tx.db,
    'fleet.tell-alerts',
    { orgId },
    { key: `tell-alerts:${orgId}`, waitSeconds, keepTime: true },
  );
}
