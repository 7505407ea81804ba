import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { activityTasks } from './activity.ts';
import { guardianTasks } from './guardian.ts';
import { incidentTasks } from './incidents.ts';
import { backupTasks } from './backups.ts';
import { logicalBackupTasks } from './logical-backups.ts';
import { passportTasks } from './passports.ts';
import { restoreTasks } from './restore-tasks.ts';
import { sandboxTasks } from './sandboxes.ts';

/** Names that become parts of unit names, paths and process titles on a host. */
export const UnitName = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
/** No `.`, no `..`, no empty part: what a path names is what it says. */
const isStraight = (path: string) =>
  path
    .split('/')
    .slice(1)
    .every((part) => !['', '.', '..'].includes(part));
const PackageName = z.string().regex(/^[a-z0-9][a-z0-9+.-]{1,80}$/);
const Port = z.number().int().min(1).max(65535);

/** A file the agent places: under a known root only, with an owner and a mode. */
export const PlacedFile = z.object({
  path: z
    .string()
    .max(300)
    .regex(/^\/[\w./@-]+$/)
    .refine(isStraight, 'must be a plain path')
    .refine(
      (path) =>
        [
          '/etc/elepherd/',
          '/etc/patroni/',
          '/etc/etcd/',
          '/etc/pgbouncer/',
          '/etc/haproxy/',
          '/etc/pgbackrest/',
        ].some((root) => path.startsWith(root)),
      'must lie under a known root',
    ),
  content: z.string().max(512 * 1024),
  mode: z.enum(['0600', '0640', '0644']),
  owner: z.enum(['root', 'postgres', 'etcd', 'haproxy']),
});
export type PlacedFile = z.infer<typeof PlacedFile>;

/** A directory the agent makes, for data. */
export const PlacedDirectory = z.object({
  path: z
    .string()
    .max(300)
    .regex(/^\/var\/lib\/(postgresql\/\d{1,2}|etcd|pgbackrest|elepherd)\/[\w./-]+$/)
    .refine(isStraight, 'must be a plain path'),
  mode: z.enum(['0700', '0750', '0755']),
  owner: z.enum(['root', 'postgres', 'etcd']),
});

/** Programs that a service may run; nothing else is started for the server. */
export const programs = {
  etcd: '/usr/bin/etcd',
  patroni: '/usr/bin/patroni',
  pgbouncer: '/usr/sbin/pgbouncer',
  haproxy: '/usr/sbin/haproxy',
} as const;

/** A long-running program on a host: systemd keeps it where systemd runs, the agent elsewhere. */
export const Service = z.object({
  name: UnitName,
  title: z
    .string()
    .max(200)
    .regex(/^[\w .,:()@/-]+$/),
  program: z.enum(['etcd', 'patroni', 'pgbouncer', 'haproxy']),
  args: z
    .array(
      z
        .string()
        .max(500)
        .regex(/^[\w@%+=:,./-]+$/),
    )
    .max(40),
  user: z.enum(['postgres', 'etcd', 'haproxy', 'root']),
  /** How a stop is asked for; Patroni must not take PostgreSQL's children down before PostgreSQL itself. */
  killMode: z.enum(['process', 'mixed']).default('mixed'),
  /** Signal that makes it read its files again; absent when only a restart does. */
  reloadSignal: z.enum(['SIGHUP', 'SIGUSR2']).optional(),
  files: z.array(PlacedFile).max(40),
  directories: z.array(PlacedDirectory).max(10).default([]),
});
export type Service = z.infer<typeof Service>;

/** A finding before anything is touched: what was looked at, how it stands, what to do. */
export const Finding = z.object({
  check: z.string().max(60),
  level: z.enum(['ok', 'warning', 'blocker']),
  text: Text,
});
export type Finding = z.infer<typeof Finding>;

