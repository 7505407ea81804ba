// Over 300 lines: places, policies, plans and what agents are asked about them, each a few fields of one picture.
import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { slug } from '#src/platform/contract/text.ts';

/** Where backups and archived WAL are kept. pgBackRest reads and writes it; a host reaches it by itself. */
export const RepositoryKind = z.enum(['path', 's3', 'sftp']);
export type RepositoryKind = z.infer<typeof RepositoryKind>;

const isStraight = (path: string) =>
  path
    .split('/')
    .slice(1)
    .every((part) => !['', '.', '..'].includes(part));
const plainPath = z
  .string()
  .max(200)
  .regex(/^\/[\w@-][\w./@-]*$/, 'must be an absolute path of plain letters')
  .refine(isStraight, 'must be a plain path');

/** Roots below which a path on a host may be a repository: where Debian and people put storage. */
export const repositoryRoots = [
  '/var/lib/pgbackrest',
  '/mnt',
  '/srv',
  '/media',
  '/backup',
  '/backups',
  '/data',
];

/** A folder on every host of a cluster: local for a single server, mounted from elsewhere for more than one. */
export const RepositoryPath = plainPath.refine(
  (path) => repositoryRoots.some((root) => path.startsWith(`${root}/`)),
  `must lie below ${repositoryRoots.join(', ')}`,
);

const HostAndPort = z
  .string()
  .max(300)
  .regex(
    /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?(:\d{1,5})?$/,
    'must look like storage.example.com or storage.example.com:9000',
  );
const oneWord = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[!-~]+$/, 'must be one word of plain characters');
const Pem = z
  .string()
  .max(20_000)
  .regex(/^-----BEGIN [A-Z ]+-----\n[\w+/=\n\s:,-]+-----END [A-Z ]+-----\s*$/, 'must be in PEM form');

export const PathPlace = z.object({ kind: z.literal('path'), path: RepositoryPath });
export const S3Place = z.object({
  kind: z.literal('s3'),
  endpoint: HostAndPort,
  /** A dot in the name breaks the certificates of most stores. */
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be 3 to 63 lower-case letters, digits or dashes'),
  region: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .default('us-east-1'),
  /** Folder in the bucket. */
  path: plainPath.default('/elepherd'),
  /** `path` for most self-hosted stores, `host` for Amazon's own. */
  uriStyle: z.enum(['path', 'host']).default('path'),
  /** Authority of the store's certificate, when the system does not know it. */
  authority: Pem.optional(),
});
export const SftpPlace = z.object({
  kind: z.literal('sftp'),
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/),
  port: z.number().int().min(1).max(65535).default(22),
  username: z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/),
  path: plainPath,
  /** SHA-256 of the server's host key in hex, as `ssh-keygen -lf` gives it in base64; nobody else is trusted. */
  hostFingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
});
/** Where a repository is, without any secret. */
export const RepositoryPlace = z.discriminatedUnion('kind', [PathPlace, S3Place, SftpPlace]);
export type RepositoryPlace = z.infer<typeof RepositoryPlace>;

export const CreateRepository = z.object({
  name: slug,
  place: RepositoryPlace,
  /** For S3. */
  accessKeyId: oneWord(200).optional(),
  secretAccessKey: oneWord(500).optional(),
  /** For SFTP: the private key in PEM form, without a passphrase. */
  privateKey: Pem.optional(),
  /** An escrowed passphrase, for storage that holds encrypted backups already; a new one is made when left out. */
  passphrase: z
    .string()
    .regex(/^[\w+/=-]{20,200}$/)
    .optional(),
});
export type CreateRepository = z.input<typeof CreateRepository>;

export const Repository = z.object({
  id: z.uuid(),
  name: z.string(),
  place: RepositoryPlace,
  /** The place in one line, as a person would write it. */
  address: z.string(),
  /** Says which passphrase encrypts it, and nothing about it. */
  keyFingerprint: z.string(),
  /** When the passphrase was last shown, to be kept in a safe place; null while nobody has it. */
  keyShownAt: z.iso.datetime().nullable(),
  /** Clusters that back up to it. */
  clusters: z.array(z.string()),
  createdAt: z.iso.datetime(),
});
export type Repository = z.infer<typeof Repository>;

