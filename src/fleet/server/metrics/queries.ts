// Over 300 lines: all that is read of metrics, from our own rows and from the store.
import type {
  Annotation,
  AnnotationQuery,
  MetricsRange,
  PanelData,
  PanelName,
  PanelQuery,
  PanelSeries,
  StatementsQuery,
  StatementUse,
  TablesQuery,
  TableUse,
} from '#src/fleet/contract/metrics-panels.ts';
import { metricsText } from '#src/fleet/contract/metrics.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import {
  MetricsStoreProblem,
  theMetricsStore,
  type MetricsStore,
  type Series,
} from '#src/platform/server/metrics/metrics-store.ts';
import { findDefinition } from '#src/platform/server/operations/queries.ts';
import { getCluster } from '../clusters/queries.ts';
import { getHost } from '../hosts/queries.ts';
import type { ForcedLabels } from './lines.rules.ts';
import {
  gridOf,
  panels,
  rangeSecondsAtMost,
  selectorOf,
  seriesAtMost,
  windowOf,
  type PanelScope,
} from './panels.rules.ts';
import { tableQuestions, tablesAtMost, type TableColumn } from './tables.rules.ts';

/** Labels of everything a host sends: its own, and those of each cluster that has a member there, by the cluster's scope. */
export async function findHostLabels(
  db: Db,
  hostId: string,
): Promise<{ orgId: string; own: ForcedLabels; scopes: Map<string, ForcedLabels> } | undefined> {
  const host = await db
    .selectFrom('fleet.host')
    .select(['org_id', 'name'])
    .where('id', '=', hostId)
    .where('phase', '<>', 'removed')
    .executeTakeFirst();
  if (!host) return undefined;
  const members = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.cluster as c', 'c.id', 'm.cluster_id')
    .select(['c.id', 'c.scope', 'c.name as cluster', 'm.name as member'])
    .where('m.host_id', '=', hostId)
    .where('m.phase', '<>', 'gone')
    .execute();
  const own = { org: host.org_id, host_id: hostId, host: host.name };
  return {
    orgId: host.org_id,
    own,
    scopes: new Map(
      members.map(({ id, scope, cluster, member }) => [scope, { ...own, cluster_id: id, cluster, member }]),
    ),
  };
}

/** Every host that should be heard, and every member that should run, with the labels of their series. */
export async function listExpected(db: Db): Promise<{
  hosts: { labels: ForcedLabels; connected: boolean }[];
  members: { labels: ForcedLabels; kind: string }[];
}> {
  const hosts = await db
    .selectFrom('fleet.host')
    .select(['id', 'org_id', 'name', 'connected'])
    .where('phase', '<>', 'removed')
    .execute();
  const members = await db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.cluster as c', 'c.id', 'm.cluster_id')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .select([
      'h.org_id',
      'h.id',
      'h.name as host',
      'c.id as clusterId',
      'c.name as cluster',
      'm.name',
      'm.kind',
    ])
    .where('m.phase', '=', 'ready')
    .where('c.phase', '=', 'ready')
    .execute();
  return {
    hosts: hosts.map(({ id, org_id, name, connected }) => ({
      labels: { org: org_id, host_id: id, host: name },
      connected,
    })),
    members: members.map((row) => ({
      labels: {
        org: row.org_id,
        host_id: row.id,
        host: row.host,
        cluster_id: row.clusterId,
        cluster: row.cluster,
        member: row.name,
      },
      kind: row.kind,
    })),
  };
}

const store = (): MetricsStore => {
  const found = theMetricsStore();
  if (!found) throw new AppError('unavailable', metricsText.noStore);
  return found;
};

/** What the store says; when it is away, in words for whoever looks at a page. */
async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof MetricsStoreProblem)
      throw new AppError('unavailable', metricsText.storeAway, { cause });
    throw cause;
  }
}

function rangeOf({ from, to }: MetricsRange): { from: number; to: number } {
  const end = to ?? Math.floor(Date.now() / 1000);
  const begin = from ?? end - 3600;
  if (begin >= end || end - begin > rangeSecondsAtMost) throw new AppError('invalid', metricsText.badRange);
  return { from: begin, to: end };
}

/** What a question is about, from rows of the actor's organisation only. */
async function scopeOf(
  ctx: Context,
  { cluster, host }: { cluster?: string | undefined; host?: string | undefined },
): Promise<PanelScope> {
  const scope: PanelScope = { orgId: ctx.actor.orgId };
  if (host !== undefined) scope.hostId = (await getHost(ctx, host)).id;
  if (cluster !== undefined) {
    const found = await getCluster(ctx, cluster);
    scope.clusterId = found.id;
    scope.hostIds = found.members.map(({ hostId }) => hostId);
  }
  return scope;
}

