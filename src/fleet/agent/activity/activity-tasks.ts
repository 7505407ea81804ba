import type { activityTasks } from '#src/fleet/contract/activity.ts';
import { withoutSecrets } from '../incidents/take-evidence.ts';
import { withoutLiterals } from '../metrics/statements.ts';
import { runScript } from '../tasks/run-sql.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { errorOf } from './error-class.ts';

/** Asked of a server that may be in trouble: it waits for nobody. */
const locksSeconds = 5;
const locksScript = `set lock_timeout = '1s';
with waiting as materialized (
  select pid, pg_blocking_pids(pid) as blockers from pg_stat_activity
  where wait_event_type = 'Lock' and pid <> pg_backend_pid() limit 500)
select a.pid::text, coalesce(array_to_string(w.blockers, ','), '') as blocked_by, coalesce(a.usename, '') as usename,
  coalesce(a.datname, '') as datname, left(a.application_name, 60) as application, coalesce(host(a.client_addr), '') as client,
  coalesce(a.state, a.backend_type, '') as state,
  case when a.wait_event_type = 'Lock' then a.wait_event_type || ': ' || a.wait_event else '' end as waits_for,
  coalesce((select l.mode || coalesce(' ' || case when l.database in (0, (select oid from pg_database where datname = current_database()))
      then l.relation::regclass::text end, '') from pg_locks l where l.pid = a.pid and not l.granted limit 1), '') as wants,
  coalesce(extract(epoch from clock_timestamp() - a.xact_start), 0)::text as transaction_seconds,
  coalesce(extract(epoch from clock_timestamp() - a.state_change), 0)::text as state_seconds, left(a.query, 4000) as query
from pg_stat_activity a left join waiting w on w.pid = a.pid
where w.pid is not null or a.pid in (select unnest(blockers) from waiting)
union all
select '0', '', coalesce(min(p.owner), ''), coalesce(min(p.database), ''), '', '', 'prepared', '', '',
  coalesce(max(extract(epoch from clock_timestamp() - p.prepared)), 0)::text, '0', ''
from pg_prepared_xacts p where exists (select from waiting where 0 = any (blockers)) having count(*) > 0`;

/** Who waits for whom on a server, without what people wrote into their statements. */
const lookAtLocks: TaskHandler<'look-at-locks'> = async ({ pgVersion, port }) => {
  const { rows } = await runScript({
    pgVersion,
    port,
    socketDirectory: '/var/run/postgresql',
    database: 'postgres',
    script: locksScript,
    variables: {},
    timeoutSeconds: locksSeconds,
  });
  const sessions = rows.map((row) => ({
    pid: Number(row['pid']),
    blockedBy: [...new Set((row['blocked_by'] ?? '').split(',').filter(Boolean).map(Number))],
    user: row['usename'] ?? '',
    database: row['datname'] ?? '',
    application: row['application'] ?? '',
    client: row['client'] ?? '',
    state: row['state'] ?? '',
    waitsFor: row['waits_for'] ?? '',
    wants: (row['wants'] ?? '').slice(0, 250),
    transactionSeconds: Number(row['transaction_seconds']),
    stateSeconds: Number(row['state_seconds']),
    statement: withoutLiterals(row['query'] ?? '').slice(0, 1000),
  }));
  return { sessions };
};

/** The newest lines of a server's log, with the class of each error, and without passwords. */
const readLog: TaskHandler<'read-log'> = async ({ scope, lines, only }, { services }) => {
  const said = await services.lastWords(`patroni-${scope}`, only === 'errors' ? 20_000 : lines);
  const all = said.map((text) => ({ text, errorClass: errorOf(text)?.errorClass ?? null }));
  const wished = only === 'errors' ? all.filter(({ errorClass }) => errorClass !== null) : all;
  return {
    lines: wished.slice(-lines).map(({ text, errorClass }) => ({
      text: withoutSecrets(text).slice(0, 4000),
      errorClass,
    })),
  };
};

/** The tasks of people who look, for the agent's table of tasks. */
export const activityHandlers: { [K in keyof typeof activityTasks]: TaskHandler<K> } = {
  'look-at-locks': lookAtLocks,
  'read-log': readLog,
};
