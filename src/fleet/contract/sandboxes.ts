import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { line, prose, slug } from '#src/platform/contract/text.ts';

/** The role and the database a person gets in a sandbox; the superuser is never handed out. */
export const sandboxRole = 'sandbox';
export const sandboxDatabase = 'sandbox';

/** The template that is there without being made: an empty database. */
export const emptyTemplate = 'empty';

const Major = z.number().int().min(13).max(30);

/** What a sandbox may use at most. */
export const SandboxLimits = z.object({
  memoryMb: z.number().int().min(64).max(65_536),
  /** Cores; 0.5 is half of one. */
  cpuCores: z.number().min(0.1).max(64),
  diskMb: z.number().int().min(64).max(1_048_576),
  connections: z.number().int().min(1).max(200),
  statementSeconds: z.number().int().min(1).max(86_400),
});
export type SandboxLimits = z.infer<typeof SandboxLimits>;

export const defaultSandboxLimits: SandboxLimits = {
  memoryMb: 256,
  cpuCores: 1,
  diskMb: 512,
  connections: 10,
  statementSeconds: 60,
};

/**
 * How a limit is kept: `kernel` cannot be passed at all; `postgres` is refused by PostgreSQL, with nothing behind it;
 * `watched` is looked at every second or so, and whoever passes it is stopped; `no` is not kept on this host.
 */
export const Enforcement = z.enum(['kernel', 'postgres', 'watched', 'no']);
export type Enforcement = z.infer<typeof Enforcement>;

/** What this host really keeps; it depends on whether the agent is root and on the kernel. */
export const LimitsEnforced = z.object({
  memory: Enforcement,
  cpu: Enforcement,
  disk: Enforcement,
  connections: Enforcement,
  statements: Enforcement,
  /** No way out from SQL: `kernel` means a network of its own without any interface. */
  network: Enforcement,
  /** No file but its own: `kernel` means that it does not even see others. */
  files: Enforcement,
});
export type LimitsEnforced = z.infer<typeof LimitsEnforced>;

/** Where its data lie: `memory` and `disk` share what did not change with the template, `copy` has all of it twice. */
export const SandboxStorage = z.enum([
  'overlay-memory',
  'overlay-disk',
  'copy-memory',
  'reflink-disk',
  'copy-disk',
]);
export type SandboxStorage = z.infer<typeof SandboxStorage>;

export const SandboxState = z.enum(['making', 'ready', 'failed', 'expired', 'destroyed']);
export type SandboxState = z.infer<typeof SandboxState>;

const minutes = z
  .number()
  .int()
  .min(1)
  .max(7 * 24 * 60);

/** A wish for a sandbox. What is left out is chosen. */
export const CreateSandbox = z.object({
  minutes: minutes.default(60),
  /** The newest one that a host has, when not said. */
  pgVersion: Major.optional(),
  /** Name of a template of the organisation. */
  template: slug.default(emptyTemplate),
  memoryBacked: z.boolean().default(false),
  /** Only on the host itself, or for everybody who reaches the host, then with TLS. */
  reach: z.enum(['host-only', 'network']).default('network'),
  purpose: line(200).optional(),
  limits: SandboxLimits.partial().default({}),
  hostId: z.uuid().optional(),
});
export type CreateSandbox = z.input<typeof CreateSandbox>;

