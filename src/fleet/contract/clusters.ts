import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { isOneLine, line, slug } from '#src/platform/contract/text.ts';
import { Finding } from './tasks.ts';

/** What is promised about a commit when the primary's host is lost. */
export const Protection = z.enum(['async', 'sync', 'strict']);
export type Protection = z.infer<typeof Protection>;

/** How soon a lost primary is replaced, against how easily a short hiccup is taken for a loss. */
export const Recovery = z.enum(['fast', 'normal', 'wide']);
export type Recovery = z.infer<typeof Recovery>;

/** Patroni's times of each profile, in seconds; loop + 2 × retry never exceeds ttl. */
export const recoveryTimes = {
  fast: { ttl: 20, loopWait: 5, retryTimeout: 5 },
  normal: { ttl: 30, loopWait: 10, retryTimeout: 10 },
  wide: { ttl: 60, loopWait: 10, retryTimeout: 20 },
} as const satisfies Record<Recovery, { ttl: number; loopWait: number; retryTimeout: number }>;

export const ClusterPhase = z.enum(['building', 'ready', 'failed', 'deleting', 'deleted']);
export type ClusterPhase = z.infer<typeof ClusterPhase>;

/** An IPv4 or IPv6 network from which clients may connect. */
export const Network = z.union([z.cidrv4(), z.cidrv6()]);

/** A name of a database, role or setting inside PostgreSQL: ours are plain, so that nobody has to quote them. */
export const SqlName = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_]{0,62}$/,
    'must be 1 to 63 lower-case letters, digits or underscores, not starting with a digit',
  )
  .refine((name) => !name.startsWith('pg_'), 'must not start with pg_');

export const SettingName = z
  .string()
  .regex(/^[a-z_]{2,63}(\.[a-z_]{2,63})?$/)
  // As a key in Patroni's file these would not be texts.
  .refine((name) => !/^(on|off|yes|no|true|false|null)$/.test(name), 'must be the name of a setting');
/** A setting's value as PostgreSQL reads it. */
export const SettingValue = z.string().max(1000).refine(isOneLine, 'must be one line');
export const Settings = z.record(SettingName, SettingValue);
export type Settings = z.infer<typeof Settings>;

export const CreateCluster = z.object({
  name: slug,
  /** Hosts that carry a server; when left out, `members` hosts are chosen. */
  hostIds: z.array(z.uuid()).min(1).max(7).optional(),
  members: z.number().int().min(1).max(7).optional(),
  /** A host that only votes; needed with two members. */
  witnessHostId: z.uuid().optional(),
  /** Newest that every chosen host offers, when left out. */
  pgVersion: z.number().int().min(13).max(30).optional(),
  protection: Protection.default('async'),
  recovery: Recovery.default('normal'),
  networks: z.array(Network).max(50).default([]),
  settings: Settings.default({}),
  deletionProtected: z.boolean().default(true),
});
export type CreateCluster = z.input<typeof CreateCluster>;

/** A setting Elepherd chose for the size of the hosts, and why. */
export const DerivedSetting = z.object({ name: SettingName, value: SettingValue, reason: Text });
export type DerivedSetting = z.infer<typeof DerivedSetting>;

/** What a cluster would be, before anything is touched. */
export const ClusterPreview = z.object({
  members: z.array(
    z.object({
      name: z.string(),
      hostId: z.uuid(),
      hostName: z.string(),
      failureDomain: z.string().nullable(),
    }),
  ),
  witness: z.object({ hostId: z.uuid(), hostName: z.string() }).nullable(),
  etcdHostNames: z.array(z.string()),
  pgVersion: z.number().int(),
  pgVersionsOffered: z.array(z.number().int()),
  ports: z.object({
    postgres: z.number(),
    patroni: z.number(),
    etcdClient: z.number(),
    etcdPeer: z.number(),
    pooler: z.number(),
    readWrite: z.number(),
    readOnly: z.number(),
  }),
  settings: z.array(DerivedSetting),
  packages: z.array(z.string()),
  /** Plain words on what it survives and what that costs. */
  survives: z.array(Text),
  doesNotSurvive: z.array(Text),
  costs: z.array(Text),
  findings: z.array(Finding),
});
export type ClusterPreview = z.infer<typeof ClusterPreview>;

export const Member = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(['server', 'witness']),
  phase: z.enum(['planned', 'ready', 'removing', 'gone']),
  hostId: z.uuid(),
  hostName: z.string(),
  hostOnline: z.boolean(),
  address: z.string(),
  failureDomain: z.string().nullable(),
  hasEtcd: z.boolean(),
  /** As last seen; null when its host is silent or nothing runs. */
  role: z.enum(['primary', 'replica', 'sync_standby', 'standby_leader', 'unknown']).nullable(),
  state: z.string().nullable(),
  timeline: z.number().int().nullable(),
  lagBytes: z.number().nullable(),
  pendingRestart: z.boolean(),
  seenAt: z.iso.datetime().nullable(),
});
export type Member = z.infer<typeof Member>;

/** How a cluster stands, in one word. */
export const ClusterHealth = z.enum(['healthy', 'degraded', 'down', 'unknown', 'building', 'deleting']);
export type ClusterHealth = z.infer<typeof ClusterHealth>;

export const Cluster = z.object({
  id: z.uuid(),
  name: slug,
  scope: z.string(),
  pgVersion: z.number().int(),
  phase: ClusterPhase,
  health: ClusterHealth,
  protection: Protection,
  recovery: Recovery,
  networks: z.array(z.string()),
  ports: ClusterPreview.shape.ports,
  members: z.array(Member),
  timeline: z.number().int().nullable(),
  paused: z.boolean(),
  deletionProtected: z.boolean(),
  /** When the data will be gone for good; null unless it is being deleted. */
  deleteAfter: z.iso.datetime().nullable(),
  /** The operation that works on it now, or the last one that did. */
  operationId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
});
export type Cluster = z.infer<typeof Cluster>;

