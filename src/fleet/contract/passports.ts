import { z } from 'zod';
import { RepositoryPlace } from './backups.ts';

const Name = z.string().max(80);
const KeyPair = z.object({ certificate: z.string().max(20_000), key: z.string().max(20_000) });
export const Scope = z.string().regex(/^[a-z][a-z0-9-]{1,50}$/);

/**
 * Everything Elepherd must know of a cluster to tend it, kept by the hosts that hold its data: whoever is root there rules over
 * the cluster anyway. What PostgreSQL, Patroni and pgBackRest know themselves is not in it.
 */
export const Passport = z.object({
  form: z.literal(1),
  cluster: z.object({
    id: z.uuid(),
    name: Name,
    scope: Scope,
    pgVersion: z.number().int(),
    protection: z.enum(['async', 'sync', 'strict']),
    recovery: z.enum(['fast', 'normal', 'wide']),
    slot: z.number().int(),
    networks: z.array(z.string().max(60)).max(1000),
    derivedSettings: z.array(z.unknown()).max(200),
    settings: z.record(z.string(), z.string()),
    deletionProtected: z.boolean(),
    authority: KeyPair,
    passwords: z.object({
      replication: z.string(),
      rewind: z.string(),
      patroni: z.string(),
      pooler: z.string(),
    }),
    appPassword: z.string(),
  }),
  members: z
    .array(
      z.object({
        id: z.uuid(),
        name: Name,
        kind: z.enum(['server', 'witness']),
        hasEtcd: z.boolean(),
        address: z.string().max(253),
        pair: KeyPair,
      }),
    )
    .max(30),
  plan: z
    .object({
      id: z.uuid(),
      stanza: Scope,
      archiving: z.boolean(),
      policy: z.object({
        id: z.uuid(),
        name: Name,
        schedule: z.unknown(),
        retention: z.unknown(),
        processMax: z.number().int(),
        compression: z.enum(['lz4', 'zst', 'gz', 'none']),
        gentle: z.boolean(),
        archiveTimeoutSeconds: z.number().int(),
      }),
      repositories: z
        .array(
          z.object({
            position: z.number().int(),
            id: z.uuid(),
            name: Name,
            place: RepositoryPlace,
            secrets: z.record(z.string(), z.string()),
            keyFingerprint: z.string().max(80),
          }),
        )
        .max(4),
    })
    .nullable(),
});
export type Passport = z.infer<typeof Passport>;

export const passportTasks = {
  /** Keeps what Elepherd knows of a cluster, for root alone; those of clusters that are gone from the host go. */
  'keep-passport': {
    input: z.object({
      scope: Scope,
      member: Name,
      /** A Passport as JSON. */
      passport: z.string().max(200_000),
    }),
    output: z.object({ changed: z.boolean() }),
  },
  /** Answers the passports of clusters that run here, each sealed with a key of the asker's: answers are kept as they come. */
  'read-passports': {
    input: z.object({ secret: z.string().regex(/^[\w+/]{43}=$/) }),
    output: z.object({
      passports: z
        .array(
          z.object({
            scope: Scope,
            member: Name,
            keptAt: z.iso.datetime(),
            sealed: z.string().max(400_000),
          }),
        )
        .max(100),
    }),
  },
} as const;