export const Sandbox = z.object({
  id: z.uuid(),
  state: SandboxState,
  pgVersion: z.number().int(),
  template: z.string(),
  memoryBacked: z.boolean(),
  purpose: z.string().nullable(),
  host: z.object({ id: z.uuid(), name: z.string() }),
  limits: SandboxLimits,
  /** Null until it is ready. */
  limitsEnforced: LimitsEnforced.nullable(),
  storage: SandboxStorage.nullable(),
  address: z.string().nullable(),
  port: z.number().int().nullable(),
  tls: z.boolean(),
  /** Who made it; only they are told its password. */
  madeBy: z.string(),
  isMine: z.boolean(),
  /** Milliseconds from the request to the first answer of its PostgreSQL, by the host's clock. */
  readyMs: z.number().nullable(),
  /** Why it failed or ended before its time. */
  reason: Text.nullable(),
  /** The operation that makes it, when that takes longer. */
  operationId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type Sandbox = z.infer<typeof Sandbox>;

/** How its maker gets in. */
export const SandboxConnection = z.object({
  host: z.string(),
  port: z.number().int(),
  database: z.string(),
  user: z.string(),
  password: z.string(),
  /** For psql and every libpq program. */
  url: z.string(),
  /** PEM of what signed its certificate, for sslmode=verify-full; null without TLS. */
  authority: z.string().nullable(),
});
export type SandboxConnection = z.infer<typeof SandboxConnection>;

/** What the maker is told: the connection is null while it is being made. */
export const MadeSandbox = Sandbox.extend({ connection: SandboxConnection.nullable() });
export type MadeSandbox = z.infer<typeof MadeSandbox>;

export const ExtendSandbox = z.object({ minutes });
export type ExtendSandbox = z.infer<typeof ExtendSandbox>;

/** What an organisation may hold at once, and what it holds. */
export const SandboxQuota = z.object({
  sandboxes: z.number().int(),
  memoryMb: z.number().int(),
  diskMb: z.number().int(),
  /** The longest life, extensions counted in. */
  minutes: z.number().int(),
  used: z.object({ sandboxes: z.number().int(), memoryMb: z.number().int(), diskMb: z.number().int() }),
});
export type SandboxQuota = z.infer<typeof SandboxQuota>;

/** What can be chosen now. */
export const SandboxOffer = z.object({
  /** Majors on online hosts: installed ones are there at once, offered ones are installed first. */
  versions: z.array(z.object({ major: z.number().int(), installed: z.boolean() })),
  templates: z.array(z.string()),
  quota: SandboxQuota,
});
export type SandboxOffer = z.infer<typeof SandboxOffer>;

/** Extensions a template may have besides those that PostgreSQL itself trusts: none of them opens files, programs or the network. */
export const templateExtensions = [
  'amcheck',
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'lo',
  'ltree',
  'pageinspect',
  'pg_buffercache',
  'pg_freespacemap',
  'pg_stat_statements',
  'pg_trgm',
  'pg_visibility',
  'pg_walinspect',
  'pgcrypto',
  'pgrowlocks',
  'pgstattuple',
  'seg',
  'tablefunc',
  'tcn',
  'tsm_system_rows',
  'tsm_system_time',
  'unaccent',
  'uuid-ossp',
] as const;

/** What a template is made of: run once, as the role `sandbox` in one transaction, inside the same walls as any sandbox. */
export const CreateSandboxTemplate = z.object({
  name: slug.refine((name) => name !== emptyTemplate, 'is the name of the empty template'),
  initSql: prose(900_000).default(''),
  extensions: z.array(z.enum(templateExtensions)).max(20).default([]),
});
export type CreateSandboxTemplate = z.input<typeof CreateSandboxTemplate>;

export const SandboxTemplate = z.object({
  id: z.uuid(),
  name: z.string(),
  extensions: z.array(z.string()),
  initSqlBytes: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type SandboxTemplate = z.infer<typeof SandboxTemplate>;

// ---- what server and agent say to one another ------------------------------------------------------------------------

const Template = z.object({
  name: slug,
  /** Says what is in it: the same name with another script is another template. */
  digest: z.string().regex(/^[0-9a-f]{16}$/),
});

/** Tasks about sandboxes. A sandbox is named by its id; asking twice changes nothing. */
export const sandboxTasks = {
  'start-sandbox': {
    input: z.object({
      id: z.uuid(),
      pgVersion: Major,
      template: Template,
      memoryBacked: z.boolean(),
      /** Null for this host alone; else the address clients will use. */
      address: z.string().max(253).nullable(),
      /** SCRAM-SHA-256 verifier: the password itself stays with the server and its maker. */
      passwordVerifier: z.string().regex(/^SCRAM-SHA-256\$\d+:[\w+/=]+\$[\w+/=]+:[\w+/=]+$/),
      tls: z.object({ certificate: z.string().max(20_000), privateKey: z.string().max(5000) }).nullable(),
      limits: SandboxLimits,
      expiresAt: z.iso.datetime(),
    }),
    output: z.discriminatedUnion('result', [
      z.object({
        result: z.literal('ready'),
        port: z.number().int(),
        storage: SandboxStorage,
        limitsEnforced: LimitsEnforced,
        readyMs: z.number(),
      }),
      /** Nothing was made: this must be there first. */
      z.object({ result: z.literal('missing'), what: z.enum(['postgres', 'template']) }),
    ]),
  },
  'prepare-sandbox-template': {
    input: z.object({
      pgVersion: Major,
      template: Template,
      initSql: z.string().max(900_000),
      extensions: z.array(z.enum(templateExtensions)).max(20),
    }),
    output: z.object({ made: z.boolean() }),
  },
  /** Everything in it becomes as it was at first; port, password and expiry stay. */
  'reset-sandbox': {
    input: z.object({ id: z.uuid() }),
    output: z.object({ readyMs: z.number() }),
  },
  'extend-sandbox': {
    input: z.object({ id: z.uuid(), expiresAt: z.iso.datetime() }),
    output: z.object({}),
  },
  'destroy-sandbox': {
    input: z.object({ id: z.uuid() }),
    output: z.object({ destroyed: z.boolean() }),
  },
  'look-at-sandboxes': {
    input: z.object({}),
    output: z.object({
      sandboxes: z
        .array(z.object({ id: z.uuid(), expiresAt: z.iso.datetime(), connections: z.number().int() }))
        .max(2000),
      /** Those that ended before their time, with why; forgotten after a day. */
      ended: z.array(z.object({ id: z.uuid(), reason: z.enum(['disk', 'stopped']) })).max(2000),
    }),
  },
} as const;
