import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { nextRun } from '#src/fleet/server/backups/schedule.rules.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { engineSilentSeconds } from './queries.ts';
import { queueTelling, resolveAlerts } from './raise-alert.ts';
import { raiseOwnAlert } from './raise-own-alert.ts';
import { fingerprintOf } from './rules.ts';

/** An alert that the living judge has not named for this long is over: it names each every minute. */
const unheardSeconds = 300;
const keptDays = 400;
const deliveriesKeptDays = 30;
/** What failed once and not again for so long is history. */
const quietMinutes = 30;

/**
 * Every minute: ends alerts that nobody names any more, raises the alert about a judge that is silent, judges what rows of
 * ours say, and lets people be told of what is due.
 */
export const tendAlerts = defineJob(
  'fleet.tend-alerts',
  z.object({}),
  async ({ db }) => {
    const isAlive = await watchEngine(db);
    if (isAlive) {
      await endEach(
        db,
        sql<{ id: string; org_id: string }>`select id, org_id from fleet.alert
          where resolved_at is null and source = 'engine'
            and last_seen_at < now() - make_interval(secs => ${unheardSeconds})`,
        true,
      );
    }
    await endEach(
      db,
      sql<{ id: string; org_id: string }>`select a.id, a.org_id from fleet.alert a
        where a.resolved_at is null and (
          a.rule = 'operation-overdue' and not exists (select from platform.operation o
            where o.id::text = a.labels ->> 'operation' and o.state in ('running', 'cancelling'))
          or a.rule = 'request-failed' and a.last_seen_at < now() - make_interval(mins => ${quietMinutes})
          or a.rule in ('drill-failed', 'drill-old') and not exists (select from fleet.cluster c
            where c.id = a.cluster_id and c.phase = 'ready')
          or a.rule = 'logical-backup-failed' and not exists (select from fleet.external_database e
            where e.id::text = a.labels ->> 'external_id')
          or a.rule = 'channel-failing' and not exists (select from fleet.alert_channel c
            where c.org_id = a.org_id and c.name = a.labels ->> 'channel' and c.enabled))`,
    );
    await judgeDrills(db);
    await judgeDumps(db);
    const { rows: waiting } = await sql<{ org_id: string }>`select distinct org_id from fleet.alert
      where resolved_at is null or not told_end`.execute(db);
    for (const { org_id } of waiting) await queueTelling(systemContext(db, org_id), 0);
    await sql`delete from fleet.alert where resolved_at < now() - make_interval(days => ${keptDays})`.execute(
      db,
    );
    await sql`delete from fleet.alert_delivery where ended_at < now() - make_interval(days => ${deliveriesKeptDays})`.execute(
      db,
    );
  },
  { schedule: '* * * * *' },
);

async function endEach(
  db: Kysely<DB>,
  which: ReturnType<typeof sql<{ id: string; org_id: string }>>,
  isUnheard = false,
): Promise<void> {
  for (const { id, org_id } of (await which.execute(db)).rows) {
    await inTransaction(systemContext(db, org_id), (tx) =>
      resolveAlerts(tx, { id }, isUnheard ? alertText.resolvedUnheard : alertText.resolved),
    );
  }
}

/** True while the judge lives; else every organisation that has hosts hears that nobody judges. */
async function watchEngine(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ alive: boolean }>`
    select coalesce((select last_seen_at > now() - make_interval(secs => ${engineSilentSeconds})
      from fleet.alert_engine), false) as alive`.execute(db);
  const isAlive = rows[0]?.alive ?? false;
  // A new host is not blamed for a judge that has just been started with it.
  const { rows: orgs } = await sql<{ org_id: string }>`
    select distinct org_id from fleet.host
    where phase <> 'removed' and created_at < now() - make_interval(secs => ${engineSilentSeconds})`.execute(
    db,
  );
  for (const { org_id } of orgs) {
    await inTransaction(systemContext(db, org_id), async (tx) => {
      if (isAlive) await resolveAlerts(tx, { rule: 'engine-silent' });
      else await raiseOwnAlert(tx, { rule: 'engine-silent', labels: {} });
    });
  }
  return isAlive;
}

/** What the rows of drills say: whether the last one that judged a backup found it bad, and how long ago one passed. */
async function judgeDrills(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{
    id: string;
    org_id: string;
    name: string;
    last: string | null;
    late: boolean;
    seconds: number;
  }>`
    select c.id, c.org_id, c.name, judged.state as last,
      coalesce(p.interval_hours * 7200 < passed.seconds, false) as late, coalesce(passed.seconds, 0)::float8 as seconds
    from fleet.cluster c
    left join fleet.drill_plan p on p.cluster_id = c.id
    left join lateral (select state from fleet.drill d
      where d.cluster_id = c.id and d.state in ('passed', 'backup-bad') order by d.ended_at desc limit 1) judged on true
    left join lateral (select extract(epoch from now() - coalesce(max(d.ended_at), p.created_at)) as seconds
      from fleet.drill d where d.cluster_id = c.id and d.state = 'passed') passed on true
    where c.phase = 'ready' and (p.cluster_id is not null or judged.state is not null)`.execute(db);
  for (const { id, org_id, name, last, late, seconds } of rows) {
    await inTransaction(systemContext(db, org_id), async (tx) => {
      const labels = { cluster: name, cluster_id: id };
      const judge = async (rule: 'drill-failed' | 'drill-old', isWrong: boolean, value: number) => {
        if (isWrong) await raiseOwnAlert(tx, { rule, labels, value, clusterId: id });
        else await resolveAlerts(tx, { fingerprint: fingerprintOf(rule, labels) });
      };
      await judge('drill-failed', last === 'backup-bad', 0);
      await judge('drill-old', late, seconds);
    });
  }
}

/** How late a logical backup may become whole before somebody hears of it. */
const dumpGraceMs = 6 * 3_600_000;

/** What the rows of logical backups say: whether the last one failed, or none became whole when the schedule called for one. */
async function judgeDumps(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{
    id: string;
    org_id: string;
    name: string;
    schedule: string;
    time_zone: string;
    last: string | null;
    whole_at: Date;
  }>`
    select e.id, e.org_id, e.name, e.schedule, e.time_zone,
      (select b.state from fleet.logical_backup b where b.external_id = e.id and b.state in ('done', 'failed')
        order by b.started_at desc limit 1) as last,
      coalesce((select max(b.started_at) from fleet.logical_backup b where b.external_id = e.id and b.state = 'done'),
        e.created_at) as whole_at
    from fleet.external_database e`.execute(db);
  for (const row of rows) {
    const due = nextRun(row.schedule, row.time_zone, row.whole_at);
    const isLate = due !== undefined && due.getTime() + dumpGraceMs < Date.now();
    await inTransaction(systemContext(db, row.org_id), async (tx) => {
      const labels = { external: row.name, external_id: row.id };
      if (row.last === 'failed' || isLate) await raiseOwnAlert(tx, { rule: 'logical-backup-failed', labels });
      else await resolveAlerts(tx, { fingerprint: fingerprintOf('logical-backup-failed', labels) });
    });
  }
}
