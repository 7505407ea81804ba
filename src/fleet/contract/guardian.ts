import { z } from 'zod';

/** How far the guardian of a disk has gone: each stage includes those before it. */
export const GuardianStage = z.enum(['calm', 'warned', 'reserve-released', 'read-only']);
export type GuardianStage = z.infer<typeof GuardianStage>;

/** What keeps WAL from being removed, or lets it pile up. */
export const GuardianCause = z.object({
  kind: z.enum(['inactive-slot', 'slot-over-limit', 'archive-failing']),
  /** The slot, or the WAL file that cannot be archived. */
  name: z.string().max(120),
  logical: z.boolean(),
  retainedBytes: z.number().nullable(),
});
export type GuardianCause = z.infer<typeof GuardianCause>;

/** Free bytes at which the guardian acts, from the size of the disk. */
export const GuardianThresholds = z.object({
  warnBytes: z.number(),
  releaseBytes: z.number(),
  readOnlyBytes: z.number(),
  /** Writes come back once this much is free again. */
  recoverBytes: z.number(),
  /** Below this nobody is allowed to write, whatever a person said. */
  floorBytes: z.number(),
});
export type GuardianThresholds = z.infer<typeof GuardianThresholds>;

/** The disk under one server, as the guardian on its host sees it. */
export const GuardedServer = z.object({
  /** The service's name, `patroni-<scope>`. */
  name: z.string().max(80),
  stage: GuardianStage,
  since: z.iso.datetime(),
  /** False when the disk does not answer; what is said of it is then the last that was known. */
  answers: z.boolean(),
  sizeBytes: z.number(),
  freeBytes: z.number(),
  /** What is kept aside to be given up in need; 0 when it was given up or there is no room for it. */
  reserveBytes: z.number(),
  thresholds: GuardianThresholds,
  /** Days until nothing is free, as it grew so far; null when it does not grow or too little was seen. */
  daysToFull: z.number().nullable(),
  /** True while PostgreSQL itself says that it takes no writes because of the guardian. */
  readOnly: z.boolean(),
  /** Until then a person allowed writes although the disk is short of room. */
  writesAllowedUntil: z.iso.datetime().nullable(),
  causes: z.array(GuardianCause).max(40),
});
export type GuardedServer = z.infer<typeof GuardedServer>;

/** The same beside the host's name, in a list of a cluster's disks. */
export const ClusterDisk = GuardedServer.extend({ hostId: z.uuid(), hostName: z.string().max(60) });
export type ClusterDisk = z.infer<typeof ClusterDisk>;

/** What a person chose for a host. `watch` looks and warns, and touches nothing. */
export const GuardianSettings = z.object({
  mode: z.enum(['act', 'watch']),
  /** Whether inactive logical slots that hold more than a tenth of the disk may be dropped when room runs out. */
  dropInactiveSlots: z.boolean(),
});
export type GuardianSettings = z.infer<typeof GuardianSettings>;
/** What of it to change. */
export const UpdateGuardian = GuardianSettings.partial();
export type UpdateGuardian = z.infer<typeof UpdateGuardian>;
export const guardianDefaults: GuardianSettings = { mode: 'act', dropInactiveSlots: false };

/** What an agent posts, and what it gets back. */
export const GuardianReport = z.object({ servers: z.array(GuardedServer).max(100) });
export type GuardianReport = z.infer<typeof GuardianReport>;
export const GuardianWish = z.object({ settings: GuardianSettings });
export type GuardianWish = z.infer<typeof GuardianWish>;

/** A host's guardian for people. */
export const HostGuardian = z.object({
  settings: GuardianSettings,
  servers: z.array(GuardedServer),
  reportedAt: z.iso.datetime().nullable(),
});
export type HostGuardian = z.infer<typeof HostGuardian>;

/** A person says that room was made, or that writes must go on for a while although there is none. */
export const ConfirmGuardian = z.object({ writesForMinutes: z.number().int().min(0).max(240).default(0) });
export type ConfirmGuardian = z.input<typeof ConfirmGuardian>;

/** What the guardian asks of a host at once; also makes it fetch its settings. */
export const guardianTasks = {
  'look-at-disks': {
    input: z.object({ confirmed: z.boolean(), writesForMinutes: z.number().int().min(0).max(240) }),
    output: GuardianReport,
  },
} as const;
