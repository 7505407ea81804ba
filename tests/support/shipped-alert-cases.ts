// Over 300 lines: for every shipped rule a history that must raise it and one that must not, in one list.
import type { ShippedKey } from '#src/fleet/contract/shipped-alerts.text.ts';

/** A value for each minute before the end of the history; null for none. */
export type Course = (minutesBefore: number) => number | null;
/** Series by name with their own labels; those of host, cluster and organisation are added. */
export type History = Record<string, Course>;
export type AlertCase = { bad: History; quiet: History; why: string };

const GiB = 1024 ** 3;
const still =
  (value: number): Course =>
  () =>
    value;
const from =
  (minutes: number, value: number, before = 0): Course =>
  (m) =>
    m <= minutes ? value : before;
/** For so long until so many minutes before the end: shorter than the rule waits. */
const shortly =
  (minutes: number, value: number, before: number): Course =>
  (m) =>
    m <= 60 + minutes && m > 60 ? value : before;
/** A counter that grows by so much a minute in the last minutes. */
const counter =
  (perMinute: number, lastMinutes = 1e9, start = 100): Course =>
  (m) =>
    start +
    Math.max(0, lastMinutes - m) * (lastMinutes > 1e6 ? 0 : perMinute) +
    (lastMinutes > 1e6 ? (3000 - m) * perMinute : 0);

const size = { 'node_filesystem_size_bytes{mountpoint="/data"}': still(100 * GiB) };
const avail = 'node_filesystem_avail_bytes{mountpoint="/data"}';
const primary = { 'pg_replication_is_replica{}': still(0) };
const expected = { 'elepherd_member_expected{kind="server"}': still(1) };

/** Every shipped rule that is judged over series. The second history is a near miss: it shows why somebody is not woken. */
export const shippedAlertCases: Record<
  Exclude<
    ShippedKey,
    | 'drill-failed'
    | 'drill-old'
    | 'logical-backup-failed'
    | 'engine-silent'
    | 'operation-overdue'
    | 'request-failed'
    | 'channel-failing'
  >,
  AlertCase
