import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { PanelData } from './metrics-panels.ts';

export const Severity = z.enum(['info', 'warning', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** What an agent saw happen on its host: kept there until the server has it. */
export const Happening = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.enum(['guardian', 'promotion', 'server', 'kernel', 'agent']),
  severity: Severity,
  /** The service it is about, `patroni-<scope>`; null when it is about the host. */
  server: z.string().max(80).nullable(),
  /** The same happening seen from several hosts has the same key, and counts once. */
  key: z.string().max(200).nullable(),
  text: Text,
  detail: z.record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])),
});
export type Happening = z.infer<typeof Happening>;

export const HappeningsReport = z.object({ happenings: z.array(Happening).max(100) });
export const HappeningsAnswer = z.object({ kept: z.number().int() });

/** What a line of time is made of. */
export const TimelineKind = z.enum([
  'promotion',
  'server',
  'guardian',
  'kernel',
  'agent',
  'operation',
  'change',
  'alert',
]);
export type TimelineKind = z.infer<typeof TimelineKind>;

/** One thing that happened to a cluster or a host. */
export const TimelineEntry = z.object({
  /** `event:…`, `operation:…`, `change:…` or `alert:…`. */
  id: z.string().max(80),
  at: z.iso.datetime(),
  /** For what lasts: its end, null while it goes on; absent for what has no length. */
  endedAt: z.iso.datetime().nullable().optional(),
  kind: TimelineKind,
  severity: Severity,
  hostName: z.string().max(60).nullable(),
  text: Text,
  detail: z.record(z.string(), z.unknown()),
  operationId: z.uuid().nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const TimelineQuery = z.object({
  /** Default: a day before `to`. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type TimelineQuery = z.infer<typeof TimelineQuery>;

/** What happened in a time, the oldest first. */
export const Timeline = z.object({
  subject: z.string().max(60),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  entries: z.array(TimelineEntry),
  /** True when there was more: the newest are here. */
  truncated: z.boolean(),
});
export type Timeline = z.infer<typeof Timeline>;

/** A line of time as it is taken along: with the key figures of its time, a few hundred points each. */
export const TimelineFile = Timeline.extend({ curves: z.array(PanelData) });
export type TimelineFile = z.infer<typeof TimelineFile>;

/** One piece of what a host looked like: the end of a log, what a program said. */
export const EvidenceItem = z.object({
  name: z.string().max(80),
  text: z.string().max(70_000),
});
export type EvidenceItem = z.infer<typeof EvidenceItem>;

/** What was taken on one host before a repair. */
export const Evidence = z.object({
  id: z.uuid(),
  hostName: z.string().max(60),
  operationId: z.uuid().nullable(),
  takenAt: z.iso.datetime(),
  items: z.array(EvidenceItem),
});
export type Evidence = z.infer<typeof Evidence>;

/** Takes down what a host looks like, before something changes it. */
export const incidentTasks = {
  'take-evidence': {
    input: z.object({
      /** The cluster's scope. */
      scope: z.string().regex(/^[a-z][a-z0-9-]{1,50}$/),
      pgVersion: z.number().int().min(13).max(30),
      patroniPort: z.number().int().min(1).max(65535),
    }),
    output: z.object({ items: z.array(EvidenceItem).max(30) }),
  },
} as const;