/** The passphrase of a repository; asking for it is written to the audit. */
export const RepositoryKey = z.object({
  name: z.string(),
  passphrase: z.string(),
  keyFingerprint: z.string(),
});
export type RepositoryKey = z.infer<typeof RepositoryKey>;

/** Minute, hour, day of month, month, day of week. */
export const Cron = z
  .string()
  .trim()
  .max(100)
  .regex(/^[\d*,/-]+( [\d*,/-]+){4}$/, 'must be five parts: minute, hour, day of month, month, day of week');
export const TimeZone = z
  .string()
  .max(60)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, 'must be a time zone such as Asia/Shanghai');

export const BackupSchedule = z.object({
  full: Cron,
  diff: Cron.nullable().default(null),
  incr: Cron.nullable().default(null),
  timeZone: TimeZone.default('UTC'),
});
export type BackupSchedule = z.infer<typeof BackupSchedule>;

/** Recovery to any second of the last `days`; beyond that, one full backup a week and a month. */
export const BackupRetention = z.object({
  days: z.number().int().min(1).max(3660).default(14),
  weeks: z.number().int().min(0).max(520).default(4),
  months: z.number().int().min(0).max(120).default(6),
});
export type BackupRetention = z.infer<typeof BackupRetention>;

export const CreatePolicy = z.object({
  name: slug,
  schedule: BackupSchedule.default({ full: '0 1 * * 0', diff: '0 1 * * 1-6', incr: null, timeZone: 'UTC' }),
  retention: BackupRetention.default({ days: 14, weeks: 4, months: 6 }),
  /** Processes that read, compress and send at once. */
  processMax: z.number().int().min(1).max(32).default(2),
  compression: z.enum(['lz4', 'zst', 'gz', 'none']).default('lz4'),
  /** Backups yield to everything else on the host: least CPU priority, disk only when idle. */
  gentle: z.boolean().default(false),
  /** WAL is archived at least this often, which is the most that can be lost with the whole cluster. */
  archiveTimeoutSeconds: z.number().int().min(5).max(86_400).default(60),
});
export type CreatePolicy = z.input<typeof CreatePolicy>;
export const UpdatePolicy = z.object({
  schedule: BackupSchedule.optional(),
  retention: BackupRetention.optional(),
  processMax: CreatePolicy.shape.processMax.unwrap().optional(),
  compression: CreatePolicy.shape.compression.unwrap().optional(),
  gentle: z.boolean().optional(),
  archiveTimeoutSeconds: CreatePolicy.shape.archiveTimeoutSeconds.unwrap().optional(),
});
export type UpdatePolicy = z.infer<typeof UpdatePolicy>;

export const Policy = z.object({
  id: z.uuid(),
  name: z.string(),
  schedule: BackupSchedule,
  retention: BackupRetention,
  processMax: z.number().int(),
  compression: z.enum(['lz4', 'zst', 'gz', 'none']),
  gentle: z.boolean(),
  archiveTimeoutSeconds: z.number().int(),
  clusters: z.array(z.string()),
  createdAt: z.iso.datetime(),
});
export type Policy = z.infer<typeof Policy>;

/** Policies and repositories are named by id or by name. */
const Named = z.union([z.uuid(), slug]);
export const EnableBackups = z.object({
  policy: Named,
  /** In order: the first is read from first. */
  repositories: z.array(Named).min(1).max(2),
});
export type EnableBackups = z.infer<typeof EnableBackups>;

export const BackupType = z.enum(['full', 'diff', 'incr']);
export type BackupType = z.infer<typeof BackupType>;
export const RunBackup = z.object({
  type: BackupType.default('full'),
  /** All repositories of the plan when left out. */
  repository: Named.optional(),
});
export type RunBackup = z.input<typeof RunBackup>;

