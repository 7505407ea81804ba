import { sql, type Kysely } from 'kysely';
import type { TaskOrder } from '#src/fleet/contract/tasks.ts';
import { taskText } from '#src/fleet/contract/tasks.text.ts';
import type { DB } from '#src/platform/server/db.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { reportTask } from './report-task.ts';
import { sealContext } from './rules.ts';

const ordersAtOnce = 20;

/**
 * The work a host should know of and does not: what is queued, and what runs but is not among `known` (the agent lost it, or
 * the answer that carried it was lost). `cancel` names those of the known that nobody wishes any more.
 * Queued work of an operation that is over, or on its way out, is marked cancelled instead.
 */
export async function takeTasks(
  db: Kysely<DB>,
  hostId: string,
  known: readonly string[],
): Promise<{ orders: TaskOrder[]; cancel: string[] }> {
  const rows = await db.transaction().execute(async (tx) => {
    await sql`
      update fleet.task t set state = 'cancelled', ended_at = clock_timestamp(), secrets = null
      from platform.operation o
      where t.host_id = ${hostId} and t.state = 'queued' and o.id = t.operation_id
        and (o.state in ('succeeded', 'failed', 'cancelled')
             or o.state = 'cancelling' and o.data ? 'cancelTurned' and not t.while_cancelling)`.execute(tx);
    return tx
      .updateTable('fleet.task')
      .set({ state: 'running', taken_at: sql<Date>`clock_timestamp()` })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('fleet.task')
          .select('id')
          .where('host_id', '=', hostId)
          .where('state', 'in', ['queued', 'running'])
          .$if(known.length > 0, (qb) => qb.where('id', 'not in', [...known]))
          .orderBy('created_at')
          .limit(ordersAtOnce)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['id', 'kind', 'secrets', 'created_at'])
      .execute();
  });
  const orders: TaskOrder[] = [];
  for (const row of rows.sort((a, b) => a.created_at.getTime() - b.created_at.getTime())) {
    try {
      const input = JSON.parse(
        theVault()
          .open(row.secrets ?? Buffer.alloc(0), sealContext(row.id))
          .toString('utf8'),
      ) as unknown;
      orders.push({ id: row.id, kind: row.kind, input, cancel: false });
    } catch {
      await reportTask(db, hostId, row.id, { state: 'failed', error: taskText.notOpened, lines: [] });
    }
  }
  return { orders, cancel: known.length === 0 ? [] : await listCancelled(db, hostId, known) };
}

async function listCancelled(db: Kysely<DB>, hostId: string, known: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('fleet.task as t')
    .innerJoin('platform.operation as o', 'o.id', 't.operation_id')
    .select('t.id')
    .where('t.host_id', '=', hostId)
    .where('t.id', 'in', [...known])
    .where('t.state', '=', 'running')
    .where('t.while_cancelling', '=', false)
    .where('o.state', '=', 'cancelling')
    .where(sql<boolean>`o.data ? 'cancelTurned'`)
    .execute();
  return rows.map((row) => row.id);
}
