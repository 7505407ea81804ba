// Over 300 lines: the shipped rules are one list.
import type { AlertRule, RuleTopic, Severity } from '#src/fleet/contract/alerts.ts';
import type { ShippedKey } from '#src/fleet/contract/shipped-alerts.text.ts';

export type ShippedRule = {
  topic: RuleTopic;
  severity: Severity;
  /** How long it must hold before it is an alert. */
  forSeconds: number;
  threshold: number | null;
  unit: AlertRule['unit'];
  /** True wherever it has a value, which is what the words say of it; null for what rows of ours say, without series. */
  expression: ((threshold: number) => string) | null;
};

/** Labels of a series beyond those that say whose it is do not make another alert. */
const byServer = 'org, cluster_id, cluster, member, host_id, host';
const byHost = 'org, host_id, host';
const byCluster = 'org, cluster_id, cluster';

const series = (
  topic: RuleTopic,
  severity: Severity,
  forSeconds: number,
  expression: (threshold: number) => string,
  threshold: number | null = null,
  unit: AlertRule['unit'] = null,
): ShippedRule => ({ topic, severity, forSeconds, threshold, unit, expression });

const row = (severity: Severity, topic: RuleTopic = 'elepherd'): ShippedRule => ({
  topic,
  severity,
  forSeconds: 0,
  threshold: null,
  unit: null,
  expression: null,
});

const minutes = 60;
const hours = 3600;

