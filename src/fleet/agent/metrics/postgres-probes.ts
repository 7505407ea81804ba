// Over 300 lines: the questions asked of PostgreSQL, in one place with the names their answers get.
import { labelsFrom, type Sheet } from './sheet.ts';
import type { PsqlLine, Values } from './psql-line.ts';

/** A question of which each row is labels first, then values. */
export type Question = {
  name: string;
  everySeconds: number;
  timeoutSeconds: number;
  labels: readonly string[];
  /** Full names, in the order of the columns after the labels. */
  names: readonly string[];
  sql: string;
  /** Only where the server is, or is not, a replica; both when left out. */
  only?: 'primary' | 'replica';
};

const everyRound = { everySeconds: 15, timeoutSeconds: 2 };
const seconds = (interval: string) => `extract(epoch from ${interval})::float8`;
const position =
  '(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end)';
/** Of replication slots and receivers: what the server has, whether it replays or writes. */
const received =
  '(case when pg_is_in_recovery() then coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) else pg_current_wal_lsn() end)';

/** Asked of every server over its held session. `version` is the server's major. */
export function serverQuestions(version: number): Question[] {
  const databaseValues = [
    'numbackends',
    'xact_commit',
    'xact_rollback',
    'blks_read',
    'blks_hit',
    'tup_returned',
    'tup_fetched',
    'tup_inserted',
    'tup_updated',
    'tup_deleted',
    'conflicts',
    'temp_files',
    'temp_bytes',
    'deadlocks',
    'checksum_failures',
    'blk_read_time',
    'blk_write_time',
    ...(version >= 14
      ? [
          'session_time',
          'active_time',
          'idle_in_transaction_time',
          'sessions',
          'sessions_abandoned',
          'sessions_fatal',
          'sessions_killed',
        ]
      : []),
  ];
  const conflicts = ['tablespace', 'lock', 'snapshot', 'bufferpin', 'deadlock'];
  return [
    {
      ...everyRound,
      name: 'server',
      labels: [],
      names: [
        'pg_postmaster_start_time_seconds',
        'pg_replication_is_replica',
        'pg_replication_lag_seconds',
        'pg_current_wal_lsn_bytes',
        'pg_stat_wal_receiver_up',
      ],
      sql: `select ${seconds('pg_postmaster_start_time()')}, pg_is_in_recovery()::int,
        case when not pg_is_in_recovery() then 0
             when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
             else greatest(0, ${seconds('now() - pg_last_xact_replay_timestamp()')}) end,
        pg_wal_lsn_diff(${position}, '0/0'),
        case when pg_is_in_recovery() then (select count(*) from pg_stat_get_wal_receiver() w where w.pid is not null) end`,
    },
    {
      ...everyRound,
      name: 'database',
      labels: ['datid', 'datname'],
      names: [...databaseValues.map((name) => `pg_stat_database_${name}`), 'pg_stat_database_stats_reset'],
      sql: `select datid, datname, ${databaseValues.join(', ')}, ${seconds('stats_reset')}
        from pg_stat_database where datname is not null limit 200`,
    },
    {
      ...everyRound,
      name: 'conflicts',
      only: 'replica',
      labels: ['datid', 'datname'],
      names: conflicts.map((name) => `pg_stat_database_conflicts_confl_${name}`),
      sql: `select datid, datname, ${conflicts.map((name) => `confl_${name}`).join(', ')}
        from pg_stat_database_conflicts limit 200`,
    },
    {
      ...everyRound,
      name: 'activity',
      labels: ['datname', 'state'],
      names: ['pg_stat_activity_count', 'pg_stat_activity_max_tx_duration'],
      sql: `select d.datname, s.state, count(a.pid),
          coalesce(max(${seconds('clock_timestamp() - a.xact_start')}), 0)
        from pg_database d cross join unnest(array['active', 'idle', 'idle in transaction',
          'idle in transaction (aborted)', 'fastpath function call', 'disabled']) s (state)
        left join pg_stat_get_activity(null) a on a.datid = d.oid and a.state = s.state
        where d.datallowconn group by 1, 2 limit 600`,
    },
    {
      ...everyRound,
      name: 'waits',
      labels: ['wait_event_type', 'wait_event', 'datname'],
      names: ['pg_wait_sampling_backends'],
      sql: `select coalesce(a.wait_event_type, 'CPU'), coalesce(a.wait_event, 'CPU'), coalesce(d.datname, ''), count(*)
        from pg_stat_get_activity(null) a left join pg_database d on d.oid = a.datid
        where a.state = 'active' and a.pid <> pg_backend_pid() group by 1, 2, 3 limit 100`,
    },
    {
      ...everyRound,
      name: 'transactions',
      labels: [],
      names: [
        'pg_long_running_transactions',
        'pg_long_running_transactions_oldest_timestamp_seconds',
        'pg_locks_waiting',
        'pg_locks_longest_wait_seconds',
      ],
      sql: `select count(*) filter (where a.xact_start < clock_timestamp() - interval '60 seconds'),
          coalesce(max(${seconds('clock_timestamp() - a.xact_start')}), 0),
          count(*) filter (where a.wait_event_type = 'Lock'),
          coalesce(max(${seconds('clock_timestamp() - a.state_change')}) filter (where a.wait_event_type = 'Lock'), 0)
        from pg_stat_get_activity(null) a where a.backend_type = 'client backend' and a.pid <> pg_backend_pid()`,
    },
    {
      ...everyRound,
      name: 'locks',
      labels: ['datname', 'mode'],
      names: ['pg_locks_count'],
      sql: `select d.datname, lower(m.mode), count(l.mode)
        from pg_database d cross join unnest(array['AccessShareLock', 'RowShareLock', 'RowExclusiveLock',
          'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock',
          'SIReadLock']) m (mode)
        left join (select database, mode from pg_lock_status() where database is not null) l
          on l.database = d.oid and l.mode = m.mode
        where d.datallowconn group by 1, 2 limit 900`,
    },
    checkpoints(version),
    {
      ...everyRound,
      name: 'archiver',
      labels: [],
      names: [
        'pg_stat_archiver_archived_count',
        'pg_stat_archiver_failed_count',
        'pg_stat_archiver_last_archive_age',
        'pg_stat_archiver_last_failed_age',
      ],
      sql: `select archived_count, failed_count, ${seconds('clock_timestamp() - last_archived_time')},
        ${seconds('clock_timestamp() - last_failed_time')} from pg_stat_archiver`,
    },
    {
      ...everyRound,
      name: 'replication',
      labels: ['application_name', 'client_addr', 'state', 'sync_state'],
      names: ['pg_stat_replication_pg_wal_lsn_diff', 'pg_stat_replication_reply_age_seconds'],
      sql: `select application_name, client_addr, state, sync_state,
          max(pg_wal_lsn_diff(${received}, replay_lsn)), min(${seconds('clock_timestamp() - reply_time')})
        from pg_stat_replication group by 1, 2, 3, 4 limit 50`,
    },
    {
      ...everyRound,
      name: 'slots',
      labels: ['slot_name', 'slot_type', 'database'],
      names: [
        'pg_replication_slots_active',
        'pg_replication_slots_pg_wal_lsn_diff',
        'pg_replication_slots_lost',
      ],
      sql: `select slot_name, slot_type, database, active::int, pg_wal_lsn_diff(${received}, restart_lsn),
        coalesce(wal_status = 'lost', false)::int from pg_replication_slots limit 100`,
    },
    {
      everySeconds: 60,
      timeoutSeconds: 2,
      name: 'wal',
      labels: [],
      names: ['pg_wal_segments', 'pg_wal_size_bytes', 'pg_archive_ready_files'],
      sql: `select (select count(*) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'),
        (select sum(size) from pg_ls_waldir()),
        (select count(*) from pg_ls_archive_statusdir() where name like '%.ready')`,
    },
    {
      everySeconds: 60,
      timeoutSeconds: 2,
      name: 'wraparound',
      labels: ['datname'],
      names: ['pg_database_wraparound_age_datfrozenxid', 'pg_database_wraparound_age_datminmxid'],
      sql: `select datname, age(datfrozenxid), mxid_age(datminmxid) from pg_database limit 200`,
    },
    {
      everySeconds: 300,
      timeoutSeconds: 5,
      name: 'sizes',
      labels: ['datname'],
      names: ['pg_database_size_bytes'],
      sql: `select datname, pg_database_size(oid) from pg_database where datallowconn limit 200`,
    },
  ];
}

