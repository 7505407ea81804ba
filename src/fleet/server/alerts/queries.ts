import { sql } from 'kysely';
import type {
  Alert,
  AlertDetail,
  AlertEvent,
  AlertOverview,
  Repeats,
  Severity,
} from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Page, PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readTimeCursor, writeCursor } from '#src/platform/server/pages.ts';
import { silenceOf, type SilenceRow } from '../silences/rules.ts';
import { explain, type Labels, type OwnWords } from './rules.ts';

/** Beyond this the judge is taken for dead: it says that it lives twice a minute. */
export const engineSilentSeconds = 180;

/** Words of the rules that people wrote, by id. */
export async function listOwnWords(ctx: Context): Promise<Map<string, OwnWords & { enabled: boolean }>> {
  const rows = await ctx.db
    .selectFrom('fleet.alert_rule')
    .select(['id', 'name', 'meaning', 'next_step as nextStep', 'enabled'])
    .where('org_id', '=', ctx.actor.orgId)
    .execute();
  return new Map(rows.map(({ id, ...words }) => [id, words]));
}

/** Silences that may cover something now or later. */
export async function listSilenceRows(ctx: Context): Promise<SilenceRow[]> {
  const rows = await ctx.db
    .selectFrom('fleet.alert_silence')
    .select([
      'id',
      'reason',
      'rule',
      'host_id as hostId',
      'cluster_id as clusterId',
      'starts_at as startsAt',
      'ends_at as endsAt',
      'repeats',
    ])
    .where('org_id', '=', ctx.actor.orgId)
    .where(({ or, eb }) => or([eb('ends_at', 'is', null), eb('ends_at', '>', sql<Date>`now()`)]))
    .execute();
  return rows.map((row) => ({ ...row, repeats: row.repeats as unknown as Repeats | null }));
}

const alertRows = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.alert as a')
    .leftJoin('fleet.host as h', 'h.id', 'a.host_id')
    .leftJoin('fleet.cluster as c', 'c.id', 'a.cluster_id')
    .selectAll('a')
    .select([
      'h.name as host_name',
      'c.name as cluster_name',
      sql<string>`a.started_at::text`.as('started_text'),
    ])
    .where('a.org_id', '=', ctx.actor.orgId);
type Row = Awaited<ReturnType<ReturnType<typeof alertRows>['execute']>>[number];

async function present(ctx: Context, rows: readonly Row[]): Promise<Alert[]> {
  if (rows.length === 0) return [];
  const own = await listOwnWords(ctx);
  const silences = await listSilenceRows(ctx);
  const now = new Date();
  return rows.map((row) => ({
    id: row.id,
    rule: row.rule,
    title: explain(row.rule, own.get(row.rule)).title,
    severity: row.severity as Severity,
    state: row.resolved_at ? 'resolved' : row.acknowledged_at ? 'acknowledged' : 'firing',
    summary: row.summary as unknown as Text,
    labels: row.labels as unknown as Labels,
    value: row.value,
    host: row.host_id === null ? null : { id: row.host_id, name: row.host_name ?? '' },
    cluster: row.cluster_id === null ? null : { id: row.cluster_id, name: row.cluster_name ?? '' },
    startedAt: row.started_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    acknowledgedBy: row.acknowledged_by_name,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    silencedBecause: row.resolved_at
      ? null
      : (silenceOf(silences, { rule: row.rule, hostId: row.host_id, clusterId: row.cluster_id }, now)
          ?.reason ?? null),
  }));
}

export type AlertQuery = PageQuery & {
  state?: 'open' | 'firing' | 'acknowledged' | 'resolved' | 'all' | undefined;
  cluster?: string | undefined;
  host?: string | undefined;
};

/** Alerts of the organisation, newest first; only open ones unless said otherwise. */
export async function listAlerts(ctx: Context, query: AlertQuery): Promise<Page<Alert>> {
  const after = readTimeCursor(query.cursor);
  const { state = 'open' } = query;
  const rows = await alertRows(ctx)
    .$if(state === 'open' || state === 'firing' || state === 'acknowledged', (qb) =>
      qb.where('a.resolved_at', 'is', null),
    )
    .$if(state === 'firing', (qb) => qb.where('a.acknowledged_at', 'is', null))
    .$if(state === 'acknowledged', (qb) => qb.where('a.acknowledged_at', 'is not', null))
    .$if(state === 'resolved', (qb) => qb.where('a.resolved_at', 'is not', null))
    .$if(query.cluster !== undefined, (qb) => qb.where('a.cluster_id', '=', query.cluster ?? ''))
    .$if(query.host !== undefined, (qb) => qb.where('a.host_id', '=', query.host ?? ''))
    .$if(after !== undefined, (qb) =>
      qb.where(sql<boolean>`(a.started_at, a.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('a.started_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: await present(ctx, kept),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.started_text, last.id]) : null,
  };
}

/** One alert with its explanation and its story. */
export async function getAlert(ctx: Context, id: string): Promise<AlertDetail> {
  const row = await alertRows(ctx).where('a.id', '=', id).executeTakeFirst();
  const [alert] = row ? await present(ctx, [row]) : [];
  if (!alert) throw new AppError('not_found', alertText.noSuchAlert);
  const events = await ctx.db
    .selectFrom('fleet.alert_event')
    .select(['id', 'at', 'kind', 'by_name', 'text'])
    .where('alert_id', '=', id)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return {
    ...alert,
    explanation: explain(alert.rule, (await listOwnWords(ctx)).get(alert.rule)),
    events: events.map((event) => ({
      id: event.id,
      at: event.at.toISOString(),
      kind: event.kind as AlertEvent['kind'],
      by: event.by_name,
      text: event.text as unknown as Text,
    })),
  };
}

/** How many are open, and whether the judge lives. */
export async function getOverview(ctx: Context): Promise<AlertOverview> {
  const { rows } = await sql<{
    critical: number;
    warning: number;
    info: number;
    acknowledged: number;
    seen: Date | null;
    alive: boolean;
  }>`
    select count(*) filter (where severity = 'critical' and acknowledged_at is null)::int4 as critical,
      count(*) filter (where severity = 'warning' and acknowledged_at is null)::int4 as warning,
      count(*) filter (where severity = 'info' and acknowledged_at is null)::int4 as info,
      count(*) filter (where acknowledged_at is not null)::int4 as acknowledged,
      (select last_seen_at from fleet.alert_engine) as seen,
      coalesce((select last_seen_at > now() - make_interval(secs => ${engineSilentSeconds}) from fleet.alert_engine), false) as alive
    from fleet.alert where org_id = ${ctx.actor.orgId} and resolved_at is null`.execute(ctx.db);
  const found = rows[0];
  return {
    critical: found?.critical ?? 0,
    warning: found?.warning ?? 0,
    info: found?.info ?? 0,
    acknowledged: found?.acknowledged ?? 0,
    engineSeenAt: found?.seen?.toISOString() ?? null,
    engineAlive: found?.alive ?? false,
  };
}