/** Ways to connect, each with the settings that survive a failover. */
export const ConnectionWay = z.object({
  kind: z.enum(['direct', 'routed', 'pooled', 'read-only']),
  title: Text,
  advice: Text,
  url: z.string(),
  samples: z.array(
    z.object({ language: z.enum(['psql', 'jdbc', 'node', 'python', 'go']), code: z.string() }),
  ),
});
export type ConnectionWay = z.infer<typeof ConnectionWay>;
export const Connection = z.object({
  database: z.string(),
  username: z.string(),
  ways: z.array(ConnectionWay),
  /** PEM of the authority that signed the servers' certificates. */
  authority: z.string(),
});
export type Connection = z.infer<typeof Connection>;

/** The URL with the password in it; asking for it is written to the audit. */
export const ConnectionUrl = z.object({ url: z.string() });
export type ConnectionUrl = z.infer<typeof ConnectionUrl>;

export const UpdateCluster = z.object({
  deletionProtected: z.boolean().optional(),
  protection: Protection.optional(),
  recovery: Recovery.optional(),
  networks: z.array(Network).max(50).optional(),
});
export type UpdateCluster = z.infer<typeof UpdateCluster>;
/** The cluster as it is now; `operationId` names the operation that applies a change that members must hear of. */
export const Updated = z.object({ cluster: Cluster, operationId: z.uuid().nullable() });
export type Updated = z.infer<typeof Updated>;

export const UpdateSettings = z.object({
  /** A value for each setting to change; null gives it back to what Elepherd derives. */
  settings: z
    .record(SettingName, SettingValue.nullable())
    .refine((s) => Object.keys(s).length > 0, 'must change something'),
  /** Restart members that need it, in the right order; otherwise they keep the restart-needed mark. */
  restart: z.boolean().default(false),
});
export type UpdateSettings = z.infer<typeof UpdateSettings>;

export const SettingRow = z.object({
  name: z.string(),
  /** As wished: by a person, derived, or PostgreSQL's own default. */
  value: z.string(),
  source: z.enum(['person', 'derived', 'default']),
  running: z.string().nullable(),
  unit: z.string().nullable(),
  context: z.string(),
  description: z.string(),
  reason: Text.nullable(),
  needsRestart: z.boolean(),
  minimum: z.string().nullable(),
  maximum: z.string().nullable(),
  choices: z.array(z.string()).nullable(),
});
export type SettingRow = z.infer<typeof SettingRow>;

export const Switchover = z.object({ memberId: z.uuid().optional() });
export type Switchover = z.infer<typeof Switchover>;
export const AddMember = z.object({
  hostId: z.uuid(),
  /** A host that only votes; needed for the second member. */
  witnessHostId: z.uuid().optional(),
});
export type AddMember = z.infer<typeof AddMember>;
export const Restart = z.object({ memberId: z.uuid().optional() });
export type Restart = z.infer<typeof Restart>;
export const DeleteCluster = z.object({
  /** The cluster's name, typed by the person who deletes it. */
  confirm: line(60),
  /** Hours in which it can be undone. */
  graceHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 30)
    .default(72),
});
export type DeleteCluster = z.infer<typeof DeleteCluster>;
export const Started = z.object({ operationId: z.uuid() });
export type Started = z.infer<typeof Started>;

/** What is inside a cluster, as last read from its primary. */
export const DatabaseRow = z.object({
  name: z.string(),
  owner: z.string(),
  sizeBytes: z.number().nullable(),
  connectionLimit: z.number().int(),
  encoding: z.string(),
});
export const RoleRow = z.object({
  name: z.string(),
  canLogin: z.boolean(),
  isSuperuser: z.boolean(),
  connectionLimit: z.number().int(),
  memberOf: z.array(z.string()),
  managed: z.boolean(),
});
export const ExtensionRow = z.object({
  database: z.string(),
  name: z.string(),
  version: z.string(),
  newest: z.string().nullable(),
});
export const Contents = z.object({
  databases: z.array(DatabaseRow),
  roles: z.array(RoleRow),
  extensions: z.array(ExtensionRow),
  extensionsOffered: z.array(z.object({ name: z.string(), version: z.string(), comment: z.string() })),
  readAt: z.iso.datetime().nullable(),
});
export type Contents = z.infer<typeof Contents>;

export const CreateDatabase = z.object({ name: SqlName, owner: SqlName.optional() });
export type CreateDatabase = z.infer<typeof CreateDatabase>;
export const DropDatabase = z.object({ confirm: z.string().max(63) });
export type DropDatabase = z.infer<typeof DropDatabase>;
export const CreateRole = z.object({
  name: SqlName,
  canLogin: z.boolean().default(true),
  connectionLimit: z.number().int().min(-1).max(10_000).default(-1),
  memberOf: z.array(SqlName).max(20).default([]),
});
export type CreateRole = z.infer<typeof CreateRole>;
/** A new password, shown once. */
export const RoleSecret = z.object({ operationId: z.uuid(), name: z.string(), password: z.string() });
export type RoleSecret = z.infer<typeof RoleSecret>;
export const CreateExtension = z.object({
  database: SqlName,
  name: z.string().regex(/^[a-z_][a-z0-9_-]{0,62}$/),
});
export type CreateExtension = z.infer<typeof CreateExtension>;
