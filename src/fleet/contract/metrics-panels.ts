import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';

/** Named pictures of metrics: a page asks for one by its name, and never says how it is made. */

export const panelsOf = {
  fleet: [
    'hosts-heard',
    'fleet-transactions',
    'fleet-cpu',
    'fleet-memory',
    'fleet-disk',
    'fleet-lag',
    'fleet-sessions',
    'fleet-wal',
  ],
  cluster: [
    'transactions',
    'sessions',
    'waits',
    'rows',
    'replication-bytes',
    'replication-seconds',
    'longest-transaction',
    'lock-waits',
    'log-errors',
    'cache-hits',
    'temp-files',
    'wal',
    'checkpoints',
    'archiving',
    'database-sizes',
    'pooler',
    'member-cpu',
    'member-disk',
    'wraparound',
  ],
  host: [
    'cpu',
    'load',
    'memory',
    'pressure',
    'disk-throughput',
    'disk-busy',
    'disk-space',
    'network',
    'swap',
  ],
  statements: ['statement-time', 'statement-calls'],
} as const;
export const panelNames = [
  ...panelsOf.fleet,
  ...panelsOf.cluster,
  ...panelsOf.host,
  ...panelsOf.statements,
] as const;
export const PanelName = z.enum(panelNames);
export type PanelName = z.infer<typeof PanelName>;

/** Panels whose series are parts of one whole. */
export const stackedPanels: ReadonlySet<PanelName> = new Set<PanelName>(['waits', 'cpu', 'statement-time']);

export const PanelUnit = z.enum([
  'count',
  'per-second',
  'per-hour',
  'bytes',
  'bytes-per-second',
  'seconds',
  'share',
]);
export type PanelUnit = z.infer<typeof PanelUnit>;

/** A time range in Unix seconds; the last hour when nothing is said. */
export const MetricsRange = z.object({
  from: z.coerce.number().int().min(0).max(10_000_000_000).optional(),
  to: z.coerce.number().int().min(0).max(10_000_000_000).optional(),
});
export type MetricsRange = z.infer<typeof MetricsRange>;

export const PanelQuery = MetricsRange.extend({
  /** Id or name of the cluster, for panels of a cluster. */
  cluster: z.string().min(1).max(60).optional(),
  /** Id of the host, for panels of a host. */
  host: z.uuid().optional(),
  /** `week` adds the same time a week earlier. */
  compare: z.enum(['none', 'week']).default('none'),
  /** Seconds between two points; chosen by the length of the range when left out. */
  step: z.coerce.number().int().min(15).max(86_400).optional(),
});
export type PanelQuery = z.infer<typeof PanelQuery>;

export const PanelSeries = z.object({
  /** What is drawn, as the panel's words have it. */
  kind: z.string().max(60),
  /** Which one, where there are several: a member, a database, a disk; empty when there is only one. */
  name: z.string().max(2100),
  /** One value a step; null where there is no data. */
  values: z.array(z.number().nullable()).max(12_000),
});
export type PanelSeries = z.infer<typeof PanelSeries>;

export const PanelData = z.object({
  panel: PanelName,
  unit: PanelUnit,
  /** Unix seconds of the first point. */
  from: z.number().int(),
  step: z.number().int(),
  points: z.number().int(),
  series: z.array(PanelSeries).max(100),
  /** The same a week earlier, moved to now; null when it was not asked for. */
  earlier: z.array(PanelSeries).max(100).nullable(),
});
export type PanelData = z.infer<typeof PanelData>;

export const AnnotationQuery = MetricsRange.extend({
  cluster: z.string().min(1).max(60).optional(),
  host: z.uuid().optional(),
});
export type AnnotationQuery = z.infer<typeof AnnotationQuery>;

/** Something that happened at a time, to be drawn into panels. */
export const Annotation = z.object({
  at: z.number().int(),
  /** When it was over; null while it lasts, or when it was a moment. */
  until: z.number().int().nullable(),
  kind: z.enum(['operation', 'failover', 'incident']),
  severity: z.enum(['info', 'warning', 'critical']),
  title: Text,
  /** The operation's own page. */
  operationId: z.uuid().nullable(),
});
export type Annotation = z.infer<typeof Annotation>;
export const Annotations = z.object({ items: z.array(Annotation).max(500) });

export const StatementsQuery = MetricsRange.extend({ cluster: z.string().min(1).max(60) });
export type StatementsQuery = z.infer<typeof StatementsQuery>;

/** What one statement took in a time; `queryId` is `other` for all that were never among the expensive ones. */
export const StatementUse = z.object({
  queryId: z.string(),
  database: z.string(),
  user: z.string(),
  seconds: z.number(),
  calls: z.number(),
  rows: z.number(),
  /** Blocks found in memory, of all it touched; null when it touched none. */
  hitShare: z.number().nullable(),
  /** Its part of the time of all statements. */
  share: z.number(),
  text: z.string().nullable(),
});
export type StatementUse = z.infer<typeof StatementUse>;
export const StatementUses = z.object({ items: z.array(StatementUse).max(60), totalSeconds: z.number() });

export const TablesQuery = StatementsQuery.extend({
  /** What is listed: the largest tables, or those with most air in them. */
  by: z.enum(['size', 'bloat']).default('size'),
});
export type TablesQuery = z.infer<typeof TablesQuery>;

/** A table at the end of a time; null is what is not known. Sizes are as VACUUM and ANALYZE noted them last. */
export const TableUse = z.object({
  database: z.string(),
  schema: z.string(),
  table: z.string(),
  /** With its indexes and TOAST. */
  bytes: z.number(),
  /** How much it grew or shrank in the time. */
  grownBytes: z.number().nullable(),
  /** Air in the table itself, estimated from statistics. */
  bloatBytes: z.number().nullable(),
  liveRows: z.number().nullable(),
  deadRows: z.number().nullable(),
  /** When VACUUM went over it last, by itself or asked for, in Unix seconds. */
  vacuumedAt: z.number().nullable(),
});
export type TableUse = z.infer<typeof TableUse>;
export const TableUses = z.object({ items: z.array(TableUse).max(20) });

export const ScrapeQuery = z.object({
  /** Id or name of a cluster; all of the organisation when left out. */
  cluster: z.string().min(1).max(60).optional(),
});