/** PostgreSQL 17 keeps what concerns checkpoints in a view of its own; the names stay. */
function checkpoints(version: number): Question {
  const prefix = 'pg_stat_bgwriter_';
  const names = (list: readonly string[]) => list.map((name) => `${prefix}${name}_total`);
  if (version >= 17) {
    return {
      ...everyRound,
      name: 'checkpoints',
      labels: [],
      names: names([
        'checkpoints_timed',
        'checkpoints_req',
        'checkpoint_write_time',
        'checkpoint_sync_time',
        'buffers_checkpoint',
        'buffers_clean',
        'maxwritten_clean',
        'buffers_alloc',
      ]),
      sql: `select c.num_timed, c.num_requested, c.write_time, c.sync_time, c.buffers_written,
        b.buffers_clean, b.maxwritten_clean, b.buffers_alloc from pg_stat_checkpointer c, pg_stat_bgwriter b`,
    };
  }
  const columns = [
    'checkpoints_timed',
    'checkpoints_req',
    'checkpoint_write_time',
    'checkpoint_sync_time',
    'buffers_checkpoint',
    'buffers_clean',
    'maxwritten_clean',
    'buffers_backend',
    'buffers_backend_fsync',
    'buffers_alloc',
  ];
  return {
    ...everyRound,
    name: 'checkpoints',
    labels: [],
    names: names(columns),
    sql: `select ${columns.join(', ')} from pg_stat_bgwriter`,
  };
}

