import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { BackupLabel } from './backups.ts';
import { CreateCluster } from './clusters.ts';
import { TakenName } from './restore-tasks.ts';

/** A moment as a person gives it: with its zone, so that it means one moment only. */
const Moment = z.iso.datetime({ offset: true });

/** To which state the data is brought back; the newest there is when nothing is said. */
export const RestoreTarget = z.object({
  /** A moment, with its zone. */
  at: Moment.optional(),
  /** Begin with this backup. Without a moment: to the end of that backup, and no WAL after it. */
  backup: BackupLabel.optional(),
  /** Read from this repository; the first that has what is needed when left out. */
  repositoryId: z.uuid().optional(),
});
export type RestoreTarget = z.infer<typeof RestoreTarget>;

/** Where the data is brought to. */
export const RestorePlace = z.discriminatedUnion('kind', [
  /** In the cluster itself: what it holds now is kept aside until that is confirmed. */
  z.object({
    kind: z.literal('in-place'),
    /** The member whose host gets the data first; the one that is or was primary when left out. */
    memberId: z.uuid().optional(),
  }),
  /** A cluster of its own, with the wish for it. */
  z.object({ kind: z.literal('new-cluster'), cluster: CreateCluster }),
  /** A single server on one host, to look at and take from; it never archives and nobody fails over to it. */
  z.object({
    kind: z.literal('scratch'),
    hostId: z.uuid(),
    hours: z
      .number()
      .int()
      .min(1)
      .max(24 * 7)
      .default(8),
  }),
]);
export type RestorePlace = z.infer<typeof RestorePlace>;

export const RestorePreviewWish = z.object({ target: RestoreTarget.default({}), place: RestorePlace });
export type RestorePreviewWish = z.input<typeof RestorePreviewWish>;
export const StartRestore = RestorePreviewWish.extend({
  /** The cluster's name, typed by the person: for a restore in place. */
  confirm: z.string().max(100).optional(),
});
export type StartRestore = z.input<typeof StartRestore>;

/** Moments to which the data can be brought back. */
export const RestoreRange = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  timeline: z.number().int(),
  repositoryId: z.uuid(),
  repositoryName: z.string(),
  /** Backups a restore into this range may begin with. */
  backups: z.array(z.string()),
});
export const RestoreGap = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** First and last file of WAL that are missing. */
  missingFrom: z.string(),
  missingTo: z.string(),
});
export const RestoreWindow = z.object({
  ranges: z.array(RestoreRange),
  gaps: z.array(RestoreGap),
  /** When the repositories were last looked at; null before the first look. */
  seenAt: z.iso.datetime().nullable(),
});
export type RestoreWindow = z.infer<typeof RestoreWindow>;

/** What a restore would do, before anything is touched. */
export const RestorePreview = z.object({
  possible: z.boolean(),
  /** Why it cannot be done, and the nearest moment that can. */
  refusal: Text.nullable(),
  nearest: z.iso.datetime().nullable(),
  /** The moment in UTC; null for the end of the backup alone. */
  at: z.iso.datetime().nullable(),
  backup: z.string().nullable(),
  backupEndedAt: z.iso.datetime().nullable(),
  repositoryId: z.uuid().nullable(),
  repositoryName: z.string().nullable(),
  /** A number when only an abandoned timeline knows that moment; null leads along the newest. */
  timeline: z.number().int().nullable(),
  firstWal: z.string().nullable(),
  lastWal: z.string().nullable(),
  walSegments: z.number().int().nullable(),
  estimatedSeconds: z.number().int().nullable(),
  /** Whether that follows from restores of this cluster, or is a cautious guess. */
  measured: z.boolean(),
  needsBytes: z.number().nullable(),
  /** Hosts that are touched, with what happens there. */
  hosts: z.array(z.object({ hostName: z.string(), freeBytes: z.number().nullable(), what: Text })),
  warnings: z.array(Text),
});
export type RestorePreview = z.infer<typeof RestorePreview>;

export const RestoreState = z.enum(['running', 'done', 'failed', 'cancelled', 'removed']);
export const Restore = z.object({
  id: z.uuid(),
  clusterId: z.uuid(),
  clusterName: z.string(),
  kind: z.enum(['in-place', 'new-cluster', 'scratch']),
  state: RestoreState,
  at: z.iso.datetime().nullable(),
  backup: z.string(),
  repositoryName: z.string(),
  hostName: z.string().nullable(),
  /** The cluster that came of it. */
  targetClusterId: z.uuid().nullable(),
  /** Old data that is kept aside on the hosts, until confirmed or until then. */
  asideUntil: z.iso.datetime().nullable(),
  /** How to reach a scratch server on its host. */
  scratch: z.object({ directory: z.string(), port: z.number().int(), until: z.iso.datetime() }).nullable(),
  /** Measured. */
  restoreSeconds: z.number().nullable(),
  replaySeconds: z.number().nullable(),
  bytes: z.number().nullable(),
  /** The newest commit that the data holds. */
  reachedAt: z.iso.datetime().nullable(),
  operationId: z.uuid().nullable(),
  startedBy: z.string(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type Restore = z.infer<typeof Restore>;
export const RestoreStarted = z.object({ id: z.uuid(), operationId: z.uuid() });
export type RestoreStarted = z.infer<typeof RestoreStarted>;

/** What is taken out of a scratch server into the cluster it was restored from; nothing there is overwritten. */
export const TakeContents = z.object({
  database: TakenName,
  /** One table only: `orders`, or `sales.orders` outside of public. */
  table: z
    .string()
    .regex(/^[A-Za-z_][\w-]{0,62}(\.[A-Za-z_][\w-]{0,62})?$/, 'must be a table, or schema.table')
    .optional(),
  /** The new database it comes into; `<database>_restored` when left out. */
  into: TakenName.optional(),
});
export type TakeContents = z.input<typeof TakeContents>;
