import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { slug } from '#src/platform/contract/text.ts';
import { Cron, RepositoryPath, TimeZone } from './backups.ts';

const DatabaseName = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[^\0\n\r]+$/);
const sslModes = ['disable', 'prefer', 'require', 'verify-full'] as const;

/** Where an external database is, and as whom it is asked. */
export const ExternalServer = z.object({
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_:]([\w.:-]*[A-Za-z0-9])?$/, 'must be a name or an address'),
  port: z.number().int().min(1).max(65535).default(5432),
  username: DatabaseName,
  /** The database that is asked for the names of the others. */
  database: DatabaseName.default('postgres'),
  sslMode: z.enum(sslModes).default('prefer'),
});
export type ExternalServer = z.infer<typeof ExternalServer>;

export const CreateExternalDatabase = z.object({
  name: slug,
  /** `postgresql://user:password@host:5432/postgres?sslmode=require`; the password is sealed and never shown again. */
  dsn: z
    .string()
    .max(1000)
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must look like postgresql://user:password@host:5432/postgres'),
  /** The host whose agent dumps it. */
  hostId: z.uuid(),
  /** Where that host keeps the dumps. */
  folder: RepositoryPath,
  /** Which databases; all that allow connections when left out. */
  databases: z.array(DatabaseName).max(200).default([]),
  schedule: Cron.default('30 1 * * *'),
  timeZone: TimeZone.default('UTC'),
  /** How many whole backups stay. */
  keep: z.number().int().min(1).max(1000).default(14),
});
export type CreateExternalDatabase = z.input<typeof CreateExternalDatabase>;

export const DumpedFile = z.object({
  file: z.string().max(200),
  /** Null for roles and tablespaces, which belong to all. */
  database: z.string().max(63).nullable(),
  bytes: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export const DumpContents = z.object({
  pgVersion: z.string().max(40),
  files: z.array(DumpedFile).max(300),
  /** False when the account may not read the passwords of roles: they must be set again after a restore. */
  withPasswords: z.boolean(),
  seconds: z.number(),
  /** Of the passphrase that encrypts them; null for dumps of before they were encrypted. */
  keyFingerprint: z.string().max(64).nullable().default(null),
});
export type DumpContents = z.infer<typeof DumpContents>;

export const LogicalBackup = z.object({
  id: z.uuid(),
  label: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  contents: DumpContents.nullable(),
  problem: Text.nullable(),
});
export type LogicalBackup = z.infer<typeof LogicalBackup>;

export const ExternalDatabase = z.object({
  id: z.uuid(),
  name: z.string(),
  server: ExternalServer,
  hostId: z.uuid(),
  hostName: z.string(),
  folder: z.string(),
  databases: z.array(z.string()),
  schedule: z.string(),
  timeZone: z.string(),
  keep: z.number().int(),
  /** Says which passphrase encrypts its dumps, and when somebody last took that along. */
  keyFingerprint: z.string().nullable(),
  keyShownAt: z.iso.datetime().nullable(),
  nextAt: z.iso.datetime().nullable(),
  /** The newest backup that is whole. */
  lastDoneAt: z.iso.datetime().nullable(),
  /** The newest first; those that were removed by the schedule are not here. */
  backups: z.array(LogicalBackup),
  operationId: z.uuid().nullable(),
});
export type ExternalDatabase = z.infer<typeof ExternalDatabase>;

/** A name by which a logical backup lies in its folder, by the clock of the server: 20261129-013000Z. */
export const DumpLabel = z.string().regex(/^\d{8}-\d{6}Z$/);

export const logicalBackupTasks = {
  /** Dumps databases, roles and tablespaces, encrypted, into a folder that gets its name only when it is whole. It outlives the agent. */
  'dump-database': {
    input: z.object({
      name: slug,
      label: DumpLabel,
      folder: RepositoryPath,
      server: ExternalServer,
      password: z.string().max(500),
      /** It encrypts every file before it reaches the disk. */
      passphrase: z.string().min(20).max(500),
      keyFingerprint: z.string().max(64),
      databases: z.array(DatabaseName).max(200),
      timeoutSeconds: z
        .number()
        .int()
        .min(1)
        .max(7 * 86_400),
    }),
    output: DumpContents,
  },
  /** Removes dumps that nobody keeps any more; one that is gone is no fault. */
  'remove-dumps': {
    input: z.object({ name: slug, folder: RepositoryPath, labels: z.array(DumpLabel).max(1000) }),
    output: z.object({ removed: z.number().int() }),
  },
} as const;
