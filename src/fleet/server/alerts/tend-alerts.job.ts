import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { engineSilentSeconds } from './queries.ts';
import { queueTelling, raiseAlert, resolveAlerts } from './raise-alert.ts';

/** An alert that the living judge has not named for this long is over: it names each every minute. */
const unheardSeconds = 300;
const keptDays = 400;
const deliveriesKeptDays = 30;
/** What failed once and not again for so long is history. */
const quietMinutes = 30;

/**
 * Every minute: ends alerts that nobody names any more, raises the alert about a judge that is silent, ends what rows of
 * ours said, and lets people be told of what is due.
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
          or a.rule = 'channel-failing' and not exists (select from fleet.alert_channel c
            where c.org_id = a.org_id and c.name = a.labels ->> 'channel' and c.enabled))`,
    );
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
      else {
        const trouble = {
          rule: 'engine-silent',
          severity: 'critical',
          labels: {},
          value: 0,
          source: 'elepherd',
        } as const;
        await raiseAlert(tx, trouble);
      }
    });
  }
  return isAlive;
}
