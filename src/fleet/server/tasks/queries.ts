import type { Db } from '#src/platform/server/db.ts';

/** Which of these hosts have tasks that wait or run. */
export async function listBusyHosts(db: Db, hostIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('fleet.task')
    .select('host_id')
    .distinct()
    .where('host_id', 'in', [...hostIds])
    .where('state', 'in', ['queued', 'running'])
    .execute();
  return rows.map((row) => row.host_id);
}
