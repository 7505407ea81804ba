import type { DerivedSetting } from '#src/fleet/contract/clusters.ts';
import { settingsText } from '#src/fleet/contract/settings.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/** What a server may count on: the smallest of its hosts decides, since any member may become primary. */
export type Size = { memoryBytes: number; cores: number; dataDiskFreeBytes: number; serversOnHost: number };

/** Clamps to a range. */
const within = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));
const inMiB = (bytes: number) => `${Math.max(1, Math.floor(bytes / MiB))}MB`;

/** Settings that follow from the size of the hosts, each with its reason. Rules of thumb from PostgreSQL's own documentation and common practice. */
export function deriveSettings(size: Size, pgVersion: number): DerivedSetting[] {
  const memory = size.memoryBytes / Math.max(1, size.serversOnHost);
  const connections = within(100, size.cores * 25, 400);
  const parallel = within(1, Math.floor(size.cores / 2), 8);
  const workers = Math.max(8, size.cores);
  const row = (name: string, value: string, reason: Text): DerivedSetting => ({ name, value, reason });
  return [
    row('max_connections', String(connections), settingsText.maxConnections(size.cores)),
    row('shared_buffers', inMiB(within(128 * MiB, memory / 4, 64 * GiB)), settingsText.sharedBuffers(memory)),
    row('effective_cache_size', inMiB((memory * 3) / 4), settingsText.cacheSize),
    row(
      'work_mem',
      inMiB(within(4 * MiB, memory / 4 / connections, 256 * MiB)),
      settingsText.workMem(connections),
    ),
    row('maintenance_work_mem', inMiB(within(64 * MiB, memory / 16, GiB)), settingsText.maintenanceWorkMem),
    row('max_worker_processes', String(workers), settingsText.workers(size.cores)),
    row('max_parallel_workers_per_gather', String(parallel), settingsText.parallel(size.cores)),
    row(
      'max_wal_size',
      inMiB(within(GiB, size.dataDiskFreeBytes / 10, 16 * GiB)),
      settingsText.maxWal(size.dataDiskFreeBytes),
    ),
    row(
      'max_slot_wal_keep_size',
      inMiB(within(GiB, size.dataDiskFreeBytes / 4, 256 * GiB)),
      settingsText.slotKeep(size.dataDiskFreeBytes),
    ),
    row('checkpoint_timeout', '15min', settingsText.checkpointTimeout),
    row('random_page_cost', '1.1', settingsText.randomPageCost),
    // lz4 came with 15; older servers only know pglz.
    row('wal_compression', pgVersion >= 15 ? 'lz4' : 'on', settingsText.walCompression),
    row('wal_log_hints', 'on', settingsText.hintBits),
    row('log_min_duration_statement', '1s', settingsText.logSlow),
    row('log_lock_waits', 'on', settingsText.logWaits),
    row('log_temp_files', '10MB', settingsText.logTemp),
    row('log_line_prefix', '%m [%p] %e %q%u@%d ', settingsText.logPrefix),
    row('shared_preload_libraries', 'pg_stat_statements', settingsText.statements),
    row('autovacuum_vacuum_cost_limit', '2000', settingsText.autovacuumCost),
    row('idle_in_transaction_session_timeout', '1h', settingsText.idleTransaction),
    row('password_encryption', 'scram-sha-256', settingsText.password),
  ];
}

/**
 * Settings that Elepherd or Patroni must own: a person who changes them would break the cluster, or run programs and write
 * files on its hosts.
 */
export const ownedSettings: ReadonlySet<string> = new Set([
  'listen_addresses',
  'port',
  'data_directory',
  'hba_file',
  'ident_file',
  'config_file',
  'external_pid_file',
  'unix_socket_directories',
  'cluster_name',
  'wal_level',
  'hot_standby',
  'max_wal_senders',
  'max_replication_slots',
  'primary_conninfo',
  'primary_slot_name',
  'restore_command',
  'archive_cleanup_command',
  'recovery_end_command',
  'ssl_passphrase_command',
  'dynamic_library_path',
  'jit_provider',
  'log_directory',
  'log_filename',
  'recovery_target',
  'promote_trigger_file',
  'synchronous_standby_names',
  'archive_mode',
  'archive_command',
  'archive_library',
  'archive_timeout',
  'ssl',
  'ssl_cert_file',
  'ssl_key_file',
  'ssl_ca_file',
  'ssl_min_protocol_version',
  'fsync',
  'full_page_writes',
  'track_commit_timestamp',
  'wal_log_hints',
  'password_encryption',
  'allow_alter_system',
]);

/** Settings kept in shared memory, which a replica must have at least as large as its primary: raised on replicas first, lowered on the primary first. */
export const sharedMemorySettings: readonly string[] = [
  'max_connections',
  'max_prepared_transactions',
  'max_locks_per_transaction',
  'max_wal_senders',
  'max_worker_processes',
];
