import { sql } from 'kysely';
import { tellFollowers } from '#src/community/server/follows/tell-followers.job.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from './context.ts';

/** What of follows waits on the queue, oldest first. */
export async function listTellings(): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ payload: Record<string, unknown> }>`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'community.tell-followers' order by j.id`.execute(database.db);
  return rows.map(({ payload }) => payload);
}

/** Runs, as the worker does, what tells followers; it stays on the queue, so that the next call repeats it. */
export async function tellAllFollowers(): Promise<void> {
  for (const payload of await listTellings())
    await tellFollowers.run(
      { db: database.db, log: createLog('test', 'silent'), config: readConfig({}) },
      tellFollowers.schema.parse(payload) as never,
    );
}