/** One backup in one repository, as pgBackRest last told it. */
export const Backup = z.object({
  clusterId: z.uuid(),
  clusterName: z.string(),
  repositoryId: z.uuid(),
  repositoryName: z.string(),
  /** pgBackRest's own name of it. */
  label: z.string(),
  type: BackupType,
  prior: z.string().nullable(),
  startedAt: z.iso.datetime(),
  /** A restore can go to this moment at the earliest. */
  endedAt: z.iso.datetime(),
  lsnStart: z.string().nullable(),
  lsnStop: z.string().nullable(),
  walStart: z.string().nullable(),
  walStop: z.string().nullable(),
  /** Bytes of the database when it was taken; what a restore needs. */
  databaseBytes: z.number(),
  /** Bytes this backup had to read. */
  backupBytes: z.number(),
  /** Bytes it added to the repository. */
  repositoryBytes: z.number(),
  pgVersion: z.string(),
  databaseId: z.number().int(),
  systemId: z.string(),
  /** True when pages with wrong checksums were found while it was taken. */
  error: z.boolean(),
});
export type Backup = z.infer<typeof Backup>;

/** Archived WAL without a hole, of one timeline. */
export const ArchiveRange = z.object({
  repositoryId: z.uuid(),
  repositoryName: z.string(),
  /** pgBackRest's name of this life of the cluster, such as `17-1`. */
  archiveId: z.string(),
  timeline: z.number().int(),
  walFirst: z.string(),
  walLast: z.string(),
  /** When its first and last file arrived in the repository. */
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  files: z.number().int(),
});
export type ArchiveRange = z.infer<typeof ArchiveRange>;

export const PlanState = z.enum(['enabling', 'on', 'disabling', 'off']);
export type PlanState = z.infer<typeof PlanState>;

export const PlanRepository = z.object({
  position: z.number().int(),
  id: z.uuid(),
  name: z.string(),
  address: z.string(),
  /** When pgBackRest was last asked about it, and what it complained of then. */
  seenAt: z.iso.datetime().nullable(),
  problem: Text.nullable(),
  backups: z.number().int(),
  repositoryBytes: z.number(),
  lastBackupAt: z.iso.datetime().nullable(),
  lastFullAt: z.iso.datetime().nullable(),
  archivedUntil: z.iso.datetime().nullable(),
});

/** How a cluster is protected by backups. */
export const BackupPlan = z.object({
  id: z.uuid(),
  clusterId: z.uuid(),
  clusterName: z.string(),
  stanza: z.string(),
  state: PlanState,
  policy: Policy,
  repositories: z.array(PlanRepository),
  next: z.object({
    full: z.iso.datetime().nullable(),
    diff: z.iso.datetime().nullable(),
    incr: z.iso.datetime().nullable(),
  }),
  /** Seconds since the end of the newest backup anywhere. */
  backupAgeSeconds: z.number().nullable(),
  archive: z.object({
    /** WAL files that wait on the primary to be archived. */
    waitingFiles: z.number().int().nullable(),
    /** Age of the oldest of them: what would be lost with the cluster, beside what no file holds yet. */
    lagSeconds: z.number().nullable(),
    /** What failed last, while archiving fails. */
    failing: Text.nullable(),
    seenAt: z.iso.datetime().nullable(),
  }),
  /** The operation that works on it now, or the last one that did. */
  operationId: z.uuid().nullable(),
});
export type BackupPlan = z.infer<typeof BackupPlan>;

/** Everything about the backups of one cluster. */
export const ClusterBackups = z.object({
  plan: BackupPlan.nullable(),
  backups: z.array(Backup),
  archive: z.array(ArchiveRange),
});
export type ClusterBackups = z.infer<typeof ClusterBackups>;

/** The archiver of a server, as its agent sees it. */
export const ArchiverSeen = z.object({
  /** WAL files that wait to be archived. */
  waitingFiles: z.number().int(),
  /** Since when the oldest of them waits. */
  waitingSince: z.iso.datetime().nullable(),
  /** What pgBackRest complains of while it cannot archive. */
  problem: z.string().max(1000).nullable(),
});
export type ArchiverSeen = z.infer<typeof ArchiverSeen>;

