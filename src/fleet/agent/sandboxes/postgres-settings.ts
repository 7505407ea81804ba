import type { SandboxLimits } from '#src/fleet/contract/sandboxes.ts';

/** Connections PostgreSQL keeps for the agent. */
const reserved = 3;

const between = (low: number, value: number, high: number) =>
  Math.round(Math.max(low, Math.min(high, value)));

/**
 * Arguments of `postgres` for a sandbox. On the command line they stand above every file, so nothing inside changes them.
 * Nothing in a sandbox must outlive a crash of the machine: no write waits for the disk.
 */
export function postgresArguments(options: {
  program: string;
  data: string;
  socketFolder: string;
  pgVersion: number;
  limits: SandboxLimits;
  preload: readonly string[];
  walls: boolean;
}): string[] {
  const { limits, pgVersion } = options;
  const settings: Record<string, string | number> = {
    listen_addresses: '',
    unix_socket_directories: options.socketFolder,
    unix_socket_permissions: '0700',
    port: 5432,
    max_connections: limits.connections + reserved,
    superuser_reserved_connections: reserved,
    shared_buffers: `${between(16, limits.memoryMb / 4, 1024)}MB`,
    maintenance_work_mem: `${between(4, limits.memoryMb / 8, 256)}MB`,
    huge_pages: 'off',
    // Behind walls /dev/shm is its own and goes with it; without them a file among its data leaves nothing behind.
    dynamic_shared_memory_type: options.walls ? 'posix' : 'mmap',
    temp_file_limit: `${between(1, limits.diskMb / 2, 1_000_000)}MB`,
    statement_timeout: `${limits.statementSeconds}s`,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_replication_slots: 0,
    max_wal_size: `${between(4, limits.diskMb / 8, 512)}MB`,
    min_wal_size: '2MB',
    max_logical_replication_workers: 0,
    max_worker_processes: 4,
    max_parallel_workers: 2,
    max_prepared_transactions: 0,
    autovacuum_max_workers: 1,
    password_encryption: 'scram-sha-256',
    jit: 'off',
    // A person inside can make PostgreSQL complain as fast as they can type; only its last words are of use to us.
    log_min_messages: 'fatal',
    log_destination: 'stderr',
    logging_collector: 'off',
    shared_preload_libraries: options.preload.join(','),
    ...(pgVersion >= 17 ? { allow_alter_system: 'off', max_notify_queue_pages: 4096 } : {}),
    ...(pgVersion >= 18 ? { io_method: 'sync' } : {}),
  };
  return [
    options.program,
    '-D',
    options.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