> = {
  'disk-full-soon': {
    bad: { ...size, [avail]: (m) => 30 * GiB + (m / 60) * GiB },
    quiet: { ...size, [avail]: (m) => 30 * GiB + (m / 60) * 0.05 * GiB },
    why: 'it takes weeks',
  },
  'disk-nearly-full': {
    bad: { ...size, [avail]: from(10, 5 * GiB, 60 * GiB) },
    quiet: { ...size, [avail]: still(12 * GiB) },
    why: 'there is room',
  },
  'disk-inodes': {
    bad: {
      'node_filesystem_files{mountpoint="/data"}': still(1000),
      'node_filesystem_files_free{mountpoint="/data"}': still(20),
    },
    quiet: {
      'node_filesystem_files{mountpoint="/data"}': still(0),
      'node_filesystem_files_free{mountpoint="/data"}': still(0),
    },
    why: 'this file system does not count files',
  },
  'disk-read-only': {
    bad: { 'node_filesystem_readonly{mountpoint="/data"}': from(5, 1) },
    quiet: { 'node_filesystem_readonly{mountpoint="/mnt/cd"}': still(1) },
    why: 'it always was',
  },
  'wal-full-soon': {
    bad: { ...size, [avail]: still(20 * GiB), 'pg_wal_size_bytes{}': (m) => 60 * GiB - m * 0.02 * GiB },
    quiet: {
      ...size,
      [avail]: still(20 * GiB),
      'pg_wal_size_bytes{}': (m) => GiB + (m % 7) * 16 * 1024 ** 2,
    },
    why: 'it comes and goes',
  },
  'wal-oversized': {
    bad: { 'pg_wal_size_bytes{}': still(5 * GiB), 'pg_settings_max_wal_size_bytes{}': still(GiB) },
    quiet: { 'pg_wal_size_bytes{}': still(5 * GiB), 'pg_settings_max_wal_size_bytes{}': still(4 * GiB) },
    why: 'it is as large as it may be',
  },
  'slot-inactive': {
    bad: {
      ...primary,
      'pg_replication_slots_pg_wal_lsn_diff{slot_name="bi"}': still(3 * GiB),
      'pg_replication_slots_active{slot_name="bi"}': still(0),
    },
    quiet: {
      ...primary,
      'pg_replication_slots_pg_wal_lsn_diff{slot_name="bi"}': still(3 * GiB),
      'pg_replication_slots_active{slot_name="bi"}': still(1),
    },
    why: 'it is behind, but read',
  },
  'slot-lost': {
    bad: { 'pg_replication_slots_lost{slot_name="bi"}': from(5, 1) },
    quiet: { 'pg_replication_slots_lost{slot_name="bi"}': still(0) },
    why: 'it is there',
  },
  'archive-failing': {
    bad: {
      'pg_stat_archiver_failed_count{}': counter(3, 15),
      'pg_stat_archiver_archived_count{}': still(50),
    },
    quiet: {
      'pg_stat_archiver_failed_count{}': counter(1, 15),
      'pg_stat_archiver_archived_count{}': counter(1),
    },
    why: 'the second try succeeds',
  },
  'archive-backlog': {
    bad: { 'pg_archive_ready_files{}': (m) => 90 - m / 30 },
    quiet: { 'pg_archive_ready_files{}': (m) => 30 + m / 5 },
    why: 'it is being worked off',
  },
  'archive-stale': {
    bad: {
      ...primary,
      'pg_stat_archiver_last_archive_age{}': (m) => Math.max(0, 5400 - m * 60),
      'pg_current_wal_lsn_bytes{}': counter(4 * 1024 ** 2),
    },
    quiet: {
      ...primary,
      'pg_stat_archiver_last_archive_age{}': still(90_000),
      'pg_current_wal_lsn_bytes{}': still(GiB),
    },
    why: 'nobody writes',
  },
  'backup-stale': {
    bad: { 'pgbackrest_backup_since_last_completion_seconds{backup_type="full"}': (m) => 160_000 - m * 60 },
    quiet: {
      'pgbackrest_backup_since_last_completion_seconds{backup_type="full"}': still(400_000),
      'pgbackrest_backup_since_last_completion_seconds{backup_type="incr"}': still(20_000),
    },
    why: 'the full one is old, an incremental one is not',
  },
  'backup-missing': {
    bad: expected,
    quiet: {
      ...expected,
      'pgbackrest_backup_since_last_completion_seconds{backup_type="full"}': (m) =>
        m % 5 === 0 ? 4000 : null,
    },
    why: 'there is one, looked at every five minutes',
  },
  'backup-failed': {
    bad: {
      'pgbackrest_stanza_status{stanza="orders"}': from(20, 4),
      'pgbackrest_repo_status{stanza="orders",repo_key="2"}': from(20, 1),
    },
    quiet: {
      'pgbackrest_stanza_status{stanza="orders"}': (m) => (m > 60 ? 2 : 4),
      'pgbackrest_repo_status{stanza="orders",repo_key="1"}': (m) => (m > 60 ? 2 : 0),
      'pgbackrest_repo_status{stanza="orders",repo_key="2"}': still(2),
      'pgbackrest_backup_last_error_status{stanza="orders"}': still(0),
    },
    why: 'its first backups are still being taken',
  },
  'replication-lag-bytes': {
    bad: { 'pg_stat_replication_pg_wal_lsn_diff{application_name="orders-2"}': from(12, 2 * GiB) },
    quiet: { 'pg_stat_replication_pg_wal_lsn_diff{application_name="orders-2"}': shortly(3, 2 * GiB, 0) },
    why: 'it has caught up after three minutes',
  },
  'replication-lag-seconds': {
    bad: { 'pg_replication_lag_seconds{}': (m) => Math.max(0, 900 - m * 60) },
    quiet: { 'pg_replication_lag_seconds{}': still(40) },
    why: 'it is a little behind',
  },
  'replica-not-streaming': {
    bad: { 'pg_replication_is_replica{}': still(1), 'pg_stat_wal_receiver_up{}': from(20, 0, 1) },
    quiet: { 'pg_replication_is_replica{}': still(0) },
    why: 'a primary has no receiver',
  },
  'cluster-without-leader': {
    bad: { 'patroni_primary{name="a"}': from(5, 0, 1), 'patroni_primary{name="b"}': still(0) },
    quiet: { 'patroni_primary{name="a"}': from(30, 0, 1), 'patroni_primary{name="b"}': from(30, 1, 0) },
    why: 'the other one is primary now',
  },
  'failover-happened': {
    bad: {
      'patroni_postgres_timeline{name="a"}': from(10, 4, 3),
      'patroni_postgres_timeline{name="b"}': from(10, 4, 3),
    },
    quiet: {
      'patroni_postgres_timeline{name="a"}': still(3),
      'patroni_postgres_timeline{name="b"}': from(10, 3, 2),
    },
    why: 'a member came back late to the timeline that the cluster has had',
  },
  'postgres-down': {
    bad: { 'up{job="postgres"}': from(5, 0, 1) },
    quiet: { 'up{job="postgres"}': (m) => (m === 30 ? null : 1) },
    why: 'one look was missed',
  },
  'part-down': {
    bad: { 'up{job="pgbouncer"}': from(6, 0, 1) },
    quiet: { 'up{job="pgbouncer"}': shortly(1, 0, 1) },
    why: 'it was restarted',
  },
  'member-without-data': {
    bad: { ...expected, 'elepherd_host_connected{}': still(1), 'up{job="node"}': still(1) },
    quiet: {
      ...expected,
      'elepherd_host_connected{}': from(1, 0, 1),
      'up{job="postgres"}': still(1),
      'pgbackrest_backup_since_last_completion_seconds{backup_type="full"}': still(4000),
    },
    why: 'it is measured',
  },
  'host-silent': {
    bad: { 'elepherd_host_connected{}': from(6, 0, 1) },
    quiet: { 'elepherd_host_connected{}': shortly(1, 0, 1) },
    why: 'its agent was brought to a new version',
  },
  'probe-failing': {
    bad: {
      'elepherd_probe_success{job="postgres",probe="statements"}': from(20, 0, 1),
      'up{job="postgres"}': still(1),
    },
    quiet: {
      'elepherd_probe_success{job="postgres",probe="statements"}': shortly(3, 0, 1),
      'up{job="postgres"}': still(1),
    },
    why: 'it took too long a few times',
  },
  'figures-dropped': {
    bad: { 'elepherd_agent_dropped_batches_total{}': counter(1, 5) },
    quiet: { 'elepherd_agent_dropped_batches_total{}': still(7) },
    why: 'that was long ago',
  },
  'cluster-paused': {
    bad: { 'patroni_is_paused{}': from(90, 1) },
    quiet: { 'patroni_is_paused{}': shortly(20, 1, 0) },
    why: 'for the length of some work',
  },
  'restart-pending': {
    bad: { 'patroni_pending_restart{}': still(1) },
    quiet: { 'patroni_pending_restart{}': from(300, 1) },
    why: 'since this morning only',
  },
  'etcd-space': {
    bad: {
      'etcd_mvcc_db_total_size_in_bytes{job="etcd"}': still(1.9 * GiB),
      'etcd_server_quota_backend_bytes{job="etcd"}': still(2 * GiB),
    },
    quiet: {
      'etcd_mvcc_db_total_size_in_bytes{job="etcd"}': still(0.3 * GiB),
      'etcd_server_quota_backend_bytes{job="etcd"}': still(2 * GiB),
    },
    why: 'there is room',
  },
  'connections-high': {
    bad: {
      'pg_stat_activity_count{datname="app",state="idle"}': still(60),
      'pg_stat_activity_count{datname="app",state="active"}': still(35),
      'pg_settings_max_connections{}': (m) => (m % 2 === 0 ? 100 : null),
    },
    quiet: {
      'pg_stat_activity_count{datname="app",state="idle"}': still(60),
      'pg_stat_activity_count{datname="app",state="active"}': still(10),
      'pg_settings_max_connections{}': still(100),
    },
    why: 'a third is left',
  },
  'long-transaction': {
    bad: {
      'pg_stat_activity_max_tx_duration{datname="app",state="active"}': (m) => Math.max(0, 7200 - m * 60),
    },
    quiet: { 'pg_stat_activity_max_tx_duration{datname="app",state="active"}': still(900) },
    why: 'a report of a quarter of an hour',
  },
  'idle-in-transaction': {
    bad: { 'pg_stat_activity_max_tx_duration{datname="app",state="idle in transaction"}': still(1500) },
    quiet: { 'pg_stat_activity_max_tx_duration{datname="app",state="active"}': still(1500) },
    why: 'it works',
  },
  'lock-queue': {
    bad: { 'pg_locks_longest_wait_seconds{}': (m) => Math.max(0, 400 - m * 60) },
    quiet: { 'pg_locks_longest_wait_seconds{}': still(5) },
    why: 'short waits are usual',
  },
  deadlocks: {
    bad: { 'pg_stat_database_deadlocks{datname="app"}': counter(1, 3) },
    quiet: { 'pg_stat_database_deadlocks{datname="app"}': still(12) },
    why: 'those were long ago',
  },
  'pool-waiting': {
    bad: { 'pgbouncer_pools_client_maxwait_seconds{database="app"}': from(6, 20) },
    quiet: { 'pgbouncer_pools_client_maxwait_seconds{database="app"}': still(0.2) },
    why: 'a moment',
  },
  'server-panic': {
    bad: { 'pg_log_messages_total{severity="PANIC"}': (m) => (m < 4 ? 1 : 0) },
    quiet: { 'pg_log_messages_total{severity="ERROR"}': counter(5) },
    why: 'errors of applications',
  },
  'checksum-failures': {
    bad: { 'pg_stat_database_checksum_failures{datname="app"}': from(5, 1) },
    quiet: { 'pg_stat_database_checksum_failures{datname="app"}': still(0) },
    why: 'all pages are whole',
  },
  wraparound: {
    bad: {
      'pg_database_wraparound_age_datfrozenxid{datname="app"}': still(100e6),
      'pg_database_wraparound_age_datminmxid{datname="app"}': still(700e6),
    },
    quiet: { 'pg_database_wraparound_age_datfrozenxid{datname="app"}': still(210e6) },
    why: 'autovacuum is about to freeze it',
  },
  'wraparound-near': {
    bad: { 'pg_database_wraparound_age_datfrozenxid{datname="app"}': still(1.7e9) },
    quiet: { 'pg_database_wraparound_age_datfrozenxid{datname="app"}': still(190e6) },
    why: 'it is young',
  },
  'checkpoint-storm': {
    bad: { 'pg_stat_bgwriter_checkpoints_req_total{}': counter(2, 30) },
    quiet: { 'pg_stat_bgwriter_checkpoints_req_total{}': (m) => 50 - Math.floor(m / 60) },
    why: 'one an hour',
  },
  'clock-skew': {
    bad: { 'elepherd_host_clock_offset_seconds{}': still(-7) },
    quiet: { 'elepherd_host_clock_offset_seconds{}': still(0.4) },
    why: 'within what networks do',
  },
  'certificate-expiring': {
    bad: { 'elepherd_certificate_expiry_timestamp_seconds{certificate="agent"}': still(5 * 86_400) },
    quiet: { 'elepherd_certificate_expiry_timestamp_seconds{certificate="agent"}': still(60 * 86_400) },
    why: 'two months',
  },
  'memory-low': {
    bad: {
      'node_memory_MemAvailable_bytes{}': still(0.5 * GiB),
      'node_memory_MemTotal_bytes{}': still(32 * GiB),
    },
    quiet: {
      'node_memory_MemAvailable_bytes{}': still(6 * GiB),
      'node_memory_MemTotal_bytes{}': still(32 * GiB),
    },
    why: 'the cache can be given up',
  },
  'oom-kill': {
    bad: { 'node_vmstat_oom_kill{}': counter(1, 2) },
    quiet: { 'node_vmstat_oom_kill{}': still(3) },
    why: 'before this week',
  },
  'cpu-busy': {
    bad: {
      'node_cpu_seconds_total{cpu="0",mode="idle"}': counter(1),
      'node_cpu_seconds_total{cpu="1",mode="idle"}': counter(0.5),
    },
    quiet: {
      'node_cpu_seconds_total{cpu="0",mode="idle"}': counter(0.5),
      'node_cpu_seconds_total{cpu="1",mode="idle"}': counter(50),
    },
    why: 'one core is busy, the other is not',
  },
};
