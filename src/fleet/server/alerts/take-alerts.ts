import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Severity } from '#src/fleet/contract/alerts.ts';
import { inTransaction, systemContext, type Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { engineRule } from '../alert-rules/files.rules.ts';
import { isShipped } from '../alert-rules/shipped.rules.ts';
import { listOwnWords } from './queries.ts';
import { raiseAlert, resolveAlerts } from './raise-alert.ts';
import { fingerprintOf, plainLabels, type Labels } from './rules.ts';

/** What Alertmanager takes at /api/v2/alerts, as far as vmalert and Prometheus send it. */
export const PostedAlerts = z
  .array(
    z.object({
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()).default({}),
      endsAt: z.iso.datetime({ offset: true }).optional(),
    }),
  )
  .max(20_000);
export type PostedAlerts = z.infer<typeof PostedAlerts>;

const isId = (value: string | undefined): value is string => z.uuid().safeParse(value).success;

/** Takes what the judge says: makes, keeps and ends alerts of each organisation named, and notes that the judge lives. */
export async function takeAlerts(db: Kysely<DB>, posted: PostedAlerts): Promise<void> {
  if (posted.some(({ labels }) => labels['rule'] === engineRule)) await noteEngine(db);
  const byOrg = Map.groupBy(
    posted.filter(({ labels }) => labels['rule'] !== engineRule && isId(labels['org'])),
    ({ labels }) => labels['org'] ?? '',
  );
  for (const [orgId, words] of byOrg) {
    // open to: the judge, which showed its token at the door
    // not audited: an alert's rows are its own history
    await inTransaction(systemContext(db, orgId), (tx) => takeOf(tx, words));
  }
}

async function noteEngine(db: Kysely<DB>): Promise<void> {
  await db
    .insertInto('fleet.alert_engine')
    .values({ only_row: true })
    .onConflict((oc) => oc.column('only_row').doUpdateSet({ last_seen_at: sql<Date>`now()` }))
    .execute();
}

async function takeOf(tx: Context, words: PostedAlerts): Promise<void> {
  const { orgId } = tx.actor;
  const own = await listOwnWords(tx);
  const known = await tx.db
    .selectFrom('fleet.alert_choice')
    .select('rule')
    .where('org_id', '=', orgId)
    .where('enabled', '=', false)
    .execute();
  const off = new Set(known.map(({ rule }) => rule));
  const places = await findPlaces(
    tx,
    words.map(({ labels }) => labels),
  );
  const now = Date.now();
  for (const { labels: given, annotations, endsAt } of words) {
    const rule = given['rule'] ?? '';
    const labels = plainLabels(given);
    if (endsAt !== undefined && Date.parse(endsAt) <= now) {
      await resolveAlerts(tx, { fingerprint: fingerprintOf(rule, labels) });
      continue;
    }
    // Said by a judge that has not read the newest rules yet.
    if (off.has(rule) || (!isShipped(rule) && own.get(rule)?.enabled !== true)) continue;
    const value = Number(annotations['value']);
    await raiseAlert(tx, {
      rule,
      severity: Severity.catch('warning').parse(given['severity']),
      labels,
      value: Number.isFinite(value) ? value : 0,
      source: 'engine',
      own: own.get(rule),
      hostId: places.hosts.has(given['host_id'] ?? '') ? (given['host_id'] ?? null) : null,
      clusterId: places.clusters.has(given['cluster_id'] ?? '') ? (given['cluster_id'] ?? null) : null,
    });
  }
}

/** Hosts and clusters of the organisation that labels name. */
async function findPlaces(
  tx: Context,
  labels: Labels[],
): Promise<{ hosts: Set<string>; clusters: Set<string> }> {
  const named = (name: string) => [...new Set(labels.map((one) => one[name]).filter(isId))];
  const find = async (table: 'fleet.host' | 'fleet.cluster', ids: string[]) => {
    if (ids.length === 0) return new Set<string>();
    const rows = await tx.db
      .selectFrom(table)
      .select('id')
      .where('org_id', '=', tx.actor.orgId)
      .where('id', 'in', ids)
      .execute();
    return new Set(rows.map(({ id }) => id));
  };
  return {
    hosts: await find('fleet.host', named('host_id')),
    clusters: await find('fleet.cluster', named('cluster_id')),
  };
}
