import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { listMemberFacts } from '#src/fleet/server/clusters/queries.ts';
import { portsOf } from '#src/fleet/server/clusters/plan.rules.ts';
import { askHost } from '#src/fleet/server/tasks/ask-host.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { defineJob } from '#src/platform/server/jobs.ts';

/**
 * A commit that leaves nothing but a message in the WAL: no table, no schema, nothing an application could meet. A later look
 * at a restored copy asks for the fate of its transaction. It never waits for a replica.
 */
const markScript = `
begin;
set local synchronous_commit = local;
select pg_current_xact_id() as xid, clock_timestamp() as began, pg_logical_emit_message(true, 'elepherd', 'mark') \\gset
commit;
select :'xid' as xid, extract(epoch from :'began'::timestamptz)::text as began,
  extract(epoch from clock_timestamp())::text as ended, pg_walfile_name(pg_current_wal_insert_lsn()) as wal;
`;

/** Every minute: leaves a mark in the WAL of each cluster that archives, by which restores are judged and the end of the window is known. */
export const markClusters = defineJob(
  'fleet.mark-clusters',
  z.object({}),
  async ({ db, log }) => {
    const clusters = await db
      .selectFrom('fleet.cluster as c')
      .innerJoin('fleet.backup_plan as p', 'p.cluster_id', 'c.id')
      .select(['c.id', 'c.scope', 'c.slot', 'c.pg_version as pgVersion'])
      .where('p.state', '=', 'on')
      .where('p.archiving', '=', true)
      .where('c.phase', '=', 'ready')
      .execute();
    const facts = await listMemberFacts(db, clusters);
    await Promise.all(
      clusters.map(async (cluster) => {
        const primary = facts.get(cluster.id)?.find((m) => m.hostOnline && m.seen?.role === 'primary');
        if (!primary) return;
        try {
          await mark(db, cluster, primary.hostId);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          log.info({ cluster: cluster.id, why: error.message }, 'no mark this time');
        }
      }),
    );
    await thin(db);
  },
  { schedule: '* * * * *' },
);

/** Leaves one mark and writes it down. */
export async function mark(
  db: Kysely<DB>,
  cluster: { id: string; slot: number; pgVersion: number },
  hostId: string,
): Promise<void> {
  const { rows } = await askHost(db, {
    hostId,
    kind: 'run-sql',
    input: {
      pgVersion: cluster.pgVersion,
      port: portsOf(cluster.slot).postgres,
      database: 'postgres',
      script: markScript,
      timeoutSeconds: 8,
    },
    timeoutSeconds: 15,
  });
  const row = rows[0];
  if (!row) return;
  await sql`insert into fleet.recovery_mark (cluster_id, at, began_at, wal, xid) values (${cluster.id},
    to_timestamp(${row['ended']}::float8), to_timestamp(${row['began']}::float8), ${row['wal']}, ${row['xid']})
    on conflict do nothing`.execute(db);
}

/** Of older days one in ten minutes is enough; the tasks that left them are read by nobody. */
async function thin(db: Kysely<DB>): Promise<void> {
  await sql`delete from fleet.recovery_mark where at < now() - interval '2 days' and extract(minute from at)::int % 10 <> 0`.execute(
    db,
  );
  await sql`delete from fleet.recovery_mark where at < now() - interval '400 days'`.execute(db);
  await sql`delete from fleet.task where kind = 'run-sql' and operation_id is null and state = 'succeeded'
    and created_at < now() - interval '10 minutes'`.execute(db);
}
