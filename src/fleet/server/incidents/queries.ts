import { sql } from 'kysely';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import {
  EvidenceItem,
  type Evidence,
  type Severity,
  type Timeline,
  type TimelineEntry,
  type TimelineQuery,
} from '#src/fleet/contract/incidents.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findDefinition } from '#src/platform/server/operations/queries.ts';
import { changeWords, entriesAtMost, inOrder, operationWords, timesOf } from './rules.ts';

/** What a line of time is about: a cluster with the hosts it is or was on, or one host with the clusters on it. */
type Subject = { name: string; clusterIds: string[]; hostIds: string[]; subjectIds: string[] };
type Span = { from: Date; to: Date };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What happened to a cluster and, as far as it was about the whole machine, to its hosts. */
export async function getClusterTimeline(
  ctx: Context,
  idOrName: string,
  query: TimelineQuery,
): Promise<Timeline> {
  const cluster = await findCluster(ctx, idOrName);
  const members = await ctx.db
    .selectFrom('fleet.member')
    .select('host_id')
    .distinct()
    .where('cluster_id', '=', cluster.id)
    .execute();
  return timelineOf(
    ctx,
    {
      name: cluster.name,
      clusterIds: [cluster.id],
      hostIds: members.map((row) => row.host_id),
      subjectIds: [cluster.id],
    },
    query,
  );
}

/** What happened to a host, and to the clusters while seen from it. */
export async function getHostTimeline(ctx: Context, id: string, query: TimelineQuery): Promise<Timeline> {
  const host = await ctx.db
    .selectFrom('fleet.host')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('org_id', '=', ctx.actor.orgId)
    .executeTakeFirst();
  if (!host) throw new AppError('not_found', hostText.noSuchHost);
  return timelineOf(
    ctx,
    { name: host.name, clusterIds: [], hostIds: [host.id], subjectIds: [host.id] },
    query,
  );
}

async function findCluster(ctx: Context, idOrName: string): Promise<{ id: string; name: string }> {
  const cluster = await ctx.db
    .selectFrom('fleet.cluster')
    .select(['id', 'name'])
    .where('org_id', '=', ctx.actor.orgId)
    .where('phase', '<>', 'deleted')
    .where(uuid.test(idOrName) ? 'id' : 'name', '=', idOrName)
    .executeTakeFirst();
  if (!cluster) throw new AppError('not_found', clusterText.noSuchCluster);
  return cluster;
}

async function timelineOf(ctx: Context, subject: Subject, query: TimelineQuery): Promise<Timeline> {
  const span = timesOf(query, new Date());
  if (!span) throw new AppError('invalid', incidentText.badTimes);
  const parts = await Promise.all([
    listEvents(ctx, subject, span),
    listOperations(ctx, subject, span),
    listAlerts(ctx, subject, span),
    // Who did what is for those who may read the audit log; that something was done shows as an operation.
    ctx.actor.may('platform.audit.read') ? listChanges(ctx, subject, span) : [],
  ]);
  return {
    subject: subject.name,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    ...inOrder(parts.flat()),
  };
}

async function listEvents(ctx: Context, subject: Subject, span: Span): Promise<TimelineEntry[]> {
  const { clusterIds, hostIds } = subject;
  const rows = await ctx.db
    .selectFrom('fleet.incident_event as e')
    .leftJoin('fleet.host as h', 'h.id', 'e.host_id')
    .select(['e.id', 'e.at', 'e.kind', 'e.severity', 'e.text', 'e.detail', 'h.name as host'])
    .where('e.org_id', '=', ctx.actor.orgId)
    .where('e.at', '>=', span.from)
    .where('e.at', '<=', span.to)
    .where((eb) =>
      eb.or([
        eb('e.cluster_id', '=', sql<string>`any(${clusterIds}::uuid[])`),
        // Of another cluster on the same host nothing is told here, unless the host itself is the subject.
        eb.and([
          eb('e.host_id', '=', sql<string>`any(${hostIds}::uuid[])`),
          ...(clusterIds.length > 0 ? [eb('e.cluster_id', 'is', null)] : []),
        ]),
      ]),
    )
    .orderBy('e.at', 'desc')
    .limit(entriesAtMost + 1)
    .execute();
  return rows.map((row) => ({
    id: `event:${row.id}`,
    at: row.at.toISOString(),
    kind: row.kind,
    severity: row.severity,
    hostName: row.host,
    text: row.text as Text,
    detail: row.detail as Record<string, unknown>,
    operationId: null,
  }));
}

