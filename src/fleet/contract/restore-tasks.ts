import { z } from 'zod';
import { BackupLabel } from './backups.ts';

const Stanza = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
/** Data of a server: beside Debian's other servers, under a name of ours. */
export const ServerDirectory = z
  .string()
  .max(200)
  .regex(/^\/var\/lib\/postgresql\/\d{1,2}\/[a-z0-9][a-z0-9-]{0,100}$/);

/** Databases, schemas and tables as most are called: what needs quotes is taken by hand. */
export const TakenName = z
  .string()
  .regex(/^[A-Za-z_][\w-]{0,62}$/, 'must be a name of letters, digits, _ and -');

const Port = z.number().int().min(1).max(65535);
const Seconds = z
  .number()
  .int()
  .min(1)
  .max(14 * 86_400);
/** Whether it stands back behind whatever else the host does: a drill runs beside production. */
const Gentle = z.boolean().default(false);
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
      gentle: Gentle,
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
      gentle: Gentle,
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
      gentle: Gentle,
      timeoutSeconds: Seconds,
    }),
    /** `absent`: this PostgreSQL has no pg_amcheck yet (before 14). */
    output: z.object({ ...Ended, absent: z.boolean() }),
  },
  /**
   * Gives a data directory another name beside itself. Refuses one in which a PostgreSQL runs. When the new name is taken it
   * changes nothing, or with `replace` removes what has it, but only when there is something to put there.
   */
  'move-data': {
    input: z.object({ from: ServerDirectory, to: ServerDirectory, replace: z.boolean().default(false) }),
    output: z.object({ moved: z.boolean() }),
  },
  /** Copies a database, or one table of it, from a scratch server into a new database of the server beside it. It outlives the agent. */
  'take-from-scratch': {
    input: z.object({
      pgVersion: z.number().int().min(13).max(30),
      directory: ServerDirectory,
      port: Port,
      /** Where the cluster's own server listens on this host. */
      toPort: Port,
      database: TakenName,
      table: z.object({ schema: TakenName, name: TakenName }).nullable(),
      into: TakenName,
      timeoutSeconds: Seconds,
    }),
    output: z.object(Ended),
  },
  /** Takes what a cluster remembers of itself out of etcd, except its configuration: the next Patroni to start leads. */
  'forget-cluster-state': {
    input: z.object({ scope: Stanza, clientPort: Port }),
    output: z.object({ removed: z.number().int() }),
  },
} as const;
