import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';

/** `backup-bad` judges the backup; `infrastructure-failed` says that it could not be judged. */
export const DrillState = z.enum(['running', 'passed', 'backup-bad', 'infrastructure-failed', 'cancelled']);
export type DrillState = z.infer<typeof DrillState>;

/** What a drill measured and found; what it did not come to is absent. */
export const DrillResults = z.object({
  bytes: z.number().optional(),
  restoreSeconds: z.number().optional(),
  replaySeconds: z.number().optional(),
  walSegments: z.number().int().optional(),
  /** The newest commit that was replayed. */
  reachedAt: z.iso.datetime().nullable().optional(),
  lsn: z.string().nullable().optional(),
  /** Known commits: those up to the moment must be there, those after it must not. */
  marks: z
    .object({
      before: z.number().int(),
      missing: z.number().int(),
      after: z.number().int(),
      tooNew: z.number().int(),
    })
    .optional(),
  /** Rows of every table, counted one by one. */
  databases: z
    .array(
      z.object({
        name: z.string(),
        tables: z.number().int(),
        rows: z.number(),
        bytes: z.number(),
        /** Of what the primary still has from before the moment: how much was looked for, and the tables that lack some of it. */
        known: z
          .object({ tables: z.number().int(), rows: z.number().int(), missing: z.array(z.string()) })
          .optional(),
      }),
    )
    .optional(),
  /** Databases that nobody may enter, or that are too many to count. */
  uncounted: z.array(z.string()).optional(),
  /** Databases that the primary still has from before the moment, and the copy has not. */
  gone: z.array(z.string()).optional(),
  /** Why not everything was compared with the primary. */
  uncompared: Text.optional(),
  /** Every page and index by pg_amcheck; null where this PostgreSQL has none (before 14). */
  pagesSound: z.boolean().nullable().optional(),
  pagesSeconds: z.number().optional(),
});
export type DrillResults = z.infer<typeof DrillResults>;

export const Drill = z.object({
  id: z.uuid(),
  clusterId: z.uuid(),
  clusterName: z.string(),
  planned: z.boolean(),
  state: DrillState,
  /** The moment that was restored to; null for the end of the backup. */
  at: z.iso.datetime().nullable(),
  backup: z.string(),
  repositoryName: z.string(),
  hostName: z.string(),
  results: DrillResults,
  /** From the first byte out of the repository to a server that answers. */
  recoverySeconds: z.number().nullable(),
  /** What would have been lost had the cluster died when the drill began. */
  lossSeconds: z.number().nullable(),
  reason: Text.nullable(),
  hasEvidence: z.boolean(),
  operationId: z.uuid().nullable(),
  startedBy: z.string(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type Drill = z.infer<typeof Drill>;

export const RunDrill = z.object({
  /** A random moment of the window when left out. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** A member's host with room when left out. */
  hostId: z.uuid().optional(),
});
export type RunDrill = z.infer<typeof RunDrill>;
export const DrillStarted = z.object({ id: z.uuid(), operationId: z.uuid() });
export type DrillStarted = z.infer<typeof DrillStarted>;

export const PlanDrills = z.object({
  /** Hours between two drills: 168 is once a week. */
  intervalHours: z.number().int().min(1).max(8784),
  hostId: z.uuid().nullable().default(null),
});
export type PlanDrills = z.input<typeof PlanDrills>;
export const DrillPlan = z.object({
  clusterId: z.uuid(),
  intervalHours: z.number().int(),
  hostId: z.uuid().nullable(),
  nextAt: z.iso.datetime(),
});
export type DrillPlan = z.infer<typeof DrillPlan>;
/** How often a cluster is drilled, and what came of it. */
export const ClusterDrills = z.object({ plan: DrillPlan.nullable(), drills: z.array(Drill) });
export type ClusterDrills = z.infer<typeof ClusterDrills>;

/** What is signed: everything an auditor asks, and nothing secret. */
export const DrillEvidence = z.object({
  form: z.literal('elepherd drill 1'),
  id: z.uuid(),
  cluster: z.object({
    name: z.string(),
    scope: z.string(),
    pgVersion: z.number().int(),
    systemId: z.string(),
  }),
  backup: z.object({
    label: z.string(),
    repository: z.string(),
    address: z.string(),
    keyFingerprint: z.string(),
  }),
  host: z.string(),
  at: z.string().nullable(),
  began: z.string(),
  ended: z.string(),
  startedBy: z.string(),
  planned: z.boolean(),
  verdict: DrillState,
  reason: Text.nullable(),
  recoverySeconds: z.number().nullable(),
  lossSeconds: z.number().nullable(),
  results: DrillResults,
});
export type DrillEvidence = z.infer<typeof DrillEvidence>;
export const SignedEvidence = z.object({
  evidence: DrillEvidence,
  /** The exact text that was signed. */
  text: z.string(),
  /** Ed25519, in base64. */
  signature: z.string(),
  /** In PEM form. */
  publicKey: z.string(),
  keyFingerprint: z.string(),
});
export type SignedEvidence = z.infer<typeof SignedEvidence>;