async function listOperations(ctx: Context, subject: Subject, span: Span): Promise<TimelineEntry[]> {
  const rows = await ctx.db
    .selectFrom('platform.operation')
    .select(['id', 'kind', 'state', 'created_at', 'ended_at', 'reason', 'started_by'])
    .where('org_id', '=', ctx.actor.orgId)
    .where('subject_id', '=', sql<string>`any(${subject.subjectIds}::uuid[])`)
    .where('created_at', '<=', span.to)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>=', span.from)]))
    .orderBy('created_at', 'desc')
    .limit(entriesAtMost + 1)
    .execute();
  return rows.map((row) => ({
    id: `operation:${row.id}`,
    at: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    kind: 'operation' as const,
    ...operationWords(findDefinition(row.kind)?.title ?? { en: row.kind, 'zh-CN': row.kind }, row.state),
    hostName: null,
    detail: { operation: row.kind, state: row.state, reason: row.reason, startedBy: row.started_by },
    operationId: row.id,
  }));
}

async function listAlerts(ctx: Context, subject: Subject, span: Span): Promise<TimelineEntry[]> {
  const { clusterIds, hostIds } = subject;
  const rows = await ctx.db
    .selectFrom('fleet.alert as a')
    .leftJoin('fleet.host as h', 'h.id', 'a.host_id')
    .select(['a.id', 'a.rule', 'a.severity', 'a.summary', 'a.started_at', 'a.resolved_at', 'h.name as host'])
    .where('a.org_id', '=', ctx.actor.orgId)
    .where('a.started_at', '<=', span.to)
    .where((eb) => eb.or([eb('a.resolved_at', 'is', null), eb('a.resolved_at', '>=', span.from)]))
    .where((eb) =>
      eb.or([
        eb('a.cluster_id', '=', sql<string>`any(${clusterIds}::uuid[])`),
        eb.and([
          eb('a.host_id', '=', sql<string>`any(${hostIds}::uuid[])`),
          ...(clusterIds.length > 0 ? [eb('a.cluster_id', 'is', null)] : []),
        ]),
      ]),
    )
    .orderBy('a.started_at', 'desc')
    .limit(entriesAtMost + 1)
    .execute();
  return rows.map((row) => ({
    id: `alert:${row.id}`,
    at: row.started_at.toISOString(),
    endedAt: row.resolved_at?.toISOString() ?? null,
    kind: 'alert' as const,
    severity: row.severity as Severity,
    hostName: row.host,
    text: row.summary as Text,
    detail: { rule: row.rule },
    operationId: null,
  }));
}

async function listChanges(ctx: Context, subject: Subject, span: Span): Promise<TimelineEntry[]> {
  const rows = await ctx.db
    .selectFrom('platform.audit')
    .select(['id', 'at', 'actor_name', 'action', 'details'])
    .where('org_id', '=', ctx.actor.orgId)
    .where('subject_id', '=', sql<string>`any(${subject.subjectIds}::text[])`)
    .where('at', '>=', span.from)
    .where('at', '<=', span.to)
    // Reading a password changes nothing, and is in the audit log for those who look for it.
    .where('action', 'not in', ['fleet.cluster.connect'])
    .orderBy('id', 'desc')
    .limit(entriesAtMost + 1)
    .execute();
  return rows.map((row) => ({
    id: `change:${row.id}`,
    at: row.at.toISOString(),
    kind: 'change' as const,
    severity: 'info' as const,
    hostName: null,
    text: changeWords(row.actor_name, row.action, row.details),
    detail: { action: row.action, details: row.details },
    operationId: null,
  }));
}

/** What was kept of a cluster's hosts before repairs, the newest first. */
export async function listEvidence(ctx: Context, idOrName: string): Promise<Evidence[]> {
  const cluster = await findCluster(ctx, idOrName);
  const rows = await ctx.db
    .selectFrom('fleet.evidence as e')
    .innerJoin('fleet.host as h', 'h.id', 'e.host_id')
    .select(['e.id', 'h.name', 'e.operation_id', 'e.taken_at', 'e.items'])
    .where('e.cluster_id', '=', cluster.id)
    .orderBy('e.taken_at', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    hostName: row.name,
    operationId: row.operation_id,
    takenAt: row.taken_at.toISOString(),
    items: EvidenceItem.array().parse(row.items),
  }));
}