const tableValues = {
  pg_stat_user_tables_seq_scan: 'pg_stat_get_numscans(c.oid)',
  pg_stat_user_tables_seq_tup_read: 'pg_stat_get_tuples_returned(c.oid)',
  pg_stat_user_tables_idx_scan: 'i.scans',
  pg_stat_user_tables_idx_tup_fetch: 'i.fetched + pg_stat_get_tuples_fetched(c.oid)',
  pg_stat_user_tables_n_tup_ins: 'pg_stat_get_tuples_inserted(c.oid)',
  pg_stat_user_tables_n_tup_upd: 'pg_stat_get_tuples_updated(c.oid)',
  pg_stat_user_tables_n_tup_del: 'pg_stat_get_tuples_deleted(c.oid)',
  pg_stat_user_tables_n_tup_hot_upd: 'pg_stat_get_tuples_hot_updated(c.oid)',
  pg_stat_user_tables_n_live_tup: 'pg_stat_get_live_tuples(c.oid)',
  pg_stat_user_tables_n_dead_tup: 'pg_stat_get_dead_tuples(c.oid)',
  pg_stat_user_tables_n_mod_since_analyze: 'pg_stat_get_mod_since_analyze(c.oid)',
  pg_stat_user_tables_last_vacuum: `${epoch('pg_stat_get_last_vacuum_time(c.oid)')}`,
  pg_stat_user_tables_last_autovacuum: `${epoch('pg_stat_get_last_autovacuum_time(c.oid)')}`,
  pg_stat_user_tables_last_analyze: `${epoch('pg_stat_get_last_analyze_time(c.oid)')}`,
  pg_stat_user_tables_last_autoanalyze: `${epoch('pg_stat_get_last_autoanalyze_time(c.oid)')}`,
  pg_stat_user_tables_vacuum_count: 'pg_stat_get_vacuum_count(c.oid)',
  pg_stat_user_tables_autovacuum_count: 'pg_stat_get_autovacuum_count(c.oid)',
  pg_stat_user_tables_analyze_count: 'pg_stat_get_analyze_count(c.oid)',
  pg_stat_user_tables_autoanalyze_count: 'pg_stat_get_autoanalyze_count(c.oid)',
  pg_statio_user_tables_heap_blocks_read: 'pg_stat_get_blocks_fetched(c.oid) - pg_stat_get_blocks_hit(c.oid)',
  pg_statio_user_tables_heap_blocks_hit: 'pg_stat_get_blocks_hit(c.oid)',
  pg_statio_user_tables_idx_blocks_read: 'i.fetched_blocks - i.hit_blocks',
  pg_statio_user_tables_idx_blocks_hit: 'i.hit_blocks',
};
const tableLabels = ['datname', 'schemaname', 'relname'] as const;

function epoch(time: string): string {
  return `round(extract(epoch from ${time}))::int8`;
}

/** The largest tables of the database the session is in. The numbers that the views show, without the views: a third of their cost. */
export const tableQuestion: Question = {
  name: 'tables',
  everySeconds: 60,
  timeoutSeconds: 5,
  labels: tableLabels,
  names: Object.keys(tableValues),
  sql: `with c as materialized (
      select c.oid, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm', 't') and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by c.relpages desc, c.oid limit 300)
    select current_database(), c.nspname, c.relname, ${Object.values(tableValues).join(', ')}
    from c left join lateral (
      select sum(pg_stat_get_numscans(x.indexrelid))::int8 as scans, sum(pg_stat_get_tuples_fetched(x.indexrelid))::int8 as fetched,
        sum(pg_stat_get_blocks_fetched(x.indexrelid))::int8 as fetched_blocks, sum(pg_stat_get_blocks_hit(x.indexrelid))::int8 as hit_blocks
      from pg_index x where x.indrelid = c.oid) i on true`,
};

