import { z } from 'zod';
import { line, slug } from '#src/platform/contract/text.ts';
import { ArchiverSeen } from './backups.ts';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^${label}(\\.${label})*$`);
/** In pg_hba.conf these stand for many addresses. */
const hbaWords = ['all', 'samehost', 'samenet'];

/** How others reach a host: an IP address or a DNS name. It is written into the files of every member of a cluster. */
export const HostAddress = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(253)
  .refine(
    (value) =>
      z.union([z.ipv4(), z.ipv6()]).safeParse(value).success ||
      (hostName.test(value) && /[a-z]/.test(value) && !hbaWords.includes(value)),
    'must be an IP address or a DNS name',
  );

/** A PostgreSQL server under Patroni on a host, as its agent saw it a moment ago. */
export const ServerSeen = z.object({
  /** The service's name, `patroni-<cluster>-<generation>`. */
  name: z.string().max(80),
  running: z.boolean(),
  role: z.enum(['primary', 'replica', 'sync_standby', 'standby_leader', 'unknown']),
  state: z.string().max(60),
  timeline: z.number().int().nullable(),
  /** Bytes of WAL it has replayed or written. */
  position: z.number().nullable(),
  pendingRestart: z.boolean(),
  /** Members as this Patroni sees the whole cluster. */
  members: z
    .array(
      z.object({
        name: z.string().max(80),
        role: z.string().max(40),
        state: z.string().max(60),
        timeline: z.number().int().nullable(),
        lagBytes: z.number().nullable(),
        pendingRestart: z.boolean(),
      }),
    )
    .max(20),
  paused: z.boolean(),
  /** How archiving stands; absent where nothing is archived. */
  archiver: ArchiverSeen.optional(),
  seenAt: z.iso.datetime(),
});
export type ServerSeen = z.infer<typeof ServerSeen>;

/** What a machine is: read by its agent, kept as last said. */
export const HostFacts = z.object({
  os: z.object({ id: z.string().max(60), version: z.string().max(60), name: z.string().max(200) }),
  kernel: z.string().max(200),
  libc: z.string().max(60).nullable(),
  icu: z.string().max(60).nullable(),
  cpu: z.object({ cores: z.number().int(), model: z.string().max(200) }),
  memoryBytes: z.number(),
  memoryAvailableBytes: z.number(),
  disks: z
    .array(
      z.object({
        mount: z.string().max(300),
        fileSystem: z.string().max(60),
        sizeBytes: z.number(),
        freeBytes: z.number(),
      }),
    )
    .max(100),
  addresses: z.array(z.string().max(60)).max(100),
  /** Seconds this machine's clock is ahead of the server's. */
  timeOffsetSeconds: z.number(),
  systemd: z.boolean(),
  root: z.boolean(),
  unattendedUpgrades: z.boolean(),
  /** PostgreSQL majors its package sources offer, with the newest version of each. */
  postgresOffered: z.array(z.object({ major: z.number().int(), version: z.string().max(80) })).max(20),
  postgresInstalled: z.array(z.object({ major: z.number().int(), version: z.string().max(80) })).max(20),
  /** Versions of the parts a cluster needs, installed or offered. */
  parts: z.record(
    z.string().max(60),
    z.object({ installed: z.string().nullable(), offered: z.string().nullable() }),
  ),
  postgresRunning: z
    .array(
      z.object({
        pid: z.number().int(),
        dataDirectory: z.string().max(300),
        port: z.number().int().nullable(),
        version: z.string().max(60).nullable(),
        managed: z.boolean(),
      }),
    )
    .max(100),
  listeningPorts: z.array(z.number().int()).max(2000),
});
export type HostFacts = z.infer<typeof HostFacts>;

export const HostPhase = z.enum(['active', 'draining', 'removed']);

export const Host = z.object({
  id: z.uuid(),
  name: slug,
  phase: HostPhase,
  online: z.boolean(),
  address: z.string(),
  failureDomain: z.string().nullable(),
  facts: HostFacts.nullable(),
  servers: z.array(ServerSeen),
  agentVersion: z.string().nullable(),
  /** False while the agent is being brought to the version this server wishes. */
  agentUpToDate: z.boolean(),
  certificateEndsAt: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Host = z.infer<typeof Host>;

export const UpdateHost = z.object({
  name: slug.optional(),
  address: HostAddress.optional(),
  failureDomain: line(60).nullable().optional(),
});
export type UpdateHost = z.infer<typeof UpdateHost>;

export const CreateEnrolment = z.object({
  /** Name the host gets; without it the machine's own name is taken. */
  hostName: slug.optional(),
  /** A host whose certificate was lost or revoked, to be let in again as itself. */
  hostId: z.uuid().optional(),
  /** How the new host reaches this server, as `https://name:port`; needed only when it differs from what the server suggests. */
  serverUrl: z
    .string()
    .max(300)
    .regex(/^https:\/\/[\w.:[\]-]+$/, 'must look like https://elepherd.example.com:7434')
    .optional(),
});
export type CreateEnrolment = z.infer<typeof CreateEnrolment>;

/** A command that turns a machine into a host, once. */
export const Enrolment = z.object({
  id: z.uuid(),
  state: z.enum(['waiting', 'used', 'expired']),
  hostName: z.string().nullable(),
  /** The host it became. */
  hostId: z.uuid().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Enrolment = z.infer<typeof Enrolment>;

/** An enrolment as it is told once, to whoever made it. */
export const NewEnrolment = Enrolment.extend({
  /** The command to paste into a root shell on the new host. */
  command: z.string().max(2000),
});
export type NewEnrolment = z.infer<typeof NewEnrolment>;

/** Ways in which hosts may reach this server; the first is what a command uses when nothing else is said. */
export const ServerAddresses = z.object({ urls: z.array(z.string().max(300)).max(40) });
export type ServerAddresses = z.infer<typeof ServerAddresses>;