/** One panel over a time range, of the actor's organisation. */
export async function getPanel(ctx: Context, name: PanelName, query: PanelQuery): Promise<PanelData> {
  const rule = panels[name];
  const { from, to } = rangeOf(query);
  if ((rule.needs === 'cluster' && !query.cluster) || (rule.needs === 'host' && !query.host))
    throw new AppError('invalid', metricsText.panelNeeds(rule.needs));
  const about = rule.needs === 'cluster' ? { cluster: query.cluster } : { host: query.host };
  const scope = await scopeOf(ctx, rule.needs === 'fleet' ? {} : about);
  const grid = gridOf(from, to, query.step);
  const weekSeconds = 7 * 86_400;
  const [series, earlier] = await Promise.all([
    drawSeries(scope, rule.questions, grid, 0),
    query.compare === 'week' ? drawSeries(scope, rule.questions, grid, weekSeconds) : null,
  ]);
  return {
    panel: name,
    unit: rule.unit,
    from: grid.from,
    step: grid.step,
    points: grid.points,
    series,
    earlier,
  };
}

async function drawSeries(
  scope: PanelScope,
  questions: (typeof panels)[PanelName]['questions'],
  grid: ReturnType<typeof gridOf>,
  agoSeconds: number,
): Promise<PanelSeries[]> {
  const selector = selectorOf(scope);
  const window = windowOf(grid.step);
  const drawn = await Promise.all(
    questions.map(async ({ kind, by, promql }) => {
      const found = await asked(
        store().queryRange({
          promql: promql(selector, window, scope),
          fromSeconds: grid.from - agoSeconds,
          toSeconds: grid.to - agoSeconds,
          stepSeconds: grid.step,
        }),
      );
      return found
        .slice(0, seriesAtMost)
        .map(({ labels, points }) => ({
          kind,
          name: by === undefined ? '' : (labels[by] ?? ''),
          values: onGrid(points, grid.from - agoSeconds, grid.step, grid.points),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    }),
  );
  return drawn.flat().slice(0, 100);
}

function onGrid(
  points: readonly [number, number][],
  from: number,
  step: number,
  count: number,
): (number | null)[] {
  const values: (number | null)[] = Array.from({ length: count }, () => null);
  for (const [at, value] of points) {
    const index = Math.round((at - from) / step);
    // Six digits are more than a picture shows.
    if (index >= 0 && index < count && Number.isFinite(value)) values[index] = Number(value.toPrecision(6));
  }
  return values;
}

/** What happened in a time: operations of the cluster or the organisation, failovers and what agents saw. */
export async function listAnnotations(
  ctx: Context,
  query: AnnotationQuery,
): Promise<{ items: Annotation[] }> {
  const { from, to } = rangeOf(query);
  const scope = await scopeOf(ctx, query);
  const subject = scope.clusterId ?? scope.hostId;
  const within = [new Date(from * 1000), new Date(to * 1000)] as const;
  const operations = await ctx.db
    .selectFrom('platform.operation')
    .select(['id', 'kind', 'state', 'created_at', 'ended_at'])
    .where('org_id', '=', ctx.actor.orgId)
    .$if(subject !== undefined, (qb) => qb.where('subject_id', '=', subject!))
    .where('created_at', '>=', within[0])
    .where('created_at', '<=', within[1])
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
  const happenings = await ctx.db
    .selectFrom('fleet.incident_event')
    .select(['at', 'kind', 'severity', 'text'])
    .where('org_id', '=', ctx.actor.orgId)
    .$if(scope.clusterId !== undefined, (qb) => qb.where('cluster_id', '=', scope.clusterId!))
    .$if(scope.hostId !== undefined, (qb) => qb.where('host_id', '=', scope.hostId!))
    .where('at', '>=', within[0])
    .where('at', '<=', within[1])
    .orderBy('at', 'desc')
    .limit(200)
    .execute();
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  const items: Annotation[] = [
    ...operations.map((row): Annotation => ({
      at: seconds(row.created_at),
      until: row.ended_at ? seconds(row.ended_at) : null,
      kind: 'operation',
      severity: row.state === 'failed' ? 'warning' : 'info',
      title: findDefinition(row.kind)?.title ?? { en: row.kind, 'zh-CN': row.kind },
      operationId: row.id,
    })),
    ...happenings.map((row): Annotation => ({
      at: seconds(row.at),
      until: null,
      kind: row.kind === 'promotion' ? 'failover' : 'incident',
      severity: row.severity as Annotation['severity'],
      title: row.text as Text,
      operationId: null,
    })),
  ];
  return { items: items.sort((a, b) => a.at - b.at) };
}

/** The statements of a cluster that took most time in a range, with their texts. */
export async function listStatements(
  ctx: Context,
  query: StatementsQuery,
): Promise<{ items: StatementUse[]; totalSeconds: number }> {
  const { from, to } = rangeOf(query);
  const scope = await scopeOf(ctx, query);
  const selector = selectorOf(scope);
  const length = `${to - from}s`;
  const labels = 'queryid, datname, usename';
  const sum = (column: string) =>
    `sum by (${labels}) (sum_over_time(elepherd_query_${column}{${selector}}[${length}]))`;
  const [total, ...columns] = await Promise.all([
    asked(store().query(`sum(sum_over_time(elepherd_query_seconds{${selector}}[${length}]))`, to)),
    asked(store().query(`topk(50, ${sum('seconds')})`, to)),
    ...['calls', 'rows', 'blocks_hit', 'blocks_read'].map((column) => asked(store().query(sum(column), to))),
  ]);
  const totalSeconds = total[0]?.points[0]?.[1] ?? 0;
  const keyOf = ({ labels: found }: Series) => `${found['queryid']} ${found['datname']} ${found['usename']}`;
  const [seconds = [], ...others] = columns;
  const known = others.map((list) => new Map(list.map((one) => [keyOf(one), one.points[0]?.[1] ?? 0])));
  const ids = [...new Set(seconds.map((one) => one.labels['queryid'] ?? ''))];
  const texts =
    ids.length === 0
      ? []
      : await ctx.db
          .selectFrom('fleet.query_text')
          .select(['query_id', 'text'])
          .where('org_id', '=', ctx.actor.orgId)
          .where('query_id', 'in', ids)
          .execute();
  const textOf = new Map(texts.map(({ query_id, text }) => [query_id, text]));
  const items = seconds.map((one): StatementUse => {
    const [calls = 0, rows = 0, hit = 0, read = 0] = known.map((map) => map.get(keyOf(one)));
    const queryId = one.labels['queryid'] ?? '';
    const used = one.points[0]?.[1] ?? 0;
    return {
      queryId,
      database: one.labels['datname'] ?? '',
      user: one.labels['usename'] ?? '',
      seconds: used,
      calls,
      rows,
      hitShare: hit + read > 0 ? hit / (hit + read) : null,
      share: totalSeconds > 0 ? used / totalSeconds : 0,
      text: textOf.get(queryId) ?? null,
    };
  });
  return { items: items.sort((a, b) => b.seconds - a.seconds), totalSeconds };
}

/** The largest tables of a cluster at the end of a range, or those with most air in them. */
export async function listTables(ctx: Context, query: TablesQuery): Promise<{ items: TableUse[] }> {
  const { from, to } = rangeOf(query);
  const scope = await scopeOf(ctx, query);
  const questions = tableQuestions(selectorOf(scope), query.by, to - from);
  const keyOf = ({ labels: found }: Series) =>
    JSON.stringify([found['datname'], found['schemaname'], found['relname']]);
  const answers = await Promise.all(
    Object.entries(questions).map(async ([column, promql]) => {
      const found = await asked(store().query(promql, to));
      return [column as TableColumn, found] as const;
    }),
  );
  const known = new Map(
    answers.map(([column, found]) => [
      column,
      new Map(found.map((one) => [keyOf(one), one.points[0]?.[1] ?? null])),
    ]),
  );
  const sizes = answers.find(([column]) => column === 'bytes')?.[1] ?? [];
  const items = sizes.map((one): TableUse => {
    const figure = (column: TableColumn) => known.get(column)?.get(keyOf(one)) ?? null;
    const bytes = figure('bytes') ?? 0;
    const before = figure('bytesBefore');
    return {
      database: one.labels['datname'] ?? '',
      schema: one.labels['schemaname'] ?? '',
      table: one.labels['relname'] ?? '',
      bytes,
      grownBytes: before === null ? null : bytes - before,
      bloatBytes: figure('bloatBytes'),
      liveRows: figure('liveRows'),
      deadRows: figure('deadRows'),
      vacuumedAt: figure('vacuumedAt'),
    };
  });
  const weight = ({ bytes, bloatBytes }: TableUse) => (query.by === 'size' ? bytes : (bloatBytes ?? 0));
  return { items: items.toSorted((a, b) => weight(b) - weight(a)).slice(0, tablesAtMost) };
}

/** The newest figures of the organisation, or of one cluster, as Prometheus scrapes them. */
export async function scrapeFigures(ctx: Context, cluster: string | undefined): Promise<string> {
  const scope = await scopeOf(ctx, { cluster });
  return asked(store().federate(`{${selectorOf(scope)}}`));
}
