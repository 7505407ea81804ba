import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { BackupLabel } from './backups.ts';
import { CreateCluster } from './clusters.ts';

const Stanza = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
/** Data of a server: beside Debian's other servers, under a name of ours. */
export const ServerDirectory = z
  .string()
  .max(200)
  .regex(/^\/var\/lib\/postgresql\/\d{1,2}\/[a-z0-9][a-z0-9-]{0,100}$/);

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

const Port = z.number().int().min(1).max(65535);
const Seconds = z
  .number()
  .int()
  .min(1)
  .max(14 * 86_400);
/** A moment as PostgreSQL reads it, in UTC and with microseconds: 2026-11-22 13:05:00.123456+00. */
export const TargetTime = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/);

/** How the program that does the work ended: `refused` is its own judgement, which a person or a rule reads. */
const Ended = {
  ended: z.enum(['done', 'refused']),
  code: z.number().int().nullable(),
  /** Its last words. */
  words: z.string().max(4000),
  seconds: z.number(),
};

/** Tasks of restores: the bare `pgbackrest restore`, then PostgreSQL itself until its recovery is through. */
export const restoreTasks = {
  /** Copies a backup out of the repository into an empty directory. It outlives the agent. */
  'restore-data': {
    input: z.object({
      stanza: Stanza,
      directory: ServerDirectory,
      repository: z.number().int().min(1).max(4),
      label: BackupLabel,
      /** A moment; null ends with the backup itself; `newest` replays all there is. */
      target: z.union([TargetTime, z.literal('newest'), z.null()]),
      timeline: z.number().int().min(1).nullable(),
      /** Whether the original may live elsewhere: its tablespaces then go beside the directory. */
      isCopy: z.boolean(),
      processMax: z.number().int().min(1).max(32),
      /** Bytes that must be free before it begins. */
      needsBytes: z.number().int().min(0),
      timeoutSeconds: Seconds,
    }),
    output: z.object({ ...Ended, bytes: z.number() }),
  },
  /** Starts PostgreSQL on restored data, reachable on its host only, and waits until its recovery is through. It outlives the agent. */
  'recover-data': {
    input: z.object({
      pgVersion: z.number().int().min(13).max(30),
      directory: ServerDirectory,
      port: Port,
      /** Archives like the cluster it belongs to; a copy never does. */
      archive: z.boolean(),
      /** How long it may run before it is stopped. */
      lifetimeSeconds: Seconds,
      timeoutSeconds: Seconds,
    }),
    output: z.object({
      ...Ended,
      timeline: z.number().int().nullable(),
      lsn: z.string().max(40).nullable(),
      /** The newest commit that was replayed; null when the backup needed no WAL with a commit. */
      lastCommitAt: z.string().max(60).nullable(),
    }),
  },
  /** Stops it in order. With `handOver` what only the recovery needed is taken out, so that Patroni finds plain data. */
  'stop-recovered': {
    input: z.object({
      pgVersion: z.number().int().min(13).max(30),
      directory: ServerDirectory,
      handOver: z.boolean(),
    }),
    output: z.object({ stopped: z.boolean() }),
  },
  /** Looks at every page and index of a recovered server with pg_amcheck. It outlives the agent. */
  'check-recovered': {
    input: z.object({
      pgVersion: z.number().int().min(13).max(30),
      directory: ServerDirectory,
      port: Port,
      jobs: z.number().int().min(1).max(16),
      timeoutSeconds: Seconds,
    }),
    /** `absent`: this PostgreSQL has no pg_amcheck yet (before 14). */
    output: z.object({ ...Ended, absent: z.boolean() }),
  },
  /** Gives a data directory another name beside itself. Refuses one in which a PostgreSQL runs; changes nothing when the new name is taken. */
  'move-data': {
    input: z.object({ from: ServerDirectory, to: ServerDirectory }),
    output: z.object({ moved: z.boolean() }),
  },
  /** Takes what a cluster remembers of itself out of etcd, except its configuration: the next Patroni to start leads. */
  'forget-cluster-state': {
    input: z.object({ scope: Stanza, clientPort: Port }),
    output: z.object({ removed: z.number().int() }),
  },
} as const;
