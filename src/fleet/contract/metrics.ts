import { z } from 'zod';

/** What agents measure and send; the names are listed in docs/guides/metrics.md. */

/** Seconds between two rounds of a collector. */
export const collectSeconds = 15;

/** The largest batch the server unpacks. */
export const batchBytesAtMost = 16 * 1024 * 1024;

/** Figures of one target at one moment, in Prometheus' text form without timestamps and comments. */
const MetricsGroup = z.object({
  /** By the host's clock, in milliseconds since the epoch. */
  atMs: z.number(),
  /** The cluster's scope, for what belongs to a member; null for the host's own. */
  scope: z.string().max(80).nullable(),
  text: z.string().max(batchBytesAtMost),
});

/** A statement's text, literals taken out on the host. */
const StatementText = z.object({
  queryId: z.string().regex(/^-?\d{1,20}$/),
  text: z.string().max(4000),
});

/** What an agent sends after each round, gzipped; the header `x-sent-at` says when it left by the host's clock. */
export const MetricsBatch = z.object({
  groups: z.array(MetricsGroup).max(500),
  texts: z.array(StatementText).max(500).default([]),
});
export type MetricsBatch = z.infer<typeof MetricsBatch>;
export type MetricsGroup = z.infer<typeof MetricsGroup>;

/** How the server took it: `keeps` is false while it has no place for metrics, and nothing needs to be sent. */
export const MetricsAnswer = z.object({ keeps: z.boolean() });