/** Every alert that is there without anybody asking for it. The words to each are in contract/shipped-alerts.text.ts. */
export const shippedRules: Record<ShippedKey, ShippedRule> = {
  // ---- storage -------------------------------------------------------------------------------------------------------
  'disk-full-soon': series(
    'storage',
    'warning',
    30 * minutes,
    // Two hours of history at least: a pace of minutes says nothing about days.
    (t) => `(min by (${byHost}, mountpoint) (node_filesystem_avail_bytes)
      / (-min by (${byHost}, mountpoint) (deriv(node_filesystem_avail_bytes[6h])) > 0) / 86400 < ${t})
      and on (host_id, mountpoint) (node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.5)
      and on (host_id, mountpoint) (node_filesystem_avail_bytes offset 2h)`,
    4,
    'days',
  ),
  'disk-nearly-full': series(
    'storage',
    'critical',
    2 * minutes,
    (t) => `min by (${byHost}, mountpoint)
      (100 * node_filesystem_avail_bytes{fstype!~"squashfs|iso9660|erofs"} / node_filesystem_size_bytes) < ${t}`,
    8,
    'percent',
  ),
  'disk-inodes': series(
    'storage',
    'warning',
    5 * minutes,
    (t) => `min by (${byHost}, mountpoint)
      (100 * node_filesystem_files_free / (node_filesystem_files > 0)) < ${t}`,
    8,
    'percent',
  ),
  'disk-read-only': series(
    'storage',
    'critical',
    0,
    // One that was mounted so on purpose never was anything else.
    () => `max by (${byHost}, mountpoint) (node_filesystem_readonly == 1)
      and on (host_id, mountpoint) (min_over_time(node_filesystem_readonly[7d]) == 0)`,
  ),
  'wal-full-soon': series(
    'storage',
    'critical',
    10 * minutes,
    (
      t,
    ) => `(min by (${byHost}) (node_filesystem_avail_bytes{mountpoint=~"/|/var|/var/lib|/var/lib/postgresql.*|/data.*|/srv.*|/pg.*"})
      / on (host_id) group_right max by (${byServer}) (deriv(pg_wal_size_bytes[1h]) > 1000)) / 86400 < ${t}
      and on (member, host_id) (pg_wal_size_bytes offset 30m)`,
    2,
    'days',
  ),
  'wal-oversized': series(
    'storage',
    'warning',
    15 * minutes,
    (t) => `max by (${byServer}) (pg_wal_size_bytes)
      / on (member, host_id) group_left max by (member, host_id) (last_over_time(pg_settings_max_wal_size_bytes[30m])) > ${t}`,
    3,
    'count',
  ),
  'slot-inactive': series(
    'storage',
    'warning',
    5 * minutes,
    // A replica holds slots for the other members that nobody reads there, and moves them on by itself.
    (
      t,
    ) => `max by (${byServer}, slot_name) (pg_replication_slots_pg_wal_lsn_diff > ${t} and pg_replication_slots_active == 0)
      and on (member, host_id) (pg_replication_is_replica == 0)`,
    1024 ** 3,
    'bytes',
  ),
  'slot-lost': series(
    'storage',
    'critical',
    0,
    () => `max by (${byServer}, slot_name) (pg_replication_slots_lost) == 1`,
  ),

  // ---- archive -------------------------------------------------------------------------------------------------------
  'archive-failing': series(
    'archive',
    'critical',
    2 * minutes,
    () => `max by (${byServer}) (increase_prometheus(pg_stat_archiver_failed_count[10m])) > 0
      and on (member, host_id) (increase_prometheus(pg_stat_archiver_archived_count[10m]) == 0)`,
  ),
  'archive-backlog': series(
    'archive',
    'warning',
    5 * minutes,
    // One that is being worked off needs nobody.
    (t) => `max by (${byServer}) (pg_archive_ready_files) > ${t}
      and on (member, host_id) (deriv(pg_archive_ready_files[10m]) >= 0)`,
    20,
    'count',
  ),
  'archive-stale': series(
    'archive',
    'critical',
    5 * minutes,
    // A server that nobody writes to archives nothing, and is well.
    (t) => `max by (${byServer}) (pg_stat_archiver_last_archive_age) / 60 > ${t}
      and on (member, host_id) (increase_prometheus(pg_current_wal_lsn_bytes[1h]) > 33554432)
      and on (member, host_id) (pg_replication_is_replica == 0)`,
    60,
    'minutes',
  ),

  // ---- backup --------------------------------------------------------------------------------------------------------
  'backup-stale': series(
    'backup',
    'critical',
    10 * minutes,
    (t) =>
      `min by (${byCluster}) (last_over_time(pgbackrest_backup_since_last_completion_seconds[30m])) / 3600 > ${t}`,
    36,
    'hours',
  ),
  'backup-missing': series(
    'backup',
    'warning',
    24 * hours,
    () => `max by (${byCluster}) (elepherd_member_expected{kind="server"})
      unless on (cluster_id) last_over_time(pgbackrest_backup_since_last_completion_seconds[1h])`,
  ),
  'backup-failed': series(
    'backup',
    'critical',
    0,
    // 2 is one that has no backup yet, which another alert is about; 4 says only that repositories differ.
    () => `max by (${byCluster}, stanza) (last_over_time(pgbackrest_stanza_status[30m]) != 2 != 4
      or last_over_time(pgbackrest_repo_status[30m]) != 2
      or last_over_time(pgbackrest_backup_last_error_status[30m])) > 0`,
  ),

  // Judged over the rows of drills.
  'drill-failed': row('critical', 'backup'),
  'drill-old': row('warning', 'backup'),

  // Judged over the rows of logical backups.
  'logical-backup-failed': row('critical', 'backup'),

  // ---- replication ---------------------------------------------------------------------------------------------------
  'replication-lag-bytes': series(
    'replication',
    'warning',
    5 * minutes,
    (t) => `max by (${byCluster}, application_name) (pg_stat_replication_pg_wal_lsn_diff) > ${t}`,
    512 * 1024 ** 2,
    'bytes',
  ),
  'replication-lag-seconds': series(
    'replication',
    'warning',
    2 * minutes,
    (t) => `max by (${byServer}) (pg_replication_lag_seconds) > ${t}`,
    300,
    'seconds',
  ),
  'replica-not-streaming': series(
    'replication',
    'warning',
    5 * minutes,
    () => `max by (${byServer}) (pg_replication_is_replica) == 1
      unless on (member, host_id) (pg_stat_wal_receiver_up == 1)`,
  ),

  // ---- availability --------------------------------------------------------------------------------------------------
  'cluster-without-leader': series(
    'availability',
    'critical',
    1 * minutes,
    () => `max by (${byCluster}) (patroni_primary + patroni_standby_leader or patroni_primary) == 0`,
  ),
  'failover-happened': series(
    'availability',
    'warning',
    0,
    () => `max by (${byCluster}) (patroni_postgres_timeline)
      and on (cluster_id) (max by (cluster_id) (patroni_postgres_timeline)
        - max by (cluster_id) (max_over_time(patroni_postgres_timeline[10m] offset 15m)) > 0)`,
  ),
  'postgres-down': series(
    'availability',
    'critical',
    1 * minutes,
    () => `min by (${byServer}) (up{job="postgres"}) == 0`,
  ),
  'part-down': series(
    'availability',
    'warning',
    2 * minutes,
    () => `min by (${byServer}, job) (up{job=~"patroni|pgbouncer|etcd"}) == 0`,
  ),
  'member-without-data': series(
    'availability',
    'critical',
    2 * minutes,
    // A silent host is one alert, and not one for each server on it.
    () => `(max by (${byServer}) (elepherd_member_expected{kind="server"})
      unless on (host_id, cluster_id) up{job="postgres"})
      and on (host_id) (elepherd_host_connected == 1)`,
  ),
  'host-silent': series(
    'availability',
    'critical',
    2 * minutes,
    () => `min by (${byHost}) (elepherd_host_connected) == 0`,
  ),
  'probe-failing': series(
    'availability',
    'warning',
    10 * minutes,
    // A server that is down fails every probe, and has an alert of its own.
    () => `min by (${byServer}, probe) (elepherd_probe_success) == 0
      unless on (host_id, cluster_id) (up{job="postgres"} == 0)`,
  ),
  'figures-dropped': series(
    'availability',
    'info',
    0,
    () => `max by (${byHost}) (increase_prometheus(elepherd_agent_dropped_batches_total[15m])) > 0`,
  ),
  'cluster-paused': series(
    'availability',
    'info',
    1 * hours,
    () => `max by (${byCluster}) (patroni_is_paused) == 1`,
  ),
  'restart-pending': series(
    'maintenance',
    'info',
    24 * hours,
    () => `max by (${byServer}) (patroni_pending_restart) == 1`,
  ),
  'etcd-space': series(
    'availability',
    'warning',
    5 * minutes,
    (t) => `max by (${byServer}) (100 * etcd_mvcc_db_total_size_in_bytes
      / ignoring(job) (etcd_server_quota_backend_bytes > 0)) > ${t}`,
    80,
    'percent',
  ),

  // ---- activity ------------------------------------------------------------------------------------------------------
  'connections-high': series(
    'activity',
    'warning',
    3 * minutes,
    (t) => `100 * sum by (${byServer}) (pg_stat_activity_count)
      / on (member, host_id) group_left max by (member, host_id) (last_over_time(pg_settings_max_connections[30m])) > ${t}`,
    85,
    'percent',
  ),
  'long-transaction': series(
    'activity',
    'warning',
    1 * minutes,
    (t) => `max by (${byServer}, datname)
      (pg_stat_activity_max_tx_duration{state!~"idle in transaction.*"}) / 60 > ${t}`,
    60,
    'minutes',
  ),
  'idle-in-transaction': series(
    'activity',
    'warning',
    1 * minutes,
    (t) => `max by (${byServer}, datname)
      (pg_stat_activity_max_tx_duration{state=~"idle in transaction.*"}) / 60 > ${t}`,
    10,
    'minutes',
  ),
  'lock-queue': series(
    'activity',
    'warning',
    1 * minutes,
    (t) => `max by (${byServer}) (pg_locks_longest_wait_seconds) > ${t}`,
    60,
    'seconds',
  ),
  deadlocks: series(
    'activity',
    'warning',
    0,
    (t) => `max by (${byServer}, datname) (increase_prometheus(pg_stat_database_deadlocks[10m])) > ${t}`,
    0,
    'count',
  ),
  'pool-waiting': series(
    'activity',
    'warning',
    1 * minutes,
    (t) => `max by (${byServer}, database) (pgbouncer_pools_client_maxwait_seconds) > ${t}`,
    5,
    'seconds',
  ),
  'server-panic': series(
    'availability',
    'critical',
    0,
    () => `max by (${byServer}) (increase(pg_log_messages_total{severity="PANIC"}[15m])) > 0`,
  ),
  'checksum-failures': series(
    'storage',
    'critical',
    0,
    () => `max by (${byServer}, datname) (pg_stat_database_checksum_failures) > 0`,
  ),

  // ---- maintenance ---------------------------------------------------------------------------------------------------
  wraparound: series(
    'maintenance',
    'warning',
    10 * minutes,
    (t) => `max by (${byServer}, datname)
      ({__name__=~"pg_database_wraparound_age_dat(frozenxid|minmxid)"}) > ${t} <= 1500000000`,
    500_000_000,
    'transactions',
  ),
  'wraparound-near': series(
    'maintenance',
    'critical',
    0,
    (t) => `max by (${byServer}, datname)
      ({__name__=~"pg_database_wraparound_age_dat(frozenxid|minmxid)"}) > ${t}`,
    1_500_000_000,
    'transactions',
  ),
  'checkpoint-storm': series(
    'maintenance',
    'warning',
    0,
    (t) => `max by (${byServer}) (increase_prometheus(pg_stat_bgwriter_checkpoints_req_total[15m])) > ${t}`,
    10,
    'count',
  ),

  // ---- host ----------------------------------------------------------------------------------------------------------
  'clock-skew': series(
    'host',
    'warning',
    3 * minutes,
    (t) => `max by (${byHost}) (abs(elepherd_host_clock_offset_seconds)) > ${t}`,
    2,
    'seconds',
  ),
  'certificate-expiring': series(
    'host',
    'warning',
    10 * minutes,
    (t) => `min by (${byServer}, certificate)
      ((last_over_time(elepherd_certificate_expiry_timestamp_seconds[2h]) - time()) / 86400) < ${t}`,
    14,
    'days',
  ),
  'memory-low': series(
    'host',
    'warning',
    5 * minutes,
    (t) => `min by (${byHost}) (100 * node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes) < ${t}`,
    5,
    'percent',
  ),
  'oom-kill': series(
    'host',
    'critical',
    0,
    () => `max by (${byHost}) (increase_prometheus(node_vmstat_oom_kill[15m])) > 0`,
  ),
  'cpu-busy': series(
    'host',
    'warning',
    30 * minutes,
    (t) => `100 * (1 - avg by (${byHost}) (rate(node_cpu_seconds_total{mode="idle"}[5m]))) > ${t}`,
    95,
    'percent',
  ),

  // ---- Elepherd itself -----------------------------------------------------------------------------------------------
  'engine-silent': row('critical'),
  'operation-overdue': row('warning'),
  'request-failed': row('warning'),
  'channel-failing': row('warning'),
};

/** True for the key of a shipped rule. */
export const isShipped = (rule: string): rule is ShippedKey => Object.hasOwn(shippedRules, rule);