/** What each kind of task takes, and what it gives back. Secrets in an input are sealed until the agent has them. */
export const taskKinds = {
  'check-host': {
    input: z.object({
      pgVersion: z.number().int().min(13).max(30).optional(),
      packages: z.array(PackageName).max(40),
      ports: z.array(z.object({ port: Port, purpose: z.string().max(60) })).max(40),
      dataDirectories: z.array(PlacedDirectory.shape.path).max(10),
      needsBytes: z.number().int().min(0),
      members: z.number().int().min(1).max(15),
    }),
    output: z.object({ findings: z.array(Finding), packageVersions: z.record(z.string(), z.string()) }),
  },
  'install-packages': {
    input: z.object({
      packages: z.array(PackageName).min(1).max(40),
    }),
    output: z.object({ installed: z.array(z.string()), versions: z.record(z.string(), z.string()) }),
  },
  /** Places files and makes the program run with them; reloads or restarts it when they changed. Doing it twice changes nothing. */
  'ensure-service': {
    input: z.object({ service: Service, restartWhenChanged: z.boolean().default(false) }),
    output: z.object({ changed: z.boolean(), running: z.boolean(), pid: z.number().nullable() }),
  },
  'control-service': {
    input: z.object({ name: UnitName, action: z.enum(['start', 'stop', 'restart']) }),
    output: z.object({ running: z.boolean() }),
  },
  /** Stops a service and takes its unit and files away; its data stays. */
  'remove-service': {
    input: z.object({
      name: UnitName,
      /** Files that were placed, and the password file that Patroni wrote for itself. Folders that become empty below a root go with them. */
      files: z
        .array(
          z.union([
            PlacedFile.shape.path,
            z.string().regex(/^\/var\/lib\/postgresql\/\.pgpass-[a-z0-9-]{1,60}$/),
          ]),
        )
        .max(40),
    }),
    output: z.object({}),
  },
  /** Removes a data directory for good. Refuses one in which a PostgreSQL runs. */
  'remove-data': {
    input: z.object({ directory: PlacedDirectory.shape.path }),
    output: z.object({ removed: z.boolean() }),
  },
  /** One request to the Patroni of a server on this host, with its certificate and credentials from `/etc/patroni/<name>.yml`'s files. */
  'ask-patroni': {
    input: z.object({
      name: UnitName,
      port: Port,
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
      path: z.enum([
        '/patroni',
        '/cluster',
        '/config',
        '/switchover',
        '/failover',
        '/restart',
        '/reload',
        '/reinitialize',
        '/history',
      ]),
      body: z.unknown().optional(),
      username: z.string().max(80).optional(),
      password: z.string().max(200).optional(),
      timeoutSeconds: z.number().int().min(1).max(600).default(15),
    }),
    output: z.object({ status: z.number().int(), body: z.unknown() }),
  },
  /** Asks the Patroni on this host again and again, without its credentials, until it is as wished; fails after the time with what it last saw. */
  'await-patroni': {
    input: z.object({
      name: UnitName,
      port: Port,
      until: z.enum(['answers', 'initializing', 'primary', 'members-stream', 'rebuilt', 'gone-from-members']),
      /**
       * `initializing`: the asked one has the right to make the database, or has made it;
       * `members-stream`: these must be there, one as leader and the others streaming; `gone-from-members`: the first must not be listed;
       * `rebuilt`: the first streams, after it was seen doing anything else or ten seconds have passed.
       */
      members: z.array(UnitName).max(20).default([]),
      timeoutSeconds: z.number().int().min(1).max(3600),
    }),
    output: z.object({ leader: z.string().nullable(), timeline: z.number().nullable() }),
  },
  /** Runs one of our scripts through psql over the local socket as postgres; values come as variables, never inside the text. */
  'run-sql': {
    input: z.object({
      pgVersion: z.number().int().min(13).max(30),
      port: Port,
      socketDirectory: z
        .string()
        .max(200)
        .regex(/^\/[\w./-]+$/)
        .default('/var/run/postgresql'),
      /** It travels in the environment, so that any name is one. */
      database: z
        .string()
        .min(1)
        .max(63)
        .refine((name) => !name.includes('\0')),
      script: z.string().max(100_000),
      variables: z.record(z.string().regex(/^[a-z_]{1,40}$/), z.string().max(1_000_000)).default({}),
      timeoutSeconds: z.number().int().min(1).max(3600).default(30),
      /** How long it waits for a server that is only just being made. */
      awaitSeconds: z.number().int().min(0).max(600).default(0),
    }),
    /** Rows of the last statement that gave rows, each a record of texts. */
    output: z.object({ rows: z.array(z.record(z.string(), z.string().nullable())) }),
  },
  /** One change of a cluster's etcd members, asked of the local member. */
  'ask-etcd': {
    input: z.object({
      name: UnitName,
      clientPort: Port,
      command: z.enum(['health', 'list-members', 'add-member', 'remove-member', 'move-leader']),
      memberName: UnitName.optional(),
      peerUrl: z
        .string()
        .max(300)
        .regex(/^https:\/\/[\w.:[\]-]+$/)
        .optional(),
      memberId: z
        .string()
        .regex(/^[0-9a-f]{1,16}$/)
        .optional(),
      /** How long `health` waits for the member to answer. */
      timeoutSeconds: z.number().int().min(1).max(600).default(10),
    }),
    output: z.object({
      ok: z.boolean(),
      members: z.array(z.object({ id: z.string(), name: z.string(), peerUrl: z.string() })),
    }),
  },
  ...sandboxTasks,
  ...backupTasks,
  ...restoreTasks,
  ...guardianTasks,
  ...incidentTasks,
  ...activityTasks,
  ...logicalBackupTasks,
  ...passportTasks,
} as const;
export type TaskKind = keyof typeof taskKinds;
export type TaskInput<K extends TaskKind> = z.input<(typeof taskKinds)[K]['input']>;
export type TaskOutput<K extends TaskKind> = z.output<(typeof taskKinds)[K]['output']>;

/** Work as it travels to an agent. */
export const TaskOrder = z.object({
  id: z.uuid(),
  kind: z.string().max(60),
  input: z.unknown(),
  /** True when somebody wishes it stopped. */
  cancel: z.boolean().default(false),
});
export type TaskOrder = z.infer<typeof TaskOrder>;

/** What an agent says of a task. */
export const TaskReport = z.object({
  state: z.enum(['running', 'succeeded', 'failed']),
  output: z.unknown().optional(),
  error: Text.optional(),
  lines: z.array(Text).max(500).default([]),
});
export type TaskReport = z.infer<typeof TaskReport>;
