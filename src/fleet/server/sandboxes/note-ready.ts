import { sql } from 'kysely';
import type { TaskOutput } from '#src/fleet/contract/tasks.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { stateFact } from '#src/platform/server/events.ts';

type Ready = Extract<TaskOutput<'start-sandbox'>, { result: 'ready' }>;

/** Takes down that a sandbox answers, and states the fact; one that ended meanwhile stays ended. */
export async function noteReady(ctx: Context, id: string, answer: Ready): Promise<void> {
  // open to: whoever waited for the host
  // not audited: the making was
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .updateTable('fleet.sandbox')
      .set({
        state: 'ready',
        port: answer.port,
        storage: answer.storage,
        limits_enforced: JSON.stringify(answer.limitsEnforced),
        ready_ms: answer.readyMs,
        ready_at: sql<Date>`coalesce(ready_at, clock_timestamp())`,
      })
      .where('id', '=', id)
      .where('state', '=', 'making')
      .returning(['org_id', 'purpose', 'made_by'])
      .executeTakeFirst();
    if (!row) return;
    await stateFact(tx, 'fleet.sandbox-ready', id, {
      orgId: row.org_id,
      purpose: row.purpose,
      madeBy: row.made_by,
    });
  });
}