/**
 * Sizes, and how much of a table is air: pages it has against pages its rows would need. All by what VACUUM and ANALYZE noted last:
 * asking the files themselves opens every table, which costs fifty times as much and waits for whoever holds one alone. Widths of
 * columns are known to PostgreSQL's owner only.
 */
export const sizeQuestion: Question = {
  name: 'table-sizes',
  everySeconds: 600,
  timeoutSeconds: 10,
  labels: tableLabels,
  names: ['pg_table_size_bytes', 'pg_table_bloat_bytes'],
  sql: `with c as materialized (
      select c.oid, n.nspname, c.relname, c.relpages, c.reltuples, c.reltoastrelid
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by c.relpages desc, c.oid limit 300),
    i as (select x.indrelid, sum(p.relpages)::int8 as pages from pg_index x join pg_class p on p.oid = x.indexrelid group by 1),
    w as (select starelid, ceil(sum(stawidth * (1 - stanullfrac)) / 8) * 8 as width from pg_statistic where not stainherit group by 1)
    select current_database(), c.nspname, c.relname,
      8192 * (c.relpages + coalesce(i.pages, 0) + coalesce(t.relpages, 0) + coalesce(ti.pages, 0)),
      case when c.reltuples > 0 then greatest(0, 8192 * (c.relpages - ceil(c.reltuples * (28 + coalesce(w.width, 0)) / 8168)))::int8 end
    from c left join i on i.indrelid = c.oid left join pg_class t on t.oid = c.reltoastrelid left join i ti on ti.indrelid = c.reltoastrelid
      left join w on w.starelid = c.oid`,
};

/** Databases worth a visit, the largest first by what was read and written. */
export const databasesSql = `select datname from pg_stat_database d
  where datname is not null and datname !~ '^template[01]$'
    and (select datallowconn from pg_database p where p.oid = d.datid)
  order by blks_hit + blks_read desc limit 20`;

export const versionSql = `select current_setting('server_version_num')::int / 10000, current_setting('server_version'), pg_is_in_recovery()::int`;

/** Asks one question and writes the answer down. */
export async function askQuestion(line: PsqlLine, question: Question, sheet: Sheet): Promise<void> {
  const { sql, timeoutSeconds, name } = question;
  writeRows(question, await line.query(sql, timeoutSeconds, `probe_${name.replaceAll('-', '_')}`), sheet);
}

export function writeRows({ labels, names }: Question, rows: readonly Values[], sheet: Sheet): void {
  for (const row of rows) {
    const text = labelsFrom(labels, row);
    for (let at = 0; at < names.length; at++) sheet.add(names[at]!, row[labels.length + at], text);
  }
}

export const settingsSql = `select name, setting, coalesce(unit, ''), vartype from pg_show_all_settings()
  where vartype in ('bool', 'integer', 'real') limit 600`;

const unitFactors: Record<string, [number, string]> = {
  ms: [0.001, 'seconds'],
  s: [1, 'seconds'],
  min: [60, 'seconds'],
  h: [3600, 'seconds'],
  d: [86_400, 'seconds'],
  B: [1, 'bytes'],
  kB: [1024, 'bytes'],
  MB: [1024 ** 2, 'bytes'],
  GB: [1024 ** 3, 'bytes'],
  TB: [1024 ** 4, 'bytes'],
};

/** `pg_settings_…` as postgres_exporter has it: sizes in bytes, times in seconds; -1 stays what it is. */
export function settingFigure([name, setting, unit, type]: Values):
  | { name: string; value: number }
  | undefined {
  const plain = `pg_settings_${(name ?? '').replaceAll(/[^A-Za-z0-9_]/g, '_')}`;
  if (type === 'bool') return { name: plain, value: setting === 'on' ? 1 : 0 };
  const number = Number(setting);
  if (!Number.isFinite(number)) return undefined;
  if (!unit) return { name: plain, value: number };
  const [, many, base] = /^(\d*)(\D+)$/.exec(unit) ?? [];
  const factor = unitFactors[base ?? ''];
  if (!factor) return { name: plain, value: number };
  const value = number === -1 ? -1 : number * Number(many || 1) * factor[0];
  return { name: `${plain}_${factor[1]}`, value };
}