/** A name pgBackRest gives a backup: 20261122-010000F, 20261122-010000F_20261123-010000I. */
export const BackupLabel = z.string().regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/);
const Stanza = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
const RepositoryNumber = z.number().int().min(1).max(4);
const BackRestFile = z
  .string()
  .max(200)
  .regex(/^\/etc\/pgbackrest\/(conf\.d|[a-z][a-z0-9-]{0,60})\/[a-z0-9][\w.-]*$/);

/** What pgBackRest says of one backup, as far as we keep it. */
export const InfoBackup = z.object({
  label: BackupLabel,
  type: BackupType,
  prior: z.string().nullable(),
  repositoryKey: z.number().int(),
  databaseId: z.number().int(),
  startSeconds: z.number(),
  stopSeconds: z.number(),
  lsnStart: z.string().nullable(),
  lsnStop: z.string().nullable(),
  walStart: z.string().nullable(),
  walStop: z.string().nullable(),
  databaseBytes: z.number(),
  backupBytes: z.number(),
  repositoryBytes: z.number(),
  error: z.boolean(),
});
export type InfoBackup = z.infer<typeof InfoBackup>;

/** Tasks about backups: pgBackRest run as postgres, with its files in their standard places. */
export const backupTasks = {
  /** Places pgBackRest's files for one stanza and takes others of it away; doing it twice changes nothing. */
  'place-backup-files': {
    input: z.object({
      files: z
        .array(
          z.object({
            path: BackRestFile,
            content: z.string().max(64 * 1024),
            mode: z.enum(['0600', '0640']),
          }),
        )
        .max(10),
      remove: z.array(BackRestFile).max(20).default([]),
    }),
    output: z.object({ changed: z.boolean(), version: z.string().max(20) }),
  },
  /** One command of pgBackRest. It outlives the agent: found again under way, or ended, after a restart. */
  'backup-command': {
    input: z.object({
      stanza: Stanza,
      command: z.enum([
        'stanza-create',
        'stanza-upgrade',
        'stanza-delete',
        'check',
        'backup',
        'expire',
        'verify',
        'start',
        'stop',
      ]),
      /** One repository; all when left out, for commands that can. */
      repository: RepositoryNumber.optional(),
      type: BackupType.optional(),
      /** The backup meant, for `expire` and `verify`. */
      label: BackupLabel.optional(),
      /** For `expire`: how many of the newest full backups keep all WAL after them. */
      archiveFulls: z.number().int().min(1).max(10_000).optional(),
      gentle: z.boolean().default(false),
      timeoutSeconds: z
        .number()
        .int()
        .min(1)
        .max(14 * 86_400),
    }),
    output: z.object({
      seconds: z.number(),
      /** The end of what it said. */
      log: z.string().max(20_000),
    }),
  },
  /** What pgBackRest knows of a stanza, and which WAL is there without a hole. */
  'backup-info': {
    input: z.object({
      stanza: Stanza,
      repositories: z.array(RepositoryNumber).min(1).max(4),
      walSegmentBytes: z
        .number()
        .int()
        .min(1024 ** 2)
        .max(1024 ** 3)
        .default(16 * 1024 ** 2),
    }),
    output: z.object({
      repositories: z.array(
        z.object({
          key: z.number().int(),
          /** Null when it answered well. */
          problem: z.string().max(2000).nullable(),
          cipher: z.string().max(40).nullable(),
        }),
      ),
      databases: z.array(
        z.object({
          repositoryKey: z.number().int(),
          id: z.number().int(),
          systemId: z.string(),
          version: z.string().max(10),
        }),
      ),
      backups: z.array(InfoBackup).max(10_000),
      archive: z
        .array(
          z.object({
            repositoryKey: z.number().int(),
            archiveId: z.string().max(40),
            timeline: z.number().int(),
            walFirst: z.string(),
            walLast: z.string(),
            firstSeconds: z.number(),
            lastSeconds: z.number(),
            files: z.number().int(),
          }),
        )
        .max(10_000),
    }),
  },
} as const;
